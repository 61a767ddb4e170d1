"""The exact test, the score test and the interval of a ratio, beside their oracles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import boschloo_exact, fisher_exact
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    test_proportions_2indep,
)

from listening.priorities.equity.differences import MOST_TABLES, p_values
from listening.priorities.equity.exact import boschloo
from listening.priorities.equity.ratio import interval, score_test
from listening.priorities.equity.representation import clopper_pearson
from listening.priorities.nouns import Floats

# pytest would take it for a test of ours
proportions_2indep = test_proportions_2indep
del test_proportions_2indep

TABLES = [(18, 40, 12, 80), (0, 12, 9, 30), (12, 12, 20, 60), (3, 25, 3, 25), (1, 30, 0, 11)]
#: Everybody of one side, or nobody of either: where statsmodels' search for the ends fails.
INTERIOR = st.tuples(st.integers(10, 300), st.integers(10, 300)).flatmap(
    lambda sizes: st.tuples(
        st.integers(1, sizes[0] - 1),
        st.just(sizes[0]),
        st.integers(1, sizes[1] - 1),
        st.just(sizes[1]),
    )
)


def floats(*numbers: float) -> list[Floats]:
    return [np.array([float(number)]) for number in numbers]


@pytest.mark.parametrize(("x", "n", "y", "m"), TABLES)
def test_boschloos_test_is_scipys(x: int, n: int, y: int, m: int) -> None:
    ours = boschloo(np.array([x]), n, np.array([y]), m)[0]
    theirs = boschloo_exact([[x, y], [n - x, m - y]]).pvalue
    assert ours == pytest.approx(theirs, rel=2e-3)


@given(st.integers(10, 40), st.integers(10, 40), st.data())
@settings(max_examples=40)
def test_boschloos_test_takes_sides_alike_and_is_surer_than_fishers(
    n: int, m: int, data: st.DataObject
) -> None:
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    one = boschloo(np.array([x]), n, np.array([y]), m)[0]
    other = boschloo(np.array([y]), m, np.array([x]), n)[0]
    without = boschloo(np.array([n - x]), n, np.array([m - y]), m)[0]
    assert one == pytest.approx(other, rel=1e-6)
    assert one == pytest.approx(without, rel=2e-2)
    lower, upper = (
        fisher_exact([[x, n - x], [y, m - y]], alternative=way).pvalue
        for way in ("less", "greater")
    )
    assert one <= min(1.0, 2 * min(lower, upper)) + 1e-9


@given(INTERIOR)
@settings(max_examples=60)
def test_the_interval_and_the_test_by_score_are_those_of_statsmodels(
    table: tuple[int, int, int, int],
) -> None:
    low, high = interval(*floats(*table), 0.05)
    theirs = confint_proportions_2indep(*table, method="score", compare="ratio")
    assert (low[0], high[0]) == pytest.approx(theirs, rel=1e-4)
    tested = proportions_2indep(*table, method="score", compare="ratio").pvalue
    assert score_test(*floats(*table))[0] == pytest.approx(tested, rel=1e-6, abs=1e-12)


def test_the_interval_holds_the_ratio_where_everybody_or_nobody_raised_it() -> None:
    all_others = interval(*floats(12, 80, 80, 80), 0.05)
    assert all_others[0][0] < 12 / 80 < all_others[1][0]
    everybody = interval(*floats(40, 40, 80, 80), 0.05)
    assert everybody[0][0] < 1 < everybody[1][0]
    assert interval(*floats(0, 40, 12, 80), 0.05)[0][0] == 0.0
    assert interval(*floats(5, 40, 0, 80), 0.05)[1][0] == np.inf
    nobody = interval(*floats(0, 40, 0, 80), 0.05)
    assert (nobody[0][0], nobody[1][0]) == (0.0, np.inf)


@given(INTERIOR)
@settings(max_examples=40)
def test_exchanging_the_sides_turns_the_interval_over(table: tuple[int, int, int, int]) -> None:
    x, n, y, m = table
    low, high = interval(*floats(x, n, y, m), 0.05)
    other_low, other_high = interval(*floats(y, m, x, n), 0.05)
    assert low[0] == pytest.approx(1 / other_high[0], rel=1e-6)
    assert high[0] == pytest.approx(1 / other_low[0], rel=1e-6)


def test_large_groups_are_tested_by_score_and_rare_codes_exactly() -> None:
    assert MOST_TABLES < 401 * 601
    common = floats(120, 400, 120, 600)
    assert p_values(*common)[0] == pytest.approx(score_test(*common)[0])
    rare = floats(3, 400, 1, 5000)
    upper = fisher_exact([[3, 397], [1, 4999]], alternative="greater").pvalue
    assert p_values(*rare)[0] == pytest.approx(2 * upper)
    assert p_values(*rare)[0] > 3 * score_test(*rare)[0]


@given(st.integers(0, 60), st.integers(1, 60))
@settings(max_examples=40)
def test_the_interval_of_a_share_is_clopper_and_pearsons(x: int, n: int) -> None:
    x = min(x, n)
    theirs = proportion_confint(x, n, method="beta")
    assert clopper_pearson(x / n, float(n), 0.05) == pytest.approx(theirs, abs=1e-9)
