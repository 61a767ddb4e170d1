"""Where people who read alone differ, and what counts once somebody has settled it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from listening.coding.agreement.spans import matches
from listening.coding.agreement.stored import blind, latest
from listening.coding.stretches import stretches
from listening.records import CODINGS, Table, check

_SETTLING = "adjudication"
#: why a unit's codes count
SETTLED, AGREED, ALONE = "adjudicated", "agreed", "single"
_Stretch = tuple[str, int, int]


@dataclass(frozen=True)
class Disputed:
    """An item on which people who read it alone differ.

    Attributes:
        item: its key.
        document_id: where it stands.
        coders: who read it.
        codes: on which they differ, by id.
        stretches: they gave the same codes, and marked other words with them.
    """

    item: str
    document_id: str
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    stretches: bool


def disputed(codings: Table) -> tuple[Disputed, ...]:
    """Return the items on which blind readings differ and that nobody has settled yet.

    On a whole item readings agree when they gave the same codes. In a conversation they agree when
    every stretch has one of the same code in the other reading with which it shares at least half
    of what both cover (IoU ≥ .5); a stretch over several segments is looked at as one. Codes that
    do not count any more are not looked at.

    Args:
        codings: CODINGS of one codebook, one row per unit, coder and code.
    """
    settled = set(codings.loc[codings["role"] == _SETTLING, "item"])
    alone = blind(codings)
    found = []
    for item, rows in alone[~alone["item"].isin(settled)].groupby("item", sort=False):
        active = rows[(rows["code"] != "") & (rows["code_status"] == "active")]
        given = {coder: _marked(active[active["coder"] == coder]) for coder in set(rows["coder"])}
        apart = _apart(given)
        if apart:
            codes = [{one[0] for one in own} for own in given.values()]
            same = all(one == codes[0] for one in codes)
            document = str(rows["document_id"].iloc[0])
            found.append(Disputed(str(item), document, tuple(sorted(given)), apart, same))
    return tuple(found)


def _marked(rows: Table) -> list[_Stretch]:
    """Return what one coder gave: each code with its place; a code on a whole item has none."""
    places = stretches(rows)[["code", "start", "end", "whole"]].itertuples(index=False, name=None)
    return sorted(
        {(code, 0, 1) if whole else (code, start, end) for code, start, end, whole in places}
    )


def _apart(given: Mapping[str, Sequence[_Stretch]]) -> tuple[str, ...]:
    """Return the codes on which two of the readings differ."""
    codes = {one[0] for own in given.values() for one in own}
    return tuple(sorted(code for code in codes if _differ(code, list(given.values()))))


def _differ(code: str, given: Sequence[Sequence[_Stretch]]) -> bool:
    own = [[one for one in stretches if one[0] == code] for stretches in given]
    return any(
        len(one) != len(other) or matches(one, other) < len(one)
        for one, other in combinations(own, 2)
    )


def counted(codings: Table) -> Table:
    """Return the one set of codes that counts on each unit.

    1. Where somebody settled a unit, the codes of the latest such reading count (`adjudicated`).
    2. Else, where two or more have read it, those codes count that more than half of them gave
       (`agreed`): of two readers, what both gave.
    3. Else what its one reader gave counts (`single`).

    Blind readings go before others: where a unit has any, what was read with suggestions in view
    does not count there. A unit on which no code counts keeps a row with an empty code: it was
    read. A code counts once on a unit, with its longest stretch; its memos are put together, and
    its severity is the mean of those who marked one, halves rounded down. Of a unit that a coder
    read twice the later reading is told.

    Args:
        codings: CODINGS of one codebook.

    Returns:
        CODINGS and `decided`, which is one of adjudicated, agreed and single; `coder` names all
        whose readings decided, joined by `; `.
    """
    rows = [
        row
        for _, unit in latest(codings).groupby(["participant_id", "segment_id"], sort=False)
        for row in _of_unit(unit)
    ]
    frame = pd.DataFrame(rows, columns=[*CODINGS.columns, "decided"])
    types = {name: column.dtype.type for name, column in CODINGS.columns.items()}
    told = check(frame[list(CODINGS.columns)].astype(types), CODINGS)
    return told.assign(decided=frame["decided"].astype(str).to_numpy())


def _of_unit(unit: Table) -> Iterator[dict[str, Any]]:
    decided, reading = _that_decides(unit)
    coders = sorted(set(reading["coder"]))
    active = reading[(reading["code"] != "") & (reading["code_status"] == "active")]
    givers = active.groupby("code")["coder"].nunique()
    codes = [str(code) for code, number in givers.items() if 2 * number > len(coders)]
    about = {"coder": "; ".join(coders), "decided": decided}
    for code in sorted(codes):
        yield {**_together(active[active["code"] == code]), **about}
    if not codes:
        first = _plain(reading.sort_values("coded_at").iloc[-1])
        # of what no code is left of, nothing is told but that it was read
        none = {"code": "", "proposed": "", "severity": pd.NA, "code_status": "active"}
        yield {**first, **none, "memo": _memos(reading), **about}


def _that_decides(unit: Table) -> tuple[str, Table]:
    """Return why a unit's codes count, and the rows of the readings that decide."""
    settling = unit[unit["role"] == _SETTLING]
    if len(settling):
        last = settling.sort_values(["coded_at", "coder"]).iloc[-1]
        return SETTLED, settling[settling["coder"] == last["coder"]]
    alone = unit[~unit["hinted"]]
    reading = alone if len(alone) else unit
    return (AGREED if reading["coder"].nunique() > 1 else ALONE), reading


def _together(rows: Table) -> dict[str, Any]:
    """Return one row of one code: that of the longest stretch, the earliest of several."""
    ordered = rows.assign(_length=rows["start"] - rows["end"]).sort_values(
        ["_length", "start", "coder"]
    )
    first = _plain(ordered.drop(columns="_length").iloc[0])
    marked = rows["severity"].dropna().astype(float)
    severity = pd.NA if marked.empty else math.ceil(marked.mean() - 0.5)
    return {**first, "severity": severity, "memo": _memos(rows)}


def _plain(row: pd.Series) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _memos(rows: Table) -> str:
    return "\n".join(dict.fromkeys(memo for memo in rows["memo"] if memo))
