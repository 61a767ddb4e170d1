"""What every sheet of ours has: a heading that stays and is printed, rows as tall as their words.

Excel makes rows as tall as it needs when it opens a file; LibreOffice does not, and prints line
over line. A font without a name is another one in each program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

_FONT, _SIZE = "Arial", 10
#: points of a line, and the most that a row may have
_LINE, _TALLEST = 13.5, 400


def font(bold: bool = False) -> Any:
    """Return the letters of a cell."""
    from openpyxl.styles import Font

    return Font(name=_FONT, size=_SIZE, bold=bold)


def height(texts: Iterable[object], widths: Sequence[float]) -> float:
    """Return how tall a row is in points, for the wrapped texts of columns of such widths."""
    lines = [_lines(str(text), width) for text, width in zip(texts, widths, strict=False)]
    return float(min(_TALLEST, _LINE * max(lines, default=1) + 2))


def printed(sheet: Any, frozen: str) -> None:
    """Let a heading stay while somebody scrolls, be filtered by, and stand on every page."""
    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    on_paper(sheet)


def on_paper(sheet: Any) -> None:
    """Print a sheet across A4 paper, as wide as one page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes; words end lines early, so a tenth is kept free."""
    room = max(1.0, 0.9 * width)
    return sum(max(1, ceil(len(part) / room)) for part in text.split("\n"))
