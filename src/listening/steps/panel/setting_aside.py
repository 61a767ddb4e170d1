"""Sets of answers one by one, and those that a lead sets aside: they count no more and stay.

Who has a panel's link can answer, and no link says who somebody is. So a lead sees in which hour
each set came and how long it took, and sets aside what nobody of the panel can have meant. The
reason is one of a list: in words of their own a lead might say whose answers they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from listening.steps.panel.keeping import MISSING
from listening.steps.site import Site
from listening.store.accounts import Person, Programme, trail
from listening.store.panels import Answer, KeptPanel

#: reasons why answers are set aside
MANY, TRIED, STRANGER = REASONS = ("many", "tried", "stranger")


@dataclass(frozen=True)
class AnswerSet:
    """What was answered at one sitting.

    Attributes:
        id: for the lead's page; the sheet's own id opens its member's pages, and stays unknown.
        hour: in which it was sent; None where that is not known.
        minutes: that it took, rounded up.
        said: name of the priority, the word, and their own words; the name is empty where
            something is missing.
        aside: one of REASONS; empty where it counts.
    """

    id: str
    hour: datetime | None
    minutes: int
    present: int
    said: tuple[tuple[str, str, str], ...]
    aside: str


def sets(site: Site, programme: Programme, panel: KeptPanel) -> list[AnswerSet]:
    """Return the sets of a panel, the newest first."""
    names = {one.id: one.name for one in panel.asked}
    found = [
        AnswerSet(
            _public(sheet),
            _moment(own[0].hour),
            own[0].minutes,
            own[0].present,
            tuple(
                ("" if one.word == MISSING else names.get(one.theme, ""), one.word, one.words)
                for one in own
            ),
            own[0].aside,
        )
        for sheet, own in _by_sheet(site, programme, panel).items()
    ]
    first = datetime(1, 1, 1, tzinfo=UTC)
    return sorted(found, key=lambda one: (one.hour or first, one.id), reverse=True)


def set_aside(
    site: Site,
    person: Person,
    programme: Programme,
    panel: KeptPanel,
    ids: Collection[str],
    why: str,
) -> int:
    """Let sets count no more, for one of REASONS, or without one again; return how many changed.

    The trail says who did it and why. Results change when they are made anew, as when more answer.
    """
    work = site.work(programme)
    with work.alone():
        chosen = [
            sheet
            for sheet, own in _by_sheet(site, programme, panel).items()
            if _public(sheet) in ids and own[0].aside != why
        ]
        if chosen:
            work.store.panels.set_aside(chosen, why)
            trail.note(
                "panel answers set aside" if why else "panel answers count again",
                who=person.email,
                programme=programme.slug,
                on=f"panels/{panel.id}",
                detail={"sets": str(len(chosen)), **({"why": why} if why else {})},
            )
    return len(chosen)


def _by_sheet(site: Site, programme: Programme, panel: KeptPanel) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for one in site.work(programme).store.panels.every_answer(panel.id):
        found.setdefault(one.sheet, []).append(one)
    return found


def _public(sheet: str) -> str:
    return hashlib.sha256(sheet.encode()).hexdigest()[:12]


def _moment(hour: str) -> datetime | None:
    return datetime.fromisoformat(f"{hour}:00:00+00:00") if hour else None
