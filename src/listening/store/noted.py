"""What people wrote beside residents' words: notes, reasons, and a panel's wording and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from listening.store.connect import atomic
from listening.store.frames import objects

#: tables that nothing reads anew from a file, and their texts
TEXTS = {
    "CodingReading": ("memo",),
    "Coding": ("memo", "proposed"),
    "PanelAnswer": ("words",),
    "QuoteDecision": ("why",),
}
#: of what a panel is asked
_ASKED = ("name", "statement")


def reword(alias: str, reworded: Callable[[str], str]) -> int:
    """Put every such text as `reworded` has it; return how many rows changed."""
    changed = 0
    with atomic(alias):
        for table, names in TEXTS.items():
            for name in names:
                rows = objects(alias, table).exclude(**{name: ""}).only(name)
                changed += sum(_put(row, name, reworded(getattr(row, name))) for row in rows)
        for panel in objects(alias, "Panel").all():
            asked = [
                {key: reworded(text) if key in _ASKED else text for key, text in one.items()}
                for one in panel.asked
            ]
            changed += _put(panel, "asked", asked) + _put(panel, "title", reworded(panel.title))
    return changed


def _put(row: Any, name: str, now: Any) -> bool:
    if getattr(row, name) == now:
        return False
    setattr(row, name, now)
    row.save(update_fields=[name])
    return True
