"""On the command line: marks of harm and tallies of reach, from the files to the results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from listening import steps
from listening.cli import app
from listening.records import SEGMENTS, ReadOptions
from listening.steps import Work, disclosures
from tests.steps.material import folder, request, table, whole_way

OpenAt = Callable[[Path], Work]
REACH = """date,officer,place,language,method,approached,spoke,declined
2026-03-05,Sorrel Ames,Quayside,English,interview,30,24,6
2026-03-06,Sorrel Ames,Quayside,English,street,,11,
2026-03-06,Sorrel Ames,Quayside,English,street,3,9,9
"""
MANIFEST = (
    "file,speaker,kind,participant_id,consent,voice,officer,method,disclosure\n"
    "interview.txt,Resident,interview,,analysis,verbatim,sorrel ames,interview,{}\n"
    "interview.txt,Interviewer,interview,interviewer,,,,,\n"
)


def listened(open_at: OpenAt, tmp_path: Path, harm: str = "") -> Work:
    inside = folder(tmp_path / "in")
    (inside / "reach.csv").write_text(REACH, encoding="utf-8")
    rows = (inside / "manifest.csv").read_text(encoding="utf-8").splitlines()
    (inside / "manifest.csv").write_text("\n".join([rows[0], rows[3], ""]), encoding="utf-8")
    told = MANIFEST.format(harm)
    (inside / "manifest_interview.csv").write_text(told, encoding="utf-8")
    work = open_at(tmp_path / "home")
    whole_way(work, request(inside), tmp_path / "out")
    return work


def test_tallies_beside_the_manifest_stand_beside_the_files_and_a_faulty_one_is_set_aside(
    open_at: OpenAt, tmp_path: Path
) -> None:
    listened(open_at, tmp_path)
    rows = {(row["by"], row["value"]): row for row in table(tmp_path / "out" / "reach.csv")}
    officer = rows["officer", "Sorrel Ames"]
    assert (officer["approached"], officer["spoke"], officer["declined"]) == ("30", "35", "6")
    assert (officer["share_spoke"], officer["without_approached"]) == ("0.8", "1")
    assert officer["in_files"] == "1"
    assert rows["method", "interview"]["in_files"] == "1"
    assert int(rows["", ""]["in_files"]) == 11
    why = [row["why"] for row in table(tmp_path / "out" / "rejects.csv")]
    assert "More people spoke or declined than were approached." in why
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Officers recorded: 30 approached, 35 spoke, 6 declined." in page


def test_a_faulty_tally_is_told_before_anything_is_read(tmp_path: Path) -> None:
    inside = folder(tmp_path / "in")
    (inside / "reach.csv").write_text(REACH, encoding="utf-8")
    files, rejects = steps.preflight([inside], ReadOptions(), None, date(2026, 7, 1))
    assert "reach.csv" not in [file.file for file in files]
    assert [(one.file, one.row) for one in rejects] == [("reach.csv", "4")]


def test_running_again_counts_no_tally_twice(open_at: OpenAt, tmp_path: Path) -> None:
    work = listened(open_at, tmp_path)
    first = (tmp_path / "out" / "reach.csv").read_bytes()
    whole_way(work, request(tmp_path / "in"), tmp_path / "out")
    assert (tmp_path / "out" / "reach.csv").read_bytes() == first


def test_a_mark_in_the_manifest_is_in_the_queue_once_with_the_words(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = listened(open_at, tmp_path, harm="yes")
    whole_way(work, request(tmp_path / "in"), tmp_path / "out")
    (told,) = disclosures.everything(work.vault)
    assert (told.state, told.by, told.file) == ("new", "sorrel ames", "interview.txt")
    assert "damp" in told.words[0].text
    texts = " ".join(row["text"] for row in table(tmp_path / "out" / "segments.csv"))
    assert "comes back every winter" not in texts
    sources = list(work.vault.read(f"runs/{work.store.run().run_id}")["names"])
    assert "every winter" not in " ".join(work.store.load(sources, SEGMENTS)["text"])


def test_whoever_withdraws_is_in_the_reach_no_longer(open_at: OpenAt, tmp_path: Path) -> None:
    work = listened(open_at, tmp_path)
    meant = steps.who(work, "Resident")
    assert meant in str(work.vault.read("officers"))
    steps.withdraw(work, meant)
    assert meant not in str(work.vault.read("officers"))
    whole_way(work, request(tmp_path / "in"), tmp_path / "out")
    rows = {(row["by"], row["value"]): row for row in table(tmp_path / "out" / "reach.csv")}
    assert rows["officer", "Sorrel Ames"]["in_files"] == "0"


def test_a_contact_list_of_no_store_makes_none(tmp_path: Path) -> None:
    words = ["contacts", "--to", str(tmp_path / "list.csv"), "--out", str(tmp_path / "nothing")]
    done = CliRunner().invoke(app, words, env={"LISTENING_HOME": ""})
    assert done.exit_code == 2
    assert "no store in this folder" in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []
