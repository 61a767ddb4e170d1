"""A framework matrix as an Excel workbook: headings that stay, filters, and never a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from listening.records import Table
from listening.records.cells import quoted
from listening.report.workbook import font, height, printed

#: what an Excel cell holds
_MOST = 32_767
_MORE = " […] (the rest is in the sheet Passages)"
_NARROW, _WIDE = 16, 48
#: columns that are wide, where a sheet does not say that all from one on are
_LONG = ("words", "memo", "definition")


def workbook(matrix: Table, passages: Table, codes: Table, first_code: int) -> bytes:
    """Return a workbook of three sheets: Framework, Passages and Codes.

    A text that a spreadsheet would take for a formula begins with an apostrophe (INTERFACE.md);
    every text is written as text all the same.

    Args:
        matrix: a row a person.
        passages: a row a coding.
        codes: a row a code.
        first_code: number of the matrix's first column that is a code, from 0.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Framework"
    _fill(sheet, matrix, wide=range(first_code, len(matrix.columns)))
    _fill(book.create_sheet("Passages"), passages)
    _fill(book.create_sheet("Codes"), codes)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(sheet: Any, table: Table, wide: Sequence[int] = ()) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    bold, wrapped, widths = font(bold=True), None, []
    for at, name in enumerate(table.columns, start=1):
        _write(sheet.cell(1, at), str(name)).font = bold
        long = at - 1 in wide or name in _LONG
        widths.append(_WIDE if long else _NARROW)
        sheet.column_dimensions[get_column_letter(at)].width = widths[-1]
    for row, values in enumerate(table.itertuples(index=False, name=None), start=2):
        for at, value in enumerate(values, start=1):
            if str(value) and value == value and value is not None:  # noqa: PLR0124 (a missing one)
                cell = _write(sheet.cell(row, at), value)
                if wrapped is None:
                    cell.font = font()
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    wrapped = cell._style
                # set anew for each cell, a style takes longer than all the rest
                cell._style = wrapped
        sheet.row_dimensions[row].height = height(values, widths)
    printed(sheet, "B2")


def _write(cell: Any, value: Any) -> Any:
    """Write a value as what it is; text is never anything but text."""
    if not isinstance(value, str):
        cell.value = value if isinstance(value, int | float) else int(value)
        return cell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = quoted(ILLEGAL_CHARACTERS_RE.sub("", value))
    if len(text) > _MOST:
        text = text[: _MOST - len(_MORE)] + _MORE
    cell.value = text
    cell.data_type = "s"
    return cell
