"""Nobody who withdrew since a backup was made comes back with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from listening import steps
from listening.errors import ListeningError
from listening.steps.backup import making, restoring
from listening.steps.backup.restoring import Asked
from listening.store import Vault
from tests.steps.backed_up import DAY, OpenAt, heard, of, segments


@pytest.fixture
def home(open_at: OpenAt, tmp_path: Path) -> Path:
    return heard(open_at, tmp_path)


def test_who_withdrew_after_the_backup_is_erased_again(
    open_at: OpenAt, home: Path, tmp_path: Path
) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    work = open_at(home)
    steps.withdraw(work, "P00001")
    work.store.close()
    assert segments(open_at, home) == {"P00000", "P00002"}
    done = restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    assert [one.counts["segments"] for one in done.withdrawn] == [3]
    assert segments(open_at, home) == {"P00000", "P00002"}
    assert Vault(home / "vault").read("withdrawn")
    with pytest.raises(ListeningError, match="nobody's id"):
        steps.who(open_at(home), "R1")


def test_on_a_fresh_machine_the_list_that_was_kept_apart_erases_them(
    open_at: OpenAt, home: Path, tmp_path: Path
) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    work = open_at(home)
    steps.withdraw(work, "P00001")
    work.store.close()
    told = making.list_withdrawals(of(home), tmp_path / "withdrawals.zip")
    assert set(told.manifest.members) == {"home/vault/withdrawn.json"}
    fresh = tmp_path / "fresh"
    for wrong in (
        lambda: restoring.restore(of(fresh), told.file, DAY),
        lambda: restoring.restore(of(fresh), made.file, DAY, Asked(withdrawals=made.file)),
    ):
        with pytest.raises(ListeningError, match="list of who withdrew"):
            wrong()
    done = restoring.restore(of(fresh), made.file, DAY, Asked(withdrawals=told.file))
    assert len(done.withdrawn) == 1
    assert segments(open_at, fresh) == {"P00000", "P00002"}


def test_a_sketch_that_was_erased_on_request_does_not_come_back(home: Path, tmp_path: Path) -> None:
    vault = Vault(home / "vault")
    entry = {"day": "2026-06-01", "talks": [["ab", "cd"]]}
    vault.write("withdrawn", {"h1": "2026-06-01"})
    vault.write("withdrawn_talks", {"first": entry, "second": {**entry, "talks": [["ef"]]}})
    made = making.back_up(of(home), tmp_path / "b.zip")
    vault.write("withdrawn_talks", {"first": entry})  # the second asked that it be erased too
    vault.write("withdrawn", {"h1": "2026-06-01", "h2": "2026-07-01"})
    restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    assert vault.read("withdrawn_talks") == {"first": entry}
    assert set(vault.read("withdrawn")) == {"h1", "h2"}


def test_a_broken_list_of_who_withdrew_is_not_passed_over(home: Path, tmp_path: Path) -> None:
    made = making.back_up(of(home), tmp_path / "b.zip")
    (home / "vault" / "withdrawn.json").write_bytes(b"{")
    with pytest.raises(ListeningError, match=r"list of who withdrew in .* is broken"):
        restoring.restore(of(home), made.file, DAY, Asked(replace=True))
    assert not list(home.glob("before-*"))
