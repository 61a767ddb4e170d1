"""Everything that a release and its forerunners tell, as one system of linear inequalities.

The attacker that it stands for knows more than is printed: the exact number of people in all, what
one person adds to a theme's score, how many joined and left each crowd between releases, how far
each published certainty narrows the score, and the machine's guess about everybody. Counts are
real numbers here, so a range that is wide enough in this system is at least as wide as what the
published figures leave open.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.stats import norm

from listening.disclosure import certainty, estimates
from listening.disclosure.nouns import (
    EVERYONE,
    KNOWN_SIZES,
    NOW,
    PEOPLE,
    Change,
    Crowd,
    Earlier,
    Partition,
    Told,
    Truth,
    changes,
)
from listening.disclosure.solver import Solver

#: a tuple of the release, a theme and a crowd, or what else names one count
Name = tuple[Any, ...]
Terms = Mapping[Any, float]
_SLACK = 1e-7


class System:
    """Named variables with bounds, and rows that they obey; the truth obeys every one of them."""

    def __init__(self) -> None:
        self.index: dict[Name, int] = {}
        self.truth: list[float] = []
        self.bounds: list[tuple[float, float]] = []
        self._rows: list[tuple[dict[int, float], float, str]] = []
        self._solvers: dict[frozenset[str], Solver] = {}

    def add(self, name: Name, truth: float, low: float, high: float) -> None:
        """Add a variable; bounds that the truth breaks are an attacker's error and are widened."""
        self.index[name] = len(self.truth)
        self.truth.append(truth)
        self.bounds.append((min(low, truth), max(high, truth)))

    def most(self, terms: Terms, limit: float, tag: str = "") -> None:
        """Add Σ terms ≤ limit, unless the truth breaks it: then nobody can conclude from it."""
        row = {self.index[name]: factor for name, factor in terms.items()}
        if sum(factor * self.truth[at] for at, factor in row.items()) <= limit + _SLACK:
            self._rows.append((row, limit, tag))

    def equal(self, terms: Terms, value: float) -> None:
        """Add Σ terms = value."""
        self.most(terms, value)
        self.most({name: -factor for name, factor in terms.items()}, -value)

    def lowest(
        self, terms: Terms, without: frozenset[str] = frozenset()
    ) -> tuple[float, npt.NDArray[np.float64]]:
        """Return the least value of Σ terms, and a point at which it is reached.

        Args:
            terms: what is made as small as possible.
            without: tags of rows that are left out.

        Raises:
            ListeningError: no solution was found, so that nothing could be verified.
        """
        if without not in self._solvers:
            self._solvers[without] = self._solver(without)
        return self._solvers[without].lowest(
            {self.index[name]: factor for name, factor in terms.items()}
        )

    def _solver(self, without: frozenset[str]) -> Solver:
        rows = [row for row in self._rows if row[2] not in without]
        at = [(n, c, f) for n, (row, _, _) in enumerate(rows) for c, f in row.items()]
        lines, columns, factors = zip(*at, strict=True)
        matrix = csr_array((factors, (lines, columns)), shape=(len(rows), len(self.truth)))
        return Solver(matrix, np.array([limit for _, limit, _ in rows]), self.bounds)


def system(truth: Truth, told: Told, earlier: Sequence[Earlier]) -> System:
    """Put together what this release and all earlier ones tell."""
    made = System()
    _statement(made, NOW, truth, told)
    for one in earlier:
        _statement(made, one.release, one.truth, one.told)
    for change in changes(truth, earlier, 0):
        _between(made, change)
    return made


def _statement(made: System, release: str, truth: Truth, told: Told) -> None:
    """Add what one release tells of its own figures."""
    everyone = max(truth.sizes.values())
    for crowd, people in truth.sizes.items():
        one = told.sizes[crowd]
        low, high = (0, everyone) if one.kept else (one.low, one.high)
        if crowd in KNOWN_SIZES:
            low = high = people
        made.add((release, PEOPLE, crowd), people, low, high)
    for theme, row in truth.counts.items():
        for crowd, people in row.items():
            one = told.cells[theme][crowd]
            low, high = (0, everyone) if one.kept else (one.low, one.high)
            low = max(low, told.quoted.get(theme, {}).get(crowd, 0))
            high = max(high, everyone) if one.value is None else high
            made.add((release, theme, crowd), people, low, high)
            name = (release, theme, crowd)
            made.most({name: 1, (release, PEOPLE, crowd): -1}, 0)
    for number, partition in enumerate(truth.partitions):
        _sums(made, release, truth, number, partition)
    for theme, factors, least, most in estimates.facts(truth, told):
        made.most({(release, theme, one): f for one, f in factors.items()}, most)
        made.most({(release, theme, one): -f for one, f in factors.items()}, -least)
    _covered(made, release, truth, told)
    _orders(made, release, truth, told)


def _sums(made: System, release: str, truth: Truth, number: int, parted: Partition) -> None:
    """Add that crowds which do not overlap make up a whole, with those of whom it is not known."""
    for theme, row in ((PEOPLE, truth.sizes), *truth.counts.items()):
        here = [crowd for crowd in parted.crowds if crowd in row]
        if not here or parted.whole not in row:
            continue
        unknown = row[parted.whole] - sum(row[crowd] for crowd in here)
        rest = (release, theme, number)
        made.add(rest, unknown, 0, 0 if parted.complete else max(truth.sizes.values()))
        parts: dict[Name, float] = {(release, theme, crowd): 1.0 for crowd in here}
        made.equal({**parts, rest: 1.0, (release, theme, parted.whole): -1.0}, 0)
        if theme != PEOPLE:
            made.most({rest: 1, (release, PEOPLE, number): -1}, 0)


def _covered(made: System, release: str, truth: Truth, told: Told) -> None:
    top = truth.order[: truth.k]
    name = (release, "covered")
    made.add(name, truth.covered, told.covered.low, told.covered.high)
    for theme in top:
        made.most({(release, theme, EVERYONE): 1, name: -1}, 0)
    made.most({name: 1, **{(release, theme, EVERYONE): -1.0 for theme in top}}, 0)
    made.most({name: 1, (release, PEOPLE, EVERYONE): -1}, 0)


def _orders(made: System, release: str, truth: Truth, told: Told) -> None:
    """Add what the order, its certainty, and the lists of what matters to some groups tell."""

    def scored(theme: str, sign: float) -> dict[Name, float]:
        return {(release, theme, s): sign * g for s, g in truth.slopes.items()}

    # what an earlier release told cannot be taken back, so it has no name to be left out by
    order, sure = ("order", "sure") if release == NOW else ("", "")
    for above, below in zip(told.blocks, told.blocks[1:], strict=False):
        for better in above:
            for worse in below:
                gap = truth.beyond.get(better, 0.0) - truth.beyond.get(worse, 0.0)
                made.most({**scored(better, -1), **scored(worse, 1)}, gap, order)
    for theme, level in told.sure.items():
        low, high = certainty.between(truth.sure[theme], level)
        spread, here = _spread(truth, theme), truth.score(theme) - truth.beyond.get(theme, 0.0)
        at = norm.ppf(certainty.inside(truth.sure[theme]))
        if low > 0:
            made.most(scored(theme, -1), -(here - spread * (at - norm.ppf(low))), sure)
        if high < 1:
            made.most(scored(theme, 1), here + spread * (norm.ppf(high) - at), sure)
    for theme, crowd in told.preferred:
        for other in truth.order:
            if other != theme and crowd in truth.counts[other]:
                # two others may stand before it; which ones is not told, so this tells too much
                made.most({(release, other, crowd): 1, (release, theme, crowd): -1}, 0)


def _spread(truth: Truth, theme: str) -> float:
    """Return about how far a theme's score would differ among other people asked."""
    variance = 0.0
    for crowd, slope in truth.slopes.items():
        people = truth.sizes[crowd]
        share = (truth.counts[theme].get(crowd, 0) + 1) / (people + 2)
        variance += slope * slope * people * share * (1 - share)
    return math.sqrt(variance) * truth.sharper


def _between(made: System, one: Change) -> None:
    """Add that counts differ by those who joined and those who left, and by nobody else."""
    for crowd, people in one.truth.sizes.items():
        if crowd in one.then.sizes:
            change = one.joined.get(crowd, 0) - one.left.get(crowd, 0)
            now, then = (one.after, PEOPLE, crowd), (one.before, PEOPLE, crowd)
            if people - one.then.sizes[crowd] == change:
                made.equal({now: 1, then: -1}, change)
    _at_least(made, one.before, one.then, one.left)
    _at_least(made, one.after, one.truth, one.joined)
    for theme in one.truth.counts:
        for crowd, joined, left in one.moved(theme):
            now, then = (one.after, theme, crowd), (one.before, theme, crowd)
            came, went = ("came", one.before, *now), ("went", one.before, *now)
            change = one.truth.counts[theme][crowd] - one.then.counts[theme][crowd]
            # any split of the change that is possible will do: the truth of it is not kept
            made.add(went, max(0, -change), 0, left)
            made.add(came, max(0, change), 0, joined)
            made.equal({now: 1, then: -1, came: -1, went: 1}, 0)
            made.most({came: 1, now: -1}, 0)
            made.most({went: 1, then: -1}, 0)


def _at_least(made: System, release: str, truth: Truth, moved: Mapping[Crowd, int]) -> None:
    """Add that those who left a crowd had been in it, and that those who joined it are in it.

    Whoever knows of them knows as much less of how large the other crowds can be.
    """
    for crowd in truth.sizes:
        made.most({(release, PEOPLE, crowd): -1}, -moved.get(crowd, 0))
    for number, parted in enumerate(truth.partitions):
        if (release, PEOPLE, number) in made.index:  # of whom it is not known
            rest = moved.get(parted.whole, 0) - sum(moved.get(c, 0) for c in parted.crowds)
            made.most({(release, PEOPLE, number): -1}, -rest)
