"""Saving and loading the tables of `records`, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from listening.records import (
    DOCUMENTS,
    PARTICIPANTS,
    PASSAGES,
    PLACES,
    SEGMENTS,
    Table,
    Vector,
    check,
)
from listening.store.bulk import insert

Key = TypeVar("Key", str, int)
MOST_AT_ONCE = 500  # below every database's limit on variables in one statement

_MODELS = {
    DOCUMENTS.name: "Document",
    PASSAGES.name: "Passage",
    PLACES.name: "Place",
    PARTICIPANTS.name: "Participant",
    SEGMENTS.name: "Segment",
}


def _model(name: str) -> Any:
    from listening.store import models

    return getattr(models, name)


def objects(alias: str, name: str) -> Any:
    """Return the rows of a table of `models` in one store."""
    return _model(name).objects.using(alias)


def save(alias: str, source_key: str, table: Table, schema: pa.DataFrameSchema) -> None:
    """Keep a table of one source."""
    model = _model(_MODELS[str(schema.name)])
    columns = list(schema.columns)
    rows = check(table, schema)[columns].itertuples(index=False, name=None)
    insert(alias, model, ["source_id", *columns], ((source_key, *row) for row in rows))


def load(alias: str, source_keys: Sequence[str], schema: pa.DataFrameSchema) -> Table:
    """Return the rows of the sources given: in their order, and as they were saved."""
    table = objects(alias, _MODELS[str(schema.name)])
    columns = list(schema.columns)
    parts: dict[str, list[tuple[Any, ...]]] = {key: [] for key in source_keys}
    for batch in batches(list(parts)):
        rows = table.filter(source_id__in=batch).order_by("pk")
        # read through once: a query would keep what it read, beside what is made of it
        for key, *row in rows.values_list("source_id", *columns).iterator(MOST_AT_ONCE):
            parts[key].append(tuple(row))
    frame = pd.DataFrame([row for rows in parts.values() for row in rows], columns=columns)
    if "phrases" in columns:
        frame["phrases"] = pd.Series([tuple(p) for p in frame["phrases"]], dtype=object)
    return frame.astype({n: c.dtype.type for n, c in schema.columns.items()})


def vectors(alias: str, encoder: str, keys: Iterable[str]) -> dict[str, Vector]:
    """Return the vectors already made by `encoder`, of those `keys` that have one."""
    return dict(each_vector(alias, encoder, keys))


def each_vector(alias: str, encoder: str, keys: Iterable[str]) -> Iterator[tuple[str, Vector]]:
    """Yield those of `keys` that have a vector by `encoder`, with it, one after another."""
    table = objects(alias, "Vector")
    for batch in batches(list(keys)):
        rows = table.filter(encoder=encoder, text_key__in=batch)
        for key, data in rows.values_list("text_key", "data"):
            yield key, np.frombuffer(bytes(data), dtype="<f4")


def embedded(alias: str, encoder: str, keys: Iterable[str]) -> set[str]:
    """Return those of `keys` that have a vector by `encoder`."""
    table = objects(alias, "Vector")
    found: set[str] = set()
    for batch in batches(list(keys)):
        rows = table.filter(encoder=encoder, text_key__in=batch)
        found.update(rows.values_list("text_key", flat=True))
    return found


def keep_vectors(alias: str, encoder: str, fresh: Mapping[str, Vector]) -> None:
    """Keep vectors; one that is there already stays as it is."""
    model = _model("Vector")
    rows = (
        (encoder, key, np.asarray(vector, dtype="<f4").tobytes()) for key, vector in fresh.items()
    )
    insert(alias, model, ["encoder", "text_key", "data"], rows, keep_old=True)


def batches(keys: list[Key]) -> Iterator[list[Key]]:
    """Cut keys into lists short enough for one statement."""
    for start in range(0, len(keys), MOST_AT_ONCE):
        yield keys[start : start + MOST_AT_ONCE]
