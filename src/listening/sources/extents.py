"""How large a workbook's sheets are, before they are opened.

A sheet is opened as a full rectangle. One stray cell in the last row and column makes that larger
than any machine's memory, and ends the process rather than raising an error.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from listening.sources.packages import UNZIP_ERRORS
from listening.sources.refuse import refuse

#: A sheet with more cells than this is formatting run wild, not answers.
_CELLS_LIMIT = 5_000_000
_PIECE = 4_000_000
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,10})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")


def check_extents(name: str, content: bytes) -> None:
    """Refuse a workbook with a sheet of more cells than we open.

    Args:
        name: the file's name.
        content: a zip that `check_package` has let pass.

    Raises:
        UnreadableFile: a sheet is too large, or the workbook is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for entry in package.infolist():
                if _cells(_pieces(package, entry)) > _CELLS_LIMIT:
                    raise refuse(
                        name,
                        f"A sheet spans more than {_CELLS_LIMIT:,} cells.",
                        "Delete the empty rows and columns under and beside the table and save it "
                        "again, or save the table as .csv.",
                    )
    except UNZIP_ERRORS:
        raise refuse(
            name,
            "The file is damaged or was cut short.",
            "Open it in Excel and save it as .xlsx; if it does not open, ask for it again.",
        ) from None


def _pieces(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry in pieces that end where a tag ends; nothing of what is no sheet."""
    rest = b""
    with package.open(entry) as file:
        while piece := file.read(_PIECE):
            if not rest and b"<" not in piece[:100]:
                return
            whole = rest + piece
            end = whole.rfind(b">") + 1
            yield whole[:end]
            rest = whole[end:]
            if len(rest) > _PIECE:
                return


def _cells(pieces: Iterator[bytes]) -> int:
    """Return the cells of the rectangle from A1 to the last row and column that a sheet names.

    Cells that do not say where they stand follow each other; rows do as well.
    """
    last_row = last_column = rows = unplaced = widest = 0
    for piece in pieces:
        columns = set()
        places = _PLACE.findall(piece)
        for letters, number in places:
            columns.add(letters)
            last_row = max(last_row, int(number))
        last_column = max([last_column, *(_column(letters) for letters in columns)])
        starts = _ROW.findall(piece)
        rows += len(starts)
        if len(_CELL.findall(piece)) > len(places) - len(starts):
            parts = _ROW.split(piece)
            counts = [len(_CELL.findall(part)) for part in parts]
            unplaced += counts[0]
            widest = max(widest, unplaced, *counts)
            unplaced = counts[-1] if len(counts) > 1 else unplaced
    return max(last_row, rows) * max(last_column, widest)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
