"""A panel's table and a table of indicators: what fits is read, the rest is set aside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import ListeningError, UnknownColumn
from listening.records import INDICATORS, PANEL, QUESTIONS, empty
from listening.sources import read_indicators, read_panel, read_questions


def panel(*rows: str) -> bytes:
    return "\n".join(["id,word,words,date,present", *rows]).encode()


def indicators(*rows: str) -> bytes:
    return "\n".join(["Place,Measure,Value,Unit,Date,Source", *rows]).encode()


def test_a_panels_word_is_read_with_its_day_and_number() -> None:
    table, rejects = read_panel(
        "panel.csv", panel("money,Rename,The cost of living,2 May 2026,9", "crime,contest,,,")
    )
    assert rejects == ()
    first, second = table.to_dict("records")
    assert first == {"id": "money", "word": "rename", "words": "The cost of living",
                     "date": "2026-05-02", "present": 9}  # fmt: skip
    assert second["words"] == ""
    assert table["present"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",confirm,,,", "names no theme"),
        ("money,agree,,,", "none that a panel has"),
        ("money,rename,,,", "gives no name"),
        ("money,confirm,,soon,", "date is none"),
        ("money,confirm,,,a dozen", "no whole number"),
        ("money,confirm,,,0", "no whole number"),
    ],
)
def test_a_faulty_row_of_a_panel_is_set_aside_and_never_quoted(row: str, why: str) -> None:
    table, (reject,) = read_panel("panel.csv", panel("housing,confirm,,,", row))
    assert table["id"].tolist() == ["housing"]
    assert why in reject.why
    assert reject.row == "3"
    assert "dozen" not in str(vars(reject))


def test_indicators_are_read_as_numbers_with_a_year_or_a_day() -> None:
    table, rejects = read_indicators(
        "indicators.csv",
        indicators("Mill,Damp homes,21.5,%,2025,Stock survey", "Quay,GPs,3,,31/03/2026,"),
    )
    assert rejects == ()
    assert table["value"].tolist() == [21.5, 3.0]
    assert table["date"].tolist() == ["2025", "2026-03-31"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Damp homes,21.5,%,,", "no place"),
        ("Mill,,21.5,%,,", "no place, or no measure"),
        ("Mill,Damp homes,a fifth,%,,", "no number"),
        ("Mill,Damp homes,nan,%,,", "no number"),
        ("Mill,Damp homes,21.5,%,lately,", "date is none"),
    ],
)
def test_a_faulty_row_of_indicators_is_set_aside(row: str, why: str) -> None:
    table, (reject,) = read_indicators("indicators.csv", indicators(row, "Quay,GPs,3,,,"))
    assert table["place"].tolist() == ["Quay"]
    assert why in reject.why


def test_what_a_question_lets_people_raise_is_one_of_three_ways() -> None:
    table, rejects = read_questions(
        "questions.csv",
        b"Question,Code,How\nHow is your home?,housing,Prompted\n"
        b"How is your home?,parks,maybe\n,x,prompted\n",
    )
    assert table.to_dict("records") == [
        {"question": "How is your home?", "code": "housing", "how": "prompted"}
    ]
    assert [one.row for one in rejects] == ["3", "4"]
    assert "spontaneous, prompted, not_asked" in rejects[0].what_to_do


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(UnknownColumn, match="“word”"):
        read_panel("panel.csv", b"id,said\nmoney,confirm\n")
    with pytest.raises(UnknownColumn, match="“value”"):
        read_indicators("indicators.csv", b"place,measure\nMill,Damp\n")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    for read, schema in (
        (read_panel, PANEL),
        (read_indicators, INDICATORS),
        (read_questions, QUESTIONS),
    ):
        try:
            table, rejects = read("brought.csv", content)
        except ListeningError as error:
            table, rejects = empty(schema), (error,)
        assert list(table.columns) == list(schema.columns)
        assert all(told.what_to_do for told in rejects)
