"""Consensus over pieces: the way for more texts than pairs of texts can be held (METHOD.md §4).

Of ten thousand texts there are fifty million pairs, of a hundred thousand five thousand million.
So texts are first cut into many small pieces, and the runs vote on pairs of *pieces*: the share of
runs in which two pieces fell together is the mean over all pairs of their texts, counted and not
sampled. Pieces are joined as texts are in `consensus`, and a topic's stability is the same mean
over its pairs of texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from listening.topics.consensus import (
    DIMENSIONS,
    SHARE_OF_PEOPLE,
    Clusters,
    said_by,
    workers,
)
from listening.topics.neighbours import among_neighbours, near_pieces

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Votes = NDArray[np.int16]

#: Texts that the principal components are fitted on.
AXES_FROM = 20_000
#: Texts that each run is fitted on.
RUN_FROM = 20_000
PIECES = 1_000
#: Texts of a piece in which neighbours are looked for, about.
LOOKED_AT = 300
_BATCH = 4_096
_BLOCK = 8_192


def consensus_of_many(
    vectors: Floats,
    speakers: Sequence[Sequence[int]],
    clusters: int,
    runs: int,
    seed: int,
) -> Clusters:
    """Cluster texts by how often the pieces that they lie in fall together.

    Args:
        vectors: one unit vector per distinct text, shape (n, dimensions).
        speakers: for each text, the numbers of the people who said it (0, 1, ...).
        clusters: how many clusters to make.
        runs: how many runs vote.
        seed: makes the same votes again.
    """
    first, *seeds = np.random.SeedSequence(seed).spawn(runs + 1)
    said = said_by(speakers)
    random = np.random.default_rng(first)
    with workers():  # for the limits alone: the same bytes on any number of processors
        sample = _some(said, AXES_FROM, random)
        scores = _scores(_smooth(vectors, _scores(vectors, sample), random), sample)
        piece, _ = _pieces(scores, PIECES, random)

    def vote(child: np.random.SeedSequence) -> Votes:
        return _one_run(scores, said, clusters, np.random.default_rng(child))

    with workers() as pool:
        votes = list(pool.map(vote, seeds))
    apart = 1.0 - share_together(votes, piece)
    of_piece, merges = cut(apart, np.bincount(piece), clusters)
    labels = of_piece[piece]
    return Clusters(labels, share_together(votes, labels), merges)


def _some(said: tuple[Ints, Ints, int], most: int, random: np.random.Generator) -> Ints:
    """Return the texts of people drawn by lot, as many as there are room for."""
    texts, people, number = said
    place = np.empty(number, dtype=np.int64)
    place[random.permutation(number)] = np.arange(number)
    order = np.argsort(place[people], kind="stable")
    drawn, first = np.unique(texts[order], return_index=True)
    return np.sort(drawn[np.argsort(first, kind="stable")[:most]])


def _scores(vectors: Floats, sample: Ints) -> Floats:
    """Return PCA scores in 50 dimensions or fewer; the axes are those of the sample."""
    from sklearn.decomposition import PCA

    dimensions = min(DIMENSIONS[1], len(sample), vectors.shape[1])
    axes = PCA(dimensions, svd_solver="covariance_eigh").fit(vectors[sample])
    return np.ascontiguousarray(axes.transform(vectors), dtype=np.float32)


def _smooth(vectors: Floats, scores: Floats, random: np.random.Generator) -> Floats:
    """Return the vectors among their neighbours, looked for in the pieces around each text."""
    piece, middles = _pieces(scores, max(2, len(scores) // LOOKED_AT), random)
    return among_neighbours(vectors, near_pieces(piece, middles))


def _pieces(scores: Floats, number: int, random: np.random.Generator) -> tuple[Ints, Floats]:
    """Return the piece 0, 1, … of each text, none of them empty, and the pieces' middles."""
    found = _fitted(scores, np.arange(len(scores)), min(number, len(scores)), random)
    piece = np.unique(found, return_inverse=True)[1]
    sums = np.zeros((int(piece.max()) + 1, scores.shape[1]))
    np.add.at(sums, piece, scores)
    return piece, (sums / np.bincount(piece)[:, None]).astype(np.float32)


def _fitted(scores: Floats, sample: Ints, k: int, random: np.random.Generator) -> Ints:
    """Return each text's cluster of k, by a mini-batch k-means of the sample."""
    from sklearn.cluster import MiniBatchKMeans

    means = MiniBatchKMeans(
        k, batch_size=_BATCH, n_init=1, random_state=int(random.integers(2**31))
    )
    means.fit(scores[sample])
    labels: Ints = means.predict(scores).astype(np.int64)
    return labels


def _one_run(
    scores: Floats, said: tuple[Ints, Ints, int], clusters: int, random: np.random.Generator
) -> Votes:
    """Return each text's cluster in one run, -1 where it has no vote."""
    texts, people, number = said
    drawn = np.zeros(number, dtype=bool)
    drawn[random.permutation(number)[: max(1, round(SHARE_OF_PEOPLE * number))]] = True
    voting = np.unique(texts[drawn[people]])
    some = random.permutation(voting)[:RUN_FROM]
    dimensions = int(random.integers(min(DIMENSIONS[0], scores.shape[1]), scores.shape[1] + 1))
    k = int(random.integers(max(2, round(clusters / 2)), 2 * clusters + 1))
    labels = np.full(len(scores), -1, dtype=np.int16)
    own = np.ascontiguousarray(scores[:, :dimensions])
    found = _fitted(own, some, min(k, len(some)), random)
    labels[voting] = found[voting]
    return labels


def share_together(votes: Sequence[Votes], group: Ints) -> Floats:
    """Return the mean share of runs in which texts of two groups fell together, shape (K, K).

    Within a group the pairs are those of different texts; a group of one text has 0.

    Args:
        votes: each run's cluster of each text, -1 where the run left the text out.
        group: the group 0..K-1 of each text.
    """
    number = int(group.max()) + 1
    total = np.zeros((number, number))
    seen = np.zeros((number, number))
    own = np.arange(number)
    for labels in votes:
        voting = labels >= 0
        k = int(labels.max()) + 1
        cells = group[voting] * k + labels[voting]
        count = np.bincount(cells, minlength=number * k).reshape(number, k).astype(np.float64)
        sizes = count.sum(axis=1)
        pairs = np.outer(sizes, sizes)
        pairs[own, own] -= sizes
        together = count @ count.T
        together[own, own] -= sizes
        total += together
        seen += pairs
    share = np.divide(total, seen, out=np.zeros_like(total), where=seen > 0)
    return np.clip(share, 0.0, 1.0).astype(np.float32)


def cut(apart: Floats, sizes: Ints, clusters: int) -> tuple[Ints, NDArray[np.float64]]:
    """Join groups by average linkage, each weighing as many texts as it has.

    Args:
        apart: mean distance between two groups' texts, shape (m, m).
        sizes: how many texts each has.
        clusters: how many are left.

    Returns:
        The cluster 0..K-1 of each group, and the K - 1 joins above it as scipy's linkage rows.
    """
    number = len(sizes)
    clusters = min(clusters, number)
    distance = apart.astype(np.float64)
    np.fill_diagonal(distance, np.inf)
    weight = sizes.astype(np.float64)
    node = np.arange(number)  # at each place the node that is there now
    root = np.arange(number)  # of each group, its place
    labels, merges = root, []
    for left in range(number, 1, -1):
        if left == clusters:
            places, labels = np.unique(root, return_inverse=True)
            node[places] = np.arange(clusters)
        a, b = sorted(divmod(int(distance.argmin()), number))
        if left <= clusters:
            merges.append((node[a], node[b], distance[a, b]))
            node[a] = clusters + len(merges) - 1
        mean = (weight[a] * distance[a] + weight[b] * distance[b]) / (weight[a] + weight[b])
        mean[[a, b]] = np.inf
        distance[a], distance[:, a] = mean, mean
        distance[b], distance[:, b] = np.inf, np.inf
        weight[a] += weight[b]
        root[root == b] = a
    return labels.astype(np.int64), np.array(merges, dtype=np.float64).reshape(-1, 3)
