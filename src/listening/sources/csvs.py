"""Delimited text to rows. Everything stays text; a bad row never takes the file with it."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterator

from listening.records import Reject
from listening.sources.encoding import decode
from listening.sources.grid import CELL_LIMIT, Grid, Row, make_grid, too_long

_DELIMITERS = (",", ";", "\t", "|")
#: Stands for "no delimiter": a table of one column may hold commas.
_NONE = "\x1f"
#: Characters of one record, all its lines together.
_RECORD_LIMIT = 1_000_000
#: How often reading starts again after a quotation mark that never closes.
_RESTARTS = 20
_SAMPLE_LINES = 60
_SAMPLE_LINE = 20_000


def read_csv(name: str, content: bytes) -> Grid:
    """Return the table of a CSV file, whatever its delimiter and encoding.

    Raises:
        UnreadableFile: no text, or no rows.
    """
    text, note = decode(name, content)
    if text[:4].lower() == "sep=":  # Excel's own way to name the delimiter
        text = text[text.find("\n") + 1 :]
    rows: list[Row] = []
    rejects: list[Reject] = []
    for item in _records(name, text, delimiter_of(text)):
        if isinstance(item, Row):
            rows.append(item)
        else:
            rejects.append(item)
    grid = make_grid(name, rows, rejects)
    return dataclasses.replace(grid, notes=(*grid.notes, note)) if note else grid


def delimiter_of(text: str) -> str:
    """Return the delimiter under which most lines have as many cells as the first.

    A file whose first line has one cell under every delimiter has one column.
    """
    lines: list[str] = []
    start = 0
    while len(lines) < _SAMPLE_LINES and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        lines.append(text[start : min(end, start + _SAMPLE_LINE)])
        start = end + 1
    return _best(lines) or _under_a_title(lines) or _NONE


def _best(lines: list[str]) -> str:
    best, best_share = "", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if any(cells)]
        if not widths or widths[0] < 2:
            continue
        share = sum(width == widths[0] for width in widths) / len(widths)
        if share > best_share:
            best, best_share = delimiter, share
    return best


def _under_a_title(lines: list[str]) -> str:
    """Return the delimiter of a table that has lines of one cell above it, or "".

    One column of sentences with commas must not pass for a table: its commas have spaces after.
    """
    lines = [line for line in lines if line.strip()]
    for above in (1, 2, 3):
        table = lines[above:]
        if len(table) < 2 or not (delimiter := _best(table)):
            continue
        header, *rest = list(csv.reader(table, delimiter=delimiter))
        plain = all(cell and cell == cell.strip() and len(cell.split()) <= 12 for cell in header)
        alike = sum(len(row) == len(header) for row in rest) >= 0.9 * len(rest)
        if plain and alike and len(header) > 2:
            return delimiter
    return ""


class _Feed:
    """Hands lines to the csv module, and knows which ones went into the present record."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.ended = False
        self.begin()

    def begin(self) -> None:
        """Start a new record here."""
        self.start = self.at
        self.lines = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.text):
            self.ended = True
            raise StopIteration
        end = self._line_end(self.at)
        if end - self.start > _RECORD_LIMIT:
            # Raised before the slice is made: a cell of 200 MB is never copied.
            raise csv.Error
        line = self.text[self.at : end]
        self.at = end
        self.lines += 1
        return line

    def after_first_line(self) -> None:
        """Go on from the second line of the record that failed."""
        self.at = self._line_end(self.start)

    def after_long_cell(self, delimiter: str) -> None:
        """Go on after a cell that is too long: where it closes, if it spans lines and closes."""
        line_end = self._line_end(self.start)
        self.at = line_end
        if self.text.count('"', self.start, line_end) % 2:
            closing = re.compile(f'"(?:{re.escape(delimiter)}|\n|$)')
            if match := closing.search(self.text, max(line_end, self.start + CELL_LIMIT)):
                self.at = self._line_end(match.start())

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1


def _records(name: str, text: str, delimiter: str) -> Iterator[Row | Reject]:
    """Yield rows, numbered as a spreadsheet does, and rejects for those that cannot be read."""
    feed = _Feed(text)
    reader = csv.reader(feed, delimiter=delimiter)
    number, restarts = 0, 0
    while True:
        feed.begin()
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield too_long(name, number)
            feed.after_long_cell(delimiter)
        else:
            if not (feed.ended and feed.lines > 1):
                yield Row(number, tuple(cells))
                continue
            # The file ended inside quotation marks, so the record swallowed real rows.
            yield _never_closes(name, number)
            feed.after_first_line()
        reader = csv.reader(feed, delimiter=delimiter)
        restarts += 1
        if restarts > _RESTARTS:
            yield _stopped(name, number)
            return


def _never_closes(name: str, number: int) -> Reject:
    return Reject(
        name,
        str(number),
        "One row",
        "A quotation mark opens in this row and never closes.",
        "Close or remove the quotation mark, or save the file as .xlsx.",
    )


def _stopped(name: str, number: int) -> Reject:
    return Reject(
        name,
        f"{number} and on",
        "The rest of the file",
        f"More than {_RESTARTS} rows could not be told apart, so reading stopped.",
        "Open the file in a spreadsheet program, check the rows named above and save it as .xlsx.",
    )
