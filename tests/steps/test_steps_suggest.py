"""`listening suggest` without a real model: what is read, what is written, what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from listening.errors import InvalidTable, NothingToDo
from listening.steps.suggest import COLUMNS, suggest_for
from tests.fakes import FakeEncoder
from tests.steps.material import table


class Models:
    """A fake encoder alone: nothing else is needed to suggest."""

    def __init__(self) -> None:
        self.encoder = FakeEncoder()
        self.encoder_name = self.encoder.name
        self.pipeline: Any = None


BOOK = """
[codebook]
id = "b"
name = "B"
version = "1.0"
[[codes]]
id = "buses"
name = "Buses"
definition = "The bus and its times."
examples = [{0}]
[[codes]]
id = "rent"
name = "Rent"
definition = "What a home costs."
examples = [{1}]
"""


def book(path: Path, examples: int = 10) -> Path:
    own = [
        ", ".join(f'"{words} {"abcdefghij"[n]}"' for n in range(examples))
        for words in ("the bus is late", "the rent is high")
    ]
    path.write_text(BOOK.format(*own), encoding="utf-8")
    return path


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def suggest(folder: Path, coded: Path | None, codebook: Path | None) -> list[str]:
    new = written(folder / "new.csv", "segment_id,text", "s2,my bus is late", "s1,None")
    return suggest_for(new, coded, codebook, folder / "out.csv", Models(), lambda *_: None)


def test_every_row_has_every_code_and_reasons_where_it_is_suggested(tmp_path: Path) -> None:
    assert suggest(tmp_path, None, book(tmp_path / "b.toml")) == []
    rows = table(tmp_path / "out.csv")
    assert [(row["segment_id"], row["code"]) for row in rows] == [
        (segment, code) for segment in ("s1", "s2") for code in ("buses", "rent")
    ]
    assert tuple(rows[0]) == COLUMNS
    found = rows[2]
    assert found["suggested"] == "1"
    assert found["why"].startswith("example ")
    assert found["why"].count(";") == 2
    for row in rows:
        assert (row["suggested"] == "1") == (float(row["probability"]) >= float(row["bar"]))
        assert bool(row["why"]) == (row["suggested"] == "1")


def test_codes_learnt_from_the_codebook_above_all_are_said(tmp_path: Path) -> None:
    lines = [f"the bus is late again {n},buses" for n in range(9)]
    coded = written(tmp_path / "coded.csv", "text,codes", *lines, "sun,", "rain,rent;weather")
    notes = suggest(tmp_path, coded, book(tmp_path / "b.toml"))
    assert [note for note in notes if "weather" in note and note.startswith("Never suggested")]
    assert [note for note in notes if note.endswith("above all: rent.")]
    assert {row["code"] for row in table(tmp_path / "out.csv")} == {"buses", "rent"}


def test_too_little_to_learn_from_is_refused_in_words(tmp_path: Path) -> None:
    coded = written(tmp_path / "coded.csv", "text,codes", "late,buses")
    with pytest.raises(NothingToDo, match="fewer than 8 examples"):
        suggest(tmp_path, coded, None)
    assert not (tmp_path / "out.csv").exists()


def test_tables_without_rows_are_refused_in_words_or_done_without(tmp_path: Path) -> None:
    empty = written(tmp_path / "coded.csv", "text,codes,severity")
    with pytest.raises(NothingToDo, match=r"^coded\.csv: has no rows to learn from"):
        suggest(tmp_path, empty, None)
    taught = book(tmp_path / "b.toml")
    notes = suggest(tmp_path, empty, taught)
    assert [note for note in notes if note.startswith("No severity is suggested")]
    assert {row["code"] for row in table(tmp_path / "out.csv")} == {"buses", "rent"}
    for coded, codebook in ((None, taught), (empty, taught)):
        new = written(tmp_path / "none.csv", "segment_id,text")
        with pytest.raises(NothingToDo, match=r"^none\.csv: has no rows"):
            suggest_for(new, coded, codebook, tmp_path / "o.csv", Models(), lambda *_: None)
    assert not (tmp_path / "o.csv").exists()


def test_coded_rows_whose_marks_are_all_empty_teach_codes_alone(tmp_path: Path) -> None:
    lines = [f"the bus is late again {n},buses," for n in range(9)]
    coded = written(tmp_path / "coded.csv", "text,codes,severity", *lines, "sun,,", "rain,,")
    notes = suggest(tmp_path, coded, None)
    assert [note for note in notes if note.startswith("No severity is suggested")]
    assert {row["code"] for row in table(tmp_path / "out.csv")} == {"buses"}


def test_one_segment_id_for_two_rows_is_refused(tmp_path: Path) -> None:
    new = written(tmp_path / "new.csv", "segment_id,text", "s1,a", "s1,b")
    with pytest.raises(InvalidTable, match="segment_id"):
        suggest_for(new, None, book(tmp_path / "b"), tmp_path / "o.csv", Models(), lambda *_: None)
