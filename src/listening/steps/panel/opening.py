"""What a lead does with a panel: open it, close it, make its link anew."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from listening.errors import ListeningError
from listening.steps.own_words import own_words
from listening.steps.panel import sheets
from listening.steps.panel.wording import unfit
from listening.steps.site import Site, now
from listening.store.accounts import PanelLink, Person, Programme, panel_links, trail
from listening.store.panels import AskedAbout, KeptPanel

#: how many days a link may be open, and how many may answer by it
MOST_DAYS, MOST_ANSWERS = 60, 500


@dataclass(frozen=True)
class Opened:
    """A panel with the state of its link.

    Attributes:
        link: None where the accounts know of none: the store was restored without them.
        answered: how many sheets were sent; `waiting` of them still hold names.
    """

    panel: KeptPanel
    link: PanelLink | None
    answered: int
    waiting: int

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may answer at this moment."""
        link = self.link
        return link is not None and may_answer(link, at) and self.answered < link.most


def may_answer(link: PanelLink | None, at: datetime) -> bool:
    """Whether a link is neither closed nor run out."""
    return link is not None and link.closed is None and link.expires > at


def choices(document: Mapping[str, Any], released: Sequence[Mapping[str, Any]]) -> list[AskedAbout]:
    """Return what a lead may show: each priority in order, in released words where there are any.

    Where there is no codebook a machine made the statements, of words of single residents: a lead
    begins with none, as a release tells none.

    Args:
        document: of the kept results.
        released: the priorities of the newest release.
    """
    before = {str(one["id"]): one for one in released}
    own = {"statement": ""} if not document["codebook_version"] else {}
    found = []
    for one in document["priorities"]:
        told = before.get(str(one["id"]), {**one, **own})
        found.append(AskedAbout(str(one["id"]), str(told["name"]), str(told["statement"])))
    return found


def passages(document: Mapping[str, Any], theme: str) -> list[str]:
    """Return residents' own words that stand beside a priority and are not to be shown."""
    for one in document["priorities"]:
        if one["id"] == theme:
            return [str(said["text"]) for said in (*one["quotes"], *one["negative_cases"])]
    return []


def open_panel(
    site: Site,
    person: Person,
    programme: Programme,
    title: str,
    asked: Sequence[AskedAbout],
    *,
    days: int,
    most: int,
    document: Mapping[str, Any],
) -> str:
    """Open a panel and return the token of its link, which is shown once.

    Args:
        site: the site.
        person: the lead, who read the wording and found it fit to show.
        programme: which programme.
        title: what the panel's page is called.
        asked: the priorities, in order.
        days: how long it is open.
        most: how many may answer; a group on one device is one.
        document: of the kept results, whose passages must not stand in the wording.

    Raises:
        ListeningError: nothing is asked, or something in the wording is not fit to be shown.
    """
    if not asked:
        raise ListeningError(
            "A panel", "is asked about nothing.", "Say yes to at least one priority."
        )
    for one in asked:
        words = passages(document, one.id)
        why = unfit(one.name, words) or unfit(one.statement, words)
        if why or not one.name.strip():
            raise ListeningError(one.name or "A priority", why or "has no name.", "Change it.")
    if own_words(site.work(programme), {one.id: f"{one.name}. {one.statement}" for one in asked}):
        raise ListeningError("The wording", "holds a resident’s own words.", "Say it in yours.")
    panel = KeptPanel(str(uuid.uuid4()), title.strip(), tuple(asked), site.today().isoformat())
    site.work(programme).store.panels.open(panel)
    until = now() + timedelta(days=min(days, MOST_DAYS))
    token = panel_links.make(programme.slug, panel.id, until, min(most, MOST_ANSWERS))
    _note(person, programme, "panel opened", panel.id, {"priorities": str(len(asked))})
    return token


def listed(site: Site, programme: Programme) -> list[Opened]:
    """Return the panels of a programme, the newest first."""
    work = site.work(programme)
    links = {one.panel: one for one in panel_links.of(programme.slug)}
    found = []
    for panel in work.store.panels.all():
        waiting = len(sheets.sent(work.vault, panel.id))
        answered = len(work.store.panels.sheets(panel.id)) + waiting
        found.append(Opened(panel, links.get(panel.id), answered, waiting))
    return found


def one(site: Site, programme: Programme, panel_id: str) -> Opened | None:
    """Return a panel of a programme; None where it has none of this id."""
    return next((one for one in listed(site, programme) if one.panel.id == panel_id), None)


def close(site: Site, person: Person, programme: Programme, panel_id: str) -> bool:
    """Close a panel: nobody answers any more; False where it was closed before."""
    closed = panel_links.close(programme.slug, panel_id, now())
    if closed:
        sheets.drop_unsent(site.work(programme).vault, panel_id)
        _note(person, programme, "panel closed", panel_id)
    return closed


def renew(site: Site, person: Person, programme: Programme, panel_id: str, days: int) -> str:
    """Return another token of a panel, in place of the one before.

    What was begun by the one before and not sent is erased: it could not be sent any more, and
    somebody who got hold of that link may have begun so many that nobody else could.

    Raises:
        ListeningError: the programme has no such panel.
    """
    until = now() + timedelta(days=min(days, MOST_DAYS))
    token = one(site, programme, panel_id) and panel_links.renew(programme.slug, panel_id, until)
    if not token:
        raise ListeningError("This panel", "is not here any more.", "Open another one.")
    sheets.drop_unsent(site.work(programme).vault, panel_id)
    _note(person, programme, "panel link made anew", panel_id)
    return token


def _note(
    person: Person,
    programme: Programme,
    action: str,
    panel: str,
    detail: Mapping[str, str] | None = None,
) -> None:
    trail.note(
        action, who=person.email, programme=programme.slug, on=f"panels/{panel}", detail=detail
    )
