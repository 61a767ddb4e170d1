"""What somebody does who opened a panel's link: begin, answer, send, take back. No account."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from listening.records import VERDICTS
from listening.steps.panel import sheets
from listening.steps.panel.opening import may_answer
from listening.steps.panel.sheets import Said, Sheet
from listening.steps.site import Site, now
from listening.steps.withdraw import forget_results
from listening.steps.work import Work
from listening.store.accounts import PanelLink, panel_links, trail
from listening.store.panels import KeptPanel

#: as many may answer together on one device
MOST_TOGETHER = 200
#: as much may be written of one priority
MOST_WORDS = 600
#: sheets that are begun by one link in as many minutes, where fewer than that may answer: a hall
#: full of people begins at once
MOST_BEGUN, MINUTES = 30, 10


@dataclass(frozen=True)
class Door:
    """What a link opens.

    Attributes:
        link: the link; panel: what it asks; work: the workplace of its programme.
        open: whether somebody may still answer.
        full: whether as many have answered as the lead asked for.
    """

    link: PanelLink
    panel: KeptPanel
    work: Work
    open: bool
    full: bool


def door(site: Site, token: str) -> Door | None:
    """Return what a link opens; None where there is no such link, or its panel is gone."""
    link = panel_links.read(token)
    if link is None:
        return None
    work = site.work(link.programme)
    panel = work.store.panels.one(link.panel)
    if panel is None:
        return None
    answered = work.store.panels.sheets(panel.id) | {
        one.id for one in sheets.sent(work.vault, panel.id)
    }
    full = len(answered) >= link.most
    return Door(link, panel, work, may_answer(link, now()) and not full, full)


def begin(at: Door, present: int) -> Sheet | None:
    """Begin a sheet; None where too many were begun just now, or lie there unsent."""
    since = now() - timedelta(minutes=MINUTES)
    mine = [one for one in sheets.everything(at.work.vault) if one.panel == at.panel.id]
    fresh = [one for one in mine if datetime.fromisoformat(one.begun) > since]
    if len(fresh) >= max(MOST_BEGUN, at.link.most):
        return None
    together = max(1, min(present, MOST_TOGETHER))
    return sheets.begin(at.work.vault, at.panel.id, together, 2 * at.link.most)


def sheet_of(at: Door, sheet_id: uuid.UUID) -> Sheet | None:
    """Return a sheet of this panel; None where there is none, or it has been read."""
    found = sheets.read(at.work.vault, str(sheet_id))
    return found if found and found.panel == at.panel.id else None


def was_read(at: Door, sheet_id: uuid.UUID) -> bool:
    """Whether the store holds what a sheet of this panel says."""
    return str(sheet_id) in at.work.store.panels.sheets(at.panel.id)


def answer(at: Door, sheet: Sheet, theme: str, word: str, words: str = "") -> Sheet | None:
    """Keep what is said of a priority; an empty word passes over it.

    Returns:
        The sheet now; None where it cannot be written any more.
    """
    said = Said(word, words.strip()[:MOST_WORDS])

    def put(known: Sheet) -> Sheet:
        others = {of: one for of, one in known.said.items() if of != theme}
        return replace(known, said=others | ({theme: said} if word in VERDICTS else {}))

    return sheets.change(at.work.vault, sheet.id, put) if at.open else None


def miss(at: Door, sheet: Sheet, words: str) -> Sheet | None:
    """Keep what is missing from the list; None where the sheet cannot be written any more."""
    told = words.strip()[:MOST_WORDS]
    if not at.open:
        return None
    return sheets.change(at.work.vault, sheet.id, lambda known: replace(known, missing=told))


def send(at: Door, sheet: Sheet) -> bool:
    """Send a sheet off; False where it says nothing, was sent before, or nobody may any more."""
    if not at.open or not (sheet.said or sheet.missing):
        return False
    ended = now().isoformat(timespec="seconds")
    done = sheets.change(
        at.work.vault, sheet.id, lambda known: replace(known, sent=True, ended=ended)
    )
    if done:
        _note(at, "panel answered")
    return done is not None


def code_of(at: Door, sheet_id: uuid.UUID) -> str:
    """Return the code by which its member takes a sheet back."""
    return sheets.code_of(at.work.vault, str(sheet_id))


def take_back(work: Work, slug: str, panel: KeptPanel, code: str, by: str = "") -> bool:
    """Erase what the sheet of a code says, and results in which it may stand.

    However many codes are tried: a code has 60 bits, so that nobody guesses one, and nobody who
    tries can keep another member from taking theirs back.

    Args:
        work: the workplace.
        slug: of its programme.
        panel: the panel.
        code: as it was given out.
        by: e-mail address of the lead who was asked to; empty where the member does it.

    Returns:
        Whether there was such a sheet.
    """
    held = {one.id for one in sheets.everything(work.vault) if one.panel == panel.id}
    # found before anybody waits: a code that fits nothing holds up no reading
    sheet_id = sheets.of_code(work.vault, held | work.store.panels.sheets(panel.id), code)
    if not sheet_id:
        return False
    with work.alone():  # the reader does not bring it back meanwhile
        sheets.erase(work.vault, sheet_id)
        if work.store.panels.erase(sheet_id):
            work.store.compact()
            forget_results(work)
    trail.note("panel answer taken back", who=by, programme=slug, on=f"panels/{panel.id}")
    return True


def _note(at: Door, action: str) -> None:
    trail.note(action, programme=at.link.programme.slug, on=f"panels/{at.panel.id}")
