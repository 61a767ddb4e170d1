"""Where topics lie beside one another: which may be read as one, and a place on a flat map.

The map is drawn by what the runs and the words say together. Its two directions have no meaning of
their own: only nearness has, and that roughly, as two dimensions never hold all distances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from listening.topics.index import Merge, ReadingIndex
from listening.topics.merging import TOGETHER, likeness

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]

#: How many topics of the group that a topic joins first are named, the nearest first.
NAMED = 3
#: Steps of stress majorisation: after these nothing is seen to move.
STEPS = 200


def mapped(index: ReadingIndex, vectors: Floats) -> ReadingIndex:
    """Return the index with `near` in its topics and their positions on the map.

    Args:
        index: topics with their tree, if there is one, and their shares of runs.
        vectors: the unit vectors that decided on the topics (`fitting.meanings`).
    """
    ids = index.topics["topic_id"].tolist()
    row = {topic: position for position, topic in enumerate(ids)} | {-1: -1}
    labels = index.assignments["topic_id"].map(row).to_numpy(dtype=np.int64)
    alike = likeness(labels, vectors)
    near = nearest(index.tree, index.together, ids)
    topics = index.topics.assign(near=near).astype({"near": index.topics["near"].dtype})
    return replace(index, topics=topics, positions=positions(index.together, alike))


def nearest(tree: Sequence[Merge], together: Floats, ids: Sequence[int]) -> list[str]:
    """Return for each topic the topics that it would merge with first: `7: 0.21; 3: 0.12`.

    Args:
        tree: the merges; where there are none, the nearest topic stands instead.
        together: mean share of runs in which the texts of two topics fell together, shape (K, K).
        ids: the topics' numbers.
    """
    number = len(ids)
    others: dict[int, list[int]] = {}
    members = [[topic] for topic in range(number)]
    for merge in tree:
        left, right = members[merge.left], members[merge.right]
        for one, other in ((left, right), (right, left)):
            if len(one) == 1:
                others[one[0]] = other
        members.append(left + right)
    return [
        _written(topic, others.get(topic) or _but(topic, number), together, ids, bool(tree))
        for topic in range(number)
    ]


def _but(topic: int, number: int) -> list[int]:
    return [other for other in range(number) if other != topic]


def _written(
    topic: int, others: Sequence[int], together: Floats, ids: Sequence[int], from_tree: bool
) -> str:
    best = sorted(others, key=lambda other: (-together[topic, other], other))
    known = [other for other in best if together[topic, other] > TOGETHER]
    chosen = known[: NAMED if from_tree else 1]
    return "; ".join(f"{ids[other]}: {together[topic, other]:.2f}" for other in chosen)


def positions(together: Floats, alike: Floats) -> Doubles:
    """Return the topics' places on a map: shape (K, 2), the farthest at 1 from the middle.

    Classical scaling of the distances (Torgerson 1952), then stress majorisation (SMACOF: de Leeuw
    1977). Without chance: the same topics give the same map.

    Args:
        together: mean share of runs in which the texts of two topics fell together, shape (K, K).
        alike: how alike their middles are (cosine), shape (K, K).
    """
    apart = _distances(together.astype(np.float64), alike.astype(np.float64))
    if len(apart) < 2:
        return np.zeros((len(apart), 2))
    flat = _majorised(_classical(apart), apart)
    flat -= flat.mean(axis=0)
    return np.round(flat / max(float(np.linalg.norm(flat, axis=1).max()), 1e-12), 4)


def _distances(together: Doubles, alike: Doubles) -> Doubles:
    """Return 1 less the mean of both likenesses, each between 0 and 1."""
    own = np.sqrt(np.maximum(np.diag(together), 1e-6))
    shared = np.clip(together / np.outer(own, own), 0.0, 1.0)
    apart = 1.0 - (shared + np.clip(alike, 0.0, 1.0)) / 2
    np.fill_diagonal(apart, 0.0)
    return (apart + apart.T) / 2


def _classical(apart: Doubles) -> Doubles:
    number = len(apart)
    centring = np.eye(number) - 1 / number
    values, vectors = np.linalg.eigh(-centring @ apart**2 @ centring / 2)
    flat = np.zeros((number, 2))
    for axis in range(min(2, number)):
        vector = vectors[:, -1 - axis] * np.sqrt(max(values[-1 - axis], 0.0))
        # a direction's sign is the solver's whim: the topic farthest out lies right and above
        flat[:, axis] = vector * (np.sign(vector[np.argmax(np.abs(vector).round(9))]) or 1.0)
    return flat


def _majorised(flat: Doubles, apart: Doubles) -> Doubles:
    number = len(apart)
    for _ in range(STEPS):
        drawn = np.linalg.norm(flat[:, None] - flat[None], axis=2)
        ratio = np.divide(apart, drawn, out=np.zeros_like(apart), where=drawn > 1e-12)
        pull = -ratio
        np.fill_diagonal(pull, ratio.sum(axis=1))
        flat = pull @ flat / number
    return flat
