"""evidence.xlsx: every table of a release, one to a sheet, with filters and frozen headings."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from listening.report.release import wording
from listening.report.release.packing import steady
from listening.report.release.tables import safe, sheets

_WIDEST = 60
_SHARES = ("Share", "Low", "High")


def evidence(document: Mapping[str, Any]) -> bytes:
    """Return the workbook; no cell of it is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    _about(book.active, document)
    for name, (heading, rows) in sheets(document).items():
        _sheet(book.create_sheet(name), heading, rows)
    book.properties.title = wording.may_go(document)
    book.properties.creator = str(document["programme"])
    made = io.BytesIO()
    book.save(made)
    return steady(made.getvalue())


def _about(sheet: Any, document: Mapping[str, Any]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = "About"
    status = wording.status(document)
    lines = [
        f"{status['word']}: {status['first']} {status['rest']}",
        wording.may_go(document),
        str(document["programme"]),
        wording.heard(document),
        *document["notes"],
        *wording.METHOD,
    ]
    for number, text in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, safe(text))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number <= 2)
    sheet.column_dimensions["A"].width = 100


def _sheet(sheet: Any, heading: Any, rows: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.append(list(heading))
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="D9EAD3")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for place, name in enumerate(heading, start=1):
        told = [str(name), *(str(row[place - 1] or "") for row in rows)]
        width = min(_WIDEST, max(map(len, told)) + 4)
        sheet.column_dimensions[get_column_letter(place)].width = width
        for row in range(2, sheet.max_row + 1):
            cell = sheet.cell(row, place)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in _SHARES:
                cell.number_format = "0%"
