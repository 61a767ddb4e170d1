"""Rows into a table of the store, many at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

#: NUL, which PostgreSQL refuses, and halves of surrogate pairs, which no database takes
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: rows that are made ready together: a large table is never there twice
_AT_ONCE = 5_000


def insert(
    alias: str,
    model: Any,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    keep_old: bool = False,
) -> None:
    """Insert all rows or none, by one prepared statement.

    It does what Django's `bulk_create` does in a third of its time: rows of the store are plain
    values, and have no need of an object each.

    Args:
        alias: of the store's connection.
        model: the table.
        columns: names of the model's columns, as the database knows them.
        rows: a value for every column.
        keep_old: a row that is there already stays as it is, and is no error.
    """
    from django.db import connections, transaction

    connection = connections[alias]
    quote = connection.ops.quote_name
    fields = {field.column: field for field in model._meta.concrete_fields}
    told = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({told}) "  # noqa: S608 - our own names
        f"VALUES ({places}){' ON CONFLICT DO NOTHING' if keep_old else ''}"
    )
    left = iter(rows)
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        while some := list(islice(left, _AT_ONCE)):
            by_column = zip(*some, strict=True)
            ready = [
                _ready(fields[column], values, connection)
                for column, values in zip(columns, by_column, strict=False)
            ]
            cursor.executemany(statement, list(zip(*ready, strict=True)))


def update(
    alias: str,
    model: Any,
    columns: Sequence[str],
    known_by: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Change all rows or none, each by its own key, by one prepared statement.

    Args:
        alias: of the store's connection.
        model: the table.
        columns: names of what is changed.
        known_by: names of what a row is known by.
        rows: a value for every column, then for all that it is known by.
    """
    from django.db import connections, transaction

    connection = connections[alias]
    quote = connection.ops.quote_name
    changed = ", ".join(f"{quote(column)} = %s" for column in columns)
    where = " AND ".join(f"{quote(column)} = %s" for column in known_by)
    table = quote(model._meta.db_table)
    statement = f"UPDATE {table} SET {changed} WHERE {where}"  # noqa: S608 - our own names
    fields = {field.column: field for field in model._meta.concrete_fields}
    ready = [
        _ready(fields[column], values, connection)
        for column, values in zip((*columns, *known_by), zip(*rows, strict=True), strict=False)
    ]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*ready, strict=True)))


def _ready(field: Any, values: Iterable[Any], connection: Any) -> list[Any]:
    """Return values as the database's driver takes them."""
    clean = map(storable, values)
    if field.get_internal_type() in _AS_THEY_ARE:
        return list(clean)
    return [field.get_db_prep_save(value, connection) for value in clean]


_AS_THEY_ARE = frozenset({"CharField", "TextField", "IntegerField"})


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
