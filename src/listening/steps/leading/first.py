"""The first page: the ranked priorities on one screen, and what a lead asks first of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from listening.report import certainty, chart, doubts, equity, passages, themes, words
from listening.report.passages import Passage
from listening.steps import signing
from listening.steps.leading.standing import Document, Standing, sure
from listening.steps.site import Site
from listening.store.accounts import Programme


@dataclass(frozen=True)
class Dot:
    """A dot with its whisker, in per cent of the width of the axis."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """One theme of the ranked list.

    Attributes:
        certainty: how surely it is among the first; empty where that is not known.
        word: its first word or two, by which it is coloured: `almost certainly`.
        tied: what cannot be told apart from it.
        reach: how many people of how many raised it; share: the same as a percentage.
        spread: what sampling alone would allow.
        sources: where they were heard, and how many of how many there.
        asked_for: one thing that somebody asked for; None where nothing was found.
    """

    rank: int
    id: str
    name: str
    statement: str
    certainty: str
    tied: str
    reach: str
    share: str
    spread: str
    sources: str
    dot: Dot
    asked_for: Passage | None


@dataclass(frozen=True)
class First:
    """Everything on the first page.

    Attributes:
        top: themes among the first k; rest: the others.
        axis: marks of the axis: per cent of its width, and what it says there.
        axis_title: what the axis counts.
        figures: rows of the table behind the dots.
        sure: `sentences` and `meaning`.
        why: why a place differs from the order by people, of the first.
        protected: themes that matter most to a group that is looked after; unprotected: why none
            is listed for a group; none_protected: said where nothing is listed at all.
        not_heard: groups that were hardly heard, and how few of them were.
        under_heard: who is less heard than their part of the people who live there.
        none_missing: said where no group is known to be missing.
        quotes: how many quotes are signed off, refused, and wait.
    """

    top: tuple[Row, ...]
    rest: tuple[Row, ...]
    axis: tuple[tuple[float, str], ...]
    axis_title: str
    figures: tuple[tuple[str, ...], ...]
    sure: Mapping[str, Any]
    why: tuple[str, ...]
    protected: tuple[str, ...]
    unprotected: tuple[str, ...]
    none_protected: str
    not_heard: tuple[tuple[str, str], ...]
    under_heard: tuple[str, ...]
    none_missing: str
    quotes: Mapping[str, int]


def first(site: Site, programme: Programme, standing: Standing) -> First | None:
    """Return what the first page shows; None before there are results."""
    told, kept = standing.document, standing.kept
    if kept is None:
        return None
    priorities = told["priorities"]
    k = min(told["k"], len(priorities))
    laid, voices = rows(told), doubts.voices(told)
    return First(
        top=laid.rows[:k],
        rest=laid.rows[k:],
        axis=laid.axis,
        axis_title=laid.axis_title,
        figures=tuple(themes.figures(priorities)),
        sure=sure(told),
        why=tuple(
            f"{one['name']}: {one['why_order']}" for one in priorities[:k] if one["why_order"]
        ),
        protected=tuple(voices["protected"]),
        unprotected=tuple(voices["unprotected"]),
        none_protected=voices["none_protected"],
        not_heard=tuple(doubts.missing(told)),
        under_heard=tuple(equity.heard(told)["under"]),
        none_missing=voices["none_missing"],
        quotes=decided(site, programme, standing),
    )


@dataclass(frozen=True)
class Laid:
    """The ranked list with its dots laid out on one axis."""

    rows: tuple[Row, ...]
    axis: tuple[tuple[float, str], ...]
    axis_title: str


def rows(told: Document) -> Laid:
    """Lay every theme out in the order of rank."""
    priorities = told["priorities"]
    drawn = chart.plot(priorities, most=len(priorities))
    everyone = [row for row in drawn.rows if row["shown_for"] == chart.EVERYONE]
    scale, step = _scale(everyone, in_people=drawn.in_people)
    return Laid(
        tuple(_row(o, told, mark, scale) for o, mark in zip(priorities, everyone, strict=True)),
        tuple(_axis(scale, step, in_people=drawn.in_people)),
        chart.axis_title(drawn),
    )


def decided(site: Site, programme: Programme, standing: Standing) -> dict[str, int]:
    """Count the candidate quotes by what was decided on them."""
    many = {"signed": 0, "refused": 0, "waits": 0}
    if standing.kept is not None:
        for one in signing.waiting(site.work(programme), standing.kept.folder):
            many[one.decision] += 1
    return many


def _row(one: Mapping[str, Any], told: Document, mark: Mapping[str, Any], scale: float) -> Row:
    return Row(
        rank=one["rank"],
        id=one["id"],
        name=one["name"],
        statement=one["statement"],
        certainty=certainty.first(one, told),
        tied=certainty.tied(one, told["priorities"]),
        reach=words.reach(one["people"], one["of"], estimated=bool(one.get("estimated"))),
        share=words.percentage(one["prevalence"], one["of"]),
        spread=words.sampling_range(one["interval"], one["of"]),
        sources=_sources(one["sources"]),
        dot=Dot(*(round(100 * mark[end] / scale, 2) for end in ("value", "low", "high"))),
        asked_for=passages.passage(one["changes"][0], {}) if one["changes"] else None,
    )


def _sources(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Say where a theme was raised: `12 of 39 in interviews and 40 of 200 in survey answers`."""
    return words.listed(
        f"{'about ' if one.get('estimated') else ''}{words.number(one['people'])} of "
        f"{words.number(one['of'])} {words.in_source(kind)}"
        for kind, one in found.items()
    )


def _scale(marks: Sequence[Mapping[str, Any]], *, in_people: bool) -> tuple[float, int]:
    """Return where the axis ends, a round number beyond every whisker, and the steps to there."""
    furthest = max((mark["high"] for mark in marks), default=1.0)
    if in_people:
        step = max(1, round(furthest / 4))
    else:
        step = 5 if furthest <= 20 else 10 if furthest <= 50 else 25
    return float(-(-furthest // step) * step), step


def _axis(scale: float, step: int, *, in_people: bool) -> Sequence[tuple[float, str]]:
    unit = "" if in_people else "%"
    marks = [n * step for n in range(int(scale // step) + 1)]
    return [(round(100 * mark / scale, 2), f"{mark}{unit}") for mark in marks]
