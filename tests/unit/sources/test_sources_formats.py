"""Tables as files hold them: delimiters, encodings, odd headers, ragged rows, sheets."""

from __future__ import annotations

import csv
import datetime
import io
import unicodedata

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.records import Reading, ReadOptions
from listening.sources import MANIFEST_COLUMNS, read
from listening.sources.csvs import delimiter_of, read_csv
from listening.sources.workbooks import cell_text

_ANSWERS = [
    "A home that is dry and warm.",
    "More buses after ten at night.",
    "Somebody to talk to on Sundays.",
    "Nothing, thank you very much.",
]


def _csv(header: list[str], *rows: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([header, *rows])
    return buffer.getvalue().encode()


def _read(
    content: bytes,
    options: ReadOptions | None = None,
    name: str = "survey.csv",
    manifest: pd.DataFrame | None = None,
) -> Reading:
    return read(name, content, options or ReadOptions(), manifest)


def _manifest(name: str, **row: str) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(MANIFEST_COLUMNS, "") | {"file": name} | row], dtype="str")


def _xlsx(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_header_that_occurs_twice_or_not_at_all_gets_a_name() -> None:
    grid = read_csv("a.csv", b"comment,comment,,\na,b,c,\nd,e,,\n")
    assert grid.headers == ("comment", "comment (2)", "column 3")
    assert (
        len(_read(b"comment,comment\nA long enough answer here,Another one\nMore,Less\n").turns)
        == 4
    )


def test_rows_of_the_wrong_length_are_set_aside_or_filled_up() -> None:
    content = (
        b"id,comment,age\n1,A warm home,20\n2,More buses, please,30\n3,Benches\n4\n5,A lift,\n"
    )
    reading = _read(content)
    assert list(reading.turns["text"]) == ["A warm home", "Benches", "A lift"]
    assert [(r.row, r.why.split()[2]) for r in reading.rejects] == [("3", "has"), ("5", "ends")]


def test_a_table_of_one_column_is_read_as_answers() -> None:
    reading = _read(
        b"What would help you?\nA warm home, and quiet\nBuses\n\nA job, a real one, please\n"
    )
    assert list(reading.turns["text"]) == [
        "A warm home, and quiet",
        "Buses",
        "A job, a real one, please",
    ]
    assert set(reading.turns["question"]) == {"What would help you?"}


def test_a_column_without_a_header_loses_no_answer() -> None:
    reading = _read(
        b"I would like a warm home for my mother\nMore buses in the evening would help us\n"
    )
    assert len(reading.turns) == 2
    assert any("has no header" in note for note in reading.notes)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    lines = [
        delimiter.join(row)
        for row in (["id", "comment"], ["1", "Heat; light. And so on"], ["2", "Buses"], ["3", "x"])
    ]
    assert delimiter_of("\n".join(lines)) == delimiter


def test_a_wide_file_from_excel_is_read() -> None:
    content = "id\tcomment\n1\tŁódź is far away from here\n2\tI miss the sea\n".encode("utf-16")
    assert list(_read(content).turns["text"]) == ["Łódź is far away from here", "I miss the sea"]
    assert list(_read(b"sep=;\nid;comment\n1;a, b and c\n").turns["text"]) == ["a, b and c"]


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(
                    codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn")
                ),
                max_size=12,
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["alpha", "beta", "gamma"], *rows])
    text = buffer.getvalue()
    if not filled:
        return
    grid = read_csv("a.csv", text.encode())
    assert [list(row.cells) for row in grid.rows] == [
        [unicodedata.normalize("NFC", c) for c in row] for row in filled
    ]


def test_an_excel_sheet_is_read_with_dates_and_whole_numbers() -> None:
    content = _xlsx(
        Notes=[
            ["note_id", "date", "note", "people"],
            ["S1", datetime.datetime(2026, 4, 18), _ANSWERS[0], 2],
            ["S2", datetime.date(2026, 4, 19), _ANSWERS[1], 1],
        ]
    )
    reading = _read(content, name="notes.xlsx")
    assert list(reading.people["date"]) == ["2026-04-18", "2026-04-19"]
    assert list(reading.people["people"]) == [2, 1]


def test_of_several_sheets_the_one_with_answers_is_read_and_it_is_said() -> None:
    content = _xlsx(
        Totals=[["n", "share"], [1, 0.5], [2, 0.5]],
        Empty=[],
        Answers=[["id", "comment"], [1, _ANSWERS[0]], [2, _ANSWERS[1]]],
    )
    reading = _read(content, name="notes.xlsx")
    assert len(reading.turns) == 2
    assert reading.notes[0] == "The workbook has 2 sheets with tables; only “Answers” was read."


def test_titles_above_the_header_are_passed_over() -> None:
    content = _xlsx(S=[["Our survey"], [], ["id", "comment"], [1, _ANSWERS[0]], [2, _ANSWERS[1]]])
    reading = _read(content, name="notes.xlsx")
    assert list(reading.turns["row"]) == [4, 5]
    assert any("title" in note for note in reading.notes)


def test_two_header_rows_of_surveymonkey_become_one() -> None:
    content = _csv(
        ["Respondent ID", "What would help you?", "Pick any", ""],
        ["", "Open-Ended Response", "Heat", "Light"],
        ["11", _ANSWERS[0], "Heat", ""],
        ["12", _ANSWERS[1], "", "Light"],
    )
    reading = _read(content)
    assert list(reading.turns["question"]) == ["What would help you?"] * 2
    assert list(reading.people["participant"]) == ["11", "12"]


def test_three_header_rows_of_qualtrics_become_one() -> None:
    content = _csv(
        ["ResponseId", "Q1"],
        ["Response ID", "What would help you?"],
        ['{"ImportId":"_recordId"}', '{"ImportId":"QID1"}'],
        ["R_1", _ANSWERS[0]],
        ["R_2", _ANSWERS[1]],
    )
    reading = _read(content)
    assert list(reading.turns["question"]) == ["What would help you?"] * 2
    assert list(reading.people["participant"]) == ["R_1", "R_2"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (datetime.datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),
        (datetime.time(3, 4), "03:04:00"),
        ("a\r\nb", "a\nb"),
        (-1.0, "-1"),
    ],
)
def test_cells_read_as_a_person_would_type_them(cell: object, text: str) -> None:
    assert cell_text(cell) == text
