"""The reach of the listening: who was approached, spoke and declined, beside the files."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from listening.records import Table

#: what the counts are told by
BY = ("officer", "place", "language", "method")
REACH_TABLE = (
    "by", "value", "approached", "spoke", "declined", "share_spoke", "records",
    "without_approached", "in_files",
)  # fmt: skip
#: below this many approached, a share says more than is known (METHOD.md section 1)
FOR_A_SHARE = 20
_COUNTS = ("approached", "spoke", "declined")

Row = Mapping[Hashable, Any]


def reach_of(tallies: Table, heard: Table) -> Table:
    """Count by officer, place, language and method, and over everything.

    Args:
        tallies: `records.TALLIES`.
        heard: `participant_id`, `people`, and what each was heard by, one row for each way in
            which somebody was heard.

    Returns:
        The columns of REACH_TABLE. The first row, with an empty `by`, is over everything. A count
        that nobody took is null and never a nought; `share_spoke` (0 to 1) is over the records that
        say both how many were approached and how many spoke, and null below 20 approached.
        `in_files` counts distinct people.
    """
    told, said = tallies.to_dict("records"), heard.to_dict("records")
    rows = [{"by": "", "value": "", **_figures(told, said)}]
    for by in BY:
        rows += [
            {"by": by, "value": value, **_figures(*_of(by, value, told, said))}
            for value in _values(by, [*told, *said])
        ]
    return pd.DataFrame(rows, columns=list(REACH_TABLE), dtype=object)


def _values(by: str, rows: Sequence[Row]) -> list[str]:
    """Return what is told apart: spellings that differ in case alone are one; none comes last."""
    spelt: dict[str, str] = {}
    for row in rows:
        spelt.setdefault(_key(row[by]), " ".join(str(row[by]).split()))
    return sorted(spelt.values(), key=lambda value: (not value, value.casefold()))


def _of(by: str, value: str, *tables: Sequence[Row]) -> list[list[Row]]:
    return [[row for row in rows if _key(row[by]) == _key(value)] for rows in tables]


def _key(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _figures(tallies: Sequence[Row], heard: Sequence[Row]) -> dict[str, Any]:
    known = {name: [int(t[name]) for t in tallies if _counted(t, name)] for name in _COUNTS}
    both = [t for t in tallies if _counted(t, "approached") and _counted(t, "spoke")]
    asked = sum(int(tally["approached"]) for tally in both)
    spoke = sum(int(tally["spoke"]) for tally in both)
    people = {row["participant_id"]: int(row["people"]) for row in heard}
    return {
        **{name: sum(counts) if counts else None for name, counts in known.items()},
        "share_spoke": spoke / asked if asked >= FOR_A_SHARE else None,
        "records": len(tallies),
        "without_approached": len(tallies) - len(known["approached"]),
        "in_files": sum(people.values()),
    }


def _counted(tally: Row, name: str) -> bool:
    return not pd.isna(tally[name])
