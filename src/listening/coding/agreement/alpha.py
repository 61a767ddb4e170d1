"""Krippendorff's α of sets of codes and of single codes, and how it varies with who was asked.

Everything is a ratio of sums over participants. So people are drawn again by weighting their sums,
and a thousand repeats are a few products of matrices instead of a thousand countings.

K. Krippendorff, *Content Analysis* (4th ed. 2018), ch. 12, with m_i ≥ 2 readers of segment i, n_ik
of whom gave it k, and n = Σ m_i:

    α = 1 - (n - 1) Σ_i d_i / Σ_kl N_k N_l D_kl        d_i = Σ_kl n_ik n_il D_kl / (m_i - 1)

R. Passonneau, *Measuring Agreement on Set-valued Items* (LREC 2006): MASI, a distance of two sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.coding.agreement.readings import Segment

Floats = NDArray[np.float64]
REPEATS = 1000
#: with fewer people drawn again, an interval is a matter of luck itself
FEWEST = 10
#: share of repeats that must tell something for an interval to be given
_TELLING = 0.95
#: figures that differ by less are the same, summed in another order
_SAME = 1e-12
#: what stands for a set without codes: no code is called nothing
_NOTHING = frozenset({""})


@dataclass(frozen=True)
class Sets:
    """Sums over each participant's double-coded segments, for sets of codes.

    Attributes:
        apart: Σ d_i: how far apart the readings of a segment are; per participant.
        counts: sparse, participants x distinct sets: how often each set was given.
        distances: distinct sets x distinct sets, MASI.
    """

    apart: Floats
    counts: Any
    distances: Floats

    def alpha(self, weights: Floats) -> Floats:
        """Return α of each row of weights of participants; nan where all gave one set."""
        counts = np.asarray((self.counts.T @ weights.T).T)
        expected = ((counts @ self.distances) * counts).sum(axis=1)
        return _alpha(weights @ self.apart, expected, counts.sum(axis=1))


@dataclass(frozen=True)
class Codes:
    """Sums over each participant's double-coded segments, for each code by itself.

    Attributes:
        apart: participants x codes: Σ d_i, for applied or not.
        applied: participants x codes: readings that applied the code.
        readings: per participant.
    """

    apart: Floats
    applied: Floats
    readings: Floats

    def alpha(self, weights: Floats) -> Floats:
        """Return α of each row of weights, x codes; nan where all or none applied the code."""
        applied, readings = weights @ self.applied, (weights @ self.readings)[:, None]
        return _alpha(weights @ self.apart, 2 * applied * (readings - applied), readings)

    @property
    def prevalence(self) -> Floats:
        """The share of readings that applied the code."""
        return np.asarray(self.applied.sum(axis=0) / self.readings.sum())

    @property
    def pabak(self) -> Floats:
        """Agreement as if a code were on half of the segments (Byrt, Bishop and Carlin 1993)."""
        return np.asarray(1 - 2 * self.apart.sum(axis=0) / self.readings.sum())

    @property
    def positive_agreement(self) -> Floats:
        """Of readings that applied the code, how many of the others did: 2a / (2a + b + c) of two.

        nan where nobody applied it. Of more coders, every reading counts once, as in α.
        """
        applied = self.applied.sum(axis=0)
        with np.errstate(invalid="ignore"):
            return np.asarray(1 - self.apart.sum(axis=0) / (2 * applied))


def _alpha(apart: Floats, expected: Floats, readings: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        found = 1 - (readings - 1) * apart / expected
    return np.where(expected > 0, found, np.nan)


def people_of(segments: Sequence[Segment]) -> NDArray[np.intp]:
    """Number the participants of segments, in the order of their ids."""
    return np.unique([one.person for one in segments], return_inverse=True)[1]


def sets_of(segments: Sequence[Segment]) -> Sets:
    """Sum up what sets of codes readers gave."""
    from scipy.sparse import csr_matrix

    people = people_of(segments)
    numbers: dict[frozenset[str], int] = {}
    given = [
        [numbers.setdefault(reading.codes or _NOTHING, len(numbers)) for reading in one.readings]
        for one in segments
    ]
    distances = _masi(list(numbers))
    apart = np.zeros(people.max() + 1)
    for person, labels in zip(people, given, strict=True):
        apart[person] += distances[np.ix_(labels, labels)].sum() / (len(labels) - 1)
    rows = np.repeat(people, [len(labels) for labels in given])
    columns = np.concatenate([np.array(labels) for labels in given])
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(apart), len(numbers)))
    return Sets(apart, counts, distances)


def _masi(sets: Sequence[frozenset[str]]) -> Floats:
    from nltk.metrics.distance import masi_distance

    distances = np.zeros((len(sets), len(sets)))
    for at, one in enumerate(sets):
        for other in range(at):
            distances[at, other] = distances[other, at] = masi_distance(one, sets[other])
    return distances


def codes_of(segments: Sequence[Segment], codes: Sequence[str]) -> Codes:
    """Sum up which codes readers applied."""
    people, column = people_of(segments), {code: at for at, code in enumerate(codes)}
    applied = np.zeros((len(segments), len(codes)))
    for row, one in enumerate(segments):
        for reading in one.readings:
            for code in reading.codes & column.keys():
                applied[row, column[code]] += 1
    readers = np.array([len(one.readings) for one in segments], dtype=np.float64)
    apart = 2 * applied * (readers[:, None] - applied) / (readers[:, None] - 1)
    return Codes(_by(people, apart), _by(people, applied), _by(people, readers))


def _by(people: NDArray[np.intp], values: Floats) -> Floats:
    total = np.zeros((people.max() + 1, *values.shape[1:]))
    np.add.at(total, people, values)
    return total


def draws(people: int, seed: int, repeats: int = REPEATS) -> Floats:
    """Return how often each participant is drawn in each repeat, repeats x participants.

    With fewer than FEWEST there are no repeats.
    """
    if people < FEWEST:
        return np.zeros((0, people))
    random = np.random.default_rng(seed)
    drawn = random.multinomial(people, np.full(people, 1 / people), size=repeats)
    return drawn.astype(np.float64)


def interval(found: Floats) -> tuple[float, float] | None:
    """Return the middle 95 % of repeats, or None where repeats cannot tell.

    They cannot where there are none, where a figure hangs on a few people, so that it is often
    undefined, and where it is always the same: coders who never differed may differ tomorrow.
    """
    told = found[np.isfinite(found)]
    if not len(told) or len(told) < _TELLING * len(found) or np.ptp(told) < _SAME:
        return None
    low, high = np.quantile(told, [0.025, 0.975])
    return float(low), float(high)
