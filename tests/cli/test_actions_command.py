"""`listening actions`: out to a table and back in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from listening.actions import Action
from listening.cli import app
from listening.cli import options as opt
from listening.steps import Work

HEAD = "idea,driver,status,owner\n"


@pytest.fixture
def work(open_at: Callable[[Path], Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """A store that the command line opens with the packaged pipeline and no encoder."""
    opened = open_at(tmp_path / "home")
    monkeypatch.setattr(opt, "work", lambda *_: opened)
    monkeypatch.setenv("LISTENING_HOME", str(tmp_path / "home"))
    return opened


def asked(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["actions", *words])
    return done.exit_code, done.stdout, done.stderr


def test_what_is_exported_is_imported_elsewhere_and_changes_what_is_known(
    work: Work, open_at: Callable[[Path], Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = work.store.actions.save(Action(idea="=A repairs team", aim_what="less damp"), "wren")
    table = tmp_path / "out" / "actions.csv"
    assert asked("export", str(table)) == (0, f"1 actions: {table}\n", "")
    (row,) = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")))
    assert (row["idea"], row["aim"]) == ("'=A repairs team", "Less damp for …: …, by …")
    assert asked("import", str(table), "--by", "Wren")[:2] == (0, "0 new, 1 changed.\n")
    assert work.store.actions.all() == [kept]
    other = open_at(tmp_path / "other")
    monkeypatch.setattr(opt, "work", lambda *_: other)
    assert asked("import", str(table), "--by", "Wren")[:2] == (0, "1 new, 0 changed.\n")
    (there,) = other.store.actions.all()
    assert there.idea == "=A repairs team"
    assert there.id != kept.id
    assert other.store.actions.history(there.id)[0].who == "Wren"


def test_rows_that_cannot_be_are_told_of_and_names_are_warned_of(
    work: Work, tmp_path: Path
) -> None:
    table = tmp_path / "actions.csv"
    rows = "A team,homes/repairs,planned,Housing\nA van,homes/boats,planned,\n"
    rows += "Ring 07700 900123 about the damp,,planned,\n"
    table.write_text(HEAD + rows, encoding="utf-8")
    code, out, said = asked("import", str(table), "--by", "Wren")
    assert (code, out) == (0, "2 new, 0 changed.\n")
    assert "Set aside, row 3: it has a `driver` that is not in the list" in said
    assert "Action 2 of those kept: `idea` may say who somebody is (phone)" in said
    assert "07700" not in said


def test_nothing_kept_ends_with_one_and_a_table_without_ideas_is_refused(
    work: Work, tmp_path: Path
) -> None:
    table = tmp_path / "actions.csv"
    table.write_text(HEAD + ",,planned,\n", encoding="utf-8")
    assert asked("import", str(table), "--by", "Wren")[0] == 1
    assert asked("import", str(table), "--by", " ")[0] == 2


def test_the_list_is_for_people_and_for_machines(work: Work) -> None:
    assert asked("list") == (0, "", "No action has been begun yet.\n")
    work.store.actions.save(Action(idea="A team", theme_name="Housing", owner="Repairs"), "wren")
    _, out, _ = asked("list")
    assert "[planned]  Housing" in out
    (one,) = json.loads(asked("list", "--json")[1])
    assert (one["idea"], one["owner"], one["evidence"]) == ("A team", "Repairs", [])
