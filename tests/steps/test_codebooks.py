"""Codebooks as files: any format in, TOML kept, codings carried along, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from listening import codebook as books
from listening.codebook import Codebook, Decision, load
from listening.errors import InvalidCodebook, NothingToDo
from listening.steps import codebooks
from listening.steps.choices import logged
from listening.steps.rank_tables import Given, rank_tables
from tests.conftest import ROOT, FakeModels
from tests.unit.codebook.codebook_cases import DECISION, MILL_TOWN, mill_town

STARTER = ROOT / "annotations" / "codebooks" / "north_westminster_six.toml"


def written(folder: Path, name: str = "mill_town.toml") -> Path:
    (folder / name).write_text(MILL_TOWN, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize("suffix", [".csv", ".qdc", ".qdpx", ".toml"])
def test_a_starter_comes_back_whole_from_every_format(suffix: str, tmp_path: Path) -> None:
    made = tmp_path / f"starter{suffix}"
    codebooks.export_codebook(STARTER, made)
    back = load(codebooks.codebook_text(made))
    starter = load(STARTER.read_text(encoding="utf-8"))
    assert [{**vars(code), "guid": ""} for code in back.codes] == [vars(c) for c in starter.codes]


def test_a_workbook_is_read_from_the_sheet_that_says_most_of_codes(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Read me"  # type: ignore[union-attr]
    book.active.append(["About", "this"])  # type: ignore[union-attr]
    book.active.append(["some", "words"])  # type: ignore[union-attr]
    sheet = book.create_sheet("Codes")
    sheet.append(["Name", "Definition", "Examples"])
    sheet.append(["Damp", "Wet homes.", "‘mould’, ‘leaks’"])
    sheet.append(["Buses", "Getting about.", None])
    book.save(tmp_path / "codes.xlsx")
    found = codebooks.read_codebook(tmp_path / "codes.xlsx")
    assert found.codebook.codes[0].examples == ("mould", "leaks")
    assert "“Codes” was read" in found.notes[0]
    with pytest.raises(InvalidCodebook, match="Its sheets are: Read me, Codes"):
        codebooks.read_codebook(tmp_path / "codes.xlsx", "Frame")


@pytest.mark.real_data
def test_the_framework_of_the_nhs_is_read_with_its_quoted_examples(real_data: Path) -> None:
    book = codebooks.read_codebook(real_data / "nhs_fft" / "codebook.xlsx").codebook
    assert len(book.in_use) == 33
    assert sum(len(code.examples) for code in book.in_use) > 500
    assert all(code.parent for code in book.in_use)


@pytest.mark.real_data
def test_a_project_of_atlas_ti_gives_its_codes_and_not_its_sources(real_data: Path) -> None:
    found = codebooks.read_codebook(real_data / "refi_qda" / "TestProject.qdpx")
    assert len(found.codebook.codes) == 14
    assert all(code.guid for code in found.codebook.codes)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("codes.docx", b"x", "no kind of codebook"),
        ("codes.csv", b"", "codes.csv"),
        ("codes.csv", b"question,answer\nWhy?,Because\n", "no column for the names"),
        ("codes.xlsx", b"x", "codes.xlsx"),
        ("codes.qdpx", b"x", "damaged"),
        ("codes.qdc", b"x", "damaged"),
        ("codes.toml", b"\xff\xfe", "UTF-8"),
        ("codes.csv", b"name,definition\nA,x\nB,\n", "1 of its codes are drafts"),
    ],
)
def test_a_fault_is_a_sentence_that_names_the_file(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Exception, match=told) as caught:
        codebooks.codebook_text(tmp_path / name)
    assert str(caught.value).startswith(name)


def test_a_change_writes_the_next_version_and_keeps_the_one_before(tmp_path: Path) -> None:
    path, out = written(tmp_path), tmp_path / "mill_town_1.1.toml"
    book = codebooks.change_codebook(path, out, merged)
    assert path.read_text(encoding="utf-8") == MILL_TOWN
    assert load(out.read_text(encoding="utf-8")) == book
    assert "# from the pilot" in out.read_text(encoding="utf-8")
    with pytest.raises(InvalidCodebook, match="is there already"):
        codebooks.change_codebook(path, out, merged)


def merged(book: Codebook) -> Codebook:
    return books.merge(book, ["damp"], "housing", DECISION)


def test_an_export_overwrites_neither_the_codebook_nor_another_version(tmp_path: Path) -> None:
    path, other = written(tmp_path), written(tmp_path, "other.toml")
    for out in (path, other):
        with pytest.raises(InvalidCodebook):
            codebooks.export_codebook(path, out)
    assert path.read_text(encoding="utf-8") == other.read_text(encoding="utf-8") == MILL_TOWN
    with pytest.raises(InvalidCodebook, match="Let it end with"):
        codebooks.export_codebook(path, tmp_path / "codes.docx")


CODINGS = (
    "participant_id,segment_id,text,code,coder,origin\n"
    "P1,s1,wet,damp,ann,human\nP1,s1,wet,housing,ann,human\nP2,s2,late,buses,ann,human\n"
    "P3,s3,dear,housing,bo,human\n"
)


def test_codings_are_carried_along_and_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")
    told = codebooks.migrate_codings(
        tmp_path / "codings.csv", merged(mill_town()), tmp_path / "next", "mill-town 1.0"
    )
    assert told == ["1 codings moved to another code (trail.csv)."]
    moved = pd.read_csv(tmp_path / "next" / "codings.csv", dtype=str)
    assert moved["code"].tolist() == ["housing", "buses", "housing"]
    assert set(moved["codebook_version"]) == {"mill-town 1.1"}
    trail = pd.read_csv(tmp_path / "next" / "trail.csv", dtype=str)
    assert trail["version_from"].tolist() == ["mill-town 1.0"]
    with pytest.raises(InvalidCodebook, match="nothing is overwritten"):
        codebooks.migrate_codings(tmp_path / "codings.csv", merged(mill_town()), tmp_path)


def test_a_ranking_leaves_out_what_does_not_count_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")
    book = books.split(mill_town(), "housing", [("rent", "Rent"), ("damp", "")], DECISION)
    book = books.retire(book, "buses", "", Decision())
    codebooks.migrate_codings(tmp_path / "codings.csv", book, tmp_path / "next")
    (tmp_path / "people.csv").write_text("participant_id\nP1\nP2\nP3\n", encoding="utf-8")
    given = Given(tmp_path / "next" / "codings.csv", tmp_path / "people.csv")
    notes = rank_tables(given, tmp_path / "out", logged(k=2), 0)
    assert any(note.startswith("2 codings are of codes that were split") for note in notes)
    assert "1 codings are of retired codes and do not count." in notes
    ranked = pd.read_csv(tmp_path / "out" / "priorities.csv", dtype=str)
    assert ranked["id"].tolist() == ["damp"]
    assert ranked["of"].tolist() == ["3"]


def test_a_draft_is_made_of_a_runs_topics_and_nothing_in_it_is_in_use(
    tmp_path: Path,
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    said = {
        "0": ("Buses", ["the bus is late", "no bus at night", "the bus is late"]),
        "1": ("Bus stops", ["the bus stop has no seat", "no seat at the bus stop"]),
        "2": ("Damp", ["mould in the bedroom", "damp walls and mould"]),
    }
    rows = [f"{topic},{text}" for topic, (_, texts) in said.items() for text in texts]
    content = "\n".join(["topic_id,text", *rows, "-1,nothing"])
    (run / "segments.csv").write_text(content, encoding="utf-8")
    heads = [f"{topic},{name},a; b,3,unstable" for topic, (name, _) in said.items()]
    content = "\n".join(["topic_id,name,words,people,flag", *heads])
    (run / "topics.csv").write_text(content, encoding="utf-8")
    codebooks.write_draft(tmp_path / "draft.toml", "Our town", run, FakeModels(None))
    book = load((tmp_path / "draft.toml").read_text(encoding="utf-8"), draft=True)
    assert book.in_use == ()
    by_name = {code.name: code for code in book.codes}
    assert set(by_name["Buses"].examples) == {"the bus is late", "no bus at night"}
    assert {name for name in by_name if by_name[name].codable} == {"Buses", "Bus stops", "Damp"}
    assert "unstable" in by_name["Damp"].definition


def test_a_run_without_topics_is_told(tmp_path: Path) -> None:
    (tmp_path / "segments.csv").write_text("topic_id,text\n-1,nothing\n", encoding="utf-8")
    (tmp_path / "topics.csv").write_text("topic_id,name,words,people\n", encoding="utf-8")
    with pytest.raises(NothingToDo, match="holds no topics"):
        codebooks.write_draft(tmp_path / "draft.toml", "Our town", tmp_path, FakeModels(None))


def test_an_empty_codebook_says_how_it_is_filled(tmp_path: Path) -> None:
    codebooks.write_empty(tmp_path / "new.toml", 'Our "town"')
    book, _ = codebooks.checked(tmp_path / "new.toml")
    assert (book.id, book.name, book.codes) == ("our-town", "Our 'town'", ())
    content = (tmp_path / "new.toml").read_text(encoding="utf-8")
    uncommented = content.replace("# \n", "\n").replace("\n# ", "\n")
    assert "getting-about" in uncommented


def test_what_is_thin_is_told_code_by_code(tmp_path: Path) -> None:
    book, notes = codebooks.checked(written(tmp_path))
    assert book == mill_town()
    assert notes[0] == "housing has fewer than 8 examples, so it cannot be matched."
    assert len(notes) == 3


def test_an_export_and_what_comes_with_a_migration_overwrite_nothing(tmp_path: Path) -> None:
    path, out = written(tmp_path), tmp_path / "mine.csv"
    out.write_text("my own work", encoding="utf-8")
    with pytest.raises(InvalidCodebook, match="Name another file"):
        codebooks.export_codebook(path, out)
    assert out.read_text(encoding="utf-8") == "my own work"
    for name in ("trail.csv", "recode.csv", "rejects.csv"):
        folder = tmp_path / name[:-4]
        folder.mkdir()
        (folder / name).write_text("my own work", encoding="utf-8")
        with pytest.raises(InvalidCodebook, match="nothing is overwritten"):
            codebooks.migrate_codings(out, codebooks.read_codebook(path).codebook, folder)
