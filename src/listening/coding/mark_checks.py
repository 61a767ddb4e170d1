"""How well marks are learnt, on people left out of learning: only what helps is suggested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listening.coding.alike import Texts
from listening.coding.marks import learn_marks

#: fewer people are too few to say how far off marks are
FEWEST_PEOPLE = 20
FOLDS, DRAWS, BINS = 5, 1_000, 10

Ints = NDArray[np.int_]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Checked:
    """How far off suggested marks are, each for a text whose person was left out of learning.

    Attributes:
        texts: how many marked texts.
        people: of how many people.
        error: mean distance from a person's mark, in levels; of yes and no, the share that is
            wrong.
        constant: the same of one level for everybody: the middle one, which is least far off, and
            of yes and no the commoner.
        gain: constant less error, and its 95 % interval over people.
        calibration: mean distance of probabilities from what is so: whether a mark is at a level
            or above, ten bins of equal width.
    """

    texts: int
    people: int
    error: float
    constant: float
    gain: tuple[float, float, float]
    calibration: float

    @property
    def helps(self) -> bool:
        """Whether suggestions are better than one level for everybody, beyond chance."""
        return self.gain[1] > 0


def check_marks(coded: Texts, marks: Sequence[int], seed: int = 0) -> Checked | None:
    """Learn marks from four fifths of the people, five times, and compare with the other fifth.

    Args:
        coded: texts that a person marked.
        marks: the mark of each.
        seed: of the folds and of the draws of people for the interval.

    Returns:
        None where fewer than twenty people were marked, or no level can be told from another.
    """
    given = np.asarray(marks, dtype=np.int_)
    everyone, who = np.unique(np.asarray(coded.people, dtype=str), return_inverse=True)
    if len(everyone) < FEWEST_PEOPLE:
        return None
    rng = np.random.default_rng(seed)
    fold = (rng.permutation(len(everyone)) % FOLDS)[who]
    said, plain = np.empty_like(given), np.empty_like(given)
    events: list[tuple[Array, NDArray[np.bool_]]] = []
    for one in range(FOLDS):
        train, test = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
        plain[test] = _middle(given[train])
        learnt = learn_marks(coded.part(train), given[train].tolist(), coded.part(test))
        said[test] = learnt.middle if learnt.levels else plain[test]
        if learnt.levels:
            above = np.cumsum(learnt.probabilities[:, ::-1], axis=1)[:, ::-1][:, 1:]
            events.append((above, given[test][:, None] >= np.array(learnt.levels[1:])))
    if not events:
        return None
    off, off_plain = np.abs(said - given), np.abs(plain - given)
    return Checked(
        len(given),
        len(everyone),
        float(off.mean()),
        float(off_plain.mean()),
        _gain(off_plain - off, who, len(everyone), rng),
        _calibration(
            np.concatenate([likely.ravel() for likely, _ in events]),
            np.concatenate([true.ravel() for _, true in events]),
        ),
    )


def _middle(marks: Ints) -> int:
    return int(np.sort(marks)[(len(marks) - 1) // 2])


def _gain(
    gained: Ints, who: NDArray[np.intp], people: int, rng: np.random.Generator
) -> tuple[float, float, float]:
    """Return the mean gain, and its interval: people are drawn with all that they said."""
    sums = np.bincount(who, gained, people)
    counts = np.bincount(who, minlength=people)
    drawn = rng.multinomial(people, np.full(people, 1 / people), DRAWS)
    low, high = np.quantile(drawn @ sums / (drawn @ counts), [0.025, 0.975])
    return float(gained.mean()), float(low), float(high)


def _calibration(likely: Array, true: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over bins of equal width."""
    which = np.minimum((likely * BINS).astype(int), BINS - 1)
    off = np.bincount(which, likely - true, BINS)
    return float(np.abs(off).sum() / len(likely))
