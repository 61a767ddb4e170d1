"""The command line as a person meets it: sentences, exit codes, files."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from listening.steps import Work, copies
from listening.steps.left import LEFT
from tests.conftest import EXAMPLE, ROOT
from tests.steps.material import ANSWERS, folder, survey, table


def listening(*words: str | Path, timeout: int = 600) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "listening", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def _locked_workbook() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile
    from openpyxl import Workbook

    plain, locked = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.append(["id", "answer"])  # type: ignore[union-attr]
    book.save(plain)
    plain.seek(0)
    OOXMLFile(plain).encrypt("secret", locked)
    return locked.getvalue()


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("note.txt", "The rent is too high")
    return made.getvalue()


BROKEN = {
    "empty.csv": b"",
    "not-a-spreadsheet.xlsx": b"this is no workbook",
    "renamed.docx": _zip(),
    "locked.xlsx": _locked_workbook(),
    "only-interviewer.txt": b"Interviewer: How are you?\nInterviewer: And the rent?\n",
    "unknown.txt": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_in_one_sentence_and_exit_code_1(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BROKEN[name])
    done = listening("check", tmp_path / name)
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert len(done.stdout.strip()) > 20


def test_check_writes_nothing_and_names_what_was_understood(tmp_path: Path) -> None:
    inside = folder(tmp_path / "in")
    before = sorted(tmp_path.rglob("*"))
    done = listening("check", inside, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert {f["file"]: f["participants"] for f in told["files"]} == {
        "interview.txt": 1,
        "survey.csv": 10,
    }
    assert sorted(tmp_path.rglob("*")) == before


def test_check_and_the_bundled_example_agree() -> None:
    done = listening("check", EXAMPLE)
    assert done.returncode == 0, done.stderr
    assert "survey.csv: 150 participants" in done.stdout


def test_a_column_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    survey(tmp_path / "survey.csv", [("R1", ANSWERS[0], "analysis")])
    done = listening("check", tmp_path / "survey.csv", "--text", "Coment")
    assert done.returncode == 1
    assert "Coment" in done.stdout
    assert "Response ID" in done.stdout


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    done = listening("run", tmp_path / "nothing", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "nothing" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_use_is_exit_code_2(tmp_path: Path) -> None:
    assert listening("run", tmp_path / "absent", "--out", tmp_path / "out").returncode == 2
    assert listening("check", tmp_path, "--drop", "nonsense").returncode == 2
    assert listening("topics").returncode == 2


def test_a_run_with_a_broken_file_reports_the_rest_and_can_be_reported_anew(
    tmp_path: Path,
) -> None:
    inside = folder(tmp_path / "in")
    (inside / "broken.docx").write_bytes(b"PK\x03\x04 this is no Word file")
    done = listening("run", inside, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "broken.docx" in done.stderr
    assert (tmp_path / "out" / "report.html").exists()
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert told["counts"]["files"] == 2
    assert "orchestration" in {stage["name"] for stage in told["stages"]}
    assert "PROVISIONAL" in done.stdout
    (tmp_path / "out" / "report.html").unlink()
    anew = listening("report", "--out", tmp_path / "out")
    assert anew.returncode == 0, anew.stderr
    assert (tmp_path / "out" / "report.html").exists()


def test_topics_gives_ids_back_unchanged(tmp_path: Path) -> None:
    given = tmp_path / "segments.csv"
    rows = "\n".join(f"x{n},p{n % 40},{text} {n}" for n, text in enumerate(ANSWERS * 13))
    given.write_text(f"segment_id,participant_id,text\n{rows}\n", encoding="utf-8")
    done = listening("topics", given, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = table(tmp_path / "out" / "segments.csv")
    assert [row["segment_id"] for row in found] == [f"x{n}" for n in range(130)]
    assert {"topic_id", "topic_name", "topic_stability"} <= set(found[0])
    assert table(tmp_path / "out" / "topics.csv")


def test_pseudonymise_takes_identifiers_out_and_keeps_the_rest(tmp_path: Path) -> None:
    given = tmp_path / "note.txt"
    given.write_text(
        "My name is Wendeline Oakapple and my number is 07700 900123.\nThe NHS is good to me.\n",
        encoding="utf-8",
    )
    done = listening("pseudonymise", given, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out" / "note.txt").read_text(encoding="utf-8")
    assert "Oakapple" not in text
    assert "07700" not in text
    assert "The NHS is good to me." in text
    assert {row["line"] for row in table(tmp_path / "out" / "edits.csv")} == {"1"}


def test_suggest_works_from_the_codebook_alone(tmp_path: Path) -> None:
    new = tmp_path / "new.csv"
    new.write_text("segment_id,text\ns1,There is mould and damp in my flat\n", encoding="utf-8")
    codebook = ROOT / "annotations" / "codebooks" / "north_westminster_six.toml"
    done = listening("suggest", "--to", new, "--codebook", codebook, "--out", tmp_path / "s.csv")
    assert done.returncode == 0, done.stderr
    found = {row["code"]: row for row in table(tmp_path / "s.csv")}
    assert len(found) == 6
    assert found["housing"]["suggested"] == "1"
    assert " of housing (" in found["housing"]["why"]
    assert not found["money"]["why"]


def test_suggest_learns_from_coded_rows(tmp_path: Path) -> None:
    coded = tmp_path / "coded.csv"
    lines = [f"c{n},p{n},the bus is late again {n},buses" for n in range(12)]
    lines += [f"d{n},q{n},rent is far too high {n},rent" for n in range(12)]
    coded.write_text("\n".join(["segment_id,participant_id,text,codes", *lines]), encoding="utf-8")
    new = tmp_path / "new.csv"
    new.write_text("segment_id,text\ns1,my bus was late\n", encoding="utf-8")
    done = listening("suggest", "--coded", coded, "--to", new, "--out", tmp_path / "s.csv")
    assert done.returncode == 0, done.stderr
    found = {row["code"]: row for row in table(tmp_path / "s.csv")}
    assert (found["buses"]["suggested"], found["rent"]["suggested"]) == ("1", "0")
    assert float(found["buses"]["probability"]) >= float(found["buses"]["bar"])
    assert found["buses"]["why"].startswith("c")


def test_suggest_says_which_codes_have_too_few_examples(tmp_path: Path) -> None:
    coded = tmp_path / "coded.csv"
    lines = [f"the bus is late again {n},buses" for n in range(12)]
    lines += [f"rent is far too high {n},rent" for n in range(7)]
    coded.write_text("\n".join(["text,codes", *lines]), encoding="utf-8")
    new = tmp_path / "new.csv"
    new.write_text("segment_id,text\ns1,my bus was late\n", encoding="utf-8")
    done = listening("suggest", "--coded", coded, "--to", new, "--out", tmp_path / "s.csv")
    assert done.returncode == 0, done.stderr
    assert "fewer than 8 examples" in done.stderr
    assert "rent" in done.stderr
    assert [row["code"] for row in table(tmp_path / "s.csv")] == ["buses"]
    assert table(tmp_path / "s.csv")[0]["why"].startswith("row ")


def test_rank_works_from_tables_alone(tmp_path: Path) -> None:
    people = "\n".join(f"p{n},survey" for n in range(30))
    (tmp_path / "participants.csv").write_text(f"participant_id,source_kind\n{people}\n")
    rows = [f"p{n},{'housing' if n < 20 else 'money'},human" for n in range(28)]
    rows += ["p28,,human", "p29,housing,suggestion"]
    (tmp_path / "codings.csv").write_text("\n".join(["participant_id,code,origin", *rows]))
    done = listening(
        "rank",
        *("--codings", tmp_path / "codings.csv"),
        *("--participants", tmp_path / "participants.csv"),
        *("--out", tmp_path / "out"),
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "out" / "priorities.json").read_text(encoding="utf-8"))
    assert told["status"] == "reviewed"
    assert [(p["id"], p["people"], p["of"]) for p in told["priorities"]] == [
        ("housing", 20, 29),
        ("money", 8, 29),
    ]
    assert told["not_yet_read"] == 1
    assert told["priorities"][0]["p_top_k"] == 1


def test_rank_takes_a_codebook_with_tables_and_with_nothing_else(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("id,name,definition,parent\nhousing,Housing,Homes,\ndamp,Damp,Wet,Housing\n")
    people = "\n".join(f"p{n},survey" for n in range(12))
    (tmp_path / "participants.csv").write_text(f"participant_id,source_kind\n{people}\n")
    rows = [f"p{n},{'housing' if n < 3 else 'damp'},human" for n in range(9)]
    rows += [f"p{n},,human" for n in range(9, 12)]
    (tmp_path / "codings.csv").write_text("\n".join(["participant_id,code,origin", *rows]))
    given = ("--codings", tmp_path / "codings.csv", "--participants", tmp_path / "participants.csv")
    done = listening("rank", *given, "--codebook", book, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    (one,) = json.loads((tmp_path / "out" / "priorities.json").read_text())["priorities"]
    assert (one["id"], one["people"], one["within"][0]["people"]) == ("housing", 9, 6)
    alone = listening("rank", "--codebook", book, "--out", tmp_path / "out")
    assert alone.returncode == 2
    assert "goes with --codings" in " ".join(alone.stderr.split())


def test_a_mistake_in_participants_is_named_by_row_and_column(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text("participant_id,code\np1,housing\n")
    given = tmp_path / "participants.csv"
    for line, said in (
        ("p2,door", "unknown source_kind"),
        ("p1,survey", "participant_id of row 2"),
    ):
        given.write_text(f"participant_id,source_kind\np1,survey\n{line}\n")
        done = listening(
            *("rank", "--codings", tmp_path / "codings.csv", "--participants", given),
            *("--out", tmp_path / "out"),
        )
        assert done.returncode == 1
        assert (
            f"participants.csv, row 3: has {'an' if 'un' in said else 'the'} {said}" in done.stderr
        )


def test_two_files_of_one_name_are_both_pseudonymised(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "grace.md").write_text("The bus is late every day of the week.\n")
    (inside / "grace.txt").write_text("The rent is far too high for us.\n")
    done = listening("pseudonymise", inside, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    texts = {p.name: p.read_text() for p in (tmp_path / "out").glob("grace*")}
    assert len(texts) == 2
    assert "bus" in "".join(texts.values())
    assert "rent" in "".join(texts.values())


def test_a_withheld_file_under_another_spelling_stops_the_run(tmp_path: Path) -> None:
    inside = folder(tmp_path / "in")
    with (inside / "manifest.csv").open("a", encoding="utf-8") as file:
        file.write("grce.txt,Grace,interview,G1,none,,\n")
    done = listening("check", inside)
    assert done.returncode == 1
    assert "grce.txt" in done.stderr
    assert "did not consent" in done.stderr


def test_a_broken_codebook_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('[codebook]\nid = "x"\nname = "X"\nversion = "1"\n')
    inside = folder(tmp_path / "in")
    done = listening("run", inside, "--out", tmp_path / "out", "--codebook", tmp_path / "book.toml")
    assert done.returncode == 1
    assert "book.toml" in done.stderr
    assert "Reading" not in done.stderr


def test_withdrawing_asks_first_and_then_erases_and_gives_a_receipt(tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = tmp_path / "group.csv"
    survey(said, [("R1", "The brambleweed is over the path", "quotation"), ("R2", "Buses", "none")])
    assert listening("run", said, "--out", out).returncode == 0
    person = table(out / "participants.csv")[0]["participant_id"]
    asked = listening("withdraw", person, "--out", out)
    assert asked.returncode == 1
    assert (out / "report.html").exists()
    done = listening("withdraw", person, "--out", out, "--yes")
    assert done.returncode == 0, done.stderr
    assert "Receipt" in done.stdout
    assert str(said) in done.stderr
    assert "Traceback" not in asked.stderr + done.stderr
    kept = [path for path in out.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"brambleweed" in path.read_bytes() for path in kept)


def test_with_the_number_of_a_receipt_the_sketch_is_erased_too(
    tmp_path: Path, open_at: Callable[[Path], Work]
) -> None:
    out = tmp_path / "out"
    work = open_at(out / "var")
    done = listening("withdraw", "--receipt", "00000000", "--out", out)
    assert done.returncode == 1
    assert "has no sketch in the vault" in done.stderr
    assert listening("withdraw", "--out", out).returncode == 2
    work.vault.write("sketches/a", {"day": "", "people": {"P00001": ["0"] * 20}})
    copies.keep_out(work, "P00001", "1A2B3C4D")
    done = listening("withdraw", "--receipt", "1A2B3C4D", "--out", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert work.vault.read(LEFT) == {}


def test_withdrawing_where_nothing_was_ever_read_says_so(tmp_path: Path) -> None:
    done = listening("withdraw", "P00001", "--out", tmp_path)
    assert done.returncode == 2
    assert "no store" in done.stderr
