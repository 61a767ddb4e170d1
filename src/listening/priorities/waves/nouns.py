"""What goes into a comparison of waves and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from listening.codebook import Codebook
from listening.priorities.waves.charting import Chart
from listening.records import Table

Verdict = Literal["more", "fewer", "none_shown", "too_few"]


@dataclass(frozen=True)
class Wave:
    """One round of listening, as its working results tell it.

    Attributes:
        name: what it is called.
        status: `provisional` or `reviewed`.
        version: the codebook and its version, such as `north-westminster 1.2`; "" for none.
        codebook: that version, where it is at hand.
        names: name of each theme that was ranked, by id.
        participants: participant_id, source_kind, people, cluster; everyone who was counted.
        raised: participant_id, code: the very codes that were given.
        partly: ids of the themes that not everybody who was counted could raise.
        estimated: whether its own results estimate a survey for those whom nobody read.
        beneath: id of each code that counted for a broader theme, and the id of that theme.
    """

    name: str
    status: str
    version: str
    codebook: Codebook | None
    names: Mapping[str, str]
    participants: Table
    raised: Table
    partly: frozenset[str] = frozenset()
    estimated: bool = False
    beneath: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Level:
    """One theme in one wave.

    Attributes:
        people: distinct people who raised it, in the kinds of source compared.
        of: of how many.
        share: over those kinds, each with the same part in every wave.
        interval: Wilson's, on the effective number of people.
        n_eff: that number.
    """

    people: int
    of: int
    share: float
    interval: tuple[float, float]
    n_eff: float


@dataclass(frozen=True)
class Change:
    """The change of one theme from an earlier wave to a later one, as a difference of shares.

    `verdict` is `more` or `fewer` where the interval leaves 0 out, `none_shown` where it does not,
    and `too_few` where either wave heard fewer than 20 people: then there is no figure.
    """

    earlier: str
    later: str
    difference: float | None
    interval: tuple[float, float] | None
    verdict: Verdict


@dataclass(frozen=True)
class ThemeOverWaves:
    """One theme over all waves: its levels, its changes, and its control chart from three waves on.

    `changes` holds one from each wave to the next, and from the first to the last where there are
    more than two.
    """

    id: str
    name: str
    levels: tuple[Level, ...]
    changes: tuple[Change, ...]
    chart: Chart | None


@dataclass(frozen=True)
class Changes:
    """Everything that a comparison found out.

    Attributes:
        waves: names, in their order.
        status: `provisional` where any wave is.
        kinds: the kinds of source that are compared, with the part of each in every wave.
        themes: those that can be compared.
        not_compared: (id, name, why) of those that cannot.
        paired: whether the same id in two waves is the same person.
        notes: what a reader must know, in plain sentences.
    """

    waves: tuple[str, ...]
    status: str
    kinds: Mapping[str, float]
    themes: tuple[ThemeOverWaves, ...]
    not_compared: tuple[tuple[str, str, str], ...]
    paired: bool
    notes: tuple[str, ...]
