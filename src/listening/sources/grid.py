"""A table as read from a file, before anybody asks what its columns mean."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from listening.errors import UnreadableFile
from listening.records import Reject
from listening.sources.header_rows import Headers, one_line, read_headers
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

    `missing` holds numbers of rows that ended early, with the count of cells that they had;
    `others` another name of each column, or nothing; `parts` columns that are parts of a question.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    missing: dict[int, int]
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    parts: frozenset[int] = frozenset()


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
    found, rows = _headers(rows, notes)
    headers = found.names
    fitted, missing, ragged = _fit(name, headers, rows)
    if not fitted:
        why = "The table has a header and no rows under it."
        raise _nothing_left(name, [*rejects, *ragged], why)
    set_aside = capped([*rejects, *ragged])
    return Grid(
        _distinct(headers), fitted, missing, set_aside, tuple(notes), found.others, found.parts
    )


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
    cells = [one_line(cell).casefold() for cell in rows[0].cells if cell.strip()]
    under = rows[1:11]
    return len(set(cells)) > 1 and sum(_filled(row) > 1 for row in under) * 2 > len(under)


def _headers(rows: Sequence[Row], notes: list[str]) -> tuple[Headers, list[Row]]:
    first, rest = rows[0], list(rows[1:])
    if _answers_without_header(first, rest):
        notes.append("The one column has no header: its first line was read as an answer.")
        return Headers(("answer",)), list(rows)
    found = read_headers([row.cells for row in rows[:3]])
    notes += [found.note] if found.note else []
    rest = list(rows[found.rows :])
    names = list(found.names)
    used = max((_last_filled(row.cells) for row in rest), default=0)
    while len(names) > max(used, 1) and not names[-1]:
        names.pop()
    return dataclasses.replace(found, names=tuple(names)), rest


def _last_filled(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _answers_without_header(first: Row, rest: Sequence[Row]) -> bool:
    """A single column whose first cell is a sentence, like the cells under it."""
    if not rest or any(_filled(row) > 1 for row in (first, *rest)):
        return False
    text = first.cells[0].strip()
    return len(text.split()) >= 6 and not text.endswith((":", "?"))


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
