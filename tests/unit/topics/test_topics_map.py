"""The map of topics: near where they fell together, the same every time; and who joins whom."""

from __future__ import annotations

import numpy as np
import pytest

from listening.topics import Merge, TopicSettings, discover
from listening.topics.mapped import nearest, positions
from tests.unit.topics.topics_residents import planted

#: Two pairs of topics, and one apart from all.
TOGETHER = np.array(
    [
        [0.9, 0.5, 0.0, 0.0, 0.1],
        [0.5, 0.8, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.9, 0.4, 0.0],
        [0.0, 0.0, 0.4, 0.7, 0.0],
        [0.1, 0.0, 0.0, 0.0, 0.6],
    ],
    dtype=np.float32,
)
TREE = (Merge(1, 0, 0.5), Merge(3, 2, 0.6), Merge(4, 5, 0.95), Merge(6, 7, 1.0))


def apart(places: np.ndarray, one: int, other: int) -> float:
    """Return how far from each other two topics are drawn."""
    return float(np.linalg.norm(places[one] - places[other]))


def test_what_fell_together_is_drawn_together() -> None:
    places = positions(TOGETHER, np.eye(5, dtype=np.float32))
    assert apart(places, 0, 1) < apart(places, 0, 2)
    assert apart(places, 2, 3) < apart(places, 2, 4)
    assert np.linalg.norm(places, axis=1).max() == pytest.approx(1, abs=1e-3)


def test_what_is_alike_is_drawn_together_though_it_never_fell_together() -> None:
    alike = np.eye(5, dtype=np.float32)
    alike[0, 4] = alike[4, 0] = 0.95
    places = positions(np.eye(5, dtype=np.float32), alike)
    assert apart(places, 0, 4) < min(apart(places, 0, other) for other in (1, 2, 3))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_topic_or_two_have_places_too(number: int) -> None:
    places = positions(TOGETHER[:number, :number], np.eye(number, dtype=np.float32))
    assert places.shape == (number, 2)
    assert np.isfinite(places).all()


def test_the_topics_that_a_topic_joins_first_are_named_with_the_share_of_runs() -> None:
    assert nearest(TREE, TOGETHER, [0, 1, 2, 3, 4]) == [
        "1: 0.50",
        "0: 0.50",
        "3: 0.40",
        "2: 0.40",
        "0: 0.10",
    ]


def test_numbers_are_the_topics_own_though_one_is_missing() -> None:
    assert nearest(TREE, TOGETHER, [0, 2, 5, 7, 9])[:2] == ["2: 0.50", "0: 0.50"]


def test_without_a_tree_the_nearest_topic_stands_and_none_where_nothing_fell_together() -> None:
    assert nearest((), TOGETHER, [0, 1, 2, 3, 4])[4] == "0: 0.10"
    assert nearest((), np.eye(5, dtype=np.float32), [0, 1, 2, 3, 4]) == [""] * 5


def test_a_reading_has_a_place_for_every_topic_the_same_in_any_order_of_the_rows() -> None:
    segments, vectors = planted(each=30)
    settings = TopicSettings(runs=8, most_runs=8)
    order = np.random.default_rng(1).permutation(len(segments))
    one = discover(segments, vectors, settings)
    other = discover(segments.iloc[order].reset_index(drop=True), vectors[order], settings)
    assert one.positions.shape == (len(one.topics), 2)
    assert np.array_equal(one.positions, other.positions)
    assert one.topics["near"].tolist() == other.topics["near"].tolist()
