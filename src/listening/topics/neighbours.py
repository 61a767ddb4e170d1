"""What a text means beside the texts that are most like it.

A short answer says one matter in one of many ways, and its vector carries the way as well as the
matter. Moving every text towards its nearest neighbours leaves what they have in common: clusters
then hang less on who happened to be asked. `benchmarks/topics.py` measures what it brings.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from listening.topics.units import unit

Floats = NDArray[np.float32]

#: Chosen on one half of the respondents of human-coded comments and on none of the figures that
#: are reported of the other half: 8, 10, 15, 20 and 30 neighbours, weights of .5 to 1.
NEIGHBOURS = 20
WEIGHT = 0.7
#: texts whose likenesses are held at once
_BLOCK = 1_024


def among_neighbours(
    vectors: Floats, neighbours: int = NEIGHBOURS, weight: float = WEIGHT
) -> Floats:
    """Return every vector moved towards those most like it, with length 1.

    Two texts count for each other when either is among the nearest of the other, and twice as much
    when both are.

    Args:
        vectors: unit vectors, shape (n, dimensions).
        neighbours: how many of the nearest are looked at.
        weight: of the neighbours' mean; the rest is the text's own.
    """
    from scipy.sparse import csr_matrix

    number = len(vectors)
    nearest = min(neighbours, number - 1)
    if nearest < 1:
        return vectors
    columns = np.empty((number, nearest), dtype=np.int64)
    values = np.empty((number, nearest), dtype=np.float32)
    for start in range(0, number, _BLOCK):
        alike = vectors[start : start + _BLOCK] @ vectors.T
        own = np.arange(len(alike))
        alike[own, own + start] = -np.inf
        found = np.argpartition(alike, number - nearest, axis=1)[:, number - nearest :]
        columns[start : start + _BLOCK] = found
        values[start : start + _BLOCK] = np.maximum(np.take_along_axis(alike, found, axis=1), 0)
    ends = np.arange(0, number * nearest + 1, nearest)
    towards = csr_matrix((values.ravel(), columns.ravel(), ends), shape=(number, number))
    both = (towards + towards.T) / 2
    total = np.maximum(np.asarray(both.sum(axis=1)), 1e-9)
    return unit(((1 - weight) * vectors + weight * (both @ vectors) / total).astype(np.float32))
