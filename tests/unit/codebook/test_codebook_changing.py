"""Merging, splitting, renaming and retiring: nothing is taken out, and everything is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import (
    Change,
    Codebook,
    CounterExample,
    as_toml,
    crosswalk,
    differences,
    load,
    merge,
    rename,
    retire,
    revised,
    split,
)
from listening.errors import InvalidCodebook
from tests.unit.codebook.codebook_cases import DECISION, MILL_TOWN, books, changed, mill_town, some


def test_a_merge_moves_examples_and_settles_what_was_confused() -> None:
    book = merge(mill_town(), ["damp"], "housing", DECISION)
    housing, damp, buses = book.codes
    assert housing.examples == (
        "The rent went up",
        "No lift",
        "Water runs down the wall",
        "Mould on the wall",
        "The lift is out",
    )
    assert housing.counter_examples == ()
    assert (damp.status, damp.replaced_by) == ("retired", ("housing",))
    assert buses.counter_examples == (CounterExample("Damp in the bus", "housing"),)
    assert book.version == "1.1"
    assert book.changes == (
        Change("1.1", "merge", ("damp",), ("housing",), "2026-03-02", "R. Coder", DECISION.why),
    )


def test_what_stood_under_a_merged_code_stands_under_the_other() -> None:
    book = merge(mill_town(), ["housing"], "buses", DECISION)
    assert {code.id: code.parent for code in book.codes}["damp"] == "buses"


def test_a_code_merged_into_the_one_under_it_leaves_that_one_at_the_top() -> None:
    book = merge(mill_town(), ["housing"], "damp", DECISION)
    assert {code.id: code.parent for code in book.codes}["damp"] == ""


def test_a_split_adds_its_parts_as_drafts_to_be_written() -> None:
    book = split(mill_town(), "housing", [("rent", "Rent"), ("damp", "")], DECISION)
    by_id = {code.id: code for code in book.codes}
    assert by_id["housing"].replaced_by == ("rent", "damp")
    assert (by_id["rent"].status, by_id["rent"].name) == ("draft", "Rent")
    assert by_id["damp"].parent == ""
    assert by_id["damp"].counter_examples == (CounterExample("The lift is out", "housing"),)


def test_a_rename_keeps_the_id_and_tells_both_names() -> None:
    book = rename(mill_town(), "damp", " Damp and  mould ", DECISION)
    assert book.called("damp") == "Damp and mould"
    assert (book.changes[-1].was, book.changes[-1].now) == ("Damp", "Damp and mould")


def test_a_retired_code_gives_its_place_to_what_stood_under_it() -> None:
    book = retire(mill_town(), "housing", "", DECISION)
    by_id = {code.id: code for code in book.codes}
    assert by_id["damp"].parent == ""
    assert by_id["damp"].counter_examples == (CounterExample("The lift is out", "other"),)
    assert book.in_use == (by_id["damp"], by_id["buses"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda b: merge(b, ["trams"], "housing", DECISION), "trams: is no code of mill-town 1.0"),
        (lambda b: merge(b, ["damp"], "damp", DECISION), "damp: cannot be merged into itself"),
        (lambda b: split(b, "damp", [("wet", "Wet")], DECISION), "at least two other codes"),
        (lambda b: split(b, "damp", [("wet", ""), ("mould", "M")], DECISION), "wet: is no code"),
        (lambda b: rename(b, "damp", "Damp", DECISION), "another name than it has"),
        (lambda b: rename(b, "buses", "housing", DECISION), "calls both housing and buses"),
        (lambda b: retire(retire(b, "damp", "", DECISION), "damp", "", DECISION), "is retired in"),
    ],
)
def test_a_change_that_cannot_be_made_is_told(change: object, told: str) -> None:
    with pytest.raises(InvalidCodebook) as caught:
        change(mill_town())  # type: ignore[operator]
    assert told in str(caught.value)


def test_a_change_keeps_every_comment_of_the_file() -> None:
    after = merge(mill_town(), ["damp"], "housing", DECISION)
    text = revised(MILL_TOWN, after)
    assert load(text, draft=True) == after
    for comment in (
        "# The codebook of Mill Town.",
        "# frozen after calibration",
        "# from the pilot",
    ):
        assert comment in text
    assert text.index("# What the town owns.") < text.index('id = "housing"')
    again = revised(text, rename(load(text), "buses", "Getting about", DECISION))
    assert again.count("[[changes]]") == 2


def test_a_file_of_an_odd_shape_is_written_anew_rather_than_wrongly() -> None:
    odd = (
        'codebook = { id = "mill-town", name = "Mill Town", version = "1.0" }\n'
        'codes = [{ id = "a", name = "A", definition = """x\n[[codes]]\ny""" },\n'
        '  { id = "b", name = "B", definition = "z" }]\n'
    )
    after = merge(load(odd), ["a"], "b", DECISION)
    assert load(revised(odd, after), draft=True) == after


@some
@given(book=books())
def test_every_codebook_comes_back_from_its_file(book: Codebook) -> None:
    assert load(as_toml(book), draft=True) == book


@some
@given(data=st.data(), book=books())
def test_a_file_that_is_brought_up_says_what_the_changed_codebook_says(
    data: st.DataObject, book: Codebook
) -> None:
    after = data.draw(changed(data.draw(changed(book))))
    assert load(revised(as_toml(book), after), draft=True) == after


@some
@given(data=st.data(), book=books())
def test_a_change_loses_no_code_and_no_id_changes(data: st.DataObject, book: Codebook) -> None:
    after = data.draw(changed(book))
    assert [code.id for code in after.codes[: len(book.codes)]] == [code.id for code in book.codes]
    assert crosswalk(book, after).fates.keys() >= {code.id for code in book.codes}


@some
@given(data=st.data(), book=books())
def test_a_crosswalk_over_two_versions_is_one_after_the_other(
    data: st.DataObject, book: Codebook
) -> None:
    second = data.draw(changed(book))
    third = data.draw(changed(second))
    in_steps = crosswalk(book, second).then(crosswalk(second, third))
    at_once = crosswalk(book, third)
    for code, fate in at_once.fates.items():
        step = in_steps.fates[code]
        assert (step.code, step.standing, step.into) == (fate.code, fate.standing, fate.into)


def test_a_crosswalk_says_what_may_be_compared() -> None:
    book = mill_town()
    parted = split(book, "damp", [("wet", "Wet"), ("housing", "")], DECISION)
    assert crosswalk(book, parted).comparable == {"buses", "other", "no-reason-given"}
    assert crosswalk(book, merge(book, ["damp"], "housing", DECISION)).comparable == {
        "housing", "buses", "other", "no-reason-given",
    }  # fmt: skip


def test_a_crosswalk_is_made_between_versions_of_one_codebook_that_lose_nothing() -> None:
    book = mill_town()
    lacks = replace(book, version="1.1", codes=book.codes[:1] + book.codes[2:])
    for old, new, told in (
        (book, replace(book, id="mill"), "another codebook"),
        (replace(book, version="1.10"), replace(book, version="1.9"), "is earlier than"),
        (book, lacks, "has no code damp"),
    ):
        with pytest.raises(InvalidCodebook) as caught:
            crosswalk(old, new)
        assert told in str(caught.value)


def test_differences_are_told_in_plain_words() -> None:
    book = mill_town()
    after = merge(book, ["damp"], "housing", DECISION)
    buses = replace(after.codes[2], definition="Fares.", examples=("late", "full", "dear"))
    after = replace(after, codes=(*after.codes[:2], buses))
    told = [one.sentence for one in differences(book, after)]
    assert "Version 1.0 became 1.1." in told
    assert "Code “Damp” was merged into “Housing”." in told
    assert "2 examples were added to “Buses”." in told
    assert (
        "The definition of “Buses” changed: is it still the same code? If not, give it a new id."
        in told
    )
    assert differences(book, book) == []


def test_two_files_of_one_version_that_differ_are_told() -> None:
    book = mill_town()
    (first, *_) = differences(book, replace(book, codes=book.codes[:2]))
    assert first.mend
    assert "Both say that they are version 1.0" in first.sentence


@some
@given(book=books(), other=books())
def test_there_is_a_difference_exactly_where_codebooks_differ(
    book: Codebook, other: Codebook
) -> None:
    assert (differences(book, other) == []) == (book == other)
