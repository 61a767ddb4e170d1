"""Marks in coded rows: suggested where they help, withheld where they do not, never guessed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from listening.coding.mark_checks import check_marks
from listening.errors import InvalidTable
from listening.steps.marking import CHECK_COLUMNS, MARK_COLUMNS
from listening.steps.suggest import suggest_for
from tests.steps.material import table
from tests.steps.test_steps_suggest import Models, written
from tests.unit.coding.marks_cases import marked

WORDS = ("fine calm good", "slight small bother", "bad worse trouble", "danger harm urgent")


def suggest(folder: Path, column: str, marks: list[str]) -> list[str]:
    rows = [
        f"p{n},{WORDS[n % 4]} {chr(97 + n % 7)}{n % 11},topic,{mark}"
        for n, mark in enumerate(marks)
    ]
    rows.append("q,nothing of the kind,,")
    coded = written(folder / "coded.csv", f"participant_id,text,codes,{column}", *rows)
    new = written(
        folder / "new.csv", "segment_id,text", *(f"s{n},{w} x" for n, w in enumerate(WORDS))
    )
    return suggest_for(new, coded, None, folder / "out.csv", Models(), lambda *_: None)


def test_marks_that_help_are_suggested_with_how_good_they_are(tmp_path: Path) -> None:
    notes = suggest(tmp_path, "severity", [str(n % 4) for n in range(80)])
    (said,) = [note for note in notes if note.startswith("Severity is suggested: ")]
    assert "80 texts of 80 people" in said
    rows = table(tmp_path / "marks.csv")
    assert tuple(rows[0]) == MARK_COLUMNS
    assert [(row["segment_id"], row["value"]) for row in rows] == [
        ("s0", "0"),
        ("s1", "1"),
        ("s2", "2"),
        ("s3", "3"),
    ]
    (check,) = table(tmp_path / "mark_checks.csv")
    assert tuple(check) == CHECK_COLUMNS
    assert check["suggested"] == "1"
    assert float(check["constant"]) == pytest.approx(1.0, abs=0.2)


def test_marks_that_follow_nothing_are_withheld_and_this_is_said(tmp_path: Path) -> None:
    drawn = np.random.default_rng(0).integers(0, 2, 80)
    notes = suggest(tmp_path, "need", [str(mark) for mark in drawn])
    assert any(note.startswith("No need is suggested, as it would be no better") for note in notes)
    assert table(tmp_path / "marks.csv") == []
    assert table(tmp_path / "mark_checks.csv")[0]["suggested"] == "0"


def test_too_few_marks_are_said_and_empty_cells_are_no_marks(tmp_path: Path) -> None:
    marks = ["1", "0"] * 5 + [""] * 70
    notes = suggest(tmp_path, "change_wanted", marks)
    assert any(note.startswith("No change wanted is suggested: fewer than 20") for note in notes)


def test_a_mark_off_its_scale_is_refused_by_its_row(tmp_path: Path) -> None:
    with pytest.raises(InvalidTable, match="row 4: have a sentiment that is none of -1, 0, 1"):
        suggest(tmp_path, "sentiment", ["1", "-1", "5"])


def test_without_columns_of_marks_no_file_of_marks_is_written(tmp_path: Path) -> None:
    suggest(tmp_path, "note", ["x"] * 20)
    assert not (tmp_path / "marks.csv").exists()


def test_a_check_is_of_people_left_out_and_the_same_twice() -> None:
    texts, marks, _ = marked(15)
    once, again = check_marks(texts, marks, 1), check_marks(texts, marks, 1)
    assert once == again
    assert once is not None
    assert once.helps
    assert once.error < 0.3
    assert once.gain[1] <= once.gain[0] <= once.gain[2]
    assert 0 <= once.calibration < 0.5
    alone = type(texts)(texts.texts, texts.vectors, texts.questions, ["p"] * len(texts))
    assert check_marks(alone, marks) is None
