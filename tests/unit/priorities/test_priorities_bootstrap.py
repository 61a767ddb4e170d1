"""The bootstrap against what probability says it must give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from priorities_cases import CODES, crowd, tables, themes

from listening.priorities import bootstrap
from listening.priorities.bootstrap import (
    cluster_sums,
    generator,
    patterns,
    rank_intervals,
    ranks,
    replicate,
    single_cluster,
)
from listening.priorities.counting import count


def test_resampled_shares_vary_as_binomial_shares_do() -> None:
    raised, people = tables(
        {
            **crowd("survey", 30, "housing"),
            **crowd("survey", 20, "housing", "money"),
            **crowd("survey", 50),
        }
    )
    counted, _, _ = count(raised, people, themes("housing", "money"))
    drawn = replicate(counted, 20_000, 1, 2)
    shares = drawn.shares[:, 0]
    assert shares.mean(axis=0) == pytest.approx([0.5, 0.2], abs=0.002)
    # var p(1 - p)/n; cov (p_both - p_housing p_money)/n
    expected = np.array([[0.25, 0.1], [0.1, 0.16]]) / 100
    assert np.cov(shares.T) == pytest.approx(expected, rel=0.05)
    assert (drawn.people == 100).all()


def test_a_focus_group_is_drawn_whole() -> None:
    raised, people = tables(
        {
            **crowd("focus_group", 6, "money", cluster="a"),
            **crowd("focus_group", 2, "parks", cluster="b"),
        }
    )
    counted, _, _ = count(raised, people, themes("money", "parks"))
    drawn = replicate(counted, 400, 1, 2)
    seen = {tuple(row) for row in drawn.raised[:, 0].astype(int).tolist()}
    assert seen == {(12, 0), (6, 2), (0, 4)}
    assert set(drawn.people[:, 0, 0].astype(int)) == {12, 8, 4}


def test_one_single_group_is_resampled_by_its_members() -> None:
    raised, people = tables(
        {
            **crowd("focus_group", 6, "money", cluster="a"),
            **crowd("focus_group", 6, cluster="a"),
        }
    )
    counted, _, _ = count(raised, people, themes("money"))
    assert single_cluster(counted, 0)
    assert len(cluster_sums(counted, 0).raised) == 12
    assert replicate(counted, 100, 1, 2).raised.std() > 0


def test_the_same_cluster_name_in_two_sources_is_two_clusters() -> None:
    raised, people = tables(
        {
            **crowd("focus_group", 3, "money", cluster="hall"),
            **crowd("street", 3, "money", cluster="hall"),
        }
    )
    counted, _, _ = count(raised, people, themes("money"))
    assert len(set(counted.cluster.tolist())) == 2


def test_people_without_a_cluster_are_each_their_own() -> None:
    raised, people = tables(crowd("survey", 4, "money", cluster=""))
    counted, _, _ = count(raised, people, themes("money"))
    assert len(set(counted.cluster.tolist())) == 4


@given(arrays(np.int64, st.tuples(st.integers(1, 40), st.just(3)), elements=st.integers(0, 400)))
def test_patterns_are_the_distinct_rows_in_order_with_their_counts(table: np.ndarray) -> None:
    distinct, counts = patterns(table)
    expected, expected_counts = np.unique(table, axis=0, return_counts=True)
    assert distinct.tolist() == expected.tolist()
    assert counts.tolist() == expected_counts.tolist()


def test_drawing_in_small_portions_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    raised, people = tables({**crowd("survey", 9, "money"), **crowd("survey", 9, "parks")})
    counted, _, _ = count(raised, people, themes(*CODES))
    whole = replicate(counted, 50, 1, 2)
    monkeypatch.setattr(bootstrap, "CELLS", 3)
    assert (replicate(counted, 50, 1, 2).raised == whole.raised).all()


def test_ties_are_broken_evenly() -> None:
    ranked = ranks(np.tile([1.0, 2.0, 1.0], (6000, 1)), generator(1, 2))
    assert (ranked[:, 1] == 1).all()
    assert (ranked[:, 0] == 2).mean() == pytest.approx(0.5, abs=0.03)
    assert (np.sort(ranked, axis=1) == [1, 2, 3]).all()


def test_an_interval_of_ranks_is_the_middle_and_holds_the_rank_given() -> None:
    ranked = np.column_stack([np.repeat([1, 2, 3], [5, 990, 5]), np.repeat(3, 1000)])
    assert rank_intervals(ranked, np.array([2, 1]), 0.05).tolist() == [[2, 2], [1, 3]]


def test_each_purpose_has_random_numbers_of_its_own() -> None:
    purposes = [(1,), (2,), (1, 1), (1, 2), (100,), (100, 1)]
    draws = {generator(7, *purpose).random() for purpose in purposes}
    assert len(draws) == 6
