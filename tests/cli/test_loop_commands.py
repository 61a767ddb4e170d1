"""`listening coding push|pull|status`: sentences, exit codes and the same for machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from listening.cli import app
from listening.cli import options as opt
from listening.cli.run import _summary
from listening.errors import ListeningError
from listening.priorities.nouns import STATUSES
from listening.steps import Work, label_studio
from listening.steps.coding import push
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, chosen, lay_out, ticked
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    opened = open_at(tmp_path / "home")
    lay_out(opened)
    chosen(opened, tmp_path / "selection.csv")
    monkeypatch.setattr(opt, "work", lambda *_, **__: opened)
    monkeypatch.setenv("LISTENING_HOME", str(tmp_path / "home"))
    return opened


def test_push_pull_and_status_say_what_they_did(work: Work, tmp_path: Path) -> None:
    server = FakeLabelStudio(CODERS)
    work.labelstudio = server
    run = CliRunner().invoke
    (tmp_path / "book.toml").write_text(book(), encoding="utf-8")
    given = ["--codebook", str(tmp_path / "book.toml"), "--coder", ADA, "--coder", "new@b.org"]
    done = run(app, ["coding", "push", *given])
    assert done.exit_code == 0, done.output
    assert "Assisted · answers: 30 sent. http://label-studio.example/projects/1/data" in done.stdout
    assert "new@b.org has no account yet. Send them this link: http" in done.stderr
    again = json.loads(run(app, ["coding", "push", "--json"]).stdout)
    assert again["sent"] == {}
    server.submit(next(iter(server.hold("assisted/whole"))), BEN, ticked("made-up"))
    done = run(app, ["coding", "pull"])
    assert "1 read for the first time, 0 changed, 0 taken back." in done.stdout
    assert "a code that the codebook does not have" in done.stderr
    told = json.loads(run(app, ["coding", "pull", "--all", "--json"]).stdout)
    assert (told["new"], len(told["rejects"])) == (0, 1)
    done = run(app, ["coding", "status"])
    assert f"1 to be opened again by {BEN}" in done.stdout
    told = json.loads(run(app, ["coding", "status", "--json"]).stdout)
    assert {row["stream"] for row in told["projects"]} == {"audit", "training"}
    assert told["waiting_to_be_deleted"] == 0


def test_a_pull_of_nothing_new_does_not_say_that_something_changed(work: Work) -> None:
    server = FakeLabelStudio(CODERS)
    work.labelstudio = server
    push(work, RUN, book(), server, [ADA, BEN])
    one = next(iter(server.hold("assisted/whole")))
    server.submit(one, BEN, ticked("housing"))
    run = CliRunner().invoke
    run(app, ["coding", "pull"])
    done = run(app, ["coding", "pull"])
    assert "had changed" not in done.stdout
    assert "tasks: 0 read for the first time, 0 changed, 0 taken back." in done.stdout
    assert done.stdout.startswith("Looked at ")


def test_a_pull_says_which_tasks_were_deleted_by_hand(work: Work) -> None:
    server = FakeLabelStudio(CODERS)
    work.labelstudio = server
    push(work, RUN, book(), server, [ADA, BEN])
    tasks = server.hold("assisted/whole")
    for _ in range(2):
        tasks.pop(next(iter(tasks)))
    done = CliRunner().invoke(app, ["coding", "pull"])
    assert "2 tasks were deleted by hand in Label Studio, in “Assisted · answers”." in done.stderr
    push(work, RUN, book(), server, [ADA, BEN])
    assert json.loads(CliRunner().invoke(app, ["coding", "pull", "--json"]).stdout)["notes"] == []


def test_a_push_names_no_more_than_five_codes_that_are_not_suggested(work: Work) -> None:
    server = FakeLabelStudio(CODERS)
    more = "".join(
        f'[[codes]]\nid = "c{n}"\nname = "C {n}"\ndefinition = "What is said of {n}."\n'
        for n in range(30)
    )
    told = push(work, RUN, book(more=more), server, [ADA, BEN])
    (note,) = [one for one in told.notes if one.startswith("Never suggested")]
    assert "codes, among them " in note
    assert note.count(",") == 6


def test_without_label_studio_it_says_how_to_have_one(work: Work) -> None:
    done = CliRunner().invoke(app, ["coding", "pull"])
    assert isinstance(done.exception, ListeningError)
    assert "make serve" in str(done.exception)


def test_a_run_says_of_the_order_what_its_status_is(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {"participants": 2, "files": 1, "segments": 3, "rejects": 0}
    said = []
    for status in STATUSES:
        _summary({"counts": counts, "stages": [], "status": status}, Path("out"))
        said.append(capsys.readouterr().out)
    assert [told.split(":")[0] for told in said] == [one.upper() for one in STATUSES]
    assert "too little was read" in said[0]
    assert "PROVISIONAL" not in said[1]


@pytest.mark.parametrize("given", ["ada", "ada@", "ada@b.org, ben@b.org", " ", "a b@c.org"])
def test_nobody_is_invited_at_what_is_no_address(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = FakeLabelStudio(CODERS)
    monkeypatch.setattr(label_studio, "needed", lambda _settings: server)
    done = CliRunner().invoke(app, ["coders", "--invite", given])
    assert isinstance(done.exception, ListeningError)
    assert "is not the address of one coder" in str(done.exception)
    assert server.asked == 0
    done = CliRunner().invoke(app, ["coders", "--invite", " Dan@Example.org "])
    assert "Send it to dan@example.org" in done.stderr
