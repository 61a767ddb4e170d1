"""What equity finds: frozen dataclasses, exact figures, beside the ranking and never inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from listening.priorities.nouns import Theme


@dataclass(frozen=True)
class Represented:
    """How much a group was heard beside its part of the population.

    Attributes:
        attribute: what people are grouped by.
        value: the group.
        people: how many of it were heard.
        of: people heard whose value the population table names.
        unknown: people heard of whom the attribute is not known, or is no value of the table.
        population: how many of the group live there.
        population_of: how many people the table counts by this attribute.
        ratio: part of those heard over part of the population; None where nobody lives there.
        interval: of the ratio; None likewise, and where nobody at all was heard.
        under_heard: whether the upper end is below .8.
        shortfall: `under` of a group that is under-heard; `likely` where the ratio is below .8 and
            too few are heard in all to be sure; `some` where it is not and the upper end is below
            1; `none`; empty without an interval.
        whatever_unknown: whether it would be so even if all the unknown were of this group.
        sentence: the same in words.
    """

    attribute: str
    value: str
    people: int
    of: int
    unknown: int
    population: int
    population_of: int
    ratio: float | None
    interval: tuple[float, float] | None
    under_heard: bool
    shortfall: str
    whatever_unknown: bool
    sentence: str


@dataclass(frozen=True)
class Unmatched:
    """What could not be held against the population: an attribute, some values of it, and why."""

    attribute: str
    values: tuple[str, ...]
    people: int
    sentence: str


@dataclass(frozen=True)
class Difference:
    """One group against all others of whom the attribute is known, on one theme.

    Attributes:
        attribute: what people are grouped by.
        value: the group.
        theme: what they raised.
        people: people of the group who raised it.
        of: people of the group who could.
        voices: how many separate voices they are.
        rest_people: others who raised it.
        rest_of: others who could.
        rest_voices: how many separate voices the others are.
        shrunk: share of the group, drawn towards everybody's.
        ratio: share of the group over that of the others; None where no other raised it, and where
            it was not tested.
        interval: of the ratio, its upper end None where it has no bound; None where not tested.
        p: of the test that both shares are the same; None where not tested.
        q: the least rate of false discoveries at which it would be claimed; None likewise.
        differs: whether a difference is claimed; None where not tested.
        sentence: the difference in words; empty where none is claimed.
    """

    attribute: str
    value: str
    theme: Theme
    people: int
    of: int
    voices: float
    rest_people: int
    rest_of: int
    rest_voices: float
    shrunk: float
    ratio: float | None = None
    interval: tuple[float, float | None] | None = None
    p: float | None = None
    q: float | None = None
    differs: bool | None = None
    sentence: str = ""


@dataclass(frozen=True)
class PriorityGroup:
    """A group that the programme looks after, and what became of its own top three."""

    attribute: str
    value: str
    participants: int
    sentence: str


@dataclass(frozen=True)
class Most:
    """In which priority group a theme is held by most: the criterion Q, displayed alone."""

    attribute: str
    value: str
    shrunk: float


@dataclass(frozen=True)
class Equity:
    """Everything about who was heard and who differs.

    Attributes:
        representation: a row for each group of the population table.
        unmatched: what could not be held against the population.
        groups: by theme id, each group's figures beside the others'; empty before people have
            coded.
        differences: those that are claimed, surest first; of two groups that are each other's
            rest, the one that raised it more.
        tests: how many comparisons were made.
        comparison: what came of them, in words.
        too_few: which groups were not compared, in words.
        priority_groups: the groups to be looked after.
        most: by theme id, the criterion Q; none without priority groups of ten people.
    """

    representation: tuple[Represented, ...]
    unmatched: tuple[Unmatched, ...]
    groups: Mapping[str, tuple[Difference, ...]]
    differences: tuple[Difference, ...]
    tests: int
    comparison: str
    too_few: str
    priority_groups: tuple[PriorityGroup, ...]
    most: Mapping[str, Most]
