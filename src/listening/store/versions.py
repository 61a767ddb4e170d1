"""Whether a database has the tables of this version of the software."""

from __future__ import annotations

from typing import Any

from listening.errors import ListeningError


def see_version(alias: str, app: str) -> None:
    """See that a database that was brought up to date has exactly our tables.

    Raises:
        ListeningError: another version made it, and there is no way from there to here.
    """
    from django.apps import apps
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    connection = connections[alias]
    loader = MigrationLoader(connection)
    seen = {name for label, name in loader.applied_migrations if label == app}
    if seen - {name for label, name in loader.disk_migrations if label == app}:
        raise _other("a newer")
    with connection.cursor() as cursor:
        for model in apps.get_app_config(app).get_models():
            lacking, unknown = _differ(connection, cursor, model)
            if lacking or unknown:
                raise _other("an earlier" if lacking else "a newer")


def _differ(connection: Any, cursor: Any, model: Any) -> tuple[set[str], set[str]]:
    """Return the columns that a table lacks, and those that we do not know."""
    table = model._meta.db_table
    told = connection.introspection.get_table_description(cursor, table)
    there = {one.name for one in told}
    ours = {one.column for one in model._meta.local_concrete_fields}
    return ours - there, there - ours


def _other(which: str) -> ListeningError:
    return ListeningError(
        "The store",
        f"was made by {which} version of this software, whose tables are different.",
        "Nothing was changed. Go on with that version, or with a newer one that says it takes "
        "such a store over; otherwise read your files into a new LISTENING_HOME.",
    )
