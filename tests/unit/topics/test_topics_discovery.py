"""discover and themes: the reading index as a whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from topics_residents import planted, segment, subject_of

from listening.errors import InvalidTable
from listening.records import ASSIGNMENTS, SEGMENTS, TOPICS, Table, check, table_of
from listening.topics import ReadingIndex, TopicSettings, discover, themes, typicality

QUICK = TopicSettings(runs=20)


@pytest.fixture(scope="module")
def found() -> tuple[Table, np.ndarray, ReadingIndex]:
    segments, vectors = planted()
    return segments, vectors, discover(segments, vectors, QUICK, 3)


def pure(index: ReadingIndex, segments: Table) -> float:
    """Return the share of segments whose topic is mostly about their own subject."""
    table = pd.crosstab(index.assignments["topic_id"].to_numpy(), subject_of(segments))
    return float(table.max(axis=1).sum() / table.to_numpy().sum())


def test_planted_subjects_are_recovered(found) -> None:
    segments, _, index = found
    assert pure(index, segments) > 0.98
    check(index.topics, TOPICS)
    check(index.assignments, ASSIGNMENTS)


def test_themes_are_the_planted_subjects_and_bear_their_names(found) -> None:
    segments, vectors, index = found
    merged = themes(index, segments, vectors, target=6)
    assert len(merged.topics) == 6
    for subject in set(subject_of(segments)):
        assert sum(name.startswith(subject) for name in merged.topics["name"]) == 1
    assert pure(merged, segments) > 0.98


def test_the_same_seed_gives_the_same_bytes_in_any_order_of_rows(found) -> None:
    segments, vectors, index = found
    shuffled = np.random.default_rng(1).permutation(len(segments))
    again = discover(segments.iloc[shuffled], vectors[shuffled], QUICK, 3)
    assert again.topics.to_csv() == index.topics.to_csv()
    assert again.tree == index.tree
    assert again.quotes == index.quotes
    back = again.assignments.set_index("segment_id").loc[index.assignments["segment_id"]]
    assert back.reset_index().equals(index.assignments)


def test_repeating_ones_words_ten_times_moves_nobody_and_counts_nobody_twice(found) -> None:
    segments, vectors, index = found
    own = np.flatnonzero(segments["participant_id"] == "p007")
    more = np.concatenate([np.arange(len(segments)), *[own] * 9])
    loud = segments.iloc[more].reset_index(drop=True)
    loud["segment_id"] = [
        f"s{i}" if i >= len(segments) else s for i, s in enumerate(loud["segment_id"])
    ]
    repeated = discover(loud, vectors[more], QUICK, 3)
    own_before = dict(index.assignments[["segment_id", "topic_name"]].to_numpy())
    own_after = dict(repeated.assignments[["segment_id", "topic_name"]].to_numpy())
    assert all(own_after[s] == name for s, name in own_before.items())
    people = index.topics.set_index("name")["people"]
    assert repeated.topics.set_index("name")["people"].to_dict() == people.to_dict()


def test_topics_are_ordered_by_people_then_segments_then_name(found) -> None:
    topics = found[2].topics
    order = [(-t.people, -t.segments, t.name) for t in topics.itertuples()]
    assert order == sorted(order)
    assert topics["topic_id"].tolist() == list(range(len(topics)))


def test_names_are_distinct_and_words_are_joined_by_semicolons(found) -> None:
    topics = found[2].topics
    assert topics["name"].str.lower().is_unique
    assert all(1 <= len(words.split("; ")) <= 10 for words in topics["words"])


def test_quotes_come_from_different_people_and_the_first_is_the_example(found) -> None:
    segments, _, index = found
    by_id = segments.set_index("segment_id")
    for topic in index.topics.itertuples():
        quotes = by_id.loc[list(index.quotes[topic.topic_id])]
        assert quotes["participant_id"].is_unique
        assert quotes["text"].iloc[0] == topic.example


def test_a_nil_answer_is_nil_and_an_empty_one_is_unassigned_but_neither_is_hidden() -> None:
    segments, vectors = planted()
    extra = table_of(
        [segment(900, "p001", "nothing", nil=True), segment(901, "p002", "[name 1] …")], SEGMENTS
    )
    both = pd.concat([segments, extra], ignore_index=True)
    index = discover(both, np.vstack([vectors, np.zeros((2, 32), np.float32)]), QUICK)
    last = index.assignments.tail(2)
    assert last["topic_id"].tolist() == [-1, -1]
    assert last["topic_name"].tolist() == ["nil", "unassigned"]
    assert len(index.assignments) == len(both)


def test_under_a_hundred_texts_there_is_a_reading_list() -> None:
    segments, vectors = planted(each=16)
    index = discover(segments, vectors, QUICK)
    assert index.reading_list
    assert index.topics.empty
    assert set(index.assignments["topic_name"]) == {"unassigned"}
    assert themes(index, segments, vectors) is index


def test_no_segments_at_all_make_an_empty_reading_list() -> None:
    index = discover(table_of([], SEGMENTS), np.zeros((0, 1), np.float32))
    assert index.reading_list
    assert index.assignments.empty


def test_above_the_cap_a_sample_is_clustered_and_everything_is_assigned() -> None:
    segments, vectors = planted()
    settings = TopicSettings(runs=20, fit_at_most=120)
    index = discover(segments, vectors, settings)
    assert (index.assignments["topic_id"] >= 0).all()
    assert pure(index, segments) > 0.95


def test_one_talker_alone_makes_a_single_voice() -> None:
    segments, vectors = planted()
    lone = np.eye(32, dtype=np.float32)[31] + 0.02 * np.random.default_rng(2).random((9, 32))
    rows = [
        segment(950 + i, "p999", f"The canal lock gates leak, number {i}", ("canal lock gates",))
        for i in range(9)
    ]
    both = pd.concat([segments, table_of(rows, SEGMENTS)], ignore_index=True)
    lone = (lone / np.linalg.norm(lone, axis=1, keepdims=True)).astype(np.float32)
    index = discover(both, np.vstack([vectors, lone]), QUICK)
    own = index.assignments.tail(9)["topic_id"]
    assert own.nunique() == 1
    assert index.topics.loc[own.iloc[0], "flag"] == "single_voice"
    assert index.topics.loc[own.iloc[0], "name"].startswith("canal lock")


def test_flags_say_what_the_figures_say_and_the_tree_joins_all_topics(found) -> None:
    index = found[2]
    flagged = index.topics.groupby("flag")
    assert flagged.get_group("")["stability"].min() >= 0.5
    assert flagged.get_group("unstable")["stability"].max() < 0.5
    lone = index.topics["people"] < 3
    assert (lone == (index.topics["flag"] == "single_voice")).all()
    assert len(index.tree) == len(index.topics) - 1
    assert [m.apart for m in index.tree] == sorted(m.apart for m in index.tree)
    nodes = {side for m in index.tree for side in (m.left, m.right)}
    assert nodes == set(range(2 * len(index.topics) - 2))


def test_typicality_is_high_in_the_middle_and_zero_without_a_topic(found) -> None:
    _, vectors, index = found
    near = typicality(index, vectors)
    assert near.min() > 0.3
    segments, few = planted(each=16)
    assert not typicality(discover(segments, few, QUICK), few).any()


def test_vectors_that_do_not_fit_the_segments_are_refused() -> None:
    segments, vectors = planted(each=16)
    with pytest.raises(InvalidTable, match="Embed the segments again"):
        discover(segments, vectors[1:], QUICK)


def test_a_meeting_of_three_has_themes_of_one_person_each() -> None:
    segments, vectors = planted(each=30)
    subjects = subject_of(segments)
    segments["participant_id"] = [f"p{sorted(set(subjects)).index(s) // 2}" for s in subjects]
    merged = themes(discover(segments, vectors, QUICK, 3), segments, vectors)
    assert pure(merged, segments) > 0.98
    assert set(merged.topics["people"]) == {1}
