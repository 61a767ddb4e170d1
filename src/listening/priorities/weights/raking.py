"""Raking itself: cells of people brought to the margins in turn, for many samples at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from listening.priorities.nouns import Floats, Ints
from listening.priorities.weights.margins import Frame

#: Weights are kept within these multiples of their mean (METHOD.md, section 2; judgement).
TRIM = (0.3, 3.0)
#: The largest miss of a margin, as a share of everybody, at which it counts as met.
CLOSE = 1e-9
#: In a resample, whose own error is far larger, less is enough.
CLOSE_RESAMPLED = 1e-5
MOST_ROUNDS = 1000
MOST_ROUNDS_RESAMPLED = 100
#: Numbers held at once while raking many samples: a few megabytes stay near the processor.
CELLS = 400_000


class Raked(NamedTuple):
    """What raking made of some samples.

    Attributes:
        weights: of each cell, shape (samples, cells); their mean over people is 1.
        miss: the largest miss of a margin, as a share of everybody, shape (samples,).
    """

    weights: Floats
    miss: Floats


def rake_cells(
    frame: Frame, masses: Floats, *, close: float = CLOSE_RESAMPLED,
    most_rounds: int = MOST_ROUNDS_RESAMPLED,
) -> Raked:  # fmt: skip
    """Rake many samples of one source; weights are not trimmed.

    Whoever's category is not known keeps, as a group, the share that they have in the sample: an
    unknown age makes nobody weigh more or less for their age. A category of which a sample has
    nobody is left out of that sample's margin.

    Args:
        frame: the source's cells and margins.
        masses: people in each cell of each sample, shape (samples, cells).
        close: the miss at which to stop.
        most_rounds: rounds over all margins after which to stop in any case.
    """
    weights = np.empty(masses.shape)
    miss = np.empty(len(masses))
    step = max(1, CELLS // frame.cells)
    for start in range(0, len(masses), step):
        part = slice(start, start + step)
        weights[part], miss[part] = _raked(frame, masses[part], close, most_rounds)
    return Raked(weights, miss)


def _raked(frame: Frame, masses: Floats, close: float, most_rounds: int) -> Raked:
    shares = masses / np.maximum(masses.sum(axis=1, keepdims=True), 1e-300)
    both = zip(frame.places, frame.margins, strict=True)
    sides = [_Side.of(places, margin.target, shares) for places, margin in both]
    weights, miss = np.ones_like(shares), np.zeros(len(shares))
    going: Ints = np.arange(len(shares))
    now = shares.copy()
    for _ in range(most_rounds):
        worst: Floats = np.zeros(len(going))
        for side in sides:
            factor, off = side.step(now, going)
            worst = np.maximum(worst, off)
            now *= factor
        miss[going] = worst
        on = worst > close
        if not on.all():
            weights[going[~on]] = now[~on]
            going, now = going[on], now[on]
        if not len(going):
            break
    weights[going] = now
    return Raked(np.divide(weights, shares, out=np.ones_like(shares), where=shares > 0), miss)


class _Side(NamedTuple):
    """One margin while raking: the category of each cell, and what each sample shall have of it."""

    places: Ints
    member: Floats
    wanted: Floats

    @classmethod
    def of(cls, places: Ints, target: Floats, shares: Floats) -> _Side:
        member = np.zeros((len(places), len(target) + 1))
        member[np.arange(len(places)), places] = 1
        there = shares @ member
        aim = np.where(there[:, :-1] > 0, target, 0)
        known = 1 - there[:, -1:]
        whole = aim.sum(axis=1, keepdims=True)
        aim = np.divide(aim * known, whole, out=np.zeros_like(aim), where=whole > 0)
        return cls(places, member, np.column_stack([aim, there[:, -1]]))

    def step(self, now: Floats, going: Ints) -> tuple[Floats, Floats]:
        """Return what to multiply each cell by, and how far the margin was missed before."""
        have, want = now @ self.member, self.wanted[going]
        factor = np.divide(want, have, out=np.ones_like(have), where=have > 0)
        return factor[:, self.places], np.abs(have - want).max(axis=1)


def trimmed(weights: Floats, masses: Floats) -> Floats:
    """Keep weights within TRIM times their mean, which stays 1 over people.

    What trimming takes from the heaviest goes to all who are not trimmed, in proportion.

    Args:
        weights: of each cell, shape (samples, cells), with mean 1 over people.
        masses: people in each cell, of the same shape.
    """
    people = np.maximum(masses.sum(axis=1, keepdims=True), 1e-300)
    scale = np.ones_like(people)
    kept = np.clip(weights, *TRIM)
    for _ in range(MOST_ROUNDS_RESAMPLED):
        mean = (masses * kept).sum(axis=1, keepdims=True) / people
        if np.abs(mean - 1).max(initial=0) < CLOSE:
            break
        scale = scale / np.where(mean > 0, mean, 1)
        kept = np.clip(weights * scale, *TRIM)
    return np.asarray(kept)


def design_effect(weights: Floats, people: Floats) -> float:
    """Return Kish's design effect of weighting: n Σw² / (Σw)² over people.

    Source: Kish 1965, Survey Sampling, section 11.7.
    """
    return float(people.sum() * (people * weights**2).sum() / (people * weights).sum() ** 2)
