"""Consensus clustering, the choice of what is clustered, and joining topics."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score
from topics_residents import planted

from listening.topics.consensus import _cut, _share_together, consensus, number_of_topics
from listening.topics.fitting import choose, distinct_texts, farthest_first
from listening.topics.index import Merge, TopicSettings
from listening.topics.merging import groups, joined_stability


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


def test_topics_join_along_the_tree_small_ones_first_and_unnamed_ones_apart() -> None:
    tree = [Merge(0, 1, 0.2), Merge(2, 3, 0.3), Merge(5, 6, 0.8), Merge(7, 4, 0.9)]
    together = np.eye(5, dtype=np.float32)
    together[3, 0] = together[0, 3] = 0.5
    assert groups(tree, together, 2).tolist() == [0, 0, 0, 0, 1]
    assert groups(tree, together, 3).tolist() == [0, 0, 1, 1, 2]
    small = groups(tree, together, 4, small=frozenset({3}))
    assert small[3] == small[0]
    apart = groups(tree, together, 3, unnamed=frozenset({2, 3}))
    assert apart[2] == apart[3] not in (apart[0], apart[4])


def test_a_themes_stability_is_the_mean_over_its_pairs() -> None:
    together = np.array([[1.0, 0.5], [0.5, 0.0]], dtype=np.float32)
    stability = joined_stability(together, np.array([2, 1]), np.array([0, 0]))
    assert stability.tolist() == pytest.approx([(2 * 1.0 + 4 * 0.5) / 6])
