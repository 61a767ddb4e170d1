"""Rank confidence sets against worked examples and tabulated distributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from priorities_cases import crowd, tables, themes
from scipy.stats import norm, studentized_range

from listening.priorities import RankSettings
from listening.priorities.bootstrap import generator
from listening.priorities.counting import count, sums
from listening.priorities.rank_sets import floor, rank_sets
from listening.priorities.scoring import slopes, voters


def sets(scores: list[float], covariance: np.ndarray, alpha: float = 0.05) -> object:
    return rank_sets(np.array(scores), covariance, alpha, generator(1, 4))


def test_a_worked_example_of_three_themes() -> None:
    # Independent, each with standard error 1: se of a difference is 1.414, and the joint critical
    # value is that of the studentised range, 3.314 / 1.414 = 2.344. Differences in units of se:
    # first - second 5/1.414 = 3.54 (apart), second - third 2/1.414 = 1.41 (tied).
    found = sets([7.0, 2.0, 0.0], np.eye(3))
    assert found.joint.tolist() == [[1, 1], [2, 3], [2, 3]]
    assert found.tied.tolist() == [[False] * 3, [False, False, True], [False, True, False]]


def test_the_critical_values_are_the_tabulated_ones() -> None:
    # A theme moves from tied to apart exactly where the difference passes the critical value.
    joint = studentized_range.ppf(0.95, 4, np.inf)
    for factor, apart in ((0.97, False), (1.03, True)):
        found = sets([joint * factor, 0.0, 0.0, 0.0], np.eye(4))
        assert (found.joint[0].tolist() == [1, 1]) is apart
    for factor, apart in ((0.97, False), (1.03, True)):
        found = sets([norm.ppf(0.975) * np.sqrt(2) * factor, 0.0], np.eye(2))
        assert (found.marginal[0].tolist() == [1, 1]) is apart


@given(
    st.integers(1, 6).flatmap(
        lambda size: st.tuples(
            arrays(np.float64, size, elements=st.floats(0, 3)),
            arrays(np.float64, (size, size), elements=st.floats(-1, 1)),
        )
    )
)
@settings(max_examples=40)
def test_joint_sets_hold_marginal_sets_which_hold_the_rank(
    case: tuple[np.ndarray, np.ndarray],
) -> None:
    scores, root = case
    found = rank_sets(scores, root @ root.T, 0.05, generator(1, 4))
    place = 1 + (scores[None, :] > scores[:, None]).sum(axis=1)
    assert (found.joint[:, 0] <= found.marginal[:, 0]).all()
    assert (found.marginal[:, 1] <= found.joint[:, 1]).all()
    assert (found.marginal[:, 0] <= place).all()
    assert (place <= found.marginal[:, 1]).all()
    assert (found.tied == found.tied.T).all()
    assert not found.tied.diagonal().any()


@pytest.mark.parametrize(
    ("truth", "most"),
    [
        # all alike: nothing is harder, and the sets hold what they promise and little more
        ([0.0] * 5, 0.975),
        # one of the six is far ahead, two are close, and the others are alike
        ([9.0, 1.5, 1.0, 0.0, 0.0, 0.0], 1.0),
    ],
)
def test_joint_sets_hold_the_whole_order_nineteen_times_in_twenty(
    truth: list[float], most: float
) -> None:
    random = np.random.default_rng(11)
    root = random.normal(size=(len(truth), len(truth))) / 2
    spread = root @ root.T + np.eye(len(truth))
    better = (np.array(truth)[None, :] > np.array(truth)[:, None]).sum(axis=1)
    worse = (np.array(truth)[None, :] < np.array(truth)[:, None]).sum(axis=1)
    held = []
    for drawn in random.multivariate_normal(truth, spread, size=400):
        joint = rank_sets(drawn, spread, 0.05, generator(1, 4)).joint
        # of themes that are alike every order is the true one: a set must leave them all room
        held.append((joint[:, 0] <= 1 + better).all() and (joint[:, 1] >= len(truth) - worse).all())
    assert 0.925 <= np.mean(held) <= most


def test_themes_always_raised_together_are_tied_without_error() -> None:
    together = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    found = sets([9.0, 9.0, 0.0], together)
    assert found.joint.tolist() == [[1, 2], [1, 2], [3, 3]]


def test_a_certain_difference_is_a_difference() -> None:
    assert sets([1.0, 0.0], np.zeros((2, 2))).joint.tolist() == [[1, 1], [2, 2]]
    assert sets([1.0, 1.0], np.zeros((2, 2))).joint.tolist() == [[1, 2], [1, 2]]


def test_a_theme_that_nobody_raised_is_still_uncertain() -> None:
    # 20 people, none raised parks, all raised money: p = 1/22 and 21/22, var p(1 - p)/20.
    raised, people = tables(
        {**crowd("survey", 10, "money"), **crowd("survey", 10, "crime", "money")}
    )
    counted, _, _ = count(raised, people, themes("crime", "money", "parks"))
    votes, _ = voters(counted, RankSettings())
    seen = sums(counted)
    slope = slopes(seen, votes, "depth")
    assert slope == pytest.approx([1 / 0.5])
    variance = 1 / 22 * 21 / 22 / 20
    assert floor(counted, seen, slope) == pytest.approx([0, 4 * variance, 4 * variance])


def test_groups_that_all_say_the_same_are_as_few_as_they_are() -> None:
    # Two focus groups of six, half of each for money: no variance between groups, n is 2.
    raised, people = tables(
        {
            **crowd("focus_group", 3, "money", cluster="a"),
            **crowd("focus_group", 3, cluster="a"),
            **crowd("focus_group", 3, "money", cluster="b"),
            **crowd("focus_group", 3, cluster="b"),
        }
    )
    counted, _, _ = count(raised, people, themes("money"))
    assert floor(counted, sums(counted), np.ones(1)) == pytest.approx([0.5 * 0.5 / 2])
