"""The trail of changes: who did what, when, to what. Never a resident's word or a file's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from listening.store.accounts.nouns import Change
from listening.store.accounts.people import rows


def note(
    action: str,
    *,
    who: str = "",
    programme: str = "",
    on: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """Add a line."""
    rows("Change").create(
        who=who, programme=programme, action=action, object=on, detail=dict(detail or {})
    )


def newest(programme: str, many: int = 200) -> list[Change]:
    """Return the newest lines of a programme, newest first."""
    found = rows("Change").filter(programme=programme).order_by("-when", "-pk")[:many]
    return [
        Change(row.when, row.who, row.programme, row.action, row.object, row.detail)
        for row in found
    ]


def before(programme: str, day: date) -> int:
    """Return how many lines of a programme are from before a day."""
    return int(_before(programme, day).count())


def forget_before(programme: str, day: date) -> int:
    """Erase the lines of a programme from before a day; return how many went."""
    return int(_before(programme, day).delete()[0])


def _before(programme: str, day: date) -> Any:
    return rows("Change").filter(programme=programme, when__date__lt=day)
