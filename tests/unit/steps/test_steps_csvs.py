"""Plain tables in and out: all text, nothing guessed, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import UnreadableFile
from listening.steps.csvs import read_csv, write_csv


def file(folder: Path, content: str | bytes) -> Path:
    path = folder / "coded.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return [{str(k): v for k, v in row.items()} for row in read_csv(path, []).to_dict("records")]


def test_every_cell_is_text_and_na_and_none_are_words(tmp_path: Path) -> None:
    path = file(tmp_path, "id,text\n007,NA\n1.50,None\n,null\nTRUE,  nan \n")
    assert rows(path) == [
        {"id": "007", "text": "NA"},
        {"id": "1.50", "text": "None"},
        {"id": "", "text": "null"},
        {"id": "TRUE", "text": "  nan "},
    ]


def test_a_file_from_excel_is_read(tmp_path: Path) -> None:
    content = '\ufeffid,text\r\n1,"two\r\nlines, and a comma"\r\n2,"""quoted"""\r\n'
    assert rows(file(tmp_path, content)) == [
        {"id": "1", "text": "two\r\nlines, and a comma"},
        {"id": "2", "text": '"quoted"'},
    ]


def test_a_row_that_ends_early_has_empty_cells(tmp_path: Path) -> None:
    assert rows(file(tmp_path, "id,text\n1\n")) == [{"id": "1", "text": ""}]


def test_a_heading_alone_is_an_empty_table(tmp_path: Path) -> None:
    table = read_csv(file(tmp_path, "id,text\n"), ["id", "text"])
    assert table.empty
    assert list(table.columns) == ["id", "text"]


@pytest.mark.parametrize(
    "content",
    ["id,text\n1,swings,trams\n", "id,text\n1,swings\n2,swings,trams\n", 'id,text\n1,"swings\n'],
    ids=["every row too long", "one row too long", "a quotation mark left open"],
)
def test_cells_that_fit_no_column_are_never_shifted_or_lost(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableFile, match="more cells than the heading") as caught:
        read_csv(file(tmp_path, content), ["id"])
    assert "swings" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n", b"id,text\n1,caf\xe9\n", b"\xff\xfei\x00d\x00"])
def test_what_is_no_csv_in_utf8_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="not a CSV table in UTF-8") as caught:
        read_csv(file(tmp_path, content), [])
    assert caught.value.what == "coded.csv"


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_csv(tmp_path / "coded.csv", [])


def test_missing_columns_are_named_and_what_stands_in_their_place_is_not(tmp_path: Path) -> None:
    path = file(tmp_path, "The lift never works,id\nswings,1\n")
    with pytest.raises(UnreadableFile, match="no column text, codes among its 2") as caught:
        read_csv(path, ["text", "id", "codes"])
    assert "lift" not in str(caught.value)


def test_a_table_is_written_with_its_folder_in_utf8_and_lf(tmp_path: Path) -> None:
    path = tmp_path / "out" / "deep" / "topics.csv"
    write_csv(path, pd.DataFrame({"id": ["1"], "text": ["مرحبا 🪁, two\nlines"], "n": [3]}))
    assert path.read_bytes().decode() == 'id,text,n\n1,"مرحبا 🪁, two\nlines",3\n'


cells = st.text(st.characters(codec="utf-8")) | st.sampled_from(
    ["a\rb", "\r", "\r\n", "\n", '"', ",", "=1+1", "NA", "nan", "\x00", " a ", "\ufeff", "'"]
)


@given(given=st.lists(st.tuples(st.just("x"), cells)))
def test_what_is_written_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, given: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csvs") / "table.csv"
    write_csv(path, pd.DataFrame(given, columns=["id", "text"]))
    assert read_csv(path, ["id", "text"])["text"].tolist() == [text for _, text in given]
