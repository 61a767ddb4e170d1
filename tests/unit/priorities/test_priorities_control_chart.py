"""The control chart: limits by hand, Laney's where shares spread too far, rules from ten waves."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.priorities.waves import FOR_RUN_RULES, chart
from listening.priorities.waves.charting import BEYOND, EIGHT, FOUR_OF_FIVE, TWO_OF_THREE

STEADY = [0.5, 0.52, 0.48, 0.51, 0.49, 0.5, 0.53, 0.47, 0.5, 0.5, 0.49, 0.51]


def test_two_waves_make_no_chart() -> None:
    assert chart([0.2, 0.3], [100, 100]) is None


def test_the_limits_of_a_p_chart_are_those_worked_by_hand() -> None:
    shown = chart([0.20, 0.26, 0.23], [100, 50, 200])
    assert shown is not None
    mean = (20 + 13 + 46) / 350
    assert shown.mean == pytest.approx(mean)
    for point, n in zip(shown.points, [100, 50, 200], strict=True):
        width = 3 * sqrt(mean * (1 - mean) / n)
        assert point.limits == pytest.approx((max(0, mean - width), mean + width))
        assert point.signals == ()
    assert (shown.kind, shown.sigma_z, shown.run_rules) == ("p", 1.0, False)


def test_a_wave_of_fewer_than_four_over_the_mean_share_has_no_limits() -> None:
    shown = chart([0.1, 0.1, 0.1], [39, 40, 200])
    assert shown is not None
    assert [point.limits is None for point in shown.points] == [True, False, False]


def test_where_shares_spread_more_than_chance_the_limits_are_laneys() -> None:
    shares, sizes = [0.45, 0.52, 0.47, 0.55, 0.46, 0.53], [1000] * 6
    shown = chart(shares, sizes)
    assert shown is not None
    mean = sum(shares) / 6
    error = sqrt(mean * (1 - mean) / 1000)
    z = [(share - mean) / error for share in shares]
    sigma = np.mean([abs(b - a) for a, b in pairwise(z)]) / 1.128
    assert (shown.kind, shown.sigma_z) == ("laney", pytest.approx(sigma))
    assert shown.points[0].limits == pytest.approx(
        (mean - 3 * error * sigma, mean + 3 * error * sigma)
    )
    assert [point.signals for point in shown.points] == [()] * 6


def test_a_point_beyond_the_limits_is_named_under_ten_waves_and_nothing_else_is() -> None:
    shown = chart([0.5, 0.52, 0.5, 0.51, 0.5, 0.5, 0.5, 0.5, 0.8], [60] * 9)
    assert shown is not None
    assert not shown.run_rules
    assert [point.signals for point in shown.points] == [()] * 8 + [(BEYOND,)]


SIGMA = sqrt(0.25 / 100)


@pytest.mark.parametrize(
    ("end", "rule"),
    [
        ([2.2, 0.0, 2.2], TWO_OF_THREE),
        ([1.3, 1.3, -0.2, 1.3, 1.3], FOUR_OF_FIVE),
        ([0.3] * 8, EIGHT),
    ],
)
def test_a_run_rule_is_named_where_its_pattern_ends(end: list[float], rule: str) -> None:
    # mirrored, so that the mean stays at one half; the middle parts one side from the other
    z = [-x for x in end[::-1]] + [0.0, 0.1, -0.1, 0.0] * 4 + end
    shares = [0.5 + x * SIGMA for x in z]
    shown = chart(shares, [100.0] * len(z))
    assert shown is not None
    assert shown.run_rules
    assert rule in shown.points[-1].signals
    assert all(rule not in point.signals for point in shown.points[len(end) : -1])


def test_a_steady_series_breaks_no_rule() -> None:
    shown = chart(STEADY, [200] * 12)
    assert shown is not None
    assert (shown.kind, [point.signals for point in shown.points]) == ("p", [()] * 12)


def test_a_theme_that_nobody_raised_has_points_and_no_limits() -> None:
    shown = chart([0, 0, 0], [50, 50, 50])
    assert shown is not None
    assert [point.limits for point in shown.points] == [None] * 3


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 500)), min_size=3, max_size=20))
def test_limits_hold_the_mean_and_rules_wait_for_ten_waves(
    waves: list[tuple[float, int]],
) -> None:
    shown = chart([share for share, _ in waves], [n for _, n in waves])
    assert shown is not None
    assert shown.run_rules in (False, len(waves) >= FOR_RUN_RULES)
    for point in shown.points:
        if point.limits:
            assert 0 <= point.limits[0] <= shown.mean <= point.limits[1] <= 1
        if len(waves) < FOR_RUN_RULES:
            assert set(point.signals) <= {BEYOND}
