"""A store of another version is refused in a sentence, on every database, and left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from listening.errors import ListeningError
from listening.store import Store
from listening.store.versions import see_version


def run(store: Store, statement: str) -> None:
    from django.db import connections

    with connections[store.alias].cursor() as cursor:
        cursor.execute(statement)


def test_a_store_of_this_version_is_as_it_should_be(store: Store) -> None:
    see_version(store.alias, "store")


def test_a_store_of_an_earlier_version_is_refused_and_not_touched(store: Store) -> None:
    run(store, "ALTER TABLE store_retained DROP COLUMN done")
    with pytest.raises(ListeningError, match=r"an earlier version .* Nothing was changed"):
        see_version(store.alias, "store")


def test_a_store_of_a_newer_version_is_refused(store: Store) -> None:
    run(store, "ALTER TABLE store_retained ADD COLUMN colour integer")
    with pytest.raises(ListeningError, match="a newer version"):
        see_version(store.alias, "store")


def test_a_change_of_tables_that_this_version_does_not_know_is_a_newer_ones(store: Store) -> None:
    run(
        store,
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('store', '0009_colour', '2030-01-01')",
    )
    with pytest.raises(ListeningError, match="a newer version"):
        see_version(store.alias, "store")


def test_opening_an_earlier_store_says_so(tmp_path: Path) -> None:
    first = Store(tmp_path)
    run(first, "ALTER TABLE store_retained DROP COLUMN done")
    first.close()
    with pytest.raises(ListeningError, match="an earlier version"):
        Store(tmp_path)
    run(first, "ALTER TABLE store_retained ADD COLUMN done bool")
    Store(tmp_path).close()
