"""Adjudication: which items go to it, and which codes count after it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.coding.adjudicate import disputed
from listening.coding.counted import counted
from listening.records import CODINGS, Table, check
from tests.unit.coding.stored_cases import codings, readings

CODES = st.frozensets(st.sampled_from(["damp", "rent", "buses"]), max_size=3)


def codes_of(table: Table) -> list[str]:
    return sorted(table["code"])


def stretch(coder: str, start: int, end: int, **about: Any) -> dict[str, Any]:
    place = {"start": start, "end": end, "whole": False, "code": "damp"}
    return {"coder": coder, "item": "i", **place, **about}


def test_an_item_on_which_two_gave_other_codes_is_disputed_and_the_codes_are_named() -> None:
    table = codings(*readings([{"ann": {"damp", "rent"}, "bo": {"damp"}}]))
    (one,) = disputed(table)
    assert (one.coders, one.codes, one.stretches) == (("ann", "bo"), ("rent",), False)


@given(CODES, CODES)
def test_whole_items_are_disputed_exactly_where_the_sets_of_codes_differ(
    first: frozenset[str], second: frozenset[str]
) -> None:
    found = disputed(codings(*readings([{"ann": first, "bo": second}])))
    assert [one.codes for one in found] == ([tuple(sorted(first ^ second))] * (first != second))


def test_one_reader_disputes_nothing_and_neither_does_one_who_saw_suggestions() -> None:
    alone = {"coder": "ann", "code": "damp"}
    assert not disputed(codings(alone))
    helped = {"coder": "bo", "code": "rent", "role": "assisted", "hinted": True}
    assert not disputed(codings(alone, helped))


def test_what_was_settled_is_disputed_no_more() -> None:
    apart = readings([{"ann": {"damp"}, "bo": set()}])
    settled = {**apart[0], "coder": "cy", "role": "adjudication"}
    assert disputed(codings(*apart))
    assert not disputed(codings(*apart, settled))


@pytest.mark.parametrize(
    ("end", "differs"),
    [(20, False), (10, False), (9, True)],  # IoU 1, .5 and .45
)
def test_stretches_agree_from_half_of_what_both_cover(end: int, differs: bool) -> None:
    found = disputed(codings(stretch("ann", 0, 20), stretch("bo", 0, end)))
    assert bool(found) == differs
    assert all(one.stretches for one in found)


def test_a_stretch_that_just_reaches_into_the_next_segment_is_still_the_same() -> None:
    # ann's begins in the segment before: its piece there is nobody else's
    table = codings(
        stretch("ann", 95, 100, segment_id="s1"),
        stretch("ann", 101, 160, segment_id="s2"),
        stretch("bo", 101, 158, segment_id="s2"),
        stretch("bo", 0, 100, segment_id="s1", code=""),
    )
    assert not disputed(table)


def test_two_stretches_against_one_are_a_difference() -> None:
    table = codings(stretch("ann", 0, 20), stretch("ann", 40, 60), stretch("bo", 0, 20))
    assert disputed(table)


def test_codes_that_rest_are_not_disputed() -> None:
    table = codings({"coder": "ann", "code": "damp", "code_status": "recode"}, {"coder": "bo"})
    assert not disputed(table)


def test_what_was_settled_counts_and_what_others_gave_does_not() -> None:
    table = codings(
        {"coder": "ann", "code": "damp"},
        {"coder": "bo", "code": "rent"},
        {"coder": "cy", "code": "buses", "role": "adjudication"},
    )
    told = counted(table)
    assert (codes_of(told), set(told["decided"]), set(told["coder"])) == (
        ["buses"],
        {"adjudicated"},
        {"cy"},
    )


def test_the_latest_who_settled_counts_and_may_settle_that_nothing_applies() -> None:
    settled = {"role": "adjudication", "segment_id": "s1"}
    table = codings(
        {"coder": "ann", "code": "damp"},
        {"coder": "cy", "code": "damp", "coded_at": "2026-03-02T11:00:00+00:00", **settled},
        {"coder": "di", "code": "", "coded_at": "2026-03-02T12:00:00+00:00", **settled},
    )
    told = counted(table)
    assert (codes_of(told), set(told["coder"])) == ([""], {"di"})


@given(st.lists(CODES, min_size=1, max_size=4))
def test_more_than_half_of_the_readers_decide(given_: list[frozenset[str]]) -> None:
    made = [{f"c{at}": codes for at, codes in enumerate(given_)}]
    told = counted(codings(*readings(made)))
    expected = {
        code
        for code in frozenset[str]().union(*given_)
        if 2 * sum(code in one for one in given_) > len(given_)
    }
    assert codes_of(told) == sorted(expected or {""})
    assert set(told["decided"]) == {"agreed" if len(given_) > 1 else "single"}
    check(told, CODINGS)


def test_a_blind_reading_goes_before_one_with_suggestions_in_view() -> None:
    table = codings(
        {"coder": "ann", "code": "damp"},
        {"coder": "bo", "code": "rent", "role": "assisted", "hinted": True},
    )
    told = counted(table)
    assert (codes_of(told), set(told["decided"])) == (["damp"], {"single"})


def test_a_code_to_be_recoded_leaves_its_unit_read_without_it() -> None:
    told = counted(codings({"code": "damp", "code_status": "recode", "memo": "which?"}))
    assert codes_of(told) == [""]
    assert told["memo"].tolist() == ["which?"]
    assert told["code_status"].tolist() == ["active"]


def test_a_code_counts_once_with_its_longest_stretch_and_every_memo() -> None:
    table = codings(
        stretch("ann", 0, 5, memo="short"),
        stretch("ann", 8, 17, memo="long"),
        stretch("bo", 8, 16, memo="short"),
    )
    (row,) = counted(table).to_dict("records")
    assert (row["start"], row["end"], row["coder"]) == (8, 17, "ann; bo")
    assert sorted(row["memo"].split("\n")) == ["long", "short"]


@pytest.mark.parametrize(
    ("marked", "told"),
    [([1, 2], 1), ([2, 3], 2), ([1, 2, 2], 2), ([3, None], 3), ([0, 0], 0)],
)
def test_severity_is_the_mean_with_halves_rounded_down(marked: list[int | None], told: int) -> None:
    rows = [{"coder": f"c{at}", "code": "damp", "severity": one} for at, one in enumerate(marked)]
    assert counted(codings(*rows))["severity"].tolist() == [told]


def test_of_no_codings_nothing_counts() -> None:
    told = counted(codings())
    assert told.empty
    assert list(told.columns) == [*CODINGS.columns, "decided"]
