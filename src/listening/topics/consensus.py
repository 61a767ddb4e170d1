"""Consensus clustering: what falls together whoever else was asked (METHOD.md §4, steps 3 to 5).

One k-means run on residents' sentences says as much about its starting points as about them. So 60
runs, each on another four fifths of the *people*, with another number of dimensions and clusters,
vote on every pair of texts; texts that nearly always fall together make a cluster.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listening.topics.index import TopicSettings

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: METHOD.md §4 step 4.
DIMENSIONS = (10, 50)
SHARE_OF_PEOPLE = 0.8
MOST_TOPICS = 60


@dataclass(frozen=True)
class Clusters:
    """Clusters of the n texts that were fitted.

    Attributes:
        labels: cluster of each text, 0..K-1, shape (n,).
        together: mean share of votes between the texts of two clusters, shape (K, K); the diagonal
            is a cluster's stability (pairs of a text with itself left out; a single text has 0).
        merges: scipy linkage rows (left, right, height) above the cut, shape (K - 1, 3); clusters
            are nodes 0..K-1 and the i-th merge is node K + i.
    """

    labels: Ints
    together: Floats
    merges: NDArray[np.float64]

    @property
    def stability(self) -> Floats:
        """Mean share of votes within each cluster, shape (K,)."""
        own: Floats = np.diag(self.together)
        return own


def number_of_topics(texts: int) -> int:
    """Return how many topics `texts` distinct texts are cut into: 15, 23, 35 at 150, 500, 1,500.

    Nobody reads more than 60, which are reached at 6,000.
    """
    topics: int = round(2.2 * float(texts) ** 0.38)
    return min(max(2, topics), MOST_TOPICS)


def number_of_runs(texts: int, settings: TopicSettings) -> int:
    """Return how many runs vote on so many texts: many where they are few, and cheap.

    With 60 runs much of what changes from one reading to the next is the draw of the runs.
    """
    return int(np.clip(settings.votes / max(texts, 1), settings.runs, settings.most_runs))


def consensus(
    vectors: Floats,
    speakers: Sequence[Sequence[int]],
    clusters: int,
    runs: int,
    seed: int,
) -> Clusters:
    """Cluster texts by how often they fall together.

    Args:
        vectors: one unit vector per distinct text, shape (n, dimensions).
        speakers: for each text, the numbers of the people who said it (0, 1, ...).
        clusters: how many clusters to cut the tree into.
        runs: how many k-means runs vote.
        seed: makes the same votes again.
    """
    votes = _votes(_scores(vectors), speakers, clusters, runs, seed)
    share = _share_together(votes)
    return _cut(share, clusters)


def _scores(vectors: Floats) -> Floats:
    """Return PCA scores in 50 dimensions, or fewer where there are fewer.

    Components are ordered and orthogonal, so the scores in d dimensions are the first d columns:
    one decomposition serves every run. It is taken over all texts rather than over each run's four
    fifths, which moves the axes by less than the change of d from run to run.
    """
    from sklearn.decomposition import PCA

    dimensions = min(DIMENSIONS[1], *vectors.shape)
    scores = PCA(dimensions, svd_solver="covariance_eigh").fit_transform(vectors)
    return np.ascontiguousarray(scores, dtype=np.float32)


def _votes(
    scores: Floats, speakers: Sequence[Sequence[int]], clusters: int, runs: int, seed: int
) -> NDArray[np.int16]:
    """Return each run's cluster of each text, shape (runs, n); -1 where a run left the text out."""
    said = said_by(speakers)
    seeds = np.random.SeedSequence(seed).spawn(runs)

    def vote(child: np.random.SeedSequence) -> NDArray[np.int16]:
        return _one_run(scores, said, clusters, np.random.default_rng(child))

    with workers() as pool:
        return np.stack(list(pool.map(vote, seeds)))


@contextmanager
def workers() -> Iterator[ThreadPoolExecutor]:
    """Give threads for runs, each with its own seed and a single thread of its libraries.

    So neither the number of processors nor the order of finishing changes a byte.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    # OpenMP is limited per thread, BLAS only as a whole.
    number = min(8, os.cpu_count() or 1)
    with (
        threadpool_limits(1, "blas"),
        ThreadPoolExecutor(number, initializer=threadpool_limits, initargs=(1, "openmp")) as pool,
    ):
        yield pool


def said_by(speakers: Sequence[Sequence[int]]) -> tuple[Ints, Ints, int]:
    """Return (text, person) pairs as two arrays, and how many people there are."""
    texts = np.repeat(np.arange(len(speakers)), [len(who) for who in speakers])
    people = np.fromiter((person for who in speakers for person in who), np.int64, len(texts))
    return texts, people, int(people.max()) + 1


def _one_run(
    scores: Floats, said: tuple[Ints, Ints, int], clusters: int, random: np.random.Generator
) -> NDArray[np.int16]:
    from sklearn.cluster import KMeans

    texts, people, number = said
    drawn = np.zeros(number, dtype=bool)
    drawn[random.permutation(number)[: max(1, round(SHARE_OF_PEOPLE * number))]] = True
    sample = np.unique(texts[drawn[people]])
    dimensions = int(random.integers(min(DIMENSIONS[0], scores.shape[1]), scores.shape[1] + 1))
    k = int(random.integers(max(2, round(clusters / 2)), 2 * clusters + 1))
    means = KMeans(
        min(k, len(sample)), n_init=1, algorithm="lloyd", random_state=int(random.integers(2**31))
    )
    labels = np.full(len(scores), -1, dtype=np.int16)
    labels[sample] = means.fit_predict(np.ascontiguousarray(scores[sample, :dimensions]))
    return labels


def _share_together(votes: NDArray[np.int16]) -> Floats:
    """Return, for every pair of texts, runs together / runs that had both, shape (n, n)."""
    drawn = (votes >= 0).astype(np.float32)
    both = drawn.T @ drawn
    together = np.zeros(both.shape, dtype=np.float32)
    for run in votes:
        order = np.argsort(run, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(run[order])) + 1):
            if run[members[0]] >= 0:
                together[np.ix_(members, members)] += 1
    share: Floats = np.divide(together, both, out=together, where=both > 0)
    return share


def _cut(share: Floats, clusters: int) -> Clusters:
    """Cut the average-linkage tree on 1 - share into exactly `clusters` (fewer if fewer texts)."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    size = len(share)
    clusters = min(clusters, size)
    distance = 1.0 - share
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), "average")
    node = np.arange(2 * size - 1)  # the topmost node below the cut that each node belongs to
    for merge in range(size - clusters - 1, -1, -1):
        left, right = tree[merge, :2].astype(int)
        node[left] = node[right] = node[size + merge]
    roots, labels = np.unique(node[:size], return_inverse=True)
    number = {int(root): label for label, root in enumerate(roots)}
    number |= {2 * size - clusters + i: clusters + i for i in range(clusters - 1)}
    upper = tree[size - clusters :]
    merges = np.array(
        [[number[int(left)], number[int(right)], height] for left, right, height, _ in upper]
    ).reshape(-1, 3)
    return Clusters(labels, _between(share, labels, clusters), merges)


def _between(share: Floats, labels: Ints, clusters: int) -> Floats:
    """Return the mean share between clusters; within one, over its pairs of different texts."""
    member = np.eye(clusters, dtype=np.float32)[labels]
    sizes = member.sum(axis=0)
    pairs = np.outer(sizes, sizes)
    total = member.T @ share @ member
    own = np.arange(clusters)
    total[own, own] -= member.T @ np.diag(share)
    pairs[own, own] -= sizes
    mean = np.divide(total, pairs, out=np.zeros_like(total), where=pairs > 0)
    return np.clip(mean, 0.0, 1.0).astype(np.float32)
