"""What the pages on priorities stand on: the kept results, and whether others are being made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from listening.errors import NothingToDo
from listening.report import certainty, themes
from listening.steps.desk import asked
from listening.steps.kept_results import KeptResults, document, kept_results
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Programme

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """What every page says first.

    Attributes:
        kept: the results; None where there are none yet.
        document: what they hold; empty where there are none.
        status: `word`, `first` and `rest`: what they are worth.
        heard: how many people, and where.
        unread: who is not counted because nobody has read them; empty where everybody is.
        made: when they were made.
        stale: whether something changed since.
        busy: whether they are being made, or wait to be.
        failed: why they could not be made the last time; empty where they could.
        material: whether anything was read in.
    """

    kept: KeptResults | None
    document: Document
    status: Mapping[str, str]
    heard: str
    unread: str
    made: datetime | None
    stale: bool
    busy: bool
    failed: str
    material: bool

    @property
    def reviewed(self) -> bool:
        """Whether the order is that of people's codings."""
        return bool(self.document) and self.document["status"] == "reviewed"


def standing(site: Site, programme: Programme) -> Standing:
    """Return what the pages of a programme stand on."""
    work = site.work(programme)
    lines = [one for one in asked.everything(work.vault) if one.what == asked.RESULTS]
    busy = any(one.open for one in lines)
    failed = " ".join(lines[0].said) if lines and lines[0].state == asked.FAILED else ""
    kept = kept_results(work)
    told = document(kept) if kept else {}
    return Standing(
        kept=kept,
        document=told,
        status=themes.status(told) if told else {},
        heard=themes.heard(told) if told else "",
        unread=themes.not_yet_read(told) if told else "",
        made=kept.made if kept else None,
        stale=bool(kept and kept.stale),
        busy=busy,
        failed=failed,
        material=_has_material(work),
    )


def needed(site: Site, programme: Programme) -> tuple[Standing, KeptResults]:
    """Return the same where there are results.

    Raises:
        NothingToDo: there are none yet.
    """
    found = standing(site, programme)
    if found.kept is None:
        raise NothingToDo("The priorities", "are not worked out yet.", "Look again in a moment.")
    return found, found.kept


def replaced() -> NothingToDo:
    """Return what is said where results went while a page was made of them."""
    return NothingToDo("The results", "are being made anew.", "Open the page again in a moment.")


def sure(told: Document) -> dict[str, Any]:
    """Say how sure the order is, and what the words mean."""
    return {
        "sentences": certainty.sentences(told),
        "meaning": certainty.MEANING if told["status"] == "reviewed" else "",
    }


def _has_material(work: Work) -> bool:
    try:
        work.store.run()
    except NothingToDo:
        return False
    return True
