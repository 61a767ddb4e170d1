"""Who read what, from rows of codings: nobody is taken for a reader who is none."""

from __future__ import annotations

import pandas as pd

from listening.coding.agreement import double_coded
from listening.coding.agreement.readings import DoubleCoded


def rows(*given: dict[str, str]) -> DoubleCoded:
    usual = {"participant_id": "P1", "segment_id": "s1", "code": "damp", "coder": "ann"}
    table = pd.DataFrame([usual | one for one in given], dtype=str).fillna("")
    return double_coded(table, "codings.csv")


def codes(given: DoubleCoded) -> dict[str, set[str]]:
    (segment,) = given.segments
    return {reading.coder: set(reading.codes) for reading in segment.readings}


def test_who_read_and_found_nothing_is_not_who_did_not_read() -> None:
    read = rows({}, {"coder": "bo", "code": ""})
    assert codes(read) == {"ann": {"damp"}, "bo": set()}
    unread = rows({}, {"coder": "bo", "segment_id": "s2"})
    assert unread.segments == ()
    assert (unread.read, unread.coders) == (2, ("ann", "bo"))


def test_a_coders_rows_on_a_segment_are_one_reading() -> None:
    read = rows({}, {"code": "rent"}, {"code": "rent"}, {"code": ""}, {"coder": "bo"})
    assert codes(read) == {"ann": {"damp", "rent"}, "bo": {"damp"}}


def test_two_peoples_segments_of_one_id_are_two() -> None:
    assert rows({}, {"coder": "bo", "participant_id": "P2"}).segments == ()


def test_segments_without_a_participant_stand_each_for_somebody() -> None:
    nobody = {"participant_id": ""}
    read = rows(
        nobody, nobody | {"coder": "bo"}, nobody | {"segment_id": "s2"},
        nobody | {"segment_id": "s2", "coder": "bo"},
    )  # fmt: skip
    assert [one.person for one in read.segments] == ["segment s1", "segment s2"]
    assert [one.participant_id for one in read.segments] == ["", ""]


def test_the_machine_is_no_coder() -> None:
    read = rows({"origin": "human"}, {"origin": "suggestion", "coder": "machine", "code": "rent"})
    assert read.segments == ()
    assert read.coders == ("ann",)
    assert read.codes == ("damp",)
    assert read.notes == ("Rows left out because their origin is not human: 1.",)


def test_a_persons_origin_is_one_however_it_is_written() -> None:
    read = rows({"origin": "Human"}, {"origin": " HUMAN ", "coder": "bo"})
    assert read.coders == ("ann", "bo")
    assert read.notes == ()


def test_a_name_with_other_capitals_or_spaces_is_no_second_coder() -> None:
    read = rows({"coder": "Ann"}, {"coder": "ann "}, {"coder": "ANN", "code": "rent"})
    assert (read.segments, read.coders, read.merged) == ((), ("ann",), 1)
    assert read.notes == (
        "The name of 1 coder is written in several ways that differ in capitals or spaces alone: "
        "taken for one person each.",
    )
    two = rows({"coder": "Ann  Lee"}, {"coder": "ann lee", "code": "rent"}, {"coder": "bo"})
    assert codes(two) == {"ann lee": {"damp", "rent"}, "bo": {"damp"}}


def test_codings_that_do_not_count_leave_their_segment_read() -> None:
    read = rows({"code_status": "recode"}, {"coder": "bo", "code_status": "active"})
    assert codes(read) == {"ann": set(), "bo": {"damp"}}
    assert "split or retired, or are drafts: 1." in read.notes[0]


def test_two_versions_are_said() -> None:
    same = rows({"codebook_version": "b 1.0"}, {"coder": "bo", "codebook_version": "b 1.0"})
    other = rows({"codebook_version": "b 1.0"}, {"coder": "bo", "codebook_version": "b 1.1"})
    assert same.notes == ()
    assert "2 versions (b 1.0, b 1.1)" in other.notes[0]


def test_rows_of_no_coder_or_segment_are_rejected_by_their_row() -> None:
    read = rows({}, {"coder": " "}, {"coder": "bo", "segment_id": ""}, {"coder": "bo"})
    assert [(one.row, one.file) for one in read.rejects] == [
        ("3", "codings.csv"),
        ("4", "codings.csv"),
    ]
    assert codes(read) == {"ann": {"damp"}, "bo": {"damp"}}


def test_a_place_that_is_none_is_rejected_and_its_code_kept() -> None:
    wrong = [
        ("x", "9"),
        ("9", "4"),
        ("4", "4"),
        ("4", ""),
        ("-1", "4"),
        ("1.5", "4"),
        ("0", "9" * 5_000),
    ]
    for start, end in wrong:
        read = rows({"start": start, "end": end}, {"coder": "bo", "start": "0", "end": "4"})
        assert [one.row for one in read.rejects] == ["2"], (start, end)
        assert codes(read) == {"ann": {"damp"}, "bo": {"damp"}}
    assert rows({"start": "0", "end": "4"}, {"coder": "bo"}).rejects == ()


def test_the_words_of_a_segment_are_those_of_any_row_that_has_them() -> None:
    read = rows({"text": "", "question": ""}, {"coder": "bo", "text": "wet", "question": "What?"})
    assert (read.segments[0].text, read.segments[0].question) == ("wet", "What?")
