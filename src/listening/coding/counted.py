"""The one set of codes that counts on each unit, where several people have read it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from listening.coding.agreement.stored import UNFINISHED, latest
from listening.records import CODINGS, Table, check

_SETTLING = "adjudication"
#: why a unit's codes count
SETTLED, AGREED, ALONE = "adjudicated", "agreed", "single"
#: a row of CODINGS; a unit: of whom, and the id of its segment
Row = Mapping[Any, Any]
Unit = tuple[str, str]


def counted(codings: Table) -> Table:
    """Return the one set of codes that counts on each unit.

    1. Where somebody settled a unit, the codes of the latest such reading count (`adjudicated`).
    2. Else, where two or more have read it, those codes count that more than half of them gave
       (`agreed`): of two readers, what both gave.
    3. Else what its one reader gave counts (`single`).

    Blind readings go before others: where a unit has any, what was read with suggestions in view
    does not count there. A reading of which something was refused counts only where no other is. A
    unit on which no code counts keeps a row with an empty code: it was read. A code counts once on
    a unit, with its longest stretch; its memos are put together, and its severity is the mean of
    those who marked one, halves rounded down. Of a unit that a coder read twice the later reading
    is told.

    Args:
        codings: CODINGS of one codebook.

    Returns:
        CODINGS and `decided`, which is one of adjudicated, agreed and single; `coder` names all
        whose readings decided, joined by `; `.
    """
    rows = [row for unit in by_unit(codings).values() for row in _of_unit(finished(unit))]
    frame = pd.DataFrame(rows, columns=[*CODINGS.columns, "decided"])
    types = {name: column.dtype.type for name, column in CODINGS.columns.items()}
    told = check(frame[list(CODINGS.columns)].astype(types), CODINGS)
    return told.assign(decided=frame["decided"].astype(str).to_numpy())


def by_unit(codings: Table) -> dict[Unit, list[Row]]:
    """Return the rows of each unit, by participant and segment; of a coder the later reading."""
    units: dict[Unit, list[Row]] = defaultdict(list)
    for row in latest(codings).to_dict("records"):
        units[row["participant_id"], row["segment_id"]].append(row)
    return units


def finished(unit: Sequence[Row]) -> Sequence[Row]:
    """Return the rows of a unit's readings of which nothing was refused; all where none is so."""
    unfinished = {_reading(row) for row in unit if row["code_status"] == UNFINISHED}
    return [row for row in unit if _reading(row) not in unfinished] or unit


def _reading(row: Row) -> tuple[str, str, str]:
    return row["item"], row["coder"], row["role"]


def _of_unit(unit: Sequence[Row]) -> Iterator[dict[str, Any]]:
    decided, reading = that_decides(unit)
    coders = sorted({row["coder"] for row in reading})
    about = {"coder": "; ".join(coders), "decided": decided}
    given: dict[str, list[Row]] = defaultdict(list)
    for row in reading:
        if row["code"] and row["code_status"] == "active":
            given[row["code"]].append(row)
    codes = [
        code for code in sorted(given) if 2 * len({r["coder"] for r in given[code]}) > len(coders)
    ]
    for code in codes:
        yield {**_together(given[code]), **about}
    if not codes:
        last = max(reading, key=lambda row: row["coded_at"])
        # of what no code is left of, nothing is told but that it was read
        none = {"code": "", "proposed": "", "severity": pd.NA, "code_status": "active"}
        yield {**last, **none, "memo": _memos(reading), **about}


def that_decides(unit: Sequence[Row]) -> tuple[str, Sequence[Row]]:
    """Return why a unit's codes count, and the rows of the readings that decide."""
    settling = [row for row in unit if row["role"] == _SETTLING]
    if settling:
        last = max(settling, key=lambda row: (row["coded_at"], row["coder"]))
        return SETTLED, [row for row in settling if row["coder"] == last["coder"]]
    reading = [row for row in unit if not row["hinted"]] or unit
    return (AGREED if len({row["coder"] for row in reading}) > 1 else ALONE), reading


def _together(rows: Sequence[Row]) -> dict[str, Any]:
    """Return one row of one code: that of the longest stretch, the earliest of several."""
    first = min(rows, key=lambda row: (row["start"] - row["end"], row["start"], row["coder"]))
    marked = [int(row["severity"]) for row in rows if not pd.isna(row["severity"])]
    severity = math.ceil(sum(marked) / len(marked) - 0.5) if marked else pd.NA
    return {**first, "severity": severity, "memo": _memos(rows)}


def _memos(rows: Sequence[Row]) -> str:
    return "\n".join(dict.fromkeys(row["memo"] for row in rows if row["memo"]))
