"""The way for more texts than pairs of texts can be held."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform
from sklearn.metrics import adjusted_rand_score
from topics_residents import planted, subject_of

from listening.records import ASSIGNMENTS, TOPICS, check
from listening.topics import TopicSettings, discover, themes
from listening.topics.consensus import number_of_topics
from listening.topics.many import consensus_of_many, cut, share_together

MANY = TopicSettings(runs_of_many=8, pairs_at_most=150)


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.integers(-1, 2), min_size=7, max_size=7), min_size=1, max_size=6),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
def test_the_share_of_two_groups_is_counted_over_all_pairs_of_their_texts(
    votes: list[list[int]], others: list[int]
) -> None:
    group = np.array([0, 1, 2, *others])
    share = share_together([np.array(run, dtype=np.int16) for run in votes], group)
    for a in range(3):
        for b in range(3):
            pairs = [
                run[i] == run[j]
                for run in votes
                for i in np.flatnonzero(group == a)
                for j in np.flatnonzero(group == b)
                if i != j and run[i] >= 0 and run[j] >= 0
            ]
            assert share[a, b] == pytest.approx(np.mean(pairs) if pairs else 0, abs=1e-6)


def test_groups_of_one_size_join_as_in_average_linkage() -> None:
    apart = squareform(np.random.default_rng(4).random(45)).astype(np.float32)
    labels, merges = cut(apart, np.full(10, 3), 4)
    tree = linkage(squareform(apart, checks=False), "average")
    assert merges[:, 2].tolist() == pytest.approx(tree[-3:, 2].tolist())
    assert sorted(set(labels)) == [0, 1, 2, 3]
    assert sorted(merges[:, :2].ravel().tolist()) == [0, 1, 2, 3, 4, 5]


def test_a_large_group_weighs_more_than_a_small_one() -> None:
    apart = np.array([[0, 0.1, 0.8], [0.1, 0, 0.2], [0.8, 0.2, 0]], dtype=np.float32)
    _, merges = cut(apart, np.array([9, 1, 1]), 3)
    assert merges[:, 2].tolist() == pytest.approx([0.1, (9 * 0.8 + 0.2) / 10])


def test_many_texts_fall_into_their_planted_clusters_and_do_so_again() -> None:
    _, vectors = planted(each=300)
    truth = np.repeat(np.arange(6), 300)
    speakers = [[i % 700] for i in range(len(truth))]
    first = consensus_of_many(vectors, speakers, 6, 10, seed=5)
    assert adjusted_rand_score(truth, first.labels) > 0.98
    assert (first.stability > 0.5).all()
    again = consensus_of_many(vectors, speakers, 6, 10, seed=5)
    assert first.together.tobytes() == again.together.tobytes()
    assert first.merges.tobytes() == again.merges.tobytes()


def test_a_reading_of_many_texts_is_whole_and_the_same_in_any_order_of_rows() -> None:
    segments, vectors = planted()
    index = discover(segments, vectors, MANY, 3)
    check(index.topics, TOPICS)
    check(index.assignments, ASSIGNMENTS)
    assert (index.assignments["topic_id"] >= 0).all()
    assert len(index.tree) == len(index.topics) - 1
    assert index.together.shape == (len(index.topics), len(index.topics))
    assert len(themes(index, segments, vectors, target=6).topics) == 6
    table = pd.crosstab(index.assignments["topic_id"].to_numpy(), subject_of(segments))
    assert table.max(axis=1).sum() / table.to_numpy().sum() > 0.98
    shuffled = np.random.default_rng(1).permutation(len(segments))
    again = discover(segments.iloc[shuffled], vectors[shuffled], MANY, 3)
    assert again.topics.to_csv() == index.topics.to_csv()
    assert again.tree == index.tree
    assert again.quotes == index.quotes
    assert again.together.tobytes() == index.together.tobytes()


def test_nobody_is_asked_to_read_more_than_sixty_topics() -> None:
    assert number_of_topics(5_000) < number_of_topics(6_100) == number_of_topics(10**6) == 60
