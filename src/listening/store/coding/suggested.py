"""What the machine suggested when a task was made: shown with it, or kept back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from listening.records import Table
from listening.store.bulk import update
from listening.store.frames import objects

COLUMNS = ("item", "document_id", "whole", "start", "end", "code", "probability")
#: code, probability, and where: start and end in the document
Told = tuple[str, float, int, int]


def keep(alias: str, project_key: str, told: Mapping[str, Sequence[Told]]) -> None:
    """Keep what was suggested for items of a project, by the item's key."""
    from listening.store.models import CodingItem

    project = objects(alias, "CodingProject").get(key=project_key).pk
    rows = (([list(one) for one in suggested], project, key) for key, suggested in told.items())
    update(alias, CodingItem, ["suggested"], ["project_id", "key"], rows)


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
