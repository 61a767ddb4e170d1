"""Tables of PostgreSQL as they stand at one moment, and a whole set of them in another's place.

Rows alone travel, by `COPY`: a dump would be a program that the database runs, and a backup is a
file that somebody hands over. The tables themselves are made by this software's own migrations.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from listening.errors import ListeningError

#: prefixes of the tables that are ours: another's may lie beside them
_OURS = ("store_", "accounts_", "axes_", "auth_", "django_")
#: made by migrations; what it holds is compared and never copied
_CHANGES = "django_migrations"
PROGRAMME = "programme_"
_STAGED = re.compile(r"new_[0-9a-f]{8}(_programme_.*)?")
#: columns of each table, by table; by schema, of which "" is the one that an address leads to
Columns = dict[str, dict[str, list[str]]]


class Tables:
    """One connection to the database of a site, with what a backup and a restore do there."""

    def __init__(self, url: str, site: bool) -> None:
        """Args: `site`: whether every programme has a schema of its own."""
        self._url, self._site = url, site
        self._connection = _connect(url)
        self._stopper: Any = None
        self.columns: Columns = {}
        self.changes: dict[str, list[str]] = {}

    def stop(self) -> bool:
        """Keep writers out of all tables; False where one did not end in time."""
        import psycopg

        self._stopper = _connect(self._url)
        found = _columns(self._stopper, self._schemas(self._stopper))
        self._stopper.rollback()
        try:
            self._stopper.execute("SET LOCAL lock_timeout = '2s'")
            if names := [_named(schema, table) for schema in found for table in found[schema]]:
                self._stopper.execute(_sql("LOCK TABLE {} IN SHARE MODE", _list(names)))
        except psycopg.errors.LockNotAvailable:
            self._let_in()
            return False
        return True

    def pin(self) -> None:
        """Note the moment, and let writers in again."""
        told = self._stopper.execute("SELECT pg_export_snapshot()").fetchone()[0]
        self._connection.execute(_sql("SET TRANSACTION SNAPSHOT {}", _literal(told)))
        schemas = self._schemas(self._connection)
        self.columns = _columns(self._connection, schemas)
        self.changes = {one: _changes(self._connection, one) for one in self.columns}
        self._let_in()

    def copy(self, schema: str, table: str) -> Iterator[memoryview]:
        """Yield the rows of a table as they stood at the moment."""
        names = [_name(one) for one in self.columns[schema][table]]
        asked = _sql("COPY {} ({}) TO STDOUT", _named(schema, table), _list(names))
        with self._connection.cursor().copy(asked) as rows:
            yield from rows

    def holds_something(self) -> bool:
        """Whether tables of ours are there already."""
        held = any(_columns(self._connection, self._schemas(self._connection)).values())
        self._connection.rollback()
        return held

    def stage(self, schemas: Iterable[str]) -> str:
        """Make empty schemas beside those that are in use; return what their names begin with."""
        token = f"new_{secrets.token_hex(4)}"
        self.sweep()
        for schema in schemas:
            self._connection.execute(_sql("CREATE SCHEMA {}", _name(staged(token, schema))))
        self._connection.commit()
        return token

    def fill(self, token: str, schema: str, told: Mapping[str, Iterable[bytes]]) -> None:
        """Put rows into the tables of a schema that was staged and migrated."""
        own = staged(token, schema)
        columns = _columns(self._connection, [own])[own]
        if columns:
            every = _list([_named(own, table) for table in columns])
            self._connection.execute(_sql("TRUNCATE {}", every))
        for table, pieces in told.items():
            names = _list([_name(one) for one in columns[table]])
            asked = _sql("COPY {} ({}) FROM STDIN", _named(own, table), names)
            with self._connection.cursor().copy(asked) as rows:
                for piece in pieces:
                    rows.write(piece)
        for table, names in columns.items():
            self._number_on(own, table, names)
        self._connection.commit()

    def made_like(self, token: str, schema: str) -> tuple[dict[str, list[str]], list[str]]:
        """Return the tables and changes of a schema that was staged and migrated."""
        own = staged(token, schema)
        found = _columns(self._connection, [own])[own], _changes(self._connection, own)
        self._connection.rollback()
        return found

    def swap(self, token: str) -> None:
        """Put staged schemas in the place of what is there; `commit` makes it so."""
        old, here = token.replace("new_", "old_"), self._here()
        held = _columns(self._connection, self._schemas(self._connection))
        if held.get(""):
            self._connection.execute(_sql("CREATE SCHEMA {}", _name(old)))
            self._move(held[""], here, old)
        for schema in (one for one in held if one):
            self._rename(schema, f"{old}_{schema}")
        new = [one for one in _every(self._connection) if one.startswith(f"{token}_")]
        self._move(_columns(self._connection, [token])[token], token, here)
        self._connection.execute(_sql("DROP SCHEMA {} CASCADE", _name(token)))
        for schema in new:
            self._rename(schema, schema.removeprefix(f"{token}_"))

    def commit(self) -> None:
        """Let what was done hold."""
        self._connection.commit()

    def is_staged(self, token: str) -> bool:
        """Whether a staged set is still to be put in place."""
        found = token in _every(self._connection)
        self._connection.rollback()
        return found

    def drop_staged(self) -> None:
        """Undo what was not committed, and take away what was staged and is not in place."""
        self._connection.rollback()
        self.sweep()

    def sweep(self) -> None:
        """Take away what restores that were stopped have staged."""
        for schema in _every(self._connection):
            if _STAGED.fullmatch(schema):
                self._connection.execute(_sql("DROP SCHEMA {} CASCADE", _name(schema)))
        self._connection.commit()

    def close(self) -> None:
        """Let go of everything; what was not committed is undone."""
        self._let_in()
        self._connection.close()

    def _let_in(self) -> None:
        if self._stopper is not None:
            self._stopper.close()
            self._stopper = None

    def _schemas(self, connection: Any) -> list[str]:
        programmes = (one for one in _every(connection) if one.startswith(PROGRAMME))
        return ["", *(programmes if self._site else ())]

    def _here(self) -> str:
        return str(self._connection.execute("SELECT current_schema()").fetchone()[0])

    def _move(self, tables: Iterable[str], schema: str, to: str) -> None:
        for table in tables:
            names = _named(schema, table), _name(to)
            self._connection.execute(_sql("ALTER TABLE {} SET SCHEMA {}", *names))
        self._move_changes(schema, to)

    def _move_changes(self, schema: str, to: str) -> None:
        names = _named(schema, _CHANGES), _name(to)
        self._connection.execute(_sql("ALTER TABLE IF EXISTS {} SET SCHEMA {}", *names))

    def _rename(self, schema: str, to: str) -> None:
        names = _name(schema), _name(to)
        self._connection.execute(_sql("ALTER SCHEMA {} RENAME TO {}", *names))

    def _number_on(self, schema: str, table: str, columns: Iterable[str]) -> None:
        """Let numbers that the database gives go on after those that came in."""
        for column in columns:
            asked = _sql("SELECT pg_get_serial_sequence(%s, %s)")
            whole = _named(schema, table).as_string(self._connection)
            counter = self._connection.execute(asked, (whole, column)).fetchone()[0]
            if counter:
                last = _sql("SELECT max({}) FROM {}", _name(column), _named(schema, table))
                highest = self._connection.execute(last).fetchone()[0]
                told = (counter, highest or 1, highest is not None)
                self._connection.execute("SELECT setval(%s, %s, %s)", told)


def staged(token: str, schema: str) -> str:
    """Return what a schema is called while it is staged."""
    return f"{token}_{schema}" if schema else token


def _connect(url: str) -> Any:
    import dj_database_url

    try:
        import psycopg
    except ImportError:
        raise _away("its driver psycopg is not installed") from None
    told: dict[str, Any] = dict(dj_database_url.parse(url))
    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    given = {to: str(told[name]) for name, to in names.items() if told.get(name)}
    try:
        connection = psycopg.connect(**{**given, **told.get("OPTIONS", {})})
    except psycopg.Error as error:  # its own message may hold a password
        raise _away(type(error).__name__) from None
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection


def _away(why: str) -> ListeningError:
    return ListeningError(
        "PostgreSQL", f"cannot be reached ({why}).", "Check LISTENING_DATABASE_URL."
    )


def _every(connection: Any) -> list[str]:
    rows = connection.execute("SELECT nspname FROM pg_namespace ORDER BY nspname").fetchall()
    return [str(row[0]) for row in rows]


def _columns(connection: Any, schemas: Iterable[str]) -> Columns:
    """Return the columns of our tables; "" is the schema that the address leads to."""
    asked = (
        "SELECT c.table_name, c.column_name FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE t.table_type = 'BASE TABLE' "
        "AND c.table_schema = coalesce(nullif(%s, ''), current_schema()) "
        "ORDER BY c.table_name, c.ordinal_position"
    )
    found: Columns = {}
    for schema in schemas:
        found[schema] = {}
        for table, column in connection.execute(asked, (schema,)).fetchall():
            if table.startswith(_OURS) and table != _CHANGES:
                found[schema].setdefault(table, []).append(column)
    return found


def _changes(connection: Any, schema: str) -> list[str]:
    table = _named(schema, _CHANGES)
    there = "SELECT to_regclass(%s)"
    if connection.execute(there, (table.as_string(connection),)).fetchone()[0] is None:
        return []
    rows = connection.execute(_sql("SELECT app, name FROM {}", table)).fetchall()
    return sorted(f"{app}.{name}" for app, name in rows)


def _sql(text: str, *parts: Any) -> Any:
    from psycopg import sql

    return sql.SQL(text).format(*parts)


def _name(name: str) -> Any:
    from psycopg import sql

    return sql.Identifier(name)


def _named(schema: str, table: str) -> Any:
    from psycopg import sql

    return sql.Identifier(schema, table) if schema else sql.Identifier(table)


def _literal(value: str) -> Any:
    from psycopg import sql

    return sql.Literal(value)


def _list(parts: Iterable[Any]) -> Any:
    from psycopg import sql

    return sql.SQL(", ").join(parts)
