"""Extending a reading: old topics stay, new ones come only where something new is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from topics_residents import planted, segment

from listening.records import SEGMENTS, Table, Vectors, table_of
from listening.topics import Extended, discover, extend, saved, themes
from listening.topics.neighbours import among_neighbours


@pytest.fixture(scope="module")
def town() -> tuple[Table, Vectors]:
    return planted(each=40)


def _later(
    town: tuple[Table, Vectors], text: str, times: int, like: int | None, people: int = 20
) -> tuple[Table, Vectors]:
    """Return the town with more segments: like an old one, or like nothing before."""
    segments, vectors = town
    random = np.random.default_rng(3)
    middle = vectors[like] if like is not None else _apart_from(vectors)
    rows = [segment(1_000 + i, f"n{i % people}", f"{text} {i}") for i in range(times)]
    new = middle + 0.02 * random.standard_normal((times, vectors.shape[1]))
    new /= np.linalg.norm(new, axis=1, keepdims=True)
    return (
        pd.concat([segments, table_of(rows, SEGMENTS)], ignore_index=True),
        np.concatenate([vectors, new.astype(np.float32)]),
    )


def _apart_from(vectors: Vectors) -> Vectors:
    """Return a direction in which nothing was said."""
    return np.asarray(np.linalg.svd(vectors)[2][-1])


def _topic_of(done: Extended) -> list[int]:
    return done.reading.assignments["topic_id"].tolist()


def test_what_was_placed_stays_and_what_fits_joins_its_topic(town: tuple[Table, Vectors]) -> None:
    first = discover(*town, seed=1)
    done = extend(saved(first), *_later(town, "The early bus times again", 12, like=0))
    placed, old = _topic_of(done), first.assignments["topic_id"].tolist()
    assert placed[: len(old)] == old
    assert set(placed[len(old) :]) == {old[0]}
    assert done.reading.topics["name"].tolist() == first.topics["name"].tolist()
    grown = done.changes[done.changes["segments"] > done.changes["segments_before"]]
    assert grown["topic_id"].tolist() == [old[0]]
    assert set(done.changes["change"]) == {"kept"}


def test_what_fits_nowhere_makes_a_topic_of_its_own(town: tuple[Table, Vectors]) -> None:
    first = discover(*town, seed=1)
    done = extend(saved(first), *_later(town, "Seagulls steal our chips", 12, like=None))
    new = done.changes[done.changes["change"] == "new"]
    assert new["topic_id"].tolist() == [len(first.topics)]
    assert new["segments"].tolist() == [12]
    assert "eagull" in new["name"].item() or "chip" in new["name"].item()
    assert done.reading.topics.loc[len(first.topics), "flag"] == "unstable"


def test_two_people_make_no_new_topic(town: tuple[Table, Vectors]) -> None:
    first = discover(*town, seed=1)
    later = _later(town, "Seagulls steal our chips", 12, like=None, people=2)
    done = extend(saved(first), *later)
    assert set(done.changes["change"]) == {"kept"}
    assert min(_topic_of(done)) >= 0


def test_a_topic_that_everybody_left_is_said_to_be_gone(town: tuple[Table, Vectors]) -> None:
    first = discover(*town, seed=1)
    stay = (first.assignments["topic_id"] != 0).to_numpy()
    segments, vectors = town
    left = segments[stay].reset_index(drop=True)
    done = extend(saved(first), left, vectors[stay])
    assert done.changes.loc[0, "change"] == "gone"
    assert done.changes.loc[0, "segments"] == 0
    assert done.reading.topics["topic_id"].tolist() == list(range(1, len(first.topics)))
    merged = themes(done.reading, left, vectors[stay], target=3)
    assert len(merged.topics) == 3
    assert merged.topics["segments"].sum() == len(left)


def test_a_topic_without_a_name_is_named_afresh_and_a_new_one_takes_no_old_name(
    town: tuple[Table, Vectors],
) -> None:
    first = discover(*town, seed=1)
    before = saved(first)
    nameless = type(before)(
        ("", *before.names[1:]), before.stability, before.together, before.topic_of
    )
    done = extend(nameless, *_later(town, "Seagulls steal our chips", 12, like=None))
    names = done.reading.topics["name"].tolist()
    assert names[0]
    assert len(set(names)) == len(names)


def test_an_extension_extended_by_nothing_is_itself(town: tuple[Table, Vectors]) -> None:
    later = _later(town, "Seagulls steal our chips", 12, like=None)
    once = extend(saved(discover(*town, seed=1)), *later)
    twice = extend(saved(once.reading), *later)
    assert _topic_of(twice) == _topic_of(once)
    assert twice.reading.topics["name"].tolist() == once.reading.topics["name"].tolist()


def test_neighbours_bring_together_what_is_alike_and_keep_the_length(
    town: tuple[Table, Vectors],
) -> None:
    _, vectors = town
    truth = np.repeat(np.arange(6), 40)
    near = among_neighbours(vectors)
    assert np.linalg.norm(near, axis=1) == pytest.approx(np.ones(len(near)), abs=1e-5)
    same = truth[:, None] == truth[None, :]
    assert (near @ near.T)[same].mean() > (vectors @ vectors.T)[same].mean() + 0.05
    assert among_neighbours(vectors[:1]).tolist() == vectors[:1].tolist()


def test_the_same_words_on_another_batch_size_keep_their_topics(
    town: tuple[Table, Vectors],
) -> None:
    segments, vectors = town
    noise = np.random.default_rng(0).uniform(-2e-7, 2e-7, vectors.shape).astype(np.float32)
    first, second = discover(segments, vectors, seed=1), discover(segments, vectors + noise, seed=1)
    agree = adjusted_rand_score(first.assignments["topic_id"], second.assignments["topic_id"])
    assert agree >= 0.95
