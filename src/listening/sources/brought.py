"""`panel.csv`, `indicators.csv`, `questions.csv`: what a programme brings beside its material."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import pandera.pandas as pa

from listening.errors import UnknownColumn
from listening.records import (
    HOW,
    INDICATORS,
    PANEL,
    QUESTIONS,
    VERDICTS,
    Reject,
    Table,
    table_of,
)
from listening.sources.csvs import read_csv
from listening.sources.dates import to_iso
from listening.sources.sniff import check_content

PANEL_COLUMNS: tuple[str, ...] = tuple(PANEL.columns)
INDICATOR_COLUMNS: tuple[str, ...] = tuple(INDICATORS.columns)
QUESTION_COLUMNS: tuple[str, ...] = tuple(QUESTIONS.columns)

Cells = Mapping[str, str]
Fault = tuple[str, str]


def read_panel(name: str, content: bytes) -> tuple[Table, tuple[Reject, ...]]:
    """Read ``panel.csv``: `id` and `word`, and, where told, `words`, `date` and `present`.

    Raises:
        UnreadableFile: not a table.
        UnknownColumn: there is no `id` or no `word`.
    """
    return _read(name, content, PANEL, ("id", "word"), _panel_fault, _panel_row)


def read_indicators(name: str, content: bytes) -> tuple[Table, tuple[Reject, ...]]:
    """Read ``indicators.csv``: `place`, `measure`, `value`; where told, `unit`, `date`, `source`.

    Raises:
        UnreadableFile: not a table.
        UnknownColumn: one of the first three is not there.
    """
    needed = ("place", "measure", "value")
    return _read(name, content, INDICATORS, needed, _indicator_fault, _indicator_row)


def read_questions(name: str, content: bytes) -> tuple[Table, tuple[Reject, ...]]:
    """Read ``questions.csv``: `question`, `code` and `how`: what each question let people raise.

    Raises:
        UnreadableFile: not a table.
        UnknownColumn: one of them is not there.
    """
    return _read(name, content, QUESTIONS, tuple(QUESTIONS.columns), _question_fault, _question_row)


def _read(
    name: str,
    content: bytes,
    schema: pa.DataFrameSchema,
    needed: Sequence[str],
    fault: Callable[[Cells], Fault | None],
    row_of: Callable[[Cells], dict[str, object]],
) -> tuple[Table, tuple[Reject, ...]]:
    check_content(name, ".csv", content)
    grid = read_csv(name, content)
    heads = [header.strip().casefold().replace(" ", "_") for header in grid.headers]
    columns = list(schema.columns)
    missing = [column for column in needed if column not in heads]
    if missing:
        raise UnknownColumn(
            name,
            f"There is no column “{missing[0]}”.",
            f"The columns of this table are: {', '.join(columns)}.",
        )
    rejects, rows = list(grid.rejects), []
    for row in grid.rows:
        told = {
            column: row.cells[heads.index(column)].strip() if column in heads else ""
            for column in columns
        }
        wrong = fault(told)
        if wrong:
            why, what_to_do = wrong
            what_to_do = f"{what_to_do} Then run again."
            rejects.append(Reject(name, str(row.number), "One row of the table", why, what_to_do))
        else:
            rows.append(row_of(told))
    return table_of(rows, schema), tuple(rejects)


def _panel_fault(told: Cells) -> Fault | None:
    if not told["id"]:
        return "It names no theme.", "Fill in the theme's id, as it stands in priorities.csv."
    if told["word"].casefold() not in VERDICTS:
        return "Its word is none that a panel has.", f"Write one of {', '.join(VERDICTS)}."
    if told["word"].casefold() == "rename" and not told["words"]:
        return "It renames a theme and gives no name.", "Write the panel's name in “words”."
    if told["present"] and not (told["present"].isdecimal() and int(told["present"]) > 0):
        return "How many were present is no whole number.", "Write 9, or leave it empty."
    return _date_fault(told)


def _panel_row(told: Cells) -> dict[str, object]:
    present = int(told["present"]) if told["present"] else None
    return {
        **told,
        "word": told["word"].casefold(),
        "date": to_iso(told["date"]) if told["date"] else "",
        "present": present,
    }


def _indicator_fault(told: Cells) -> Fault | None:
    if not told["place"] or not told["measure"]:
        return "It names no place, or no measure.", "Fill in both."
    if _number(told["value"]) is None:
        return "Its value is no number.", "Write 21.5: a point, no thousands' commas, no unit."
    return _date_fault(told, years=True)


def _indicator_row(told: Cells) -> dict[str, object]:
    date = told["date"]
    date = date if _is_year(date) or not date else to_iso(date)
    return {**told, "value": _number(told["value"]), "date": date}


def _question_fault(told: Cells) -> Fault | None:
    if not told["question"] or not told["code"]:
        return "It names no question, or no code.", "Fill in both."
    if told["how"].casefold() not in HOW:
        return "How people could raise it is none of the ways.", f"Write one of {', '.join(HOW)}."
    return None


def _question_row(told: Cells) -> dict[str, object]:
    return {**told, "how": told["how"].casefold()}


def _date_fault(told: Cells, *, years: bool = False) -> Fault | None:
    date = told["date"]
    if date and not (years and _is_year(date)) and not to_iso(date):
        return "Its date is none.", "Write it as 2026-03-31."
    return None


def _is_year(date: str) -> bool:
    return len(date) == 4 and date.isdecimal()


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
