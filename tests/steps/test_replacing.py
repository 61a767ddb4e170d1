"""A corrected file on the command line: the good reading stays until a better one is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from listening import steps
from listening.errors import NothingToDo
from listening.records import PARTICIPANTS, SEGMENTS
from listening.steps import Work
from tests.steps.material import ANSWERS, request, survey, table, whole_way

OpenAt = Callable[[Path], Work]
TALK = """Interviewer: What matters to you?
Resident: The wobblethorn in my cellar matters to everybody in the house.
Neighbour: The buses are late and nobody says why they are.
"""
HEAD = "file,speaker,kind,participant_id,consent\ntalk.txt,Interviewer,interview,interviewer,\n"
BROKEN = b"\x00\x01\x02"


def folder(at: Path, resident: str = "quotation", content: bytes = TALK.encode()) -> Path:
    at.mkdir(exist_ok=True)
    (at / "talk.txt").write_bytes(content)
    survey(at / "survey.csv", [("R1", ANSWERS[0], "analysis")])
    rows = f"talk.txt,Resident,focus_group,,{resident}\ntalk.txt,Neighbour,focus_group,,analysis\n"
    (at / "manifest.csv").write_text(HEAD + rows, encoding="utf-8")
    return at


def said(work: Work) -> str:
    return " ".join(work.store.load(work.store.run().sources, SEGMENTS)["text"])


def everything(work: Work) -> str:
    return "\n".join(text for _, text in work.store.texts())


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    """Return a workplace that has read the folder `in`."""
    opened = open_at(tmp_path / "home")
    whole_way(opened, request(folder(tmp_path / "in")), tmp_path / "out")
    return opened


def read(work: Work, tmp_path: Path) -> None:
    steps.ingest(work, steps.begin(work, request(tmp_path / "in")))


def test_a_corrected_file_that_is_broken_leaves_the_good_reading(
    work: Work, tmp_path: Path
) -> None:
    folder(tmp_path / "in", content=BROKEN)
    whole_way(work, request(tmp_path / "in"), tmp_path / "out")
    assert "wobblethorn" in said(work)
    assert "wobblethorn" in (tmp_path / "out" / "segments.csv").read_text("utf-8")
    (told,) = [r for r in table(tmp_path / "out" / "rejects.csv") if r["file"] == "talk.txt"]
    assert told["what_to_do"].endswith("What it held before stays till then.")
    folder(tmp_path / "in", content=TALK.replace("cellar", "attic").encode())
    read(work, tmp_path)
    assert "wobblethorn in my attic" in said(work)
    assert "cellar" not in everything(work)


@pytest.mark.parametrize("consent", ["none", "analysis"])
def test_consent_taken_back_erases_even_when_the_corrected_file_is_broken(
    work: Work, tmp_path: Path, consent: str
) -> None:
    folder(tmp_path / "in", consent, BROKEN)
    read(work, tmp_path)
    assert "wobblethorn" not in everything(work)
    assert ANSWERS[0] in said(work)


def test_a_consent_that_was_always_none_erases_nobody_else(open_at: OpenAt, tmp_path: Path) -> None:
    work = open_at(tmp_path / "home")
    whole_way(work, request(folder(tmp_path / "in", "none")), tmp_path / "out")
    folder(tmp_path / "in", "none", BROKEN)
    read(work, tmp_path)
    assert "buses are late" in said(work)


@pytest.mark.parametrize("consent", ["none", "analysis"])
def test_consent_taken_back_is_heeded_before_anything_can_go_wrong(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, consent: str
) -> None:
    folder(tmp_path / "in", consent)
    monkeypatch.setattr(work.store, "add_source", _die)
    with pytest.raises(KeyboardInterrupt):
        read(work, tmp_path)
    assert "wobblethorn" not in everything(work)


def test_a_kill_while_a_corrected_file_is_kept_leaves_the_good_reading(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path / "in", content=TALK.replace("cellar", "attic").encode())
    with monkeypatch.context() as patch:
        patch.setattr(work.store, "save", _die)
        with pytest.raises(KeyboardInterrupt):
            read(work, tmp_path)
    assert "wobblethorn in my cellar" in everything(work)
    assert "attic" not in everything(work)
    read(work, tmp_path)
    assert "cellar" not in everything(work)


def test_people_of_a_corrected_file_keep_their_ids_and_rows_without_ids_do_not(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    inside = folder(tmp_path / "in")
    (inside / "survey.csv").write_text(f"What would help?\n{ANSWERS[0]}\n{ANSWERS[1]}\n", "utf-8")
    read(work, tmp_path)
    before = work.store.load(work.store.run().sources, PARTICIPANTS)
    folder(inside, content=(TALK + "Tansy: The library is shut on Sundays.\n").encode())
    (inside / "survey.csv").write_text(f"What would help?\n{ANSWERS[2]}\n{ANSWERS[3]}\n", "utf-8")
    read(work, tmp_path)
    after = work.store.load(work.store.run().sources, PARTICIPANTS)

    groups = [set(t["participant_id"][t["source_kind"] == "focus_group"]) for t in (before, after)]
    assert groups[0] == groups[1]
    rows = [set(t["participant_id"][t["source_kind"] == "survey"]) for t in (before, after)]
    assert len(rows[0]) == len(rows[1]) == 2
    assert rows[0].isdisjoint(rows[1])


def test_no_number_is_given_twice_after_somebody_of_a_corrected_file_withdrew(
    work: Work, tmp_path: Path
) -> None:
    folder(tmp_path / "in", content=(TALK + "Tansy: The library is shut on Sundays.\n").encode())
    read(work, tmp_path)
    steps.withdraw(work, steps.who(work, "Resident"))
    taken = set(work.vault.read("people").values())
    survey(tmp_path / "in" / "survey.csv", [("R1", ANSWERS[0], "analysis"), ("R2", ANSWERS[1], "")])
    read(work, tmp_path)
    people = work.vault.read("people")
    fresh = {pid for key, pid in people.items() if key.endswith("|R2")}
    assert len(fresh) == 1
    assert fresh.isdisjoint(taken)


def test_a_whole_folder_of_broken_files_keeps_what_was_good(work: Work, tmp_path: Path) -> None:
    folder(tmp_path / "in", content=BROKEN)
    (tmp_path / "in" / "survey.csv").write_bytes(b"")
    read(work, tmp_path)
    assert "wobblethorn" in said(work)
    assert ANSWERS[0] in said(work)
    (tmp_path / "in" / "talk.txt").rename(tmp_path / "in" / "moved.txt")
    run_id = steps.begin(work, request(tmp_path / "in" / "moved.txt"))
    with pytest.raises(NothingToDo):
        steps.ingest(work, run_id)


def test_results_made_before_consent_was_taken_back_are_deleted_and_it_is_said(
    work: Work, tmp_path: Path
) -> None:
    assert "wobblethorn" in (tmp_path / "out" / "segments.csv").read_text("utf-8")
    folder(tmp_path / "in", "none")
    read(work, tmp_path)
    left = [path for path in (tmp_path / "out").iterdir() if path.is_file()]
    assert not [path.name for path in left if b"wobblethorn" in path.read_bytes()]
    told = work.vault.read(f"runs/{work.store.run().run_id}")["rejects"]
    assert any("earlier results were deleted" in one["why"] for one in told)


def test_results_made_before_consent_ran_out_are_deleted(work: Work, tmp_path: Path) -> None:
    manifest = tmp_path / "in" / "manifest.csv"
    rows = "file,speaker,kind,participant_id,consent,consent_until\n"
    rows += "talk.txt,Interviewer,interview,interviewer,,\n"
    rows += "talk.txt,Resident,focus_group,,quotation,2026-07-31\n"
    manifest.write_text(rows, encoding="utf-8")
    whole_way(work, request(tmp_path / "in"), tmp_path / "out")
    later = replace(work, today=date(2026, 8, 1))
    read(later, tmp_path)
    left = [path for path in (tmp_path / "out").iterdir() if path.is_file()]
    assert not [path.name for path in left if b"wobblethorn" in path.read_bytes()]
    assert "wobblethorn" not in everything(work)


def _die(*_: object) -> None:
    raise KeyboardInterrupt
