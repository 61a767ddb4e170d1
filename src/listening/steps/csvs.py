"""Reading the plain tables that single stages take (INTERFACE.md): all text, nothing guessed."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from listening.errors import UnreadableFile
from listening.records import Table
from listening.records.cells import quoted


def read_csv(path: Path, needed: Sequence[str]) -> Table:
    """Return a CSV as text; "NA" and "None" are words that people say, not missing values.

    Raises:
        UnreadableFile: it is no CSV in UTF-8, a row has more cells than the heading, or a needed
            column is not in it.
    """
    try:
        table = _parsed(path)
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        raise UnreadableFile(
            path.name,
            "has a row with more cells than the heading, or a quotation mark that is not closed.",
            "Put texts with commas in quotation marks and run again.",
        ) from None
    except (pd.errors.EmptyDataError, UnicodeDecodeError):
        raise UnreadableFile(
            path.name, "is not a CSV table in UTF-8.", "Save it as CSV UTF-8 and run again."
        ) from None
    except OSError as error:
        raise UnreadableFile(
            path.name,
            f"cannot be opened ({error.strerror}).",
            "Check that it is there and that you may read it.",
        ) from None
    missing = [column for column in needed if column not in table.columns]
    if missing:
        # what stands in the first row is not told: without a heading it is somebody's words
        raise UnreadableFile(
            path.name,
            f"has no column {', '.join(missing)} among its {len(table.columns)}.",
            "Name the columns in the first row, separated by commas, and run again.",
        )
    return table


def write_csv(path: Path, table: Table) -> None:
    """Write a table as CSV: UTF-8, LF, text as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # before Python 3.13 a lone carriage return is not quoted, and would read as a new row
    returns = any(table[name].astype(str).str.contains("\r").any() for name in table.columns)
    quoting: Literal[0, 1] = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", quoting=quoting)


def _parsed(path: Path) -> Table:
    with warnings.catch_warnings():
        # pandas warns, and goes on without the cells, where every row is longer than the heading
        warnings.simplefilter("error", pd.errors.ParserWarning)
        return pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False
        )


def without_formulas(table: Table) -> Table:
    """Quote cells that a spreadsheet would take for formulas (INTERFACE.md)."""
    return table.map(lambda cell: quoted(cell) if isinstance(cell, str) else cell)
