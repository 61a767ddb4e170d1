"""What disclosure control speaks of: crowds, true counts, and what is told of each count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

#: Who a count is about: `all`, `source|interview`, `group|gender|woman`.
Crowd = str
EVERYONE: Crowd = "all"
#: The release that is being made, among earlier ones.
NOW = "now"
#: The row of a crowd's own size, beside those of the themes.
PEOPLE = ""

#: Why nothing is told: `low` and `high` are counts that are unsafe by themselves, `also` ones that
#: would give away another, `small` belong to a crowd too small to be told about.
Zone = Literal["", "low", "high", "also", "small"]


def source(kind: str) -> Crowd:
    """Name the crowd of a kind of source."""
    return f"source|{kind}"


def heard(crowd: Crowd) -> Crowd:
    """Name the crowd of all who were heard where `crowd` is those of them who were read.

    Without a correction nobody counts whom nobody has read, and no such crowd is named.
    """
    return f"heard|{crowd}"


#: Crowds whose exact number of people is often said aloud elsewhere.
KNOWN_SIZES = (EVERYONE, heard(EVERYONE))


def group(attribute: str, value: str) -> Crowd:
    """Name the crowd of an attribute's value."""
    return f"group|{attribute}|{value}"


@dataclass(frozen=True)
class Shown:
    """What is told of one count: it lies from `low` to `high`, both included.

    Attributes:
        value: the rounded figure, a band in words, the percentage of an estimate ("35%"), or None
            where the count is withheld.
        zone: why it is withheld.
        kept: the release in which this was told first, where it is repeated unchanged.
    """

    low: int
    high: int
    value: int | str | None
    zone: Zone = ""
    kept: str = ""


@dataclass(frozen=True)
class Partition:
    """Crowds within `whole` that do not overlap; `complete` when all of it is in one of them."""

    crowds: tuple[Crowd, ...]
    complete: bool
    whole: Crowd = EVERYONE


@dataclass(frozen=True)
class Truth:
    """The exact figures of one wave's ranking.

    Attributes:
        sizes: people of each crowd.
        partitions: how crowds make up everyone.
        counts: theme id to crowd to the people who raised it; themes apart stand here too.
        order: ids of ranked themes, best first.
        slopes: what one person of a source adds to a theme's score.
        sure: theme id to P(top k), where it was worked out.
        k: how many themes are the top.
        covered: people with a concern in the top k.
        preferred: theme and crowd of which it is known that the theme is among the crowd's first
            three.
        asked: theme id to crowd to the people who could raise the theme, where not all could.
        estimates: theme id to crowd to the share of everybody, where a correction estimated it
            (None where not everybody was asked). Sizes and counts are then of those who were read.
        stands: of each corrected source the most people that one who was read stands for.
        beyond: theme id to the part of its score that those who were read do not make up.
        sharper: how much less than among those read alone estimates vary, at the least.
    """

    sizes: Mapping[Crowd, int]
    partitions: tuple[Partition, ...]
    counts: Mapping[str, Mapping[Crowd, int]]
    order: tuple[str, ...]
    slopes: Mapping[Crowd, float]
    sure: Mapping[str, float]
    k: int
    covered: int
    preferred: tuple[tuple[str, Crowd], ...] = ()
    asked: Mapping[str, Mapping[Crowd, int]] = field(default_factory=dict)
    estimates: Mapping[str, Mapping[Crowd, float | None]] = field(default_factory=dict)
    stands: Mapping[Crowd, float] = field(default_factory=dict)
    beyond: Mapping[str, float] = field(default_factory=dict)
    sharper: float = 1.0

    def score(self, theme: str) -> float:
        """Return the theme's score as the weighted count that an attacker could work with."""
        read = sum(g * self.counts[theme].get(s, 0) for s, g in self.slopes.items())
        return read + self.beyond.get(theme, 0.0)


@dataclass
class Told:
    """What a release tells: the state that protection works on.

    Attributes:
        sizes: what is told of each crowd's size.
        cells: theme id to crowd to what is told.
        blocks: the order; themes of one block are told as equal.
        sure: theme id to how finely P(top k) is told: 0 in steps of .05, 1 in words, 2 not at all.
        covered: what is told of the coverage.
        quoted: theme id to crowd to how many different people are quoted.
        preferred: as in `Truth`, what of it is told.
        silent: themes whose quotes must stay, as they would narrow a count.
        steps: crowd to the points that estimates about it are rounded to.
    """

    sizes: dict[Crowd, Shown]
    cells: dict[str, dict[Crowd, Shown]]
    blocks: list[list[str]]
    sure: dict[str, int]
    covered: Shown
    quoted: dict[str, dict[Crowd, int]] = field(default_factory=dict)
    preferred: list[tuple[str, Crowd]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    steps: dict[Crowd, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """An earlier release, as far as it can be used to work out this one's figures.

    Attributes:
        release: its id.
        truth: its exact figures.
        told: what it told.
        joined: crowd to people who are in it now and were not then.
        left: crowd to people who were in it then and are not now.
        threshold: what its profile promised of every count that it withheld.
        since: id of each release before it to who joined and who left between the two.
    """

    release: str
    truth: Truth
    told: Told
    joined: Mapping[Crowd, int]
    left: Mapping[Crowd, int]
    threshold: int
    since: Mapping[str, tuple[Mapping[Crowd, int], Mapping[Crowd, int]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True)
class Change:
    """Who came and went between two releases, `after` being "now" for the one that is made."""

    before: str
    after: str
    then: Truth
    truth: Truth
    joined: Mapping[Crowd, int]
    left: Mapping[Crowd, int]
    threshold: int

    def moved(self, theme: str) -> Iterator[tuple[Crowd, int, int]]:
        """Yield crowds whose count of a theme can have changed by who came and went alone.

        Each with how many joined and how many left it. Any other count was coded anew, and nothing
        can be concluded from it.
        """
        before = self.then.counts.get(theme, {})
        for crowd, people in self.truth.counts.get(theme, {}).items():
            joined, left = self.joined.get(crowd, 0), self.left.get(crowd, 0)
            if crowd in before and -left <= people - before[crowd] <= joined:
                yield crowd, joined, left


def changes(truth: Truth, earlier: Sequence[Earlier], threshold: int) -> Iterator[Change]:
    """Yield what happened between every two releases: a later one may say what came before it."""
    for number, one in enumerate(earlier):
        yield Change(one.release, NOW, one.truth, truth, one.joined, one.left, threshold)
        for before in earlier[:number]:
            if before.release in one.since:
                joined, left = one.since[before.release]
                yield Change(
                    before.release, one.release, before.truth, one.truth, joined, left,
                    one.threshold,
                )  # fmt: skip


def as_plain(value: Truth | Told) -> dict[str, Any]:
    """Return plain data for the ledger."""
    return asdict(value)


def truth_from(plain: Mapping[str, Any]) -> Truth:
    """Read what `as_plain` made of a truth."""
    parts = tuple(
        Partition(tuple(p["crowds"]), p["complete"], p["whole"]) for p in plain["partitions"]
    )
    preferred = tuple((theme, crowd) for theme, crowd in plain["preferred"])
    order = tuple(plain["order"])
    return Truth(**{**plain, "partitions": parts, "order": order, "preferred": preferred})


def told_from(plain: Mapping[str, Any]) -> Told:
    """Read what `as_plain` made of what was told."""
    cells = {
        theme: {crowd: Shown(**one) for crowd, one in row.items()}
        for theme, row in plain["cells"].items()
    }
    return Told(
        sizes={crowd: Shown(**one) for crowd, one in plain["sizes"].items()},
        cells=cells,
        blocks=[list(block) for block in plain["blocks"]],
        sure=dict(plain["sure"]),
        covered=Shown(**plain["covered"]),
        quoted={theme: dict(row) for theme, row in plain["quoted"].items()},
        preferred=[(theme, crowd) for theme, crowd in plain["preferred"]],
        silent=list(plain["silent"]),
        steps=dict(plain["steps"]),
    )
