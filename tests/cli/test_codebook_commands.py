"""`listening codebook` as a person meets it: sentences, exit codes, files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from listening.cli.codebook import app
from listening.codebook import load
from listening.errors import InvalidCodebook
from tests.steps.material import table
from tests.unit.codebook.codebook_cases import MILL_TOWN

WHY = ("--why", "One thing.", "--by", "R. Coder", "--date", "2026-03-02")


def run(*words: object) -> Result:
    done = CliRunner().invoke(app, [str(word) for word in words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "mill.toml").write_text(MILL_TOWN, encoding="utf-8")
    return tmp_path / "mill.toml"


@pytest.fixture
def codings(tmp_path: Path) -> Path:
    (tmp_path / "codings.csv").write_text(
        "participant_id,segment_id,text,code,coder,codebook_version\n"
        "P1,s1,wet,damp,ann,mill-town 1.0\nP2,s2,late,buses,bo,mill-town 1.0\n",
        encoding="utf-8",
    )
    return tmp_path / "codings.csv"


def test_an_empty_codebook_is_written_and_checked(tmp_path: Path) -> None:
    assert run("new", "--out", tmp_path / "our_town.toml").exit_code == 0
    done = run("check", tmp_path / "our_town.toml")
    assert done.exit_code == 1
    assert "our-town 0.1: 0 codes in use, 0 drafts, 0 retired" in done.stdout
    assert "Fewer than two codes are in use" in done.stderr


def test_a_codebook_in_use_is_checked_with_0(book: Path) -> None:
    done = run("check", book)
    assert done.exit_code == 0
    assert "mill-town 1.0: 3 codes in use" in done.stdout
    assert "housing has fewer than 8 examples" in done.stdout


def test_a_codebook_goes_to_another_program_and_comes_back(book: Path, tmp_path: Path) -> None:
    for suffix in ("csv", "qdc", "qdpx", "xml"):
        done = run("export", book, "--out", tmp_path / f"mill.{suffix}")
        assert done.exit_code == 0
        assert bool(done.stderr) is (suffix != "qdpx")  # which holds all of this one
    back = tmp_path / "back.toml"
    options = ("--id", "mill-town", "--name", "Mill Town", "--version", "1.0")
    assert run("import", tmp_path / "mill.csv", "--out", back, *options).exit_code == 0
    assert load(back.read_text(encoding="utf-8")) == load(MILL_TOWN)
    assert run("diff", book, back).stdout == "Nothing differs.\n"


def test_spans_are_for_label_studio_alone(book: Path, tmp_path: Path) -> None:
    assert run("export", book, "--out", tmp_path / "a.xml", "--spans").exit_code == 0
    assert "<ParagraphLabels" in (tmp_path / "a.xml").read_text(encoding="utf-8")
    assert run("export", book, "--out", tmp_path / "a.csv", "--spans").exit_code == 2


def test_a_merge_writes_the_next_version_and_carries_codings_along(
    book: Path, codings: Path, tmp_path: Path
) -> None:
    out, moved = tmp_path / "mill_1.1.toml", tmp_path / "moved"
    options = ("--codings", codings, "--migrated", moved)
    done = run(
        "merge", book, "--code", "damp", "--into", "housing", *WHY, "--out", out, *options
    )  # fmt: skip
    assert done.exit_code == 0
    assert "mill-town 1.1" in done.stdout
    assert "1 codings moved" in done.stdout
    assert [row["code"] for row in table(moved / "codings.csv")] == ["housing", "buses"]
    assert [row["why"] for row in table(moved / "trail.csv")] == [
        "damp now under housing: One thing."
    ]
    told = json.loads(run("diff", book, out, "--json").stdout)
    assert "merged" in {one["what"] for one in told}


def test_a_split_says_what_is_still_to_be_written(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "mill_1.1.toml"
    parts = ("--into", "rent=Rent", "--into", "repairs=Repairs")
    done = run("split", book, "--code", "housing", *parts, *WHY, "--out", out)
    assert done.exit_code == 0
    assert "definition and examples of rent, repairs" in done.stderr
    assert "1 counter-examples belonged to housing" in done.stderr
    assert load(out.read_text(encoding="utf-8")).changes[0].date == "2026-03-02"
    after = out.read_text(encoding="utf-8").replace(
        'name = "Rent"\nstatus = "draft"', 'name = "Rent"\ndefinition = "Rent."'
    )
    (tmp_path / "mill_1.2.toml").write_text(after, encoding="utf-8")
    told = run("diff", book, tmp_path / "mill_1.2.toml").stdout
    assert "Counts of “Rent” cannot be put beside those of version 1.0" in told


def test_a_rename_and_a_retirement_follow_each_other(
    book: Path, codings: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "mill_1.1.toml", tmp_path / "mill_1.2.toml"
    run("rename", book, "--code", "buses", "--name", "Getting about", *WHY, "--out", first)
    run("retire", first, "--code", "damp", *WHY, "--out", second)
    done = run("migrate", second, "--codings", codings, "--migrated", tmp_path / "moved")
    assert done.exit_code == 0
    assert "1 codings kept under a retired code" in done.stdout
    rows = table(tmp_path / "moved" / "codings.csv")
    assert [(row["code"], row["code_status"]) for row in rows] == [
        ("damp", "retired"),
        ("buses", "active"),
    ]
    assert {row["codebook_version"] for row in rows} == {"mill-town 1.2"}


def test_wrong_use_ends_with_2_before_anything_is_written(
    book: Path, codings: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mill_1.1.toml"
    change = ("retire", book, "--code", "damp", "--why", "a", "--by", "b", "--out", out)
    assert run(*change, "--date", "yesterday").exit_code == 2
    assert run(*change, "--codings", codings).exit_code == 2
    assert not out.exists()


def test_what_is_no_codebook_is_a_sentence(tmp_path: Path, codings: Path) -> None:
    with pytest.raises(InvalidCodebook, match="only that keeps versions"):
        run(
            "retire", codings, "--code", "damp", *WHY, "--out", tmp_path / "a.toml"
        )  # fmt: skip
    with pytest.raises(InvalidCodebook, match="no name for a codebook"):
        run("new", "--out", tmp_path / "a.csv")
