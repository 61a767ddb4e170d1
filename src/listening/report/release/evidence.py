"""evidence.xlsx: every table of a release, one to a sheet, with filters and frozen headings."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from listening.report.release import wording
from listening.report.release.packing import steady
from listening.report.release.tables import safe, sheets
from listening.report.workbook import font, height, on_paper, printed

_WIDEST, _ABOUT = 44, 100
_SHARES = ("Share", "Low", "High", "Say in the order")
#: figures, in whose place a word may stand
_FIGURES = ("People", "Of", "Heard", "In the population", *_SHARES)


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
    from openpyxl.styles import Alignment

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
        cell.font = font(bold=number <= 2)
        sheet.row_dimensions[number].height = height([text], [_ABOUT])
    sheet.column_dimensions["A"].width = _ABOUT
    on_paper(sheet)


def _sheet(sheet: Any, heading: Any, rows: Any) -> None:
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    names = [str(name) for name in heading]
    widths = [
        min(_WIDEST, max(len(str(row[place] or "")) for row in [names, *rows]) + 4)
        for place in range(len(names))
    ]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate([names, *rows], start=1):
        for place, (name, told) in enumerate(zip(names, row, strict=True), start=1):
            cell = sheet.cell(number, place, safe(told))
            cell.font = font(bold=number == 1)
            side = "right" if name in _FIGURES else None
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
            if number == 1:
                cell.fill = PatternFill("solid", start_color="D9EAD3")
            elif name in _SHARES:
                cell.number_format = "0%"
        sheet.row_dimensions[number].height = height([cell or "" for cell in row], widths)
    printed(sheet, "A2")
