"""What a text means beside the texts that are most like it.

A short answer says one matter in one of many ways, and its vector carries the way as well as the
matter. Moving every text towards its nearest neighbours leaves what they have in common: clusters
then hang less on who happened to be asked. `benchmarks/topics.py` measures what it brings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from listening.topics.units import unit

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: Numbers of texts, ascending, and of those among which their neighbours are looked for.
Looked = tuple[Ints, Ints]

#: Chosen on one half of the respondents of human-coded comments and on none of the figures that
#: are reported of the other half: 8, 10, 15, 20 and 30 neighbours, weights of .5 to 1.
NEIGHBOURS = 20
WEIGHT = 0.7
#: Pieces in which neighbours are looked for, a text's own among them.
AROUND = 6
#: texts whose likenesses are held at once
_BLOCK = 1_024


def among_neighbours(vectors: Floats, looked: Iterable[Looked] | None = None) -> Floats:
    """Return every vector moved towards those most like it, with length 1.

    Two texts count for each other when either is among the nearest of the other, and twice as much
    when both are.

    Args:
        vectors: unit vectors, shape (n, dimensions).
        looked: which texts are looked at together; by default all are.
    """
    from scipy.sparse import coo_matrix

    number = len(vectors)
    if number < 2:
        return vectors
    pieces = [_nearest(vectors, *of) for of in (_all(number) if looked is None else looked)]
    rows, columns, values = (np.concatenate(part) for part in zip(*pieces, strict=True))
    towards = coo_matrix((values, (rows, columns)), shape=(number, number)).tocsr()
    both = (towards + towards.T) / 2
    total = np.asarray(both.sum(axis=1))
    moved = both @ vectors
    moved *= WEIGHT / np.maximum(total, 1e-9)
    moved += np.where(total > 0, 1 - WEIGHT, 1.0).astype(np.float32) * vectors
    return unit(moved.astype(np.float32, copy=False))


def near_pieces(piece: Ints, middles: Floats) -> Iterator[Looked]:
    """Yield the texts of each piece with those of the pieces around it.

    Where there are too many texts to look at all pairs, nearly all of the nearest lie there.

    Args:
        piece: the piece 0, 1, … of each text.
        middles: of the pieces, shape (pieces, axes).
    """
    order = np.argsort(piece, kind="stable")
    texts = np.split(order, np.cumsum(np.bincount(piece, minlength=len(middles)))[:-1])
    squares = np.square(middles).sum(axis=1)
    apart = squares[:, None] + squares - 2 * middles @ middles.T
    around = np.argsort(apart, axis=1, kind="stable")[:, :AROUND]
    for own, near in zip(texts, around, strict=True):
        others = np.sort(np.concatenate([texts[of] for of in near]))
        for start in range(0, len(own), _BLOCK):
            yield own[start : start + _BLOCK], others


def _all(number: int) -> Iterator[Looked]:
    everything = np.arange(number)
    for start in range(0, number, _BLOCK):
        yield everything[start : start + _BLOCK], everything


def _nearest(vectors: Floats, rows: Ints, others: Ints) -> tuple[Ints, Ints, Floats]:
    """Return (text, neighbour, likeness) of the nearest of some texts among others."""
    nearest = min(NEIGHBOURS, len(others) - 1)
    alike = vectors[rows] @ vectors[others].T
    alike[rows[:, None] == others] = -np.inf
    found = np.argpartition(alike, len(others) - nearest - 1, axis=1)[:, len(others) - nearest :]
    values = np.maximum(np.take_along_axis(alike, found, axis=1), 0)
    return np.repeat(rows, nearest), others[found].ravel(), values.ravel()
