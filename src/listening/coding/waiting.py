"""What was read and is not done with: to be settled, read again, or opened again.

Until then nothing is known of what its words say; to count them as carrying no code would make
every share too small where coders disagree, a code was split, or something was refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from listening.codebook import RECODE
from listening.coding.adjudicate import disputed
from listening.coding.agreement.stored import UNFINISHED, finished, first_items, latest
from listening.coding.counted import SETTLED, Row, Unit, by_unit, that_decides
from listening.coding.counted import finished as finished_of
from listening.records import Table

#: beside RECODE, why a unit waits: blind readers differ; something in its reading was refused
SETTLE, REOPEN = "settle", "reopen"
_BLIND = "blind"
#: the item in which a row was read first
_ASKED = "asked"


def waiting(codings: Table) -> dict[Unit, str]:
    """Return why a unit waits (REOPEN, RECODE or SETTLE), of those that do.

    1. A unit that no reading has finished: REOPEN.
    2. Else one on which a code of the readings that decide is to be read again: RECODE.
    3. Else one in an item on which blind readers differ (`disputed`), where a code in dispute was
       given by some and does not count: SETTLE.

    Args:
        codings: CODINGS of one codebook.
    """
    # what no blind project holds is sent to nobody to be settled
    held = set(codings.loc[codings["role"] == _BLIND, "item"])
    dispute = {one.item: one.codes for one in disputed(codings) if one.item in held}
    told = latest(codings)
    told[_ASKED] = first_items(told, codings)
    found = {unit: _why(finished_of(rows), dispute) for unit, rows in by_unit(told).items()}
    return {unit: why for unit, why in found.items() if why}


def read_in_full(codings: Table, waits: Collection[Unit]) -> Table:
    """Return codings (CODINGS) without unfinished readings and without units that wait."""
    done = finished(codings)
    units = zip(done["participant_id"], done["segment_id"], strict=True)
    return done[np.array([unit not in waits for unit in units], dtype=bool)].reset_index(drop=True)


def _why(unit: Sequence[Row], dispute: Mapping[str, tuple[str, ...]]) -> str:
    if any(row["code_status"] == UNFINISHED for row in unit):
        return REOPEN
    decided, reading = that_decides(unit)
    if any(row["code_status"] == RECODE for row in reading):
        return RECODE
    if decided == SETTLED:
        return ""
    coders = {row["coder"] for row in reading}
    gave: dict[str, set[str]] = {}
    for row in reading:
        if row["code_status"] == "active" and row["code"] in dispute.get(row[_ASKED], ()):
            gave.setdefault(row["code"], set()).add(row["coder"])
    return SETTLE if any(2 * len(those) <= len(coders) for those in gave.values()) else ""
