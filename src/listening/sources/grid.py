"""A table as read from a file, before anybody asks what its columns mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from listening.errors import UnreadableFile
from listening.records import Reject
from listening.sources.refuse import refuse

#: Longest cell taken for somebody's words, in characters: about 20,000 words.
CELL_LIMIT = 131_072
#: Rejects listed one by one before the rest of the same kind are counted in one line.
_LISTED = 100
#: Most rows above a header that are taken for a title.
_TITLES = 3


@dataclass(frozen=True)
class Row:
    """One row: `number` is the one that a spreadsheet program shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A header and its rows; every row has as many cells as the header.

    `missing` holds numbers of rows that ended early, with the count of cells that they had.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    missing: dict[int, int]
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()


def make_grid(name: str, rows: Sequence[Row], rejects: Sequence[Reject]) -> Grid:
    """Find the header among `rows`, and fit the other rows to it.

    Raises:
        UnreadableFile: no cell holds anything, or there is a header and nothing under it.
    """
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        raise _nothing_left(name, rejects, "The table has no cells with words.")
    notes: list[str] = []
    rows = _skip_titles(rows, notes)
    headers, rows = _headers(rows, notes)
    fitted, missing, ragged = _fit(name, headers, rows)
    if not fitted:
        why = "The table has a header and no rows under it."
        raise _nothing_left(name, [*rejects, *ragged], why)
    return Grid(_distinct(headers), fitted, missing, capped([*rejects, *ragged]), tuple(notes))


def _nothing_left(name: str, rejects: Sequence[Reject], why: str) -> UnreadableFile:
    if rejects:
        return refuse(name, f"No row can be read. {rejects[0].why}", rejects[0].what_to_do)
    return refuse(name, why, "Check that the export was not filtered, and send it again.")


def capped(rejects: Sequence[Reject]) -> tuple[Reject, ...]:
    """List the first hundred rejects of a kind, and count the rest in one line: none is lost."""
    seen: Counter[tuple[str, str]] = Counter()
    kept: list[Reject] = []
    last: dict[tuple[str, str], Reject] = {}
    for reject in rejects:
        key = (reject.what, reject.why)
        seen[key] += 1
        last[key] = reject
        if seen[key] <= _LISTED:
            kept.append(reject)
    for key, reject in last.items():
        if (more := seen[key] - _LISTED) > 0:
            rows = f"up to {reject.row}"
            kept.append(
                Reject(reject.file, rows, f"{more:,} more like it", reject.why, reject.what_to_do)
            )
    return tuple(kept)


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _skip_titles(rows: Sequence[Row], notes: list[str]) -> list[Row]:
    """Leave out up to three rows above the header that hold one cell, such as a report's title."""
    titles = 0
    while titles < len(rows) and _filled(rows[titles]) == 1:
        titles += 1
    if not 1 <= titles <= _TITLES or not _is_header(rows[titles:]):
        return list(rows)
    first = f"Row {rows[0].number} was" if titles == 1 else f"The first {titles} filled rows were"
    header = f"the header is row {rows[titles].number}"
    notes.append(f"{first} taken for a title and not read; {header}.")
    return list(rows[titles:])


def _is_header(rows: Sequence[Row]) -> bool:
    """Several distinct cells, with a table under them: most of the next rows hold several too."""
    if len(rows) < 2:
        return False
    cells = [_one_line(cell).casefold() for cell in rows[0].cells if cell.strip()]
    under = rows[1:11]
    return len(set(cells)) > 1 and sum(_filled(row) > 1 for row in under) * 2 > len(under)


def _headers(rows: Sequence[Row], notes: list[str]) -> tuple[tuple[str, ...], list[Row]]:
    first, rest = rows[0], list(rows[1:])
    if _answers_without_header(first, rest):
        notes.append("The one column has no header: its first line was read as an answer.")
        return ("answer",), list(rows)
    headers = [_one_line(cell) for cell in first.cells]
    if rest and _is_second_header(rest[0]):
        headers = _two_headers(headers, rest.pop(0))
        notes.append("The table has two header rows; they were read as one.")
    elif rest and any(
        cell.strip().startswith('{"ImportId"') for row in rest[:2] for cell in row.cells
    ):
        # Qualtrics: short names, then the questions in full, then import ids.
        questions = rest.pop(0) if not rest[0].cells[0].startswith("{") else first
        rest = [row for row in rest if not row.cells[0].startswith('{"ImportId"')]
        headers = [_one_line(cell) for cell in questions.cells]
        notes.append("The table has three header rows; the questions in full were used.")
    used = max((_last_filled(row.cells) for row in rest), default=0)
    while len(headers) > max(used, 1) and not headers[-1]:
        headers.pop()
    return tuple(headers), rest


def _last_filled(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _answers_without_header(first: Row, rest: Sequence[Row]) -> bool:
    """A single column whose first cell is a sentence, like the cells under it."""
    if not rest or any(_filled(row) > 1 for row in (first, *rest)):
        return False
    text = first.cells[0].strip()
    return len(text.split()) >= 6 and not text.endswith((":", "?"))


def _is_second_header(second: Row) -> bool:
    """SurveyMonkey repeats the header: no id, and “Response” under every single question."""
    kinds = {"response", "open-ended response"}
    return not second.cells[0].strip() and any(
        cell.strip().lower() in kinds for cell in second.cells
    )


def _two_headers(headers: Sequence[str], second: Row) -> list[str]:
    result, above = [], ""
    for place, header in enumerate(headers):
        above = header or above
        below = _one_line(second.cells[place]) if place < len(second.cells) else ""
        single = below.lower() in ("", "response", "open-ended response")
        result.append(above if single else f"{above}: {below}")
    return result


def _one_line(cell: str) -> str:
    return re.sub(r"\s+", " ", cell).strip()


def _distinct(headers: Sequence[str]) -> tuple[str, ...]:
    """Name what has no name, and tell headers apart that occur twice."""
    seen: Counter[str] = Counter()
    result = []
    for place, header in enumerate(headers, start=1):
        name = header or f"column {place}"
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(result)


def _fit(
    name: str, headers: Sequence[str], rows: Sequence[Row]
) -> tuple[tuple[Row, ...], dict[int, int], list[Reject]]:
    """Fill up short rows and refuse rows with more cells than the header."""
    width = len(headers)
    fitted, missing, rejects = [], {}, []
    for row in rows:
        if any(cell.strip() for cell in row.cells[width:]):
            rejects.append(_too_many_cells(name, row.number))
            continue
        if any(len(cell) > CELL_LIMIT for cell in row.cells):
            rejects.append(too_long(name, row.number))
            continue
        if len(row.cells) < width:
            missing[row.number] = len(row.cells)
        cells = (*row.cells[:width], *([""] * (width - len(row.cells))))
        fitted.append(Row(row.number, cells))
    return tuple(fitted), missing, rejects


def _too_many_cells(name: str, number: int) -> Reject:
    return Reject(
        name,
        str(number),
        "One row",
        "The row has more cells than the header: often a comma in a text without quotation marks.",
        "Mend the row in the program that the file came from, or save the file as .xlsx.",
    )


def too_long(name: str, number: int) -> Reject:
    """Say that a cell is longer than anybody's answer."""
    return Reject(
        name,
        str(number),
        "One row",
        f"The row holds a cell of more than {CELL_LIMIT:,} characters.",
        "Check the row: a quotation mark that never closes swallows what follows it.",
    )
