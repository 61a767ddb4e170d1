"""What the machine suggested when a task was made: shown with it, or kept back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from listening.records import Table
from listening.store.connect import atomic
from listening.store.frames import objects

COLUMNS = ("item", "document_id", "whole", "start", "end", "code", "probability")
#: code, probability, and where: start and end in the document
Told = tuple[str, float, int, int]


def keep(alias: str, project_key: str, told: Mapping[str, Sequence[Told]]) -> None:
    """Keep what was suggested for items of a project, by the item's key."""
    with atomic(alias):
        rows = objects(alias, "CodingItem").filter(project__key=project_key)
        for key, suggested in told.items():
            rows.filter(key=key).update(suggested=[list(one) for one in suggested])


def load(alias: str) -> Table:
    """Return what was suggested, one row per item, code and place (COLUMNS)."""
    rows = objects(alias, "CodingItem").exclude(suggested=[]).order_by("project", "order")
    told = [
        (key, document, layout == "whole", start, end, code, probability)
        for key, document, layout, suggested in rows.values_list(
            "key", "document_id", "layout", "suggested"
        )
        for code, probability, start, end in suggested
    ]
    return pd.DataFrame(told, columns=list(COLUMNS))
