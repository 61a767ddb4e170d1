"""Whether every withheld count stays as uncertain as it must, found by linear programming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from listening.disclosure.nouns import (
    EVERYONE,
    NOW,
    PEOPLE,
    Change,
    Crowd,
    Earlier,
    Shown,
    Told,
    Truth,
    changes,
)
from listening.disclosure.profiles import Profile
from listening.disclosure.system import System

_SLACK = 1e-6


@dataclass(frozen=True)
class Target:
    """One count that must stay uncertain.

    Attributes:
        what: a cell, those who joined a crowd since an earlier release and raised a theme, or those
            who left it, or the coverage.
        release: the later one, where it is about who came and went.
        to_zero: 0 must stay possible (of the others, where `others`), not only a width.
        width: the range must be at least as wide.
        others: it is about the people of the crowd who did not raise the theme.
        since: the earlier of two releases, where it is about who came and went between them.
    """

    what: Literal["cell", "came", "went", "covered"]
    release: str
    theme: str
    crowd: Crowd
    width: float
    to_zero: bool = False
    others: bool = False
    since: str = ""

    @property
    def terms(self) -> dict[tuple[str, ...], float]:
        """The count as terms of the system."""
        if self.what == "covered":
            return {(self.release, "covered"): 1}
        cell = (self.release, self.theme, self.crowd)
        if self.what != "cell":
            return {(self.what, self.since, *cell): 1}
        if self.others:
            return {(self.release, PEOPLE, self.crowd): 1, cell: -1}
        return {cell: 1}

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this target from others, whatever is asked of it."""
        return (self.what, self.since, self.release, self.theme, self.crowd)

    def met(self, low: float, high: float) -> bool:
        """Whether a range from `low` to `high` is wide enough."""
        wide = high - low >= self.width - _SLACK
        return wide and (not self.to_zero or low <= _SLACK)


def targets(truth: Truth, told: Told, profile: Profile, earlier: Sequence[Earlier]) -> list[Target]:
    """List every count that must stay uncertain: this release's, earlier ones', and the changes."""
    moved = list(changes(truth, earlier, profile.threshold))
    known = _known_members(moved)
    found = list(_of_release(NOW, truth, told, profile.threshold, known))
    for one in earlier:
        found += _of_release(one.release, one.truth, one.told, one.threshold, known)
    for change in moved:
        found += _of_change(change)
    return found


def _known_members(moved: Iterable[Change]) -> Counter[tuple[str, Crowd]]:
    """Return how many members of a release's crowds are known, as they came or went."""
    known: Counter[tuple[str, Crowd]] = Counter()
    for one in moved:
        for release, crowds in ((one.before, one.left), (one.after, one.joined)):
            known |= Counter({(release, crowd): people for crowd, people in crowds.items()})
    return known


def _of_change(change: Change) -> Iterable[Target]:
    for theme in change.truth.counts:
        for crowd, *numbers in change.moved(theme):
            for what, number in zip(("came", "went"), numbers, strict=True):
                if number:
                    width = min(change.threshold, number)
                    yield Target(what, change.after, theme, crowd, width, since=change.before)  # type: ignore[arg-type]


def _of_release(
    release: str, truth: Truth, told: Told, t: int, known: Mapping[tuple[str, Crowd], int]
) -> Iterable[Target]:
    for crowd, one in told.sizes.items():
        if one.zone and not one.kept:
            # that a group has those who are known to be in it is no release's doing
            low = max(one.low, known.get((release, crowd), 0))
            yield Target("cell", release, PEOPLE, crowd, min(t, one.high - low))
    everyone = truth.sizes[EVERYONE]
    for theme, row in told.cells.items():
        quoted = told.quoted.get(theme, {})
        for crowd, one in row.items():
            if one.value is None and not one.kept:
                cap = told.sizes[crowd].high if crowd != EVERYONE else everyone
                width = min(t, cap - quoted.get(crowd, 0))
                yield Target(
                    "cell", release, theme, crowd, width, one.zone in ("low", "high"),
                    one.zone == "high",
                )  # fmt: skip
    if told.covered.value is None and not told.covered.kept:
        yield Target("covered", release, "", EVERYONE, min(t, everyone))


class Ranges:
    """What has been seen of each target's range: every solution found says something of all."""

    def __init__(self, made: System, wanted: Sequence[Target]) -> None:
        self._made, self.wanted = made, wanted
        at = [
            (n, made.index[name], factor)
            for n, one in enumerate(wanted)
            for name, factor in one.terms.items()
        ]
        lines, columns, factors = zip(*at, strict=True) if at else ((), (), ())
        shape = (len(wanted), len(made.truth))
        self._terms = csr_array((factors, (lines, columns)), shape=shape)
        here = self._terms @ np.array(made.truth)
        self.low, self.high = here.copy(), here.copy()

    def failing(self) -> list[Target]:
        """Return the targets whose range is too narrow, having looked as far as needed."""
        if self.wanted:
            self._bulk()
        return [one for place, one in enumerate(self.wanted) if not self._met(place, one)]

    def _bulk(self) -> None:
        together: dict[tuple[str, ...], float] = {}
        for one in self.wanted:
            for name, factor in one.terms.items():
                together[name] = together.get(name, 0.0) + factor
        for sign in (1.0, -1.0):
            self._look({name: sign * factor for name, factor in together.items()})

    def _met(self, place: int, one: Target) -> bool:
        if one.met(self.low[place], self.high[place]):
            return True
        low, _ = self._look(one.terms)
        self.low[place] = min(self.low[place], low)
        if one.met(self.low[place], self.high[place]):
            return True
        if one.to_zero and self.low[place] > _SLACK:
            return False
        high, _ = self._look({name: -factor for name, factor in one.terms.items()})
        self.high[place] = max(self.high[place], -high)
        return one.met(self.low[place], self.high[place])

    def _look(self, terms: dict[tuple[str, ...], float]) -> tuple[float, npt.NDArray[np.float64]]:
        value, point = self._made.lowest(terms)
        seen = self._terms @ point
        self.low, self.high = np.minimum(self.low, seen), np.maximum(self.high, seen)
        return value, point


def failing(made: System, wanted: Sequence[Target]) -> list[Target]:
    """Return those of `wanted` whose range the system makes too narrow."""
    return Ranges(made, wanted).failing()


def met_without(made: System, one: Target, *tags: str) -> bool:
    """Whether a target would be met if rows of these tags were not known."""
    left_out = frozenset(tags)
    low, _ = made.lowest(one.terms, left_out)
    high, _ = made.lowest({name: -factor for name, factor in one.terms.items()}, left_out)
    return one.met(low, -high)


def withheld(everyone: int) -> Shown:
    """Return what stands for a count that would give away another."""
    return Shown(0, everyone, None, "also")
