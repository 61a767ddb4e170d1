"""What decides which topic a segment belongs to: its neighbours, and not the town's name."""

from __future__ import annotations

import numpy as np
import pytest
from topics_residents import segment

from listening.records import SEGMENTS, Table, table_of
from listening.topics.context import WEIGHTS, in_context
from listening.topics.fitting import meanings
from listening.topics.places import find_places, without_places
from listening.topics.vocabulary import vocabulary

TOWN = "Tallow Wharf"


def talk(*turns: tuple[str, str, int], kind: str = "interview") -> Table:
    """Return a document's segments: who speaks, under which question, beginning where."""
    rows = [
        segment(i, person, f"remark {i}")
        | {"document_id": "d", "source_kind": kind, "question": question, "start": start}
        for i, (person, question, start) in enumerate(turns)
    ]
    return table_of(rows, SEGMENTS)


def test_a_sentence_takes_in_its_neighbours_in_the_turn_and_less_of_the_farther_one() -> None:
    found = in_context(talk(*[("p1", "", i) for i in range(4)]), np.eye(4, dtype=np.float32))
    near, far = WEIGHTS
    expected = np.array([1, near, far, 0]) / np.linalg.norm([1, near, far, 0])
    assert found[0] == pytest.approx(expected)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4))


def test_nobody_takes_in_what_another_person_or_another_question_said() -> None:
    said = talk(("p1", "a", 0), ("p2", "a", 1), ("p1", "a", 2), ("p1", "b", 3))
    found = in_context(said, np.eye(4, dtype=np.float32))
    assert found[1] == pytest.approx([0, 1, 0, 0])
    assert found[3] == pytest.approx([0, 0, 0, 1])


def test_survey_answers_and_notes_stand_for_themselves() -> None:
    vectors = np.eye(3, dtype=np.float32)
    for kind in ("survey", "street"):
        said = talk(*[("p1", "", i) for i in range(3)], kind=kind)
        assert np.array_equal(in_context(said, vectors), vectors)


def test_neighbours_are_those_in_the_document_whatever_the_order_of_the_rows() -> None:
    said = talk(*[("p1", "", i) for i in range(5)])
    vectors = np.eye(5, dtype=np.float32)
    mixed = np.array([3, 0, 4, 1, 2])
    found = in_context(said.iloc[mixed], vectors[mixed])
    assert found == pytest.approx(in_context(said, vectors)[mixed])


def answers(*texts: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[str, ...]]:
    names = (TOWN, "Facebook", "the Street", "Market Street")
    phrases = tuple(tuple(name for name in names if name in text) for text in texts)
    return texts, phrases, tuple(f"p{i}" for i in range(len(texts)))


TOWNSPEOPLE = answers(
    f"there are no buses in {TOWN}",
    f"rents in {TOWN} are far too high",
    f"moved to {TOWN} for the school",
    f"{TOWN} needs a swimming pool",
    "TW is a good place for dogs",
    "it was all over Facebook that they are closing it",
    "people on Facebook said the same",
    "Facebook is where we talk",
    "Market Street is dark at night",
    "cars park all over Market Street",
    "the shops on Market Street are shut",
)


def test_the_town_is_a_place_with_its_initials_and_a_website_is_none() -> None:
    places = vocabulary(*TOWNSPEOPLE).places
    assert set(places.values()) == {TOWN}
    assert ("tw",) in places


def test_a_name_that_two_people_mention_is_not_the_place_of_all() -> None:
    two = answers(*[f"it is dark in {TOWN}", f"rents in {TOWN} are high", *["no idea"] * 9])
    assert vocabulary(*two).places == {}


def test_the_towns_name_no_longer_tells_what_is_said_in_it_apart() -> None:
    texts, phrases, people = TOWNSPEOPLE
    known = vocabulary(texts, phrases, people)
    vectors = np.eye(len(texts), 12, dtype=np.float32)
    vectors[:4, 11] = 1.0  # what the town's name adds
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.arange(len(texts))
    places = find_places(known.found, known.forms, texts, people)
    found = without_places(vectors, known.found, rows, places)
    before, after = vectors @ vectors.T, found @ found.T
    assert before[0, 1] == pytest.approx(0.5)
    assert after[0, 1] < 0.1
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(texts)))


def test_without_a_place_in_a_survey_the_vectors_stay_as_they_are() -> None:
    texts = ("no buses", "rents are high", "nothing for the young")
    said = table_of([segment(i, f"p{i}", text) for i, text in enumerate(texts)], SEGMENTS)
    vectors = np.eye(3, dtype=np.float32)
    assert np.array_equal(meanings(said, vectors), vectors)
