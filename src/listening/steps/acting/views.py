"""The views of the record: by priority, as a driver diagram, reviewed for equity, escalated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from listening import report
from listening.actions import (
    STATUSES,
    Action,
    Asked,
    Branch,
    Point,
    RunChart,
    doubts,
    run_chart,
    sentence,
    tree,
)
from listening.steps import taken_out
from listening.steps.acting import themes
from listening.steps.acting.following import Stands, follow
from listening.steps.acting.themes import Theme
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Programme


@dataclass(frozen=True)
class Answered:
    """A priority and what is done about it; a theme without an id stands for no priority."""

    theme: Theme
    actions: tuple[Action, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many actions there are of each status that occurs."""
        told = [(name, sum(one.status == name for one in self.actions)) for name in STATUSES]
        return [(name, many) for name, many in told if many]


@dataclass(frozen=True)
class Page:
    """What the page of one action shows beside the record itself.

    Attributes:
        stands: which priority it answers now.
        aim: as a sentence.
        doubts: what would make the aim one that can be checked.
        driver: names of its primary and secondary driver.
        taken_out: whether a text of it holds words that were taken out of what residents said.
        evidence: id and, for those who may read them, the words behind it and whose they are.
    """

    stands: Stands
    aim: str
    doubts: tuple[Asked, ...]
    taken_out: bool
    driver: tuple[str, str]
    evidence: tuple[tuple[str, str, str], ...]
    points: tuple[Point, ...]
    chart: RunChart | None

    @property
    def said(self) -> list[str]:
        """Say what the run chart shows."""
        return self.chart.said if self.chart else []

    @property
    def median(self) -> str:
        """The median of the points, as it is printed."""
        return f"{self.chart.median:g}" if self.chart else ""

    @property
    def dated(self) -> list[tuple[date, Point]]:
        """The points with their days."""
        return [(date.fromisoformat(point.day), point) for point in self.points]


def by_priority(site: Site, programme: Programme) -> list[Answered]:
    """Return every priority with its actions, in order of rank; those of none stand last.

    An action whose code was merged or retired since stands where that code stands now; one whose
    code was split stands under each part.
    """
    work = site.work(programme)
    follows = follow(work)
    held: dict[str, list[Action]] = {}
    gone: dict[str, Theme] = {}
    for one in work.store.actions.all():
        stands = follows.stands(one).themes
        gone |= {theme.id: theme for theme in stands if theme.id not in follows.known}
        for key in [theme.id for theme in stands] or [""]:
            held.setdefault(key, []).append(one)
    every = [*follows.known.values(), *gone.values(), Theme("", "No priority yet", "")]
    listed = [Answered(theme, tuple(held.get(theme.id, ()))) for theme in every]
    return [one for one in listed if one.actions or one.theme.rank]


def page(site: Site, programme: Programme, action: Action, *, words: bool) -> Page:
    """Return what the page of an action shows.

    Args:
        site: the site.
        programme: where.
        action: which.
        words: whether the reader may read residents' words.
    """
    work = site.work(programme)
    points = work.store.actions.points(action.id)
    return Page(
        follow(work).stands(action),
        sentence(action),
        tuple(doubts(action, site.today())),
        taken_out.in_action(work, action, work.store.actions.tests(action.id)),
        themes.drivers(work).named(action.driver),
        tuple(_evidence(work, action.evidence, words=words)),
        tuple(points),
        run_chart([point.value for point in points]),
    )


def _evidence(work: Work, ids: Sequence[str], *, words: bool) -> list[tuple[str, str, str]]:
    """Return id, words and voice: words where they may be read; voice is empty where unknown."""
    known = {one: (text, voice) for one, _, text, voice in work.store.releases.passages(ids)}
    told = []
    for one in ids:
        text, voice = known.get(one, ("", ""))
        told.append((one, text if words else "", voice))
    return told


def chart_picture(site: Site, programme: Programme, action: Action, width: int) -> str:
    """Return the run chart of an action as SVG; empty without a point."""
    points = site.work(programme).store.actions.points(action.id)
    chart = run_chart([point.value for point in points])
    if chart is None:
        return ""
    marked = {
        i for first, last, _ in (*chart.shifts, *chart.trends) for i in range(first, last + 1)
    }
    rows = [
        {"day": point.day, "value": point.value, "signal": i in marked}
        for i, point in enumerate(points)
    ]
    title = action.measure + (f" ({action.unit})" if action.unit else "")
    return report.run_picture(rows, chart.median, title or "Measure", width)


def diagrams(site: Site, programme: Programme) -> list[tuple[Branch, str]]:
    """Return the driver diagrams, each as a tree and as SVG, in order of the priorities."""
    work = site.work(programme)
    follows = follow(work)
    ordered = {
        one.id: follows.placed(one) for told in by_priority(site, programme) for one in told.actions
    }
    trees = tree(list(ordered.values()), themes.drivers(work), "No priority yet")
    return [(one, report.driver_diagram(_plain(one))) for one in trees]


def _plain(branch: Branch) -> Mapping[str, Any]:
    return {
        "words": branch.words,
        "status": branch.status,
        "branches": [_plain(one) for one in branch.branches],
    }


def stands_now(site: Site, programme: Programme, action: Action) -> Stands:
    """Return which priority an action answers now."""
    return follow(site.work(programme)).stands(action)


def theme_choices(site: Site, programme: Programme) -> list[tuple[str, str]]:
    """Return what a form offers to answer: id and name, with its rank where it has one."""
    return [
        (one.id, f"{one.rank}. {one.name}" if one.rank else one.name)
        for one in themes.themes(site.work(programme))
    ]


def driver_choices(site: Site, programme: Programme) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the drivers that a form offers, by primary driver."""
    return themes.drivers(site.work(programme)).choices


def theme_of(site: Site, programme: Programme, theme_id: str) -> Theme | None:
    """Return a theme by its id; None where the codebook has none of it now."""
    return next((one for one in themes.themes(site.work(programme)) if one.id == theme_id), None)


def missing_voices(site: Site, programme: Programme) -> str:
    """Say whom the listening did not hear, to begin an equity review with."""
    return themes.missing_voices(site.work(programme))
