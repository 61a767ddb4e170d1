"""Consensus clustering, the choice of what is clustered, and joining topics."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score
from topics_residents import planted

from listening.topics.consensus import _cut, _share_together, consensus, number_of_topics
from listening.topics.fallbacks import NO_NAME
from listening.topics.fitting import choose, distinct_texts, farthest_first
from listening.topics.index import TopicSettings
from listening.topics.merging import groups, joined_stability, largest_names, likeness


@pytest.mark.parametrize(("texts", "topics"), [(150, 15), (500, 23), (1_500, 35)])
def test_the_number_of_topics_is_that_of_the_method(texts: int, topics: int) -> None:
    assert number_of_topics(texts) == topics


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(-1, 3), min_size=6, max_size=6), min_size=1, max_size=8))
def test_the_share_together_is_runs_together_over_runs_with_both(votes: list[list[int]]) -> None:
    share = _share_together(np.array(votes, dtype=np.int16))
    for a in range(6):
        for b in range(6):
            both = [v for v in votes if v[a] >= 0 and v[b] >= 0]
            expected = sum(v[a] == v[b] for v in both) / len(both) if both else 0
            assert share[a, b] == pytest.approx(expected)


def test_a_cut_gives_exactly_as_many_clusters_and_their_own_stability() -> None:
    share = np.array([[1, 0.9, 0, 0], [0.9, 1, 0, 0], [0, 0, 1, 0.6], [0, 0, 0.6, 1]], np.float32)
    two = _cut(share, 2)
    assert two.labels[0] == two.labels[1] != two.labels[2] == two.labels[3]
    assert sorted(two.stability.tolist()) == pytest.approx([0.6, 0.9])
    assert two.merges.tolist() == [[0, 1, 1]]
    assert sorted(set(_cut(share, 4).labels)) == [0, 1, 2, 3]


def test_consensus_finds_planted_clusters_and_repeats_itself() -> None:
    _, vectors = planted(each=30)
    truth = np.repeat(np.arange(6), 30)
    speakers = [[i % 90] for i in range(len(truth))]
    first = consensus(vectors, speakers, 6, 20, seed=5)
    assert adjusted_rand_score(truth, first.labels) > 0.98
    again = consensus(vectors, speakers, 6, 20, seed=5)
    assert first.together.tobytes() == again.together.tobytes()


def test_farthest_first_takes_the_middle_and_then_what_differs() -> None:
    angles = np.array([0.0, 0.05, 0.1, 1.5])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    chosen = farthest_first(vectors, [0, 1, 2, 3], 2)
    assert chosen[0] == 2
    assert chosen[1] == 3
    assert farthest_first(vectors, [2, 3], 5) == [2, 3]


def test_a_person_brings_at_most_ten_texts() -> None:
    segments, vectors = planted(each=40, people=10)
    texts = distinct_texts(segments, vectors)
    numbers, speakers = choose(texts, TopicSettings(fit_at_least=100), 0)
    assert len(numbers) == 100
    assert all(sum(person in who for who in speakers) == 10 for person in range(10))


def test_where_few_people_speak_everybody_brings_more_by_the_same_number() -> None:
    segments, vectors = planted(each=40, people=10)
    texts = distinct_texts(segments, vectors)
    numbers, speakers = choose(texts, TopicSettings(fit_at_least=150), 0)
    assert len(numbers) == 150
    assert all(sum(person in who for who in speakers) == 15 for person in range(10))


def test_a_text_said_by_many_is_one_text_with_many_speakers() -> None:
    segments, vectors = planted(each=20)
    segments.loc[segments.index[:5], "text_key"] = "same"
    texts = distinct_texts(segments, vectors)
    assert len(texts.vectors) == len(segments) - 4
    assert max(map(len, texts.said_by)) == 5


def matrix(number: int, **pairs: float) -> np.ndarray:
    """Return a symmetric matrix with ones on the diagonal and pairs given as `_0_1=0.5`."""
    made = np.eye(number, dtype=np.float32)
    for pair, value in pairs.items():
        a, b = map(int, pair.strip("_").split("_"))
        made[a, b] = made[b, a] = value
    return made


EVEN = np.ones(5)
TOGETHER = np.full((5, 5), 0.1, dtype=np.float32)


def test_topics_of_one_matter_join_and_the_others_stay_apart() -> None:
    alike = matrix(5, _0_1=0.7, _2_3=0.4, _3_4=0.2)
    assert groups(alike, TOGETHER, EVEN, 1, 5).tolist() == [0, 0, 1, 1, 2]
    assert groups(alike, TOGETHER, EVEN, 4, 5).tolist() == [0, 0, 1, 2, 3]


def test_topics_that_never_fell_together_do_not_join_however_alike() -> None:
    never = matrix(5)
    assert groups(matrix(5, _0_1=0.7), never, EVEN, 1, 5).tolist() == [0, 1, 2, 3, 4]


def test_where_too_many_are_left_a_light_topic_joins_the_most_alike() -> None:
    alike = matrix(5, _0_1=0.2, _2_3=0.15)
    weights = np.array([9.0, 9.0, 9.0, 1.0, 9.0])
    assert groups(alike, TOGETHER, weights, 1, 4).tolist() == [0, 1, 2, 2, 3]


def test_a_topic_of_few_people_joins_the_most_alike() -> None:
    alike = matrix(5, _3_0=0.2)
    assert groups(alike, TOGETHER, EVEN, 1, 5, frozenset({3})).tolist() == [0, 1, 2, 0, 3]
    everybody = frozenset(range(5))
    assert groups(alike, TOGETHER, EVEN, 1, 5, everybody).tolist() == [0, 1, 2, 3, 4]


def test_topics_without_a_name_make_one_group_and_swallow_no_clear_one() -> None:
    alike = matrix(5, _0_1=0.7, _2_3=0.1)
    weights = np.array([9.0, 1.0, 1.0, 1.0, 1.0])
    found = groups(alike, TOGETHER, weights, 1, 5, unnamed=frozenset({0, 4}))
    assert found.tolist() == [0, 1, 2, 3, 0]


def test_a_theme_bears_the_name_of_its_largest_topic_and_of_one_as_large() -> None:
    topics = pd.DataFrame(
        {
            "name": ["bus times", "bus stops", "parking and roads", "dog mess", NO_NAME],
            "people": [20, 19, 15, 4, 30],
            "segments": [20, 19, 15, 4, 30],
        }
    )
    alike = matrix(5, _0_1=0.7, _0_2=0.5, _2_3=0.4)
    assert largest_names(topics, np.array([0, 0, 0, 1, 1]), alike) == [
        "bus times and parking",
        "dog mess",
    ]
    assert largest_names(topics, np.array([0, 0, 1, 1, 2]), alike) == [
        "bus times",
        "parking and roads",
        NO_NAME,
    ]


def test_what_all_topics_share_makes_none_alike() -> None:
    place = np.array([5, 0, 0], np.float32)
    apart = np.eye(3, dtype=np.float32)[[1, 1, 2, 2]] + place
    vectors = (apart / np.linalg.norm(apart, axis=1, keepdims=True)).astype(np.float32)
    assert vectors[0] @ vectors[2] > 0.9
    assert likeness(np.array([0, 0, 1, 1]), vectors)[0, 1] < 0


def test_a_themes_stability_is_the_mean_over_its_pairs() -> None:
    together = np.array([[1.0, 0.5], [0.5, 0.0]], dtype=np.float32)
    stability = joined_stability(together, np.array([2, 1]), np.array([0, 0]))
    assert stability.tolist() == pytest.approx([(2 * 1.0 + 4 * 0.5) / 6])
