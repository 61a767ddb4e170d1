"""A reading index as plain data and back, so that the store can keep it."""

from __future__ import annotations

from typing import Any

import numpy as np

from listening.records import ASSIGNMENTS, TOPICS, table_of
from listening.topics import Merge, ReadingIndex


def to_plain(index: ReadingIndex) -> dict[str, Any]:
    """Return the index as what JSON can hold."""
    return {
        "topics": index.topics.to_dict("records"),
        "assignments": index.assignments.to_dict("list"),
        "tree": [[int(m.left), int(m.right), float(m.apart)] for m in index.tree],
        "quotes": {str(topic): list(ids) for topic, ids in index.quotes.items()},
        "reading_list": index.reading_list,
        "together": np.asarray(index.together, dtype=float).tolist(),
        "positions": index.positions.tolist(),
    }


def from_plain(plain: dict[str, Any]) -> ReadingIndex:
    """Return the index that `to_plain` was given."""
    columns = plain["assignments"]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    size = len(plain["together"])
    return ReadingIndex(
        topics=table_of(plain["topics"], TOPICS),
        assignments=table_of(rows, ASSIGNMENTS),
        tree=tuple(Merge(*merge) for merge in plain["tree"]),
        quotes={int(topic): tuple(ids) for topic, ids in plain["quotes"].items()},
        reading_list=plain["reading_list"],
        together=np.array(plain["together"], dtype=np.float32).reshape(size, size),
        positions=np.array(plain["positions"], dtype=float).reshape(-1, 2),
    )
