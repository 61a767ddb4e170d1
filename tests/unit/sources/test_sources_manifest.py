"""The manifest, the population, and the gate that keeps out whoever did not consent."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.errors import UnknownColumn
from listening.records import ReadOptions
from listening.sources import (
    MANIFEST_COLUMNS,
    gate,
    read,
    read_manifest,
    read_population,
    unused_rows,
)
from listening.sources.manifest import rows_for

_TODAY = datetime.date(2026, 7, 1)
_HEAD = "file,speaker,kind,participant_id,people,date,voice,consent,consent_until,attr:tenure\n"


def _rows(*lines: str) -> tuple[pd.DataFrame, tuple[object, ...]]:
    return read_manifest("manifest.csv", (_HEAD + "\n".join(lines) + "\n").encode())


def test_a_manifest_comes_back_with_every_column_as_text() -> None:
    table, rejects = _rows("a.txt,Ann,Focus Group,P1,1,02/03/2026,,Quotation,31/12/2027,owner")
    assert rejects == ()
    assert list(table.columns) == [*MANIFEST_COLUMNS, "attr:tenure"]
    row = table.iloc[0]
    assert (row["kind"], row["consent"]) == ("focus_group", "quotation")
    assert (row["date"], row["consent_until"]) == ("2026-03-02", "2027-12-31")
    assert row["place"] == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("a.txt,Ann,chat,P1,1,,,quotation,,", "unknown kind"),
        ("a.txt,Ann,interview,P1,1,,,perhaps,,", "unknown consent"),
        ("a.txt,Ann,interview,P1,1,,sung,quotation,,", "unknown voice"),
        ("a.txt,Ann,interview,P1,0,,,quotation,,", "wrong number of people"),
        ("a.txt,Ann,interview,P1,1,soon,,quotation,,", "date that is no date"),
        ("a.txt,Ann,interview,P1,1,,,quotation,never,", "consent_until that is no date"),
    ],
)
def test_a_faulty_row_is_rejected_and_whoever_it_covers_is_withheld(line: str, why: str) -> None:
    table, rejects = _rows(line)
    assert why in rejects[0].why  # type: ignore[attr-defined]
    assert list(table["consent"]) == ["none"]
    reading = read("a.txt", b"Int: Well?\nAnn: Cold.\nInt: Ok.", ReadOptions(), table)
    assert len(gate(reading, "quotation", _TODAY).people) == 0


def test_of_two_rows_on_one_speaker_the_stricter_consent_stands() -> None:
    table, rejects = _rows("a.txt,Ann,,P1,,,,quotation,,", "A.TXT,ann,,P2,,,,analysis,,")
    assert list(table["consent"]) == ["analysis"]
    assert rejects[0].row == "3"  # type: ignore[attr-defined]


def test_a_misspelt_column_stops_rather_than_losing_consent() -> None:
    with pytest.raises(UnknownColumn, match="Did you mean “consent”"):
        read_manifest("manifest.csv", b"file,speaker,consnt\na.txt,Ann,none\n")


def test_an_unknown_column_is_said_and_a_missing_file_column_refused() -> None:
    _, rejects = read_manifest("manifest.csv", b"file,speaker,shoe size\na.txt,Ann,4\n")
    assert "attr:shoe size" in rejects[0].what_to_do
    with pytest.raises(UnknownColumn, match="no column called “file”"):
        read_manifest("manifest.csv", b"speaker,consent\nAnn,none\n")


@pytest.mark.parametrize(
    ("listed", "name", "fits"),
    [
        ("a.txt", "a.txt", True),
        ("a.txt", "in/a.txt", True),
        ("in\\A.txt", "in/a.txt", True),
        ("day/in/a.txt", "in/a.txt", True),
        ("in/a.txt", "out/a.txt", False),
        ("aa.txt", "a.txt", False),
    ],
)
def test_a_row_finds_its_file_with_or_without_folders(listed: str, name: str, fits: bool) -> None:
    table, _ = _rows(f"{listed},Ann,,P1,,,,,,")
    assert bool(rows_for(table, name)) == fits
    assert bool(unused_rows(table, "manifest.csv", [name])) != fits


def test_a_population_is_read_and_bad_rows_are_said() -> None:
    content = (
        b'attribute,value,count\nage_band,16-24,"2,010"\nage_band,65+,some\n,x,1\n'
        b"age_band,16-24,5\nplace,Quayside,0\n"
    )
    table, rejects = read_population("population.csv", content)
    assert table.to_dict("list") == {
        "attribute": ["age_band", "place"],
        "value": ["16-24", "Quayside"],
        "count": [2010, 0],
    }
    assert [reject.row for reject in rejects] == ["3", "4", "5"]
    with pytest.raises(UnknownColumn, match="“count”"):
        read_population("population.csv", b"attribute,value\nage,1\n")


def _survey(*consents: tuple[str, str]) -> bytes:
    rows = [
        f"{n},My answer number {n} is long,{c},{until}" for n, (c, until) in enumerate(consents)
    ]
    return ("id,comment,consent,consent_until\n" + "\n".join(rows) + "\n").encode()


def test_nobody_passes_who_said_no_or_whose_consent_has_run_out() -> None:
    content = _survey(
        ("none", ""),
        ("quotation", "2026-06-30"),
        ("quotation", "2026-07-01"),
        ("analysis", "2026-07"),
        ("quotation", "2026-06"),
        ("", ""),
    )
    reading = gate(read("s.csv", content, ReadOptions(), None), "", _TODAY)
    assert list(reading.people["participant"]) == ["2", "3", "5"]
    assert list(reading.people["consent"]) == ["quotation", "analysis", "analysis"]
    assert set(reading.turns["participant"]) == {"2", "3", "5"}
    assert [reject.row for reject in reading.rejects] == ["2", "3", "6"]
    assert "answer number" not in str(reading.rejects)


def test_declared_consent_fills_only_what_is_empty() -> None:
    content = _survey(("", ""), ("analysis", ""), ("none", ""))
    reading = gate(read("s.csv", content, ReadOptions(), None), "quotation", _TODAY)
    assert list(reading.people["consent"]) == ["quotation", "analysis"]


def test_of_a_transcript_only_the_turns_of_who_said_no_are_dropped() -> None:
    talk = b"Int: Well?\nAnn: Cold.\nBo: Damp.\nInt: Ok.\nAnn: Very cold."
    table, _ = _rows(
        "t.txt,Int,,interviewer,,,,,,", "t.txt,Ann,,P1,,,,none,,", "t.txt,Bo,,P2,,,,analysis,,"
    )
    before = read("t.txt", talk, ReadOptions(), table)
    after = gate(before, "", _TODAY)
    assert list(after.turns["text"]) == ["Well?", "Damp.", "Ok."]
    assert "Ann" in after.names
    nobody, _ = _rows(
        "t.txt,Int,,interviewer,,,,,,", "t.txt,Ann,,P1,,,,none,,", "t.txt,Bo,,P2,,,,none,,"
    )
    empty = gate(read("t.txt", talk, ReadOptions(), nobody), "", _TODAY)
    assert (len(empty.turns), len(empty.people), len(empty.rejects)) == (0, 0, 2)


@settings(max_examples=20)
@given(
    st.lists(
        st.sampled_from(
            [
                ("none", ""),
                ("quotation", ""),
                ("analysis", "2020-01-01"),
                ("", ""),
                ("analysis", "2030-01-01"),
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_everybody_is_either_let_through_or_said_to_be_out(consents: list[tuple[str, str]]) -> None:
    before = read("s.csv", _survey(*consents), ReadOptions(), None)
    after = gate(before, "", _TODAY)
    assert len(after.people) + len(after.rejects) == len(consents)
    assert set(after.turns["participant"]) == set(after.people["participant"])


def test_several_manifests_may_be_joined() -> None:
    first, _ = read_manifest("m1.csv", b"file,speaker,attr:tenure\na.txt,Ann,owner\n")
    second, _ = read_manifest("m2.csv", b"file,speaker\nb.txt,Bo\n")
    joined = pd.concat([first, second], ignore_index=True)
    talk = b"Int: Well?\nBo: Cold.\nInt: Ok."
    assert read("b.txt", talk, ReadOptions(), joined).people.iloc[0]["attributes"] == {}
