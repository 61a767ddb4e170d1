"""Saving and loading the tables of `records`, in bulk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from listening.records import (
    DOCUMENTS,
    PARTICIPANTS,
    PASSAGES,
    SEGMENTS,
    Table,
    Vector,
    check,
)

MOST_AT_ONCE = 500  # below every database's limit on variables in one statement
#: NUL, which PostgreSQL refuses, and halves of surrogate pairs, which no database takes
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_MODELS = {
    DOCUMENTS.name: "Document",
    PASSAGES.name: "Passage",
    PARTICIPANTS.name: "Participant",
    SEGMENTS.name: "Segment",
}


def _model(name: str) -> Any:
    from listening.store import models

    return getattr(models, name)


def save(alias: str, source_key: str, table: Table, schema: pa.DataFrameSchema) -> None:
    """Keep a table of one source."""
    model = _model(_MODELS[str(schema.name)])
    columns = list(schema.columns)
    rows = (
        model(source_id=source_key, **dict(zip(columns, map(storable, row), strict=True)))
        for row in check(table, schema).itertuples(index=False, name=None)
    )
    model.objects.using(alias).bulk_create(rows, batch_size=2000)


def load(alias: str, source_keys: Sequence[str], schema: pa.DataFrameSchema) -> Table:
    """Return the rows of the sources given: in their order, and as they were saved."""
    model = _model(_MODELS[str(schema.name)])
    columns = list(schema.columns)
    parts: dict[str, list[tuple[Any, ...]]] = {key: [] for key in source_keys}
    for batch in batches(list(parts)):
        rows = model.objects.using(alias).filter(source_id__in=batch).order_by("pk")
        for key, *row in rows.values_list("source_id", *columns):
            parts[key].append(tuple(row))
    frame = pd.DataFrame([row for rows in parts.values() for row in rows], columns=columns)
    if "phrases" in columns:
        frame["phrases"] = pd.Series([tuple(p) for p in frame["phrases"]], dtype=object)
    return frame.astype({n: c.dtype.type for n, c in schema.columns.items()})


def storable(value: Any) -> Any:
    """Return plain data as every database takes it: Python's own types, no NUL, no half characters.

    One code point takes the place of one, so that offsets into a text hold.
    """
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return {storable(name): storable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    return value


def vectors(alias: str, encoder: str, keys: Iterable[str]) -> dict[str, Vector]:
    """Return the vectors already made by `encoder`, of those `keys` that have one."""
    model = _model("Vector")
    found: dict[str, Vector] = {}
    for batch in batches(list(keys)):
        rows = model.objects.using(alias).filter(encoder=encoder, text_key__in=batch)
        for key, data in rows.values_list("text_key", "data"):
            found[key] = np.frombuffer(bytes(data), dtype="<f4")
    return found


def keep_vectors(alias: str, encoder: str, fresh: Mapping[str, Vector]) -> None:
    """Keep vectors; one that is there already stays as it is."""
    model = _model("Vector")
    rows = (
        model(encoder=encoder, text_key=key, data=np.asarray(vector, dtype="<f4").tobytes())
        for key, vector in fresh.items()
    )
    model.objects.using(alias).bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def batches(keys: list[str]) -> Iterator[list[str]]:
    """Cut keys into lists short enough for one statement."""
    for start in range(0, len(keys), MOST_AT_ONCE):
        yield keys[start : start + MOST_AT_ONCE]
