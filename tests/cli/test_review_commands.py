"""What is made of what people coded: `agreement` of the store, `coding adjudicate` and others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from listening import codebook as books
from listening.cli import app
from listening.cli import options as opt
from listening.codebook import Decision
from listening.steps import Work
from listening.steps.coding import pull, push
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, chosen, lay_out, ticked
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    opened = open_at(tmp_path / "home")
    lay_out(opened)
    chosen(opened, tmp_path / "selection.csv")
    server = FakeLabelStudio(CODERS)
    opened.labelstudio = server
    push(opened, RUN, book(), server, [ADA, BEN])
    for who in (ADA, BEN):
        for place, task in enumerate(server.hold(f"blind/whole/{who}")):
            server.submit(task, who, ticked("parks" if who == BEN and place < 3 else "housing"))
    pull(opened, server)
    monkeypatch.setattr(opt, "work", lambda *_, **__: opened)
    monkeypatch.setenv("LISTENING_HOME", str(tmp_path / "home"))
    return opened


def test_agreement_settling_and_the_matrix_of_what_was_pulled(work: Work, tmp_path: Path) -> None:
    assert work.labelstudio
    done = run("agreement", "--out", tmp_path / "agreement")
    assert done.exit_code == 0, done.output
    assert "All codes together: α" in done.stdout
    told = json.loads(run("agreement", "--out", tmp_path / "again", "--json").stdout)
    assert {"agreement", "rounds", "acceptance"} <= told.keys()
    done = run("coding", "adjudicate")
    assert f"{told['disagreements']} sent now" in done.stdout
    assert "Adjudication · answers: http" in done.stdout
    assert json.loads(run("coding", "adjudicate", "--json").stdout)["sent"] == 0
    done = run("coding", "matrix", "--to", tmp_path / "matrix.xlsx")
    assert "3 codes" in done.stdout
    assert "not to be passed on" in done.stderr
    assert (tmp_path / "matrix.xlsx").stat().st_mode & 0o077 == 0


def test_a_changed_codebook_is_carried_along_and_taken_back(work: Work, tmp_path: Path) -> None:
    assert work.labelstudio
    first = books.load(book(), "town.toml")
    made = books.merge(first, ["parks"], "housing", Decision("2026-07-01", "Ada", "one thing"))
    (tmp_path / "next.toml").write_text(books.as_toml(made), encoding="utf-8")
    done = run("coding", "migrate", "--codebook", tmp_path / "next.toml", "--by", "Ada")
    assert done.exit_code == 0, done.output
    assert "The town: from version 1.0 to 1.1." in done.stdout
    assert "annotations were changed in Label Studio" in done.stdout
    carried = [one for one in work.store.loop.changes() if one.what.endswith(" 1.0>1.1")]
    assert [one.who for one in carried] == ["Ada"]
    told = json.loads(run("coding", "migrate", "--undo", "--json").stdout)
    assert (told["before"], told["now"]) == ("1.1", "1.0")
    assert run("coding", "migrate").exit_code == 2


def test_a_table_and_the_store_do_not_go_together(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text("participant_id\n", encoding="utf-8")
    assert run("agreement", tmp_path / "codings.csv", "--run", "x").exit_code == 2
