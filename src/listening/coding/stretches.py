"""Stretches of text as coders marked them, put together again from their pieces in segments."""

from __future__ import annotations

from typing import Any

import pandas as pd

from listening.records import Table

#: two pieces are of one stretch where no more lies between them: the end of a line, a space
_BETWEEN = 2
_ONE = ["document_id", "item", "coder", "role", "code"]


def stretches(codings: Table) -> Table:
    """Return codings (CODINGS) with one row per stretch and code of each reading.

    A stretch over several segments has a row for each, cut to it: here they are one, with what its
    first row says of it. What is on a whole answer stays as it is.

    Returns:
        CODINGS, by document, item, coder, code and place.
    """
    ordered = codings.sort_values([*_ONE, "start", "end"], kind="stable", ignore_index=True)
    joined: list[dict[str, Any]] = []
    last_segment = ""
    for row in ordered.to_dict("records"):
        before = joined[-1] if joined else None
        if (
            before
            and not row["whole"]
            and row["code"]
            and row["segment_id"] != last_segment
            and all(before[name] == row[name] for name in _ONE)
            and 0 <= row["start"] - before["end"] <= _BETWEEN
        ):
            before["end"] = row["end"]
        else:
            joined.append({str(name): value for name, value in row.items()})
        last_segment = row["segment_id"]
    return pd.DataFrame(joined, columns=list(codings.columns)).astype(codings.dtypes.to_dict())
