"""Codings of the store: blind ones alone, compared by the same code as a table; round by round."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.coding.agreement import agreement, as_rows, blind, double_coded, latest, rounds
from tests.unit.coding.agreement_cases import by_nltk, compared, realistic
from tests.unit.coding.stored_cases import codings, readings


def test_the_store_and_a_table_of_the_same_codings_give_the_same_figures() -> None:
    made = realistic(80, 3)
    from_table = agreement(compared(made), 1).table
    stored = double_coded(as_rows(codings(*readings(made))))
    assert agreement(stored, 1).table.equals(from_table)


def test_what_was_read_with_suggestions_or_settles_others_is_not_blind() -> None:
    table = codings(
        {"coder": "ann", "code": "damp"},
        {"coder": "bo", "code": "damp", "role": "assisted", "hinted": True},
        {"coder": "cy", "code": "damp", "role": "assisted", "hinted": False},
        {"coder": "di", "code": "damp", "role": "adjudication"},
    )
    assert blind(table)["coder"].tolist() == ["ann", "cy"]


def test_a_code_on_a_whole_answer_has_no_edges_and_one_on_a_stretch_has() -> None:
    rows = as_rows(
        codings(
            {"code": "damp"},
            {"code": "damp", "whole": False, "start": 4, "end": 9},
            {"code": "", "whole": False, "start": 0, "end": 17},
        )
    )
    places = list(zip(rows["start"], rows["end"], strict=True))
    assert places == [("", ""), ("4", "9"), ("", "")]
    assert set(rows["codebook_version"]) == {"town 1.0"}


def test_rounds_stand_beside_each_other_with_what_nltk_says_of_each() -> None:
    first, second = realistic(40, 1, slips=0.4), realistic(40, 2, slips=0.05)
    table = codings(
        *readings(first, batch=1), *readings(second, prefix="t", batch=2, codebook_version="1.1")
    )
    overall = rounds(table, 0).query("code == ''")
    expected = [by_nltk(compared(one).segments) for one in (first, second)]
    assert overall["alpha"].tolist() == pytest.approx(expected, abs=1e-12)
    assert overall["codebook_version"].tolist() == ["1.0", "1.1"]
    assert math.isnan(overall["change"].iloc[0])
    assert overall["change"].iloc[1] == pytest.approx(expected[1] - expected[0])
    low, high = overall["change_low"].iloc[1], overall["change_high"].iloc[1]
    assert 0 < low < overall["change"].iloc[1] < high


def test_a_round_of_the_same_readings_again_is_no_change_and_its_interval_holds_nothing() -> None:
    made = realistic(60, 5)
    table = codings(*readings(made, batch=1), *readings(made, prefix="t", batch=2))
    overall = rounds(table, 0).query("code == ''").iloc[1]
    assert overall["change"] == pytest.approx(0)
    assert overall["change_low"] < 0 < overall["change_high"]


def test_small_batches_of_one_version_make_one_round_and_what_is_left_over_another() -> None:
    rows = [
        row
        for batch, size in enumerate((12, 12, 12, 5), start=1)
        for row in readings(realistic(size, batch), prefix=f"b{batch}-", batch=batch)
    ]
    overall = rounds(codings(*rows), 0).query("code == ''")
    assert overall["segments"].tolist() == [36, 5]
    assert overall["first_batch"].tolist() == [1, 4]
    assert overall["last_batch"].tolist() == [3, 4]


def test_version_1_10_comes_after_version_1_9() -> None:
    rows = [
        row
        for version in ("1.10", "1.9")
        for row in readings(realistic(5, 1), prefix=f"v{version}-", codebook_version=version)
    ]
    assert rounds(codings(*rows), 0)["codebook_version"].unique().tolist() == ["1.9", "1.10"]


def test_two_readings_under_two_versions_are_no_pair() -> None:
    table = codings({"coder": "ann", "code": "damp"}, {"coder": "bo", "codebook_version": "1.1"})
    assert rounds(table, 0).empty


def test_a_code_on_too_few_segments_of_a_round_has_no_change() -> None:
    made = [{"ann": {"damp"}, "bo": {"damp"}}] * 9 + [{"ann": set(), "bo": {"rent"}}] * 30
    table = codings(*readings(made, batch=1), *readings(made, prefix="t", batch=2))
    of_code = rounds(table, 0).set_index(["round", "code"])
    assert pd.isna(of_code.loc[(2, "damp"), "change"])
    assert of_code.loc[(2, "rent"), "change"] == pytest.approx(0)


@settings(max_examples=15)
@given(st.integers(0, 2**16), st.integers(1, 25))
def test_every_double_coded_segment_is_in_exactly_one_round(seed: int, size: int) -> None:
    random = np.random.default_rng(seed)
    made = readings(realistic(size, seed))
    batch = {row["segment_id"]: int(random.integers(1, 4)) for row in made}
    table = codings(*({**row, "batch": batch[row["segment_id"]]} for row in made))
    overall = rounds(table, 0).query("code == ''")
    assert overall["segments"].sum() == size


def test_of_a_unit_that_a_coder_read_again_the_later_reading_stands() -> None:
    table = codings(
        {"code": "housing", "code_status": "recode", "item": "before"},
        {"code": "buses", "item": "before"},
        {"code": "damp", "item": "again", "coded_at": "2026-03-09T10:00:00+00:00"},
        {"coder": "bo", "code": "damp"},
    )
    told = blind(table)
    assert told[["coder", "code"]].to_numpy().tolist() == [["ann", "damp"], ["bo", "damp"]]
    assert latest(table).equals(told)


def test_two_codings_of_one_reading_both_stand() -> None:
    table = codings({"code": "damp"}, {"code": "rent"})
    assert latest(table)["code"].tolist() == ["damp", "rent"]
    assert latest(codings()).empty
