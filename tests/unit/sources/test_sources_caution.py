"""Where a guess could let words through that somebody withheld, reading errs on their side."""

from __future__ import annotations

import datetime

import pytest

from listening.errors import UnreadableFile
from listening.records import Reading, ReadOptions
from listening.sources import gate, read, read_manifest
from listening.sources.sensitive import consent_of, holds_identifiers
from listening.sources.speakers import is_interviewer_label, name_in

_TODAY = datetime.date(2026, 7, 1)
_HEAD = "file,speaker,participant_id,consent,consent_until\n"
_ANSWERS = (
    "A home that is dry and warm.",
    "More buses after ten at night.",
    "Somebody to talk to on Sundays.",
    "A bench by the shops, please.",
)


def _read(text: str, *rows: str, name: str = "a.txt") -> Reading:
    content = (_HEAD + "\n".join(rows)).encode()
    manifest = read_manifest("manifest.csv", content)[0] if rows else None
    return read(name, text.encode(), ReadOptions(), manifest)


def _table(header: str, *cells: str) -> Reading:
    rows = [f'"{_ANSWERS[n % 4]} {n}",{cell}' for n, cell in enumerate(cells)]
    return _read("\n".join([f"comment,{header}", *rows]), name="s.csv")


@pytest.mark.parametrize("row", ["a.txt,Grase,P1,none,", "a.txt,Grase,P1,perhaps,"])
def test_a_withheld_speaker_who_is_not_found_stops_the_whole_file(row: str) -> None:
    talk = "Int: Well?\nGrace: Cold.\nBo: Damp.\nInt: Ok.\nGrace: Very."
    with pytest.raises(UnreadableFile, match="withholds speaker “Grase”, who is not found") as no:
        _read(talk, row, "a.txt,Bo,P2,analysis,")
    assert "Cold" not in str(no.value)
    assert len(_read(talk, "b.txt,Grase,P1,none,").people) == 2
    with pytest.raises(UnreadableFile, match="“Grase”"):
        _read("She said the lift is out.", row)


def test_a_withheld_person_who_is_not_found_in_a_table_stops_it_too() -> None:
    table = f"participant,comment\nGrace,{_ANSWERS[0]}\nBo,{_ANSWERS[1]}\n"
    with pytest.raises(UnreadableFile, match="“Grase”"):
        _read(table, "s.csv,Grase,P1,none,", name="s.csv")
    people = gate(_read(table, "s.csv,grace,P1,none,", name="s.csv"), "", _TODAY).people
    assert list(people["participant"]) == ["Bo"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Int: Well?\nGrace: Cold.\nInt: Ok."),
        ("a.csv", "participant,comment\nGrace,A dry room would help me."),
    ],
)
def test_consent_that_ran_out_for_somebody_not_found_withholds_the_file(
    name: str, text: str
) -> None:
    out = _read(text, f"{name},Grase,P1,quotation,2026-06-30", name=name)
    assert gate(out, "", _TODAY).people.empty
    still = _read(text, f"{name},Grase,P1,quotation,2026-07-30", name=name)
    assert len(gate(still, "", _TODAY).people) == 1


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("MO (CDO)", "MO"),
        ("Mo - Interviewer", "Mo"),
        ("Mo – interviewer", "Mo"),
        ("Sade (interviewer)", "Sade"),
        ("CDO Mo", "Mo"),
        ("Mo CDO", "Mo"),
        ("Link Worker Mo", "Mo"),
    ],
)
def test_a_role_beside_a_name_is_an_interviewers_label(label: str, name: str) -> None:
    assert name_in(label) == name
    reading = _read(f"{label}: Hello.\nAnn: A bench.\n{label}: Thank you.\nAnn: Bye.")
    assert list(reading.people["participant"]) == ["Ann"]
    assert set(reading.names) == {"Ann", name}
    listed = _read(f"{label}: Hello.\nAnn: A bench.", "a.txt,Ann,P1,analysis,")
    assert list(listed.people["participant"]) == ["Ann"]
    assert any(f"“{label}”, not in the manifest" in note for note in listed.notes)


@pytest.mark.parametrize("label", ["Ann (chair)", "Housing Officer", "Anne-Marie", "Ann Host"])
def test_other_labels_stay_residents(label: str) -> None:
    assert not is_interviewer_label(label)


def test_the_one_label_that_the_manifest_leaves_out_interviews_if_it_asks() -> None:
    talk = "Imo: What would help?\nAnn: Heat.\nImo: Why is that?\nAnn: It is cold."
    reading = _read(talk, "a.txt,Ann,P1,analysis,")
    assert list(reading.people["participant"]) == ["Ann"]
    assert any("“Imo” is not in the manifest and asks the questions" in n for n in reading.notes)
    told = _read(talk.replace("?", "."), "a.txt,Ann,P1,analysis,")
    assert list(told.people["participant"]) == ["Imo", "Ann"]
    assert any("1 speaker is not in the manifest (“Imo”)" in note for note in told.notes)


@pytest.mark.parametrize("end", ["", ",,"])
@pytest.mark.parametrize("titles", [1, 2, 3])
def test_titles_above_a_header_are_skipped_and_it_is_said(titles: int, end: str) -> None:
    above = [f"What residents said {n}{end}" for n in range(titles)]
    body = ["id,comment,age", *(f"{n},{_ANSWERS[n]},20" for n in (0, 1, 2))]
    body = [line.replace("shops, please", "shops") for line in body]
    reading = _read("\n".join([*above, "", *body]), name="s.csv")
    assert list(reading.people["participant"]) == ["0", "1", "2"]
    assert any(f"the header is row {titles + 2}" in note for note in reading.notes)


def test_one_column_of_sentences_with_commas_is_no_table_under_a_title() -> None:
    lines = ["comment", "Warm, dry, quiet.", "Cheap, near, safe.", "Buses, trains, trams."]
    assert len(_read("\n".join(lines), name="s.csv").turns) == 3


@pytest.mark.parametrize("cell", ["LS1 4AB", "07700 900123", "r@example.org", "943 476 5919"])
def test_identifiers_are_never_an_attribute_nor_a_place(cell: str) -> None:
    assert holds_identifiers(["", cell])
    for header in ("home", "place"):
        reading = _table(header, *[cell, "North"] * 4)
        assert reading.people.iloc[0]["attributes"] == {}
        assert set(reading.people["place"]) == {""}
        assert f"The column “{header}” holds identifiers and is not used." in reading.notes


@pytest.mark.parametrize("cell", ["LS1", "16-24", "North Street", "2026", "3"])
def test_areas_bands_and_figures_are_no_identifiers(cell: str) -> None:
    assert not holds_identifiers([cell])


@pytest.mark.parametrize(
    "cell", ["n", "No", "No.", "no way", "Refused", "DECLINED", "withdrawn", "none"]
)
def test_every_way_to_say_no_is_none(cell: str) -> None:
    assert consent_of(cell) == "none"
    for header in ("consent", "OK to quote?", "Permission given", "Do you agree to take part"):
        reading = _table(header, cell, cell)
        assert list(reading.people["consent"]) == ["none", "none"]
        assert gate(reading, "quotation", _TODAY).people.empty


def test_a_yes_under_another_name_is_analysis_and_it_is_said() -> None:
    reading = _table("Consent given?", "Y", "no way", "")
    assert list(reading.people["consent"]) == ["analysis", "none", ""]
    assert any("Consent was taken from “Consent given?”" in note for note in reading.notes)


def test_of_several_columns_of_consent_the_narrower_stands() -> None:
    two = _table("Permission to read,Permission to quote", "yes,no", "yes,yes")
    assert list(two.people["consent"]) == ["none", "analysis"]
    rows = ("quotation,no,yes", "quotation,yes,yes", "quotation,yes,no", "analysis,no,yes")
    beside = _table("consent,Happy to be quoted,Permission", *rows)
    assert list(beside.people["consent"]) == ["analysis", "quotation", "none", "analysis"]


@pytest.mark.parametrize("header", ["Consent level", "Permission to quote your comments"])
def test_consent_that_is_not_understood_is_flagged_and_never_an_attribute(header: str) -> None:
    reading = _table(header, *["full", "partly"] * 4)
    assert reading.people.iloc[0]["attributes"] == {}
    assert len(reading.turns) == 8
    assert any(f"“{header}” was not used" in n and "NOT taken" in n for n in reading.notes)
