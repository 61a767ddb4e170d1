"""Direction: whether a text says that things go ill or well, whatever it speaks of.

The mean difference between the vectors of plain sentences that say opposite things of one matter is
an axis on which any text can be placed. Nothing is learnt from residents' texts and no list of
words is used, so it works for whatever encoder embeds the sentences, and across languages where the
encoder does. `benchmarks/negative_cases.py` measures it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from listening.records import Vector

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Direction:
    """The axis from ill to well in the space of one encoder.

    Attributes:
        axis: unit vector, d.
        even: where on the axis a text speaks neither way.
    """

    axis: Vector
    even: float

    def of(self, vectors: Floats) -> Floats:
        """Return where texts lie: below 0 ill, above 0 well; n figures."""
        return np.asarray(vectors @ self.axis - self.even)

    def without(self, vectors: Floats) -> Floats:
        """Return what is left of texts when their direction is taken out: their subject."""
        # in one place: of a hundred thousand people each copy is hundreds of megabytes
        rest = np.outer(vectors @ self.axis, self.axis)
        np.subtract(vectors, rest, out=rest)
        rest /= np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9)
        return np.asarray(rest, dtype=np.float32)


@lru_cache(maxsize=1)
def sentences() -> tuple[tuple[str, str], ...]:
    """Return the pairs of opposite sentences: that it goes ill, that it goes well."""
    text = files("listening.reading").joinpath("opposites.toml").read_text(encoding="utf-8")
    return tuple((pair["ill"], pair["well"]) for pair in tomllib.loads(text)["pair"])


def direction(ill: Floats, well: Floats) -> Direction:
    """Return the axis that opposite sentences have in common.

    Each pair is placed on the axis of all others, and `even` lies midway between those that say
    ill and those that say well.

    Args:
        ill: unit vectors of the sentences that say it goes ill, one a pair, n x d.
        well: those of the sentences that say it goes well.
    """
    apart = well - ill
    total = apart.sum(axis=0)
    others = _unit(total - apart)
    places = (others * (ill + well)).sum(axis=1) / 2
    return Direction(_unit(total[None, :])[0], float(places.mean()))


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)
