"""What changed since the wave before: theme by theme, over all waves, and what cannot be told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from listening.report import change, since, words
from listening.steps.kept_results import KeptResults
from listening.steps.leading.first import Dot
from listening.steps.waves import FILE

Document = Mapping[str, Any]
#: said where all that was heard is one wave
_ONE = "All that was heard counts as one wave so far, so there is nothing to compare it with."
_TOO_FEW = "There is only one wave that can be compared, so nothing can be said to have changed."


@dataclass(frozen=True)
class Level:
    """One theme in one wave.

    Attributes:
        said: how many raised it, with their share where it may be given.
        spread: what sampling alone would allow; empty where too few were heard.
        dot: None there too.
    """

    said: str
    spread: str
    dot: Dot | None


@dataclass(frozen=True)
class Row:
    """One theme between the last two waves; `points` holds its change with its range."""

    id: str
    name: str
    then: Level
    now: Level
    points: str
    verdict: str
    said: str


@dataclass(frozen=True)
class Point:
    """One wave on a control chart, in per cent of its width and height, from the top left.

    Attributes:
        ends: where its limits are drawn; empty where it has none.
        left, right: ends of the marks of its limits.
    """

    number: int
    x: float
    y: float
    left: float
    right: float
    ends: tuple[float, ...]
    signal: bool


@dataclass(frozen=True)
class Chart:
    """The control chart of a theme, and the table behind it.

    Attributes:
        lines: from point to point: x, y, x, y.
        mean_at: where the mean is drawn; top: what the upper edge stands for.
    """

    name: str
    kind: str
    mean: str
    mean_at: float
    top: str
    points: tuple[Point, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Changed:
    """Everything on the page.

    Attributes:
        sentence: what a reader takes away.
        why, what_to_do: why nothing is compared; empty where something is.
        provisional: what is doubtful where a machine read a wave; empty where people read all.
        earlier, later: the last two waves.
        rows: themes between those two; axis: marks of the axis behind the dots.
        others: a table for each other pair of waves.
        charts: of each theme, from three waves on; rules: whether runs are looked at.
        left: themes that cannot be compared, with the reason of each.
        left_all: the reason, where it is one for all of them.
        notes: what must be known of it.
        waves: each with how many were heard, who read it, and why it is not compared.
        months: of the material, with how many were heard in each.
        outside: who is in no wave, in sentences.
        paired: whether somebody was heard in two waves.
    """

    sentence: str
    why: str
    what_to_do: str
    provisional: str
    earlier: str
    later: str
    rows: tuple[Row, ...]
    axis: tuple[tuple[float, str], ...]
    others: tuple[Mapping[str, Any], ...]
    charts: tuple[Chart, ...]
    rules: bool
    left: tuple[tuple[str, str], ...]
    left_all: str
    notes: tuple[str, ...]
    waves: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, str], ...]
    outside: tuple[str, ...]
    paired: bool


def changed(kept: KeptResults) -> Changed:
    """Return what the page shows.

    Raises:
        FileNotFoundError: the results were deleted or replaced meanwhile.
    """
    told = _told(kept)
    found = told["change"]
    themes = found["themes"] if found else []
    left = [(one["name"], change.sentence(one["why"])) for one in found["not_compared"]] if found \
        else []  # fmt: skip
    reasons = {why for _, why in left}
    earlier, later = since.last_pair(found) if found else ("", "")
    scale = _scale(themes)
    return Changed(
        sentence=_sentence(told),
        why=told["why"],
        what_to_do=told["what_to_do"],
        provisional=_provisional(found),
        earlier=earlier,
        later=later,
        rows=tuple(_row(one, found, scale) for one in themes),
        axis=tuple((round(100 * at / scale, 2), f"{at}%") for at in _marks(scale)),
        others=tuple(_others(found)) if themes else (),
        charts=tuple(_chart(one) for one in themes if one["chart"]),
        rules=any(one["chart"] and one["chart"]["run_rules"] for one in themes),
        left=() if len(reasons) == 1 and not themes else tuple(left),
        left_all=next(iter(reasons)) if len(reasons) == 1 and not themes else "",
        notes=tuple(found["notes"]) if found else (),
        waves=tuple(_wave(one) for one in told["waves"]),
        months=tuple((_month(month), words.people(many)) for month, many in told["months"]),
        outside=tuple(_outside(told)),
        paired=bool(found and found["paired"]),
    )


def since_last(kept: KeptResults) -> tuple[str, str]:
    """Return the wave before, and which themes changed since; both empty where none did surely."""
    try:
        found = _told(kept)["change"]
    except FileNotFoundError:  # replaced since the page was asked for
        return "", ""
    said = since.short(found) if found else ""
    return (since.last_pair(found)[0], said) if said else ("", "")


def _told(kept: KeptResults) -> dict[str, Any]:
    return dict(json.loads((kept.folder / FILE).read_bytes()))


def _sentence(told: Document) -> str:
    if told["change"]:
        return since.sentence(told["change"])
    if told["why"]:
        return "Nothing can be compared between these waves."
    return _TOO_FEW if told["waves"] else _ONE


def _provisional(found: Document | None) -> str:
    if not found or found["status"] != "provisional":
        return ""
    said = change.status(found)
    return f"{said['first'][:1].upper()}{said['first'][1:]} {said['rest']}"


def _row(theme: Mapping[str, Any], found: Document, scale: float) -> Row:
    last = since.last_change(theme, found)
    then, now = (_level(one, scale) for one in theme["levels"][-2:])
    verdict = str(last["verdict"])
    return Row(
        theme["id"],
        theme["name"],
        then,
        now,
        change.points(last),
        verdict,
        change.VERDICTS[verdict],
    )


def _level(one: Mapping[str, Any], scale: float) -> Level:
    if one["share"] is None:
        return Level(change.level(one), "", None)
    low, high = one["interval"]
    at = (round(10_000 * end / scale, 2) for end in (one["share"], low, high))
    return Level(change.level(one), words.sampling_range((low, high), one["of"]), Dot(*at))


def _scale(themes: Sequence[Mapping[str, Any]]) -> float:
    """Return where the axis ends in per cent: a round number beyond every range."""
    ends = [one["interval"][1] for theme in themes for one in theme["levels"][-2:]]
    furthest = 100 * max(ends, default=1.0)
    return next((float(edge) for edge in (20, 40, 60, 80) if furthest <= edge), 100.0)


def _marks(scale: float) -> list[int]:
    return [round(scale * part / 4) for part in range(5)]


def _others(found: Document) -> Sequence[Mapping[str, Any]]:
    """Return the tables of every pair of waves but the last two."""
    every = change.tables(found)
    del every[len(found["waves"]) - 2]
    return every


def _chart(theme: Mapping[str, Any]) -> Chart:
    told = theme["chart"]
    ends = [end for one in told["points"] for end in one["limits"] or ()]
    top = float(max(0.05, *(one["share"] for one in told["points"]), *ends))
    many = len(told["points"])

    def down(share: float) -> float:
        return round(100 - 100 * share / top, 2)

    points = tuple(
        Point(
            number,
            round(100 * (number - 0.5) / many, 2),
            down(one["share"]),
            round(100 * (number - 0.65) / many, 2),
            round(100 * (number - 0.35) / many, 2),
            tuple(down(end) for end in one["limits"] or ()),
            bool(one["signals"]),
        )
        for number, one in enumerate(told["points"], 1)
    )
    return Chart(
        name=theme["name"],
        kind=change.kind_of(told),
        mean=f"{100 * told['mean']:.0f}%",
        mean_at=down(told["mean"]),
        top=f"{100 * top:.0f}%",
        points=points,
        lines=tuple((a.x, a.y, b.x, b.y) for a, b in pairwise(points)),
        rows=tuple(
            (f"{number}. {row[0]}", *row[1:])
            for number, row in enumerate(change.chart_rows(told), 1)
        ),
    )


def _wave(one: Mapping[str, Any]) -> tuple[str, ...]:
    read = {"reviewed": "People", "provisional": "A machine: not enough is coded yet"}
    why = f"No. {one['why']}" if one["why"] else "Yes"
    return one["name"], words.people(one["people"]), read.get(one["status"], "–"), why


def _month(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def _outside(told: Document) -> list[str]:
    said = []
    if told["no_day"]:
        said.append(
            f"Of {words.people(told['no_day'])} nobody wrote down on which day they were heard: "
            "they are in no wave. Let the officers put the day into the file and send it again."
        )
    if told["astride"]:
        said.append(
            f"Of {words.people(told['astride'])} only the month is known, and a wave began in it: "
            "they are in no wave."
        )
    return said
