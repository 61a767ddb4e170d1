"""Limits of runs from first principles: every order counted, and beside the published table."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, groupby
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.actions.chance import ONE_IN, orders_with, runs_by_chance

#: table 1 of Perla, Provost & Murray (2011), after Swed & Eisenhart (1943): useful observations →
#: fewest and most runs, for as many points above the median as below
PUBLISHED = {
    10: (3, 9), 11: (3, 10), 12: (3, 11), 13: (4, 11), 14: (4, 12), 15: (5, 12), 16: (5, 13),
    17: (5, 13), 18: (6, 14), 19: (6, 15), 20: (6, 16), 21: (7, 16), 22: (7, 17), 23: (7, 17),
    24: (8, 18), 25: (8, 18), 26: (9, 19), 27: (10, 19), 28: (10, 20), 29: (10, 20), 30: (11, 21),
    31: (11, 22), 32: (11, 23), 33: (12, 23), 34: (12, 24), 35: (12, 24), 36: (13, 25),
    37: (13, 25), 38: (14, 26), 39: (14, 26), 40: (15, 27), 41: (15, 27), 42: (16, 28),
    43: (16, 28), 44: (17, 29), 45: (17, 30), 46: (17, 31), 47: (18, 31), 48: (18, 32),
    49: (19, 32), 50: (19, 33), 51: (20, 33), 52: (20, 34), 53: (21, 34), 54: (21, 35),
    55: (22, 35), 56: (22, 36), 57: (23, 36), 58: (23, 37), 59: (24, 38), 60: (24, 38),
}  # fmt: skip
#: where the table lets a run fewer or more pass than the exact limits do
WIDER = {11, 12, 17, 20, 22, 23, 25, 32, 35, 37}
#: where it lets one run less pass, so that chance alone is outside on that side more than 2.5 %
NARROWER = {29, 41, 43, 53, 55, 57, 59}


def counted(above: int, below: int) -> Counter[int]:
    """Count the runs of every order there is: no formula."""
    every = above + below
    found: Counter[int] = Counter()
    for places in combinations(range(every), above):
        order = [place in places for place in range(every)]
        found[sum(1 for _ in groupby(order))] += 1
    return found


@pytest.mark.parametrize(("above", "below"), [(5, 5), (5, 6), (3, 9), (7, 7), (1, 10), (8, 6)])
def test_the_formula_counts_what_counting_every_order_counts(above: int, below: int) -> None:
    found = counted(above, below)
    most = max(found)
    assert {runs: orders_with(runs, above, below) for runs in range(2, most + 1)} == dict(found)


@given(above=st.integers(1, 60), below=st.integers(1, 60))
def test_no_order_is_left_out_and_none_counted_twice(above: int, below: int) -> None:
    told = [orders_with(runs, above, below) for runs in range(2, above + below + 1)]
    assert sum(told) == comb(above + below, above)


@given(above=st.integers(1, 60), below=st.integers(1, 60))
def test_beyond_the_limits_lies_at_most_one_in_forty_and_one_run_further_more(
    above: int, below: int
) -> None:
    fewest, most = runs_by_chance(above, below)
    every = comb(above + below, above)

    def chance(runs: range) -> float:
        return sum(orders_with(one, above, below) for one in runs) / every

    assert fewest <= most
    assert chance(range(2, fewest)) <= 1 / ONE_IN
    assert chance(range(2, fewest + 1)) > 1 / ONE_IN
    assert chance(range(most + 1, above + below + 1)) <= 1 / ONE_IN
    assert chance(range(most, above + below + 1)) > 1 / ONE_IN


@pytest.mark.parametrize("useful", sorted(PUBLISHED))
def test_the_published_table_is_off_by_a_run_at_most_and_in_the_rows_that_the_docs_name(
    useful: int,
) -> None:
    fewest, most = runs_by_chance(useful // 2, useful - useful // 2)
    table = PUBLISHED[useful]
    apart = fewest - table[0], table[1] - most
    assert max(map(abs, apart)) <= 1
    assert (max(apart) > 0) == (useful in WIDER)
    assert (min(apart) < 0) == (useful in NARROWER)
