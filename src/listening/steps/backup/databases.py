"""The tables of PostgreSQL in a backup, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps.backup.nouns import TABLES, Manifest
from listening.steps.backup.packing import Packed
from listening.steps.backup.unpacking import Unpacked
from listening.steps.site import PROGRAMMES, in_schema, schema_of
from listening.store import Store
from listening.store.configuration import ACCOUNTS
from listening.store.connect import connect_accounts, disconnect
from listening.store.tables import PROGRAMME, Tables, staged

SQLITE, POSTGRES = "sqlite", "postgresql"


def kind_of(settings: Settings) -> str:
    """Return where the store lies.

    Raises:
        ListeningError: in a database of which no backup can be made here.
    """
    if not settings.database_url:
        return SQLITE
    if settings.database_url.startswith("postgres"):
        return POSTGRES
    raise ListeningError(
        "The database of LISTENING_DATABASE_URL",
        "is neither SQLite nor PostgreSQL.",
        "Back it up with its own tools, while nothing runs.",
    )


@contextmanager
def opened(settings: Settings, site: bool) -> Iterator[Tables | None]:
    """Open the tables of a site; None where they are files."""
    if kind_of(settings) == SQLITE:
        yield None
        return
    tables = Tables(settings.database_url, site)
    try:
        yield tables
    finally:
        tables.close()


def add(file: Packed, tables: Tables) -> None:
    """Put every table into a backup."""
    for schema, held in tables.columns.items():
        for table in held:
            file.stream(name_of(schema, table), tables.copy(schema, table))


def name_of(schema: str, table: str) -> str:
    """Return where the rows of a table lie in a backup."""
    return f"{TABLES}/{schema or 'site'}/{table}"


def see_kind(settings: Settings, manifest: Manifest) -> None:
    """See that a backup was made of the kind of database that the settings name.

    Raises:
        ListeningError: it was not.
    """
    if kind_of(settings) != manifest.database:
        told = {
            SQLITE: "Leave LISTENING_DATABASE_URL empty to restore it.",
            POSTGRES: "Set LISTENING_DATABASE_URL to a database of PostgreSQL to restore it.",
        }
        what = "in files of SQLite" if manifest.database == SQLITE else "in PostgreSQL"
        raise ListeningError(
            "This backup", f"was made of a store {what}.", told.get(manifest.database, "Check it.")
        )


def lay_out(settings: Settings, backup: Unpacked, tables: Tables, home: Path) -> str:
    """Make tables beside those that are in use and fill them.

    Args:
        settings: whose.
        backup: what they are filled from.
        tables: of the database.
        home: as it was laid out from the same backup.

    Returns:
        What the names of their schemas begin with.

    Raises:
        ListeningError: the backup was made by a version whose tables are others.
    """
    told = backup.manifest
    wrong = [one for one in told.tables if one and not one.startswith(PROGRAMME)]
    listed = {name_of(schema, t) for schema, held in told.tables.items() for t in held}
    there = {name for name in told.members if name.startswith(f"{TABLES}/")}
    if wrong or "" not in told.tables or listed != there:
        raise ListeningError("This backup", "lists other tables than it holds.", "Take another.")
    token = tables.stage(told.tables)
    for schema, held in told.tables.items():
        url = in_schema(settings.database_url, staged(token, schema))
        _migrate(settings, home, url, held)
        columns, changes = tables.made_like(token, schema)
        if columns != held or changes != told.changes.get(schema):
            raise ListeningError(
                "This backup",
                f"was made by version {told.software[:40]}, whose tables are others.",
                "Install that version, restore, then upgrade.",
            )
        tables.fill(token, schema, {t: backup.pieces(name_of(schema, t)) for t in held})
    return token


def _migrate(settings: Settings, home: Path, url: str, held: Iterable[str]) -> None:
    """Make the tables of a schema: a programme's, or those of the whole site."""
    held = list(held)
    if any(table.startswith("accounts_") for table in held):
        connect_accounts(home, url, settings.url)
        disconnect(ACCOUNTS)
    if any(table.startswith("store_") for table in held):
        Store(home, url).close()


def at(settings: Settings, token: str, place: str) -> str:
    """Return the address of the tables that were laid out for a place within a home."""
    slug = place.removeprefix(f"{PROGRAMMES}/") if place.startswith(f"{PROGRAMMES}/") else ""
    return in_schema(settings.database_url, staged(token, schema_of(slug) if slug else ""))
