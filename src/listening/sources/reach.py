"""`reach.csv`: how many were approached, spoke and declined, a row for each piece of listening."""

from __future__ import annotations

import re
from collections.abc import Mapping

from listening.errors import UnknownColumn
from listening.records import TALLIES, Reject, Table, table_of
from listening.sources.csvs import read_csv
from listening.sources.dates import to_iso
from listening.sources.sniff import check_content

COUNTS = ("approached", "spoke", "declined")
REACH_COLUMNS: tuple[str, ...] = tuple(TALLIES.columns)
_WHOLE = re.compile(r"[0-9]{1,7}")


def read_reach(name: str, content: bytes) -> tuple[Table, tuple[Reject, ...]]:
    """Read ``reach.csv``; a faulty row is set aside, and an empty count was not taken.

    Columns that are absent come back empty.

    Raises:
        UnreadableFile: not a table.
        UnknownColumn: none of the three columns of counts is there.
    """
    check_content(name, ".csv", content)
    grid = read_csv(name, content)
    heads = [header.strip().casefold().replace(" ", "_") for header in grid.headers]
    if not set(heads) & set(COUNTS):
        raise UnknownColumn(
            name,
            "There is no column “approached”, “spoke” or “declined”.",
            f"The columns of this table are: {', '.join(REACH_COLUMNS)}.",
        )
    rejects = [*grid.rejects, *_unknown(name, heads)]
    rows = []
    for row in grid.rows:
        told = {
            column: row.cells[heads.index(column)].strip() if column in heads else ""
            for column in REACH_COLUMNS
        }
        wrong = fault(told)
        if wrong:
            rejects.append(_row(name, row.number, *wrong))
        else:
            rows.append(_tally(told))
    return table_of(rows, TALLIES), tuple(rejects)


def fault(told: Mapping[str, str]) -> tuple[str, str] | None:
    """Say what is wrong with a row of texts and what to do, or nothing."""
    if told["date"] and not to_iso(told["date"]):
        return "Its date is none.", "Write it as 2026-03-31."
    given = {column: told[column] for column in COUNTS if told[column]}
    if not given:
        return "It counts nobody.", "Fill in how many were approached, spoke or declined."
    if not all(_WHOLE.fullmatch(value) for value in given.values()):
        return (
            "One of its counts is no whole number.",
            "Write numbers without words or decimals, and leave a count empty that nobody took.",
        )
    answered = sum(int(given.get(column, "0")) for column in ("spoke", "declined"))
    if "approached" in given and answered > int(given["approached"]):
        return (
            "More people spoke or declined than were approached.",
            "Correct the counts, or leave approached empty if nobody counted.",
        )
    return None


def _tally(told: Mapping[str, str]) -> dict[str, object]:
    counts = {column: int(told[column]) if told[column] else None for column in COUNTS}
    return {**told, "date": to_iso(told["date"]), **counts}


def _unknown(name: str, heads: list[str]) -> list[Reject]:
    # people keep a note beside their counts: it is theirs, and not read
    return [
        Reject(
            name,
            "1",
            f"The column “{head}”",
            "It is not one of this table's columns, so it was not used.",
            f"The columns are: {', '.join(REACH_COLUMNS)}.",
        )
        for head in heads
        if head and head not in (*REACH_COLUMNS, "note", "notes")
    ]


def _row(name: str, number: int, why: str, what_to_do: str) -> Reject:
    return Reject(name, str(number), "One row of the reach", why, f"{what_to_do} Then run again.")
