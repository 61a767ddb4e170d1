"""The run chart: worked examples, and what holds of every chart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from listening.actions import run_chart
from listening.actions.run_chart import FEWEST, SHIFT, TREND

VALUES = st.lists(st.integers(-20, 20).map(float), min_size=1, max_size=70)


def test_six_in_a_row_above_the_median_are_a_shift_and_five_are_none() -> None:
    six = run_chart([1, 1, 9, 1, 1, 1, 9, 9, 9, 9, 9, 9, 1, 1])
    five = run_chart([1, 1, 9, 1, 1, 1, 9, 9, 9, 9, 9, 1, 9, 1])
    assert six is not None
    assert five is not None
    assert (six.median, five.median) == (5, 5)
    assert six.shifts == ((6, 11, True),)
    assert five.shifts == ()
    assert "Shift: points 7 to 12 lie above the median, 6 or more in a row." in six.said


def test_a_point_on_the_median_neither_counts_nor_breaks_a_shift() -> None:
    chart = run_chart([1, 1, 1, 5, 1, 1, 1, 9, 9, 9, 9, 9, 5, 9])
    assert chart is not None
    assert chart.median == 5
    assert (chart.useful, chart.runs) == (12, 2)
    assert chart.shifts == ((0, 6, False), (7, 13, True))
    assert chart.too_few


def test_five_going_up_are_a_trend_through_a_repeated_value() -> None:
    chart = run_chart([5, 4, 5, 1, 2, 2, 3, 4, 5, 4, 5, 4])
    assert chart is not None
    assert chart.trends == ((3, 8, True),)


def test_four_going_up_are_no_trend() -> None:
    chart = run_chart([5, 4, 1, 2, 3, 4, 1, 5, 4, 5, 4, 5])
    assert chart is not None
    assert chart.trends == ()


def test_to_and_fro_makes_too_many_runs() -> None:
    chart = run_chart([1, 9] * 8)
    assert chart is not None
    assert (chart.runs, chart.expected) == (16, (5, 13))
    assert chart.too_many
    assert "Too many runs: 16, where chance makes 5 to 13." in chart.said


def test_points_that_lie_unevenly_about_the_median_are_judged_by_how_they_lie() -> None:
    """Many values alike put the median on them: here 3 points lie above it and 9 below."""
    values = [5.0, 1, 5, 1, 9, 1, 5, 1, 1, 9, 1, 5, 1, 5, 9, 1, 5, 5, 5, 1, 5, 5]
    chart = run_chart(values)
    assert chart is not None
    assert (chart.median, chart.useful) == (5, 12)
    assert (chart.runs, chart.expected) == (7, (3, 7))


def test_many_points_are_judged_as_few_are() -> None:
    chart = run_chart([1.0, 9.0] * 50)
    assert chart is not None
    assert chart.expected == (41, 61)
    assert chart.too_many


def test_no_rule_is_used_below_ten_points() -> None:
    chart = run_chart([float(value) for value in range(FEWEST - 1)])
    assert chart is not None
    assert not chart.ruled
    assert not chart.signal
    assert chart.said == ["Fewer than 10 points: look at them, and judge nothing by rules yet."]


def test_without_a_point_there_is_no_chart() -> None:
    assert run_chart([]) is None


def test_values_that_never_move_show_nothing_and_say_why_runs_are_not_judged() -> None:
    chart = run_chart([4.0] * 12)
    assert chart is not None
    assert not chart.signal
    assert (chart.useful, chart.runs, chart.expected) == (0, 0, None)
    assert "0 points lie off the median" in chart.said[0]


@given(VALUES)
def test_turned_upside_down_a_chart_says_the_same_of_the_other_side(values: list[float]) -> None:
    one, other = run_chart(values), run_chart([-value for value in values])
    assert one is not None
    assert other is not None
    assert (one.runs, one.useful, one.expected) == (other.runs, other.useful, other.expected)
    assert [(a, b, not up) for a, b, up in one.shifts] == list(other.shifts)
    assert [(a, b, not up) for a, b, up in one.trends] == list(other.trends)


@given(VALUES)
def test_read_backwards_there_are_as_many_runs_and_shifts(values: list[float]) -> None:
    one, other = run_chart(values), run_chart(values[::-1])
    assert one is not None
    assert other is not None
    assert one.runs == other.runs
    assert len(one.shifts) == len(other.shifts)
    assert len(one.trends) == len(other.trends)


@given(VALUES)
def test_every_shift_and_trend_is_what_it_is_said_to_be(values: list[float]) -> None:
    chart = run_chart(values)
    assert chart is not None
    for first, last, above in chart.shifts:
        own = [value for value in values[first : last + 1] if value != chart.median]
        assert len(own) >= SHIFT
        assert all((value > chart.median) == above for value in own)
    for first, last, up in chart.trends:
        own = values[first : last + 1]
        moved = [b - a for a, b in pairwise(own) if a != b]
        assert len(moved) + 1 >= TREND
        assert all((step > 0) == up for step in moved)
