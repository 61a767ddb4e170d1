"""The log of what people were asked to code; a line goes only when its person withdraws."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from listening.records import SELECTIONS, Table, check
from listening.store.bulk import insert
from listening.store.connect import atomic
from listening.store.frames import objects


def load(alias: str) -> Table:
    """Return the log as `SELECTIONS`, oldest line first."""
    columns = list(SELECTIONS.columns)
    rows = objects(alias, "Selection").order_by("pk").values_list(*columns)
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.astype({name: one.dtype.type for name, one in SELECTIONS.columns.items()})


def framed(alias: str) -> dict[str, str]:
    """Return the kind of source of everybody among whom the audit was drawn."""
    return dict(objects(alias, "Framed").values_list("participant_id", "source_kind"))


def add(alias: str, chosen: Table, people: Mapping[str, str], batch: int) -> None:
    """Add a batch, and the people among whom its audit was drawn: all of it or nothing."""
    from listening.store.models import Framed, Selection

    columns = list(SELECTIONS.columns)
    rows = check(chosen, SELECTIONS)[columns].itertuples(index=False, name=None)
    with atomic(alias):
        insert(alias, Selection, columns, rows)
        columns = ["participant_id", "source_kind", "batch"]
        insert(alias, Framed, columns, [(who, kind, batch) for who, kind in people.items()])


def forget(alias: str, participant_id: str) -> int:
    """Forget a participant; return how many lines went."""
    own = {"participant_id": participant_id}
    objects(alias, "Framed").filter(**own).delete()
    return int(objects(alias, "Selection").filter(**own).delete()[0])
