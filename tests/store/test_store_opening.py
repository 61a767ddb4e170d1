"""Where a store lies, who may read it, and what is said when it cannot be opened."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from listening.errors import ListeningError
from listening.store import KeptSource, Store


def kept(key: str) -> KeptSource:
    return KeptSource(key, (), (), {})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_importing_the_store_sets_up_nothing() -> None:
    code = (
        "import listening.store, sys\n"
        "loaded = sys.modules.get('django.conf')\n"
        "sys.exit(bool(loaded and loaded.settings.configured))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_two_stores_in_one_process_do_not_see_each_other(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "first"), Store(tmp_path / "second")
    first.add_source(kept("k1"), "f1")
    with first.atomic():
        second.add_source(kept("k2"), "f2")
        assert second.known_sources(["k1", "k2"]) == {"k2"}
    assert first.known_sources(["k1", "k2"]) == {"k1"}
    first.close()
    second.close()


def test_two_databases_of_one_server_do_not_see_each_other(
    tmp_path: Path, postgres: Callable[[], str]
) -> None:
    first, second = Store(tmp_path, postgres()), Store(tmp_path, postgres())
    first.add_source(kept("k1"), "f1")
    assert second.is_empty()
    first.close()
    second.close()


def test_what_is_kept_is_there_when_the_store_is_opened_again(store: Store) -> None:
    store.add_source(kept("k1"), "f1")
    store.close()
    assert store.known_sources(["k1"]) == {"k1"}


def test_a_home_may_have_any_name(tmp_path: Path) -> None:
    home = tmp_path / "Réunion #1 100% who? & co; ☎"
    opened = Store(home)
    opened.add_source(kept("k1"), "f1")
    assert (home / "store.sqlite3").stat().st_size
    opened.close()


def test_sqlite_writes_ahead_so_that_readers_do_not_wait(tmp_path: Path) -> None:
    opened = Store(tmp_path / "home")
    opened.add_source(kept("k1"), "f1")
    reader = sqlite3.connect(tmp_path / "home" / "store.sqlite3")
    assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with opened.atomic():
        opened.add_source(kept("k2"), "f2")
        assert reader.execute("SELECT count(*) FROM store_source").fetchone() == (1,)
    reader.close()
    opened.close()


def test_a_writer_waits_for_the_other_writer_instead_of_failing(tmp_path: Path) -> None:
    opened = Store(tmp_path / "home")
    inside, faults = threading.Event(), []

    def other() -> None:
        inside.wait()
        try:
            with opened.atomic():  # reads before it writes: only IMMEDIATE waits here
                assert not opened.known_sources(["k2"])
                opened.add_source(kept("k2"), "f2")
        except Exception as error:
            faults.append(error)
        finally:
            opened.close()

    thread = threading.Thread(target=other)
    thread.start()
    with opened.atomic():
        opened.known_sources(["k1"])
        inside.set()
        thread.join(0.2)
        opened.add_source(kept("k1"), "f1")
    thread.join()
    assert not faults
    assert opened.known_sources(["k1", "k2"]) == {"k1", "k2"}
    opened.close()


def test_those_who_start_together_open_one_new_store(tmp_path: Path) -> None:
    opened, ready = [], threading.Barrier(4)

    def start() -> None:
        ready.wait()
        store = Store(tmp_path / "home")  # a connection of its own, as in another process
        opened.append(store.is_empty())
        store.close()

    at_once = [threading.Thread(target=start) for _ in range(4)]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert opened == [True] * 4


def test_the_folder_is_its_owners_alone_and_outside_version_control(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    opened = Store(home)
    opened.add_source(kept("k1"), "f1")
    assert mode(home) == 0o700
    assert {mode(path) for path in home.glob("store.sqlite3*")} == {0o600}
    assert (home / ".gitignore").read_text() == "*\n"
    opened.close()


def test_a_home_that_is_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("notes")
    with pytest.raises(ListeningError, match="LISTENING_HOME"):
        Store(tmp_path / "home")


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3").write_text("this is no database at all, only a few words")
    with pytest.raises(ListeningError, match=r"The store: cannot be opened \(DatabaseError\)"):
        Store(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "listening",
        "gopher://localhost/listening",
        "postgresql://kestrel:teapot@localhost:port/listening",
        "postgresql://kestrel:teapot@127.0.0.1:1/listening",
        "mysql://kestrel:teapot@127.0.0.1:1/listening",
    ],
)
def test_an_address_that_cannot_be_used_is_said_without_the_password(
    tmp_path: Path, url: str
) -> None:
    for _ in range(2):
        with pytest.raises(ListeningError, match="LISTENING_DATABASE_URL") as caught:
            Store(tmp_path, url)
        assert "teapot" not in str(caught.value)
        assert caught.value.__suppress_context__
