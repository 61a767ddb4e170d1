"""`listening agreement` as a person meets it: sentences, exit codes, files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from listening.cli.app import app
from listening.coding.agreement import COLUMNS, double_coded
from listening.errors import InvalidTable, NothingToDo, UnreadableFile
from listening.records import Table
from listening.steps.agreement import number
from listening.steps.csvs import write_csv
from tests.steps.material import table as read
from tests.unit.coding.agreement_cases import by_nltk, pairs, realistic, table


def run(*words: object) -> Result:
    done = CliRunner().invoke(app, [str(word) for word in words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def written(folder: Path, codings: Table) -> Path:
    write_csv(folder / "codings.csv", codings)
    return folder / "codings.csv"


def test_what_coders_agree_on_is_said_code_by_code_and_written(tmp_path: Path) -> None:
    codings = table([*pairs(20, 5, 7, 60), *pairs(4, 1, 1, 0, "rent")])
    done = run("agreement", written(tmp_path, codings), "--out", tmp_path / "out")
    assert done.exit_code == 0
    said = done.stdout.splitlines()
    assert said[0] == (
        "98 of 98 segments were read by two or more of 2 coders: enough (at least 50)."
    )
    assert said[1].startswith("All codes together: α ")
    assert said[2].startswith("Code damp: α .69 (")
    assert said[2].endswith("), 32 of 98 segments: rankable with a flag.")
    assert said[3] == ("Code rent: positive agreement .80, 6 of 98 segments: too few to tell by α.")
    assert said[4] == "The coders differ most on damp (12 segments), rent (2 segments)."
    rows = read(tmp_path / "out/agreement.csv")
    assert list(rows[0]) == list(COLUMNS)
    assert [row["code"] for row in rows] == ["", "damp", "rent"]
    assert float(rows[0]["alpha"]) == pytest.approx(
        by_nltk(double_coded(codings).segments), abs=5e-5
    )
    assert rows[2]["alpha"] == ""
    assert len(read(tmp_path / "out/disagreements.csv")) == 14
    assert read(tmp_path / "out/rejects.csv") == []


def test_nobody_is_named_and_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    codings = table(realistic(80, 1)).replace({"coder": {"a": "Ida Quill", "b": "Tam Reed"}})
    path = written(tmp_path, codings)
    for out in ("one", "two"):
        assert run("agreement", path, "--out", tmp_path / out, "--seed", 4).exit_code == 0
    for name in ("agreement.csv", "disagreements.csv"):
        content = (tmp_path / "one" / name).read_text(encoding="utf-8")
        assert content == (tmp_path / "two" / name).read_text(encoding="utf-8")
        assert "Quill" not in content
        assert "Reed" not in content


def test_for_machines_there_is_json_with_missing_figures_as_null(tmp_path: Path) -> None:
    path = written(tmp_path, table(pairs(3, 1, 1, 10)))
    found = json.loads(run("agreement", path, "--out", tmp_path / "out", "--json").stdout)
    assert (found["double_coded"], found["needed"], found["enough"]) == (15, 50, False)
    assert found["agreement"][1]["alpha"] is None
    assert found["agreement"][1]["positive_agreement"] == 0.75
    assert found["disagreements"] == 2


def test_too_few_and_never_differing_is_said(tmp_path: Path) -> None:
    done = run("agreement", written(tmp_path, table(pairs(12, 0, 0, 8))), "--out", tmp_path / "o")
    assert "20 of 20 segments were read by two or more of 2 coders: too few." in done.stdout
    assert "Code damp: α 1.00 (no interval), 12 of 20 segments: too little to say whether it " in (
        done.stdout
    )
    assert "The coders differ" not in done.stdout
    same = run("agreement", written(tmp_path, table(pairs(12, 0, 0, 0))), "--out", tmp_path / "o")
    assert "All coders gave every segment the same codes: α says nothing." in same.stdout
    assert "Code damp: everybody put it on every segment: α says nothing." in same.stdout


def test_stretches_of_text_are_compared_where_there_are_any(tmp_path: Path) -> None:
    codings = table(pairs(30, 10, 10, 10)).assign(start="0", end="9")
    done = run("agreement", written(tmp_path, codings), "--out", tmp_path / "out")
    assert "Stretches of text: F1 .75 (" in done.stdout
    assert "Stretches: F1 .75 (" in next(x for x in done.stdout.splitlines() if "Code damp" in x)


def test_codes_in_each_others_place_are_named_in_pairs(tmp_path: Path) -> None:
    readings = [{"ann": ["damp"], "bo": ["rent"]}, {"ann": ["rent"], "bo": ["damp"]}]
    done = run("agreement", written(tmp_path, table(readings)), "--out", tmp_path / "out")
    assert "Most often put in each other's place: damp and rent (2 segments)." in done.stdout


def test_rows_that_could_not_be_used_are_counted_and_listed(tmp_path: Path) -> None:
    codings = table(pairs(30, 10, 10, 10))
    codings.loc[2, "coder"] = ""
    done = run("agreement", written(tmp_path, codings), "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "Rows that could not be used in full: 1 (" in done.stderr
    assert [row["row"] for row in read(tmp_path / "out/rejects.csv")] == ["4"]


@pytest.mark.parametrize("column", ["agreed", "memo"])
def test_what_people_settled_is_never_written_over(column: str, tmp_path: Path) -> None:
    path, out = written(tmp_path, table(pairs(30, 10, 10, 10))), tmp_path / "out"
    assert run("agreement", path, "--out", out).exit_code == 0
    assert run("agreement", path, "--out", out).exit_code == 0  # nothing was settled yet
    settled = (out / "disagreements.csv").read_text(encoding="utf-8").splitlines()
    settled[1] = settled[1][:-1] + "damp," if column == "agreed" else settled[1] + "talked over"
    (out / "disagreements.csv").write_text("\n".join(settled), encoding="utf-8")
    with pytest.raises(InvalidTable, match="Name another folder"):
        run("agreement", path, "--out", out)
    assert (out / "disagreements.csv").read_text(encoding="utf-8").splitlines() == settled


def test_codings_that_cannot_be_compared_are_refused_in_words(tmp_path: Path) -> None:
    codings = table(pairs(3, 1, 1, 3))
    alone = codings[codings["coder"] == "ann"]
    apart = codings.assign(segment_id=codings["segment_id"] + codings["coder"])
    machine = codings.assign(origin="suggestion")
    twice = pd.concat([alone, alone.assign(coder="ANN ")])
    for given, why in (
        (alone, "was coded by one person alone"),
        (twice, "coded by one person alone, written in several ways that differ in capitals"),
        (apart, "no segment that two of them have read"),
        (machine, "holds no coding of a person"),
        (codings.iloc[:0], "holds no coding of a person"),
    ):
        with pytest.raises(NothingToDo, match=why):
            run("agreement", written(tmp_path, given), "--out", tmp_path / "out")
    with pytest.raises(UnreadableFile, match="has no column coder"):
        run("agreement", written(tmp_path, codings.drop(columns="coder")), "--out", tmp_path)
    assert not (tmp_path / "out").exists()


def test_what_is_to_be_talked_over_opens_in_a_spreadsheet_and_for_its_owner_alone(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    codings = table(pairs(30, 10, 10, 10)).assign(text="=HYPERLINK(1)", question="-1 or more?")
    for _ in range(2):
        assert run("agreement", written(tmp_path, codings), "--out", out).exit_code == 0
        rows = read(out / "disagreements.csv")
        assert {row["text"] for row in rows} == {"'=HYPERLINK(1)"}
        assert {row["question"] for row in rows} == {"'-1 or more?"}
        assert (out / "disagreements.csv").stat().st_mode & 0o777 == 0o600
        (out / "disagreements.csv").chmod(0o644)


def test_a_mistake_ends_in_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    path = written(tmp_path, table([{"ann": ["damp"]}]))
    done = subprocess.run(
        [sys.executable, "-m", "listening", "agreement", path, "--out", tmp_path / "out"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("codings.csv: was coded by one person alone.")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.714, ".71"), (1.0, "1.00"), (-0.054, "-.05"), (-0.001, ".00"), (0.7996, ".799"),
        (0.8, ".80"), (0.6669, ".666"), (0.667, ".67"), (0.0, ".00"), (-1.0, "-1.00"),
    ],
)  # fmt: skip
def test_a_figure_is_never_lifted_over_a_bar_by_rounding(value: float, shown: str) -> None:
    assert number(value) == shown
