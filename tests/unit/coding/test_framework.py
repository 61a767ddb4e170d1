"""The framework matrix: who said what under which code, and what a spreadsheet makes of it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.coding.counted import counted
from listening.coding.framework import CODES, PASSAGES, Framework, framework
from listening.records import DOCUMENTS, PARTICIPANTS, Table, table_of
from listening.report.framework import workbook
from tests.unit.codebook.codebook_cases import mill_town
from tests.unit.coding.stored_cases import codings

TEXT = "The walls are wet. The bus is late 🚌."


def people(**consents: str) -> Table:
    rows = [
        {"participant_id": who, "source_kind": "survey", "place": "Mill Town", "language": "en",
         "consent": consent, "people": 1, "date": "", "cluster": who, "attributes": {"age": "65+"}}
        for who, consent in consents.items()
    ]  # fmt: skip
    return table_of(rows, PARTICIPANTS)


def documents(**texts: str) -> Table:
    about = {"kind": "survey", "place": "", "date": "", "language": "en", "method": ""}
    return table_of(
        [{"document_id": key, "text": text, **about} for key, text in texts.items()], DOCUMENTS
    )


def made(*rows: dict[str, Any], consent: str = "quotation", voice: str = "verbatim") -> Framework:
    everybody = {str(row.get("participant_id", "P1")): consent for row in rows}
    return framework(
        counted(codings(*rows)), documents(d1=TEXT), people(**everybody), {"s1": voice}, mill_town()
    )


def stretch(start: int, end: int, code: str, **about: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "code": code, "whole": False, **about}


def test_a_person_is_a_row_and_a_code_a_column_with_their_words_and_the_memo() -> None:
    found = made(stretch(0, 17, "damp", memo="again"), stretch(19, 36, "buses"))
    row = found.matrix.iloc[0]
    assert row["Damp"] == "“The walls are wet”\n[again]"
    assert row["Buses"] == "“The bus is late 🚌”"
    assert (row["participant_id"], row["place"], row["attr:age"]) == ("P1", "Mill Town", "65+")


def test_words_of_who_did_not_agree_to_be_quoted_stand_in_no_quotation_marks() -> None:
    found = made(stretch(0, 17, "damp"), consent="analysis")
    assert found.matrix["Damp"][0] == "(not to be quoted) The walls are wet"
    assert found.matrix["may_be_quoted"].tolist() == ["no"]
    assert found.passages["may_be_quoted"].tolist() == ["no"]


def test_an_officers_words_stand_in_no_quotation_marks_either() -> None:
    found = made(stretch(0, 17, "damp"), voice="paraphrase")
    assert found.matrix["Damp"][0] == "(in an officer's words) The walls are wet"


def test_whoever_was_read_without_a_code_has_an_empty_row_and_a_stranger_none() -> None:
    table = counted(codings({"participant_id": "P1"}, {"participant_id": "P9", "segment_id": "s9"}))
    found = framework(table, documents(d1=TEXT), people(P1="analysis"), {}, mill_town())
    assert found.matrix["participant_id"].tolist() == ["P1"]
    assert found.matrix["Damp"].tolist() == [""]


def test_people_are_counted_once_under_a_code_however_often_they_say_it() -> None:
    found = made(
        stretch(0, 17, "damp"), stretch(19, 36, "damp", segment_id="s2"),
        stretch(0, 17, "damp", participant_id="P2", segment_id="s3"),
    )  # fmt: skip
    damp = found.codes.set_index("code").loc["damp"]
    assert (damp["people"], damp["passages"]) == (2, 3)
    assert found.codes["code"].tolist()[:2] == [code.id for code in mill_town().in_use][:2]


def test_a_code_that_is_not_in_use_but_was_given_has_a_column_of_its_own() -> None:
    found = made(stretch(0, 17, "other", proposed="Mould & rot"))
    assert found.matrix["Other"][0] == "“The walls are wet”\n[Proposed: Mould & rot]"


def opened(table: Table, first_code: int = 1) -> Any:
    empty = pd.DataFrame(columns=list(PASSAGES))
    return openpyxl.load_workbook(
        io.BytesIO(workbook(table, empty, pd.DataFrame(columns=list(CODES)), first_code))
    )


def test_the_workbook_has_headings_that_stay_and_filters() -> None:
    found = made(stretch(0, 17, "damp", severity=2), stretch(19, 36, "buses"))
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(found.matrix, found.passages, found.codes, 7))
    )
    assert book.sheetnames == ["Framework", "Passages", "Codes"]
    for sheet in book:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)
    passages = list(book["Passages"].values)
    at = passages[0].index("severity")
    assert {row[passages[0].index("code")]: row[at] for row in passages[1:]} == {
        "damp": 2,
        "buses": None,
    }


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@SUM(A1)", '=HYPERLINK("x")'])
def test_no_text_becomes_a_formula(text: str) -> None:
    (cell,) = opened(pd.DataFrame({"damp": [text]}))["Framework"]["A2:A2"][0]
    assert (cell.value, cell.data_type) == (f"'{text}", "s")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_any_other_text_comes_back_as_it_is(text: str) -> None:
    value = opened(pd.DataFrame({"damp": [text]}))["Framework"]["A2"].value
    assert value == (f"'{text}" if text[0] in "=+-@" else text)


def test_what_excel_cannot_hold_is_cut_and_says_so() -> None:
    value = opened(pd.DataFrame({"damp": ["ä" * 40_000 + "\x07"]}))["Framework"]["A2"].value
    assert len(value) == 32_767
    assert value.endswith("(the rest is in the sheet Passages)")
