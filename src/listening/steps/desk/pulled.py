"""When a programme was pulled last, and whether Label Studio answered: known without asking it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from listening.errors import ListeningError, ServerAway
from listening.steps.site import now
from listening.steps.work import Work

BOOK = "desk/pulled"


@dataclass(frozen=True)
class LastPull:
    """The last time that Label Studio was asked.

    Attributes:
        asked: when it was asked last; None for never.
        came: when it was pulled to the end last; None for never.
        why: what stood in the way the last time; empty where nothing did.
        away: whether that was because it did not answer.
        since: when it was asked what it has not answered yet; None where nothing is asked now.
    """

    asked: datetime | None = None
    came: datetime | None = None
    why: str = ""
    away: bool = False
    since: datetime | None = None


def last(work: Work) -> LastPull:
    """Return when it was asked last."""
    told = work.vault.read(BOOK)
    known = [name for name in ("asked", "came", "since") if name in told]
    moments = {name: datetime.fromisoformat(told[name]) for name in known}
    return LastPull(**moments, why=str(told.get("why", "")), away=bool(told.get("away", False)))


def begins(work: Work) -> None:
    """Note that it is asked from now on."""
    work.vault.write(BOOK, work.vault.read(BOOK) | {"since": now().isoformat(timespec="seconds")})


def came(work: Work) -> None:
    """Note that all was pulled."""
    at = now().isoformat(timespec="seconds")
    work.vault.write(BOOK, {"asked": at, "came": at})


def failed(work: Work, error: ListeningError) -> None:
    """Note what stood in the way."""
    told = work.vault.read(BOOK)
    before = {"came": told["came"]} if "came" in told else {}
    at = now().isoformat(timespec="seconds")
    away = isinstance(error, ServerAway)
    work.vault.write(BOOK, {"asked": at, "why": str(error), "away": away, **before})
