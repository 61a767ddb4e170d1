"""Who counts once people have coded, and what they raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from listening.codebook import NO_REASON, RECODE
from listening.coding.counted import counted
from listening.coding.reviewed import Reviewed, reviewed, segments_read
from listening.coding.waiting import REOPEN, SETTLE
from listening.records import CODINGS, SEGMENTS, Table, table_of


def said(who: str, kind: str, number: int, nil: bool = False) -> dict[str, Any]:
    given: dict[str, Any] = dict.fromkeys(SEGMENTS.columns, "")
    place = {"segment_id": f"{who}.{number}", "document_id": who, "participant_id": who}
    span = {"start": 100 * number, "end": 100 * number + 50}
    told = {"source_kind": kind, "text": f"words {who} {number}", "voice": "verbatim", "nil": nil}
    return {**given, **place, **span, **told, "phrases": (), "translated": False}


def read(
    one: dict[str, Any], code: str = "", *, coder: str = "ada", stream: str = "audit", **more: Any
) -> dict[str, Any]:
    names = ("participant_id", "segment_id", "document_id", "source_kind", "start", "end", "text")
    own = {name: one[name] for name in names}
    rest = {
        "question": "",
        "whole": False,
        "code": code,
        "proposed": "",
        "memo": "",
        "severity": None,
        "coder": coder,
        "origin": "human",
        "stream": stream,
        "role": "blind",
        "hinted": False,
        "codebook": "town",
        "codebook_version": "1.0",
        "code_status": "active",
        "coded_at": "2026-03-02T10:00:00",
        "lead_time": 1.0,
        "batch": 1,
        "item": one["segment_id"],
    }
    return {**own, **rest, **more}


def of(segments: Sequence[dict[str, Any]], codings: Sequence[dict[str, Any]]) -> Reviewed:
    given = pd.DataFrame(list(codings), columns=list(CODINGS.columns))
    given["severity"] = given["severity"].astype("Int64")
    return reviewed(table_of(segments, SEGMENTS), given, counted(given))


def raised(found: Reviewed) -> set[tuple[str, str]]:
    return set(found.raised.itertuples(index=False, name=None))


def test_nobody_counts_of_whom_a_part_was_not_read() -> None:
    first, second = said("P1", "interview", 0), said("P1", "interview", 1)
    assert of([first, second], [read(first, "damp")]).people == frozenset()
    both = of([first, second], [read(first, "damp"), read(second)])
    assert both.people == {"P1"}
    assert raised(both) == {("P1", "damp")}


def test_a_whole_answer_reads_every_segment_in_it() -> None:
    first, second = said("P1", "survey", 0), said("P1", "survey", 1)
    whole = read(first, "damp", whole=True, end=150)
    assert of([first, second], [whole]).people == {"P1"}


def test_an_answer_of_somebody_else_in_the_same_document_is_not_read_with_it() -> None:
    own = said("P1", "survey", 0)
    other = {**said("P2", "survey", 1), "document_id": "P1"}
    whole = read(own, whole=True, end=150)
    frame = pd.DataFrame([whole], columns=list(CODINGS.columns))
    assert segments_read(table_of([own, other], SEGMENTS), frame).tolist() == [True, False]


def test_of_a_survey_those_count_whom_the_audit_drew_until_all_are_read() -> None:
    people = [said(f"P{n}", "survey", 0) for n in range(3)]
    drawn, picked = read(people[0], "damp"), read(people[1], "rent", stream="training")
    assert of(people, [drawn, picked]).people == {"P0"}
    everybody = of(people, [drawn, picked, read(people[2], stream="discovery")])
    assert everybody.people == {"P0", "P1", "P2"}
    assert raised(everybody) == {("P0", "damp"), ("P1", "rent")}


def test_an_interview_counts_in_whatever_stream_it_was_read() -> None:
    one = said("P1", "interview", 0)
    assert of([one], [read(one, "damp", stream="training")]).people == {"P1"}


def test_a_nil_answer_needs_no_reading_and_gave_no_reason() -> None:
    spoken, nil = said("P1", "interview", 0), said("P1", "interview", 1, nil=True)
    assert of([spoken, nil], [read(spoken, "damp")]).people == {"P1"}
    silent = said("P2", "survey", 0, nil=True)
    assert of([silent], [read(silent)]).raised.to_dict("records") == [
        {"participant_id": "P2", "code": NO_REASON}
    ]


def test_a_code_that_does_not_count_any_more_leaves_its_person_read_without_it() -> None:
    one = said("P1", "interview", 0)
    found = of([one], [read(one, "damp", code_status="retired")])
    assert found.people == {"P1"}
    assert found.raised.empty


def test_whoever_is_in_dispute_waits_until_somebody_settles_it() -> None:
    one, other = said("P1", "interview", 0), said("P2", "interview", 0)
    apart = [read(one, "damp"), read(one, "rent", coder="ben")]
    alike = [read(other, "damp"), read(other, "damp", coder="ben")]
    found = of([one, other], [*apart, *alike])
    assert found.people == {"P2"}
    assert (found.waiting, found.lacking) == ({SETTLE: 1}, {"interview": 1})
    settled = read(one, "rent", coder="cleo", role="adjudication")
    found = of([one, other], [*apart, *alike, settled])
    assert raised(found) == {("P1", "rent"), ("P2", "damp")}
    assert (found.waiting, found.lacking) == ({}, {})


def test_readers_who_saw_suggestions_leave_nothing_to_be_settled() -> None:
    one = said("P1", "interview", 0)
    about: dict[str, Any] = {"role": "assisted", "hinted": True}
    found = of([one], [read(one, "damp", **about), read(one, "rent", coder="ben", **about)])
    assert found.people == {"P1"}
    assert found.waiting == {}


def test_whoever_carries_a_code_that_was_split_waits_until_it_is_read_again() -> None:
    one = said("P1", "interview", 0)
    split = read(one, "housing", code_status="recode")
    found = of([one], [split, read(one, "buses")])
    assert found.people == frozenset()
    assert (found.waiting, found.lacking) == ({RECODE: 1}, {"interview": 1})
    again = read(one, "damp", item="again", coded_at="2026-03-03T10:00:00")
    assert raised(of([one], [split, read(one, "buses"), again])) == {("P1", "damp")}


def test_nobody_is_read_by_a_reading_of_which_something_was_refused() -> None:
    one = said("P1", "interview", 0)
    refused = [read(one, "damp"), read(one, code_status="unfinished")]
    found = of([one], refused)
    assert found.people == frozenset()
    assert (found.waiting, found.lacking) == ({REOPEN: 1}, {"interview": 1})
    # somebody else who has finished it says what counts
    found = of([one], [*refused, read(one, "rent", coder="ben")])
    assert raised(found) == {("P1", "rent")}
    assert found.waiting == {}


def test_of_the_survey_nobody_is_drawn_by_an_unfinished_reading() -> None:
    people = [said(f"P{n}", "survey", 0) for n in range(2)]
    refused = read(people[0], code_status="unfinished")
    trained = read(people[0], "damp", coder="ben", stream="training")
    assert of(people, [refused, trained]).people == frozenset()


@pytest.mark.parametrize(
    ("heard", "coded", "lacking"),
    [(3, 3, {}), (3, 1, {"survey": 2}), (150, 99, {"survey": 1}), (150, 100, {})],
)
def test_a_hundred_people_of_a_source_are_enough_or_all_of_fewer(
    heard: int, coded: int, lacking: dict[str, int]
) -> None:
    people = [said(f"P{n}", "survey", 0) for n in range(heard)]
    found = of(people, [read(one) for one in people[:coded]])
    assert found.lacking == lacking
    assert found.enough is (not lacking)


def test_nothing_counts_before_anybody_has_read() -> None:
    found = of([said("P1", "survey", 0)], [])
    assert not found.people
    assert not found.enough
    assert isinstance(found.raised, Table)
