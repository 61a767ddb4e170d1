"""The acceptance gap: by hand, against a difference of two shares, and laws that always hold."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.coding.agreement import acceptance
from listening.records import Table
from tests.unit.coding.stored_cases import codings


def read(at: int, hinted: bool, codes: str, role: str = "assisted") -> list[dict[str, Any]]:
    """One person's one item, read by ann, with codes of one letter each."""
    about = {"participant_id": f"P{at}", "segment_id": f"s{at}", "role": role, "hinted": hinted}
    return [{**about, "code": code} for code in (codes or [""])]


def shown(pairs: list[tuple[int, str]]) -> Table:
    return pd.DataFrame(
        [(f"i-s{at}", f"s{at}", code) for at, code in pairs],
        columns=["item", "segment_id", "code"],
    )


def test_the_gap_is_that_of_a_hand_calculation() -> None:
    # of 4 hints 3 were taken; where 5 were kept back, 2 were given all the same
    given_ = [("a", True), ("a", True), ("ab", True), ("", True), *[("a", False)] * 2]
    given_ += [("b", False), ("", False), ("", False)]
    table = codings(
        *(row for at, (codes, hinted) in enumerate(given_) for row in read(at, hinted, codes))
    )
    row = acceptance(table, shown([(at, "a") for at in range(9)]), 0).set_index("code").loc["a"]
    assert (row["hinted"], row["accepted"], row["blind"], row["applied"]) == (4, 3, 5, 2)
    assert row["gap"] == pytest.approx(3 / 4 - 2 / 5)
    assert pd.isna(row["gap_low"])  # of nine people


def test_audits_and_adjudications_are_not_compared() -> None:
    table = codings(
        *read(1, True, "a"), *read(2, False, "", "blind"), *read(3, False, "a", "adjudication")
    )
    row = acceptance(table, shown([(1, "a"), (2, "a"), (3, "a")]), 0).iloc[0]
    assert (row["hinted"], row["blind"]) == (1, 0)
    assert pd.isna(row["gap"])


def test_a_code_that_does_not_count_any_more_is_not_accepted() -> None:
    table = codings({**read(1, True, "a")[0], "code_status": "retired"})
    assert acceptance(table, shown([(1, "a")]), 0)["accepted"].tolist() == [0, 0]


def test_where_nothing_was_suggested_there_is_nothing_to_tell() -> None:
    assert acceptance(codings(*read(1, True, "a")), shown([]), 0).empty


def test_two_coders_of_a_segment_have_each_met_its_suggestion() -> None:
    both = [{**read(1, True, "a")[0], "coder": "ann"}, {**read(1, True, "")[0], "coder": "bo"}]
    row = acceptance(codings(*both), shown([(1, "a")]), 0).iloc[0]
    assert (row["hinted"], row["accepted"]) == (2, 1)


def test_with_one_suggestion_a_person_the_interval_is_that_of_two_shares() -> None:
    # 120 of 200 against 80 of 200: a standard error of sqrt(.24/200 + .24/200) = .049
    rows = [
        row
        for at in range(400)
        for row in read(at, at < 200, "a" if at < 120 or 200 <= at < 280 else "")
    ]
    row = acceptance(codings(*rows), shown([(at, "a") for at in range(400)]), 1).iloc[1]
    half = 1.96 * math.sqrt(2 * 0.24 / 200)
    assert row["gap"] == pytest.approx(0.2)
    assert row["gap_low"] == pytest.approx(0.2 - half, abs=0.015)
    assert row["gap_high"] == pytest.approx(0.2 + half, abs=0.015)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(4)
    held = 0
    for seed in range(60):
        given_ = random.random(120) < np.where(np.arange(120) < 60, 0.7, 0.5)
        rows = [row for at in range(120) for row in read(at, at < 60, "a" if given_[at] else "")]
        row = acceptance(codings(*rows), shown([(at, "a") for at in range(120)]), seed).iloc[0]
        held += row["gap_low"] <= 0.2 <= row["gap_high"]
    assert held >= 51


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["", "a", "b", "ab"]), st.sampled_from("ab")),
        min_size=1,
        max_size=30,
    )
)
def test_the_row_over_all_codes_is_the_sum_of_the_others(
    made: list[tuple[bool, str, str]],
) -> None:
    rows = [row for at, (hinted, codes, _) in enumerate(made) for row in read(at, hinted, codes)]
    table = acceptance(codings(*rows), shown([(at, one[2]) for at, one in enumerate(made)]), 0)
    columns = ["hinted", "accepted", "blind", "applied"]
    assert (table[columns].iloc[0] == table[columns].iloc[1:].sum()).all()
    assert table["hinted"][0] + table["blind"][0] == len(made)
    assert (table["accepted"] <= table["hinted"]).all()
