"""Stretches of text: the same when half of what they cover is shared, each taken once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.coding.agreement import agreement, double_coded
from listening.coding.agreement.readings import Span
from listening.coding.agreement.spans import matches

Marked = Mapping[str, Sequence[tuple[str, str, str]]]
SPANS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda one: ("a", one[0], sum(one))),
    max_size=5,
    unique=True,
)


def figures(*segments: Marked) -> pd.DataFrame:
    rows = [
        (f"P{at}", f"s{at}", code, coder, start, end)
        for at, one in enumerate(segments)
        for coder, spans in one.items()
        for code, start, end in (spans or [("", "", "")])
    ]
    columns = ["participant_id", "segment_id", "code", "coder", "start", "end"]
    return agreement(
        double_coded(pd.DataFrame(rows, columns=columns, dtype=str)), 0
    ).table.set_index("code")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ((0, 10), (0, 10), 1),
        ((0, 10), (0, 5), 1),  # 5 of 10
        ((0, 10), (0, 4), 0),
        ((0, 9), (3, 12), 1),  # 6 of 12
        ((0, 9), (4, 13), 0),  # 5 of 13
        ((0, 5), (5, 10), 0),
        ((0, 5), (50, 60), 0),
    ],
)
def test_half_of_what_two_cover_makes_them_the_same(
    first: tuple[int, int], second: tuple[int, int], same: int
) -> None:
    assert matches([("a", *first)], [("a", *second)]) == same
    assert matches([("a", *second)], [("a", *first)]) == same


def test_a_stretch_is_taken_once_and_as_many_pairs_are_made_as_can_be() -> None:
    # the first of b fits both of a, the second of b the first of a alone
    a, b = [("c", 0, 10), ("c", 3, 13)], [("c", 1, 11), ("c", 0, 6)]
    assert matches(a, b) == 2
    assert matches(a, b[:1]) == 1


@given(SPANS, SPANS)
def test_as_many_pairs_are_found_as_by_trying_every_order(
    first: Sequence[Span], second: Sequence[Span]
) -> None:
    def same(a: Span, b: Span) -> bool:
        one, other = set(range(a[1], a[2])), set(range(b[1], b[2]))
        return 2 * len(one & other) >= len(one | other)

    short, long = sorted((first, second), key=len)
    most = max(
        sum(same(a, b) for a, b in zip(short, order, strict=True))
        for order in permutations(long, len(short))
    )
    assert matches(first, second) == matches(second, first) == most


def test_f1_is_that_of_a_hand_calculation() -> None:
    found = figures(
        {"ann": [("damp", "0", "10"), ("rent", "20", "30")], "bo": [("damp", "1", "10")]},
        {"ann": [("damp", "0", "10")], "bo": [("damp", "8", "20")]},
        {"ann": [], "bo": []},
    )
    assert found.loc["damp", "span_f1"] == pytest.approx(2 * 1 / 4)
    assert found.loc["rent", "span_f1"] == 0
    assert found.loc["", "span_f1"] == pytest.approx(2 * 1 / 5)


def test_of_three_coders_every_stretch_counts_once() -> None:
    spans = [("damp", "0", "10")]
    assert figures({"ann": spans, "bo": spans, "cy": spans}).loc["", "span_f1"] == 1
    # one of three pairs agrees on both of its stretches; the third is alone: 2 · (1/2) / 3
    found = figures({"ann": spans, "bo": spans, "cy": [("damp", "30", "40")]})
    assert found.loc["", "span_f1"] == pytest.approx(1 / 3)


def test_a_code_on_the_whole_segment_has_no_edges_to_compare() -> None:
    found = figures(
        {"ann": [("damp", "", "")], "bo": [("damp", "0", "10")]},
        {"ann": [("damp", "0", "10")], "bo": [("damp", "0", "10")]},
    )
    assert found.loc["damp", "span_f1"] == 1
    assert np.isnan(figures({"ann": [("damp", "", "")], "bo": [("damp", "", "")]})["span_f1"]).all()


def test_who_read_and_marked_nothing_missed_what_the_other_marked() -> None:
    found = figures({"ann": [("damp", "0", "10")], "bo": []})
    assert found.loc["damp", "span_f1"] == 0


def test_f1_has_an_interval_over_people() -> None:
    hit: Marked = {"ann": [("damp", "0", "10")], "bo": [("damp", "0", "9")]}
    miss: Marked = {"ann": [("damp", "0", "10")], "bo": [("damp", "20", "29")]}
    found = figures(*[hit] * 30, *[miss] * 10).loc["damp"]
    assert found["span_f1"] == pytest.approx(0.75)
    assert found["span_f1_low"] < 0.7
    assert found["span_f1_high"] > 0.8
