"""What people coded, as it comes in by hand: one row a segment, or one row a coding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from listening.codebook import RECODE
from listening.errors import InvalidTable
from listening.records import Table
from listening.steps.csvs import read_csv

#: codings that do not count any more; that the segment was read stays true
_GONE = (RECODE, "retired")


def coded_rows(path: Path) -> Table:
    """Return the segments that people read, with what they coded there.

    Both forms of INTERFACE.md are taken: coded rows with `codes` joined by `;`, and `codings.csv`
    with one `code` a row, of which only people's own rows count. What several coders said of a
    segment is put together.

    Returns:
        segment_id, codes (a frozenset, empty where no code applies), batch and stream (empty where
        the file does not say); one row per segment, in the file's order.

    Raises:
        UnreadableFile: it is no table with `segment_id` and `codes` or `code`.
        InvalidTable: a row has no segment_id.
    """
    table = read_csv(path, ["segment_id"])
    if "codes" not in table and "code" not in table:
        table = read_csv(path, ["segment_id", "codes"])
    if "origin" in table:
        table = table[table["origin"].str.strip().str.casefold() != "suggestion"]
    unnamed = table["segment_id"].str.strip() == ""
    if unnamed.any():
        raise InvalidTable(
            f"{path.name}, row {int(unnamed.to_numpy().argmax()) + 2}",
            "has no segment_id.",
            "Keep the segment_id of the rows that were to be coded, and run again.",
        )
    told = table["codes" if "codes" in table else "code"]
    if "code_status" in table:
        told = told.where(~table["code_status"].isin(_GONE), "")
    found: dict[str, dict[str, Any]] = {}
    batches = table["batch"] if "batch" in table else [""] * len(table)
    streams = table["stream"] if "stream" in table else [""] * len(table)
    for name, cell, batch, stream in zip(table["segment_id"], told, batches, streams, strict=True):
        codes = frozenset(code.strip() for code in cell.split(";")) - {""}
        row = found.setdefault(
            name.strip(), {"codes": frozenset(), "batch": batch, "stream": stream}
        )
        row["codes"] = codes.union(row["codes"])
    rows = [{"segment_id": name, **row} for name, row in found.items()]
    return pd.DataFrame(rows, columns=["segment_id", "codes", "batch", "stream"])
