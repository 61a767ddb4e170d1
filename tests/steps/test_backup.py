"""Backups: everything comes back, nothing half, and nobody who has withdrawn since."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from listening.errors import ListeningError
from listening.steps.backup import making, restoring, wording
from listening.steps.backup.restoring import Asked
from listening.store import Vault, still
from listening.store.lock import alone_in
from listening.store.vault import new_key
from tests.killed import kill, killed
from tests.steps.backed_up import DAY, OpenAt, heard, of, segments


@pytest.fixture
def home(open_at: OpenAt, tmp_path: Path) -> Path:
    return heard(open_at, tmp_path)


def test_what_was_backed_up_comes_back_on_a_fresh_machine(
    open_at: OpenAt, home: Path, tmp_path: Path
) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    done = restoring.restore(of(tmp_path / "fresh"), made.file, DAY)
    assert done.before is None
    assert segments(open_at, tmp_path / "fresh") == {"P00000", "P00001", "P00002"}
    vault = Vault(tmp_path / "fresh" / "vault")
    assert vault.file("uploads/one") == b"Interviewer: And you?"
    assert vault.read("people") == Vault(home / "vault").read("people")
    assert (tmp_path / "fresh" / "programme.toml").read_text(encoding="utf-8") == (
        "name = 'Mill Town'\n"
    )
    assert "Nothing here says who withdrew" in " ".join(
        wording.said_of_restore(of(tmp_path / "fresh"), done)
    )


def test_only_its_owner_may_read_what_is_written(home: Path, tmp_path: Path) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    restoring.restore(of(tmp_path / "fresh"), made.file, DAY)
    laid_out = [p for p in (tmp_path / "fresh").rglob("*") if p.name != ".lock"]
    assert len(laid_out) > 5
    for path in (made.file, tmp_path / "fresh", *laid_out):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_what_is_of_this_machine_alone_stays_out(home: Path, tmp_path: Path) -> None:
    (home / "signing.key").write_text("secret", encoding="ascii")
    (home / "vault" / "open" / "x").mkdir(parents=True)
    (home / "vault" / "open" / "x" / "Thistlewood.txt").write_text("open", encoding="utf-8")
    (home / "link").symlink_to("/etc/hostname")
    made = making.back_up(of(home), tmp_path / "b.zip")
    names = " ".join(made.manifest.members)
    assert "store.sqlite3" in names
    for out in ("signing.key", "open", ".lock", "-wal", "link"):
        assert out not in names


def test_the_key_is_not_in_it_and_an_open_vault_is_said(home: Path, tmp_path: Path) -> None:
    plain = making.back_up(of(home), tmp_path / "plain.zip")
    assert plain.manifest.vault == "plain"
    assert wording.PLAIN in list(wording.said_of_backup(of(home), plain.manifest))
    key = new_key()
    Vault(home / "vault", key).write("codes", {})
    sealed = making.back_up(of(home, key), tmp_path / "sealed.zip")
    assert sealed.manifest.vault == "sealed"
    assert wording.KEY_APART in list(wording.said_of_backup(of(home, key), sealed.manifest))
    with zipfile.ZipFile(sealed.file) as packed:
        assert not any(key.encode() in packed.read(name) for name in packed.namelist())


def test_another_key_and_a_changed_backup_are_refused(home: Path, tmp_path: Path) -> None:
    key = new_key()
    Vault(home / "vault", key).write("codes", {})
    made = making.back_up(of(home, key), tmp_path / "b.zip")
    with pytest.raises(ListeningError, match="under another key"):
        restoring.restore(of(tmp_path / "fresh", new_key()), made.file, DAY)
    bare = making.back_up(of(home), tmp_path / "bare.zip")
    with pytest.raises(ListeningError, match="no mark of the vault's key"):
        restoring.restore(of(tmp_path / "fresh", key), bare.file, DAY)
    restoring.restore(of(tmp_path / "fresh", key), bare.file, DAY, Asked(unmarked=True))
    assert Vault(tmp_path / "fresh" / "vault", key).read("people")


def test_a_file_and_a_home_that_hold_something_are_not_written_over(
    open_at: OpenAt, home: Path, tmp_path: Path
) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    before = made.file.read_bytes()
    with pytest.raises(ListeningError, match="is there already"):
        making.back_up(of(home), made.file)
    assert made.file.read_bytes() == before
    with pytest.raises(ListeningError, match="holds something already"):
        restoring.restore(of(home), made.file, DAY)
    (home / "later.txt").write_text("later", encoding="utf-8")
    done = restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    assert done.before is not None
    assert (done.before / "later.txt").read_text(encoding="utf-8") == "later"
    assert (done.before / "store.sqlite3").is_file()
    assert not (home / "later.txt").exists()
    assert segments(open_at, home) == {"P00000", "P00001", "P00002"}
    # what was moved aside is in no later backup
    again = making.back_up(of(home), tmp_path / "c.zip")
    assert set(again.manifest.members) == set(made.manifest.members)


def test_a_backup_may_not_lie_in_the_home_that_it_saves(home: Path) -> None:
    with pytest.raises(ListeningError, match="lies in LISTENING_HOME"):
        making.back_up(of(home), home / "b.zip")


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(
    open_at: OpenAt, home: Path, tmp_path: Path
) -> None:
    # every number stands in the store and in the vault: a backup with one alone is torn
    stopped = threading.Event()

    def write() -> None:
        database = sqlite3.connect(home / "store.sqlite3", isolation_level=None, timeout=30)
        database.execute("CREATE TABLE numbers (n INTEGER)")
        vault, n = Vault(home / "vault"), 0
        while not stopped.is_set():
            n += 1
            # in one go for the vault, in two for both: the vault is never behind the store
            vault.write("number", {"n": n, "again": n})
            database.execute("INSERT INTO numbers VALUES (?)", (n,))
        database.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            time.sleep(0.05)
            made = making.back_up(of(home), tmp_path / f"{turn}.zip")
            restoring.restore(of(tmp_path / f"fresh{turn}"), made.file, DAY)
    finally:
        stopped.set()
        writer.join()
    for turn in range(5):
        fresh = tmp_path / f"fresh{turn}"
        told = Vault(fresh / "vault").read("number")
        database = sqlite3.connect(fresh / "store.sqlite3")
        count, last = database.execute("SELECT count(*), max(n) FROM numbers").fetchone()
        database.close()
        assert count == last
        assert told["n"] == told["again"]
        assert told["n"] - last in (0, 1)


def test_it_waits_for_what_is_being_read(home: Path, tmp_path: Path) -> None:
    with alone_in(home / "vault" / "changing"):
        waiting = threading.Thread(target=making.back_up, args=(of(home), tmp_path / "b.zip"))
        waiting.start()
        time.sleep(0.3)
        assert not (tmp_path / "b.zip").exists()
    waiting.join()
    assert (tmp_path / "b.zip").exists()


def test_a_full_disk_leaves_nothing_half(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: Any) -> None:
        raise OSError(28, "No space left on device")

    made = making.back_up(of(home), tmp_path / "b.zip")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ListeningError, match="disk is full"):
        making.back_up(of(home), tmp_path / "c.zip")
    with pytest.raises(ListeningError, match="disk is full"):
        restoring.restore(of(tmp_path / "fresh"), made.file, DAY)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.zip", "fresh", "home"]
    assert {one.name for one in (tmp_path / "fresh").iterdir()} == {"serving", "working"}


def test_a_killed_backup_leaves_no_file_and_the_next_clears_up(home: Path, tmp_path: Path) -> None:
    assert killed(lambda: making.back_up(of(home), tmp_path / "b.zip", kill))
    left = [one.name for one in tmp_path.iterdir() if one.name != "home"]
    assert left == [".listening-backup-b.zip"]
    making.back_up(of(home), tmp_path / "another.zip")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["another.zip", "home"]


@pytest.mark.parametrize("moves", range(1, 12))
def test_a_restore_that_is_killed_at_any_move_is_taken_back_and_done(
    open_at: OpenAt, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    (home / "later.txt").write_text("later", encoding="utf-8")
    left, rename = [moves], Path.rename

    def renamed(self: Path, to: Path) -> Path:
        left[0] -= 1
        if not left[0]:
            kill()
        return rename(self, to)

    def do() -> None:
        Path.rename = renamed  # type: ignore[method-assign, assignment]
        restoring.restore(of(home), made.file, DAY, Asked(replace=True))

    was_killed = killed(do)
    if (home / ".restoring").exists():
        with pytest.raises(ListeningError, match="stopped halfway"):
            open_at(home)
    done = restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    assert not (home / ".restoring").exists()
    assert done.before is not None
    assert segments(open_at, home) == {"P00000", "P00001", "P00002"}
    # nothing of what was there before is lost, in whichever of them it is kept
    kept = list(home.glob("before-*/later.txt"))
    assert [one.read_text(encoding="utf-8") for one in kept] == ["later"]
    assert was_killed or moves > 8


def test_a_restore_that_cannot_move_something_puts_everything_back(
    open_at: OpenAt, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, rename = making.back_up(of(home), tmp_path / "b.zip"), Path.rename
    (home / "later.txt").write_text("later", encoding="utf-8")

    def renamed(self: Path, to: Path) -> Path:
        if self.name == "store.sqlite3" and self.parent == home:
            raise PermissionError(13, "Permission denied")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(ListeningError, match="Permission denied"):
        restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    monkeypatch.undo()
    assert (home / "later.txt").read_text(encoding="utf-8") == "later"
    assert not list(home.glob("before-*"))
    assert not (home / ".restoring").exists()
    assert segments(open_at, home) == {"P00000", "P00001", "P00002"}


def test_nobody_restores_under_a_site_that_is_served(home: Path, tmp_path: Path) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    with alone_in(home / "serving"), pytest.raises(ListeningError, match="by another process"):
        restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    assert not list(home.glob("before-*"))


def test_a_database_that_runs_code_by_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (n)")
    database.execute("CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END")
    database.close()
    with pytest.raises(ListeningError, match="no database of ours holds"):
        still.check(path)
    path.write_bytes(b"SQLite format 3\x00" + b"no database" * 100)
    with pytest.raises(ListeningError, match="is broken"):
        still.check(path)


def test_a_newer_versions_backup_says_so(home: Path, tmp_path: Path) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    for newer in ({"format": 2, "software": "9.0"}, {"software": "9.0"}):
        with zipfile.ZipFile(tmp_path / "newer.zip", "w") as packed:
            packed.writestr("manifest.json", replace(made.manifest, **newer).plain())
        with pytest.raises(ListeningError, match=r"newer version \(9.0\)"):
            restoring.check(of(home), tmp_path / "newer.zip")


def test_a_folder_that_is_not_there_is_not_made_up(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ListeningError, match="is not there"):
        making.back_up(of(home), tmp_path / "unmounted" / "b.zip")
    assert not (tmp_path / "unmounted").exists()


def test_cookies_of_before_hold_no_more(home: Path, tmp_path: Path) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    (home / "signing.key").write_text("secret", encoding="ascii")
    restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    assert not (home / "signing.key").exists()


def test_room_is_looked_for_before_anything_is_written(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    monkeypatch.setattr("listening.steps.backup.unpacking._MARGIN", 10**18)
    with pytest.raises(ListeningError, match="are free"):
        restoring.restore(of(tmp_path / "fresh"), made.file, DAY)
    assert {one.name for one in (tmp_path / "fresh").iterdir()} == {"serving", "working"}


def test_what_machines_are_told_says_what_lies_in_it(home: Path, tmp_path: Path) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    told = json.loads(json.dumps(wording.plain(made.manifest)))
    assert told["vault"] == "plain"
    assert told["files"] == len(made.manifest.members) > 3
    assert told["bytes"] >= (home / "programme.toml").stat().st_size
