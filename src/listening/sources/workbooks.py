"""Excel workbooks to rows: every cell as text, dates as ISO."""

from __future__ import annotations

import datetime
import io
from typing import Any

from listening.sources.encoding import clean
from listening.sources.extents import check_extents
from listening.sources.grid import Grid, Row, make_grid
from listening.sources.refuse import refuse


def read_workbook(name: str, content: bytes) -> list[tuple[str, Grid]]:
    """Return (sheet's name, table) for every sheet that holds a table, in the workbook's order.

    Raises:
        UnreadableFile: the workbook cannot be opened, or no sheet holds a table.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        check_extents(name, content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(title, _rows(workbook, title)) for title in workbook.sheet_names]
    except PasswordError:
        raise refuse(
            name, "The workbook is protected with a password.", "Take the password off and save it."
        ) from None
    except (CalamineError, OSError, ValueError):
        raise refuse(
            name,
            "The workbook is damaged or is not one that Excel made.",
            "Open it in Excel and save it again as .xlsx.",
        ) from None
    tables = [(title, make_grid(name, rows, ())) for title, rows in sheets if _has_table(rows)]
    if tables:
        return tables
    filled = [rows for _, rows in sheets if rows]
    make_grid(name, filled[0] if filled else (), ())  # says what is missing
    raise refuse(name, "No sheet holds a table.", "Check that the right file was sent.")


def _has_table(rows: list[Row]) -> bool:
    return sum(any(cell.strip() for cell in row.cells) for row in rows) > 1


def _rows(workbook: Any, title: str) -> list[Row]:
    sheet = workbook.get_sheet_by_name(title)
    first = sheet.start[0] + 1 if sheet.start else 1
    return [
        Row(number, tuple(cell_text(cell) for cell in cells))
        for number, cells in enumerate(sheet.iter_rows(), start=first)
        if cells.count("") < len(cells)  # a stray cell far below leaves a million empty rows
    ]


def cell_text(cell: object) -> str:
    """Return a cell as a person would type it: 3.0 is ``3``, midnight is a date alone."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        whole_day = cell.time() == datetime.time()
        return cell.date().isoformat() if whole_day else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return clean(str(cell))
