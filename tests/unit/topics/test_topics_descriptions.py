"""One line on a topic, and its name: the topic's own people's words and nothing else."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from listening.topics import TopicSettings, discover, themes
from listening.topics.describing import JOINED, MOST, description
from listening.topics.fallbacks import is_label
from listening.topics.terms import words_of
from tests.unit.topics.topics_residents import planted

LONG = (
    "I said to the council again and again, the lift is broken every other week, and my neighbour "
    "on the fifth floor has not been out since the clocks went back in the autumn"
)


def described(texts: list[str], vectors: Any = None, **options: Any) -> str:
    """Describe a topic of which everybody says one text."""
    given = np.ones((len(texts), 1)) if vectors is None else np.array(vectors)
    found = given / np.linalg.norm(given, axis=1, keepdims=True)
    people = options.get("people", [f"p{i}" for i in range(len(texts))])
    verbatim = options.get("verbatim", [True] * len(texts))
    return description(texts, people, verbatim, found.astype(np.float32), options.get("marks", []))


def words(text: str) -> set[str]:
    """Return the words of a text, in small letters."""
    return set(re.findall(r"[^\W_]+", text.lower()))


def test_every_word_of_names_and_descriptions_stands_in_the_topics_passages() -> None:
    segments, vectors = planted()
    index = discover(segments, vectors, TopicSettings(runs=8, most_runs=8))
    for found in (index, themes(index, segments, vectors)):
        for topic in found.topics.itertuples():
            own = segments[(found.assignments["topic_id"] == topic.topic_id).to_numpy()]
            said = {word for text in own["text"] for word in words(text)}
            assert topic.description
            assert words(topic.description) <= said
            assert is_label(topic.name) or words(topic.name) - {"and"} <= said


def test_the_passage_nearest_to_the_middle_describes_a_topic() -> None:
    texts = [
        "Twelve words that nobody else in this topic would ever think to say",
        "The lift in our block is broken every other week of the year",
        "The lift in the tower is out of order again this very week",
    ]
    assert described(texts, [[0, 1], [1, 0.1], [1, 0]]) == texts[1]


def test_two_short_passages_of_different_people_are_joined() -> None:
    texts = ["The lift is broken", "The lift is broken again", "Nobody mends the lift"]
    vectors = [[1, 0.1, 0], [1, 0.2, 0], [1, 0, 0.9]]
    said = described(texts, vectors, people=["a", "a", "b"])
    assert sorted(said.split(JOINED)) == ["Nobody mends the lift", "The lift is broken"]
    alone = described(texts, vectors, people=["a", "a", "a"])
    assert JOINED not in alone


def test_a_long_passage_gives_a_part_of_it_marked_as_one() -> None:
    assert described([LONG], marks=["lift"]) == "… the lift is broken every other week …"


def test_an_officers_note_speaks_only_where_no_residents_words_do() -> None:
    texts = ["Resident reports that the lift is broken", "It never works at all"]
    assert described(texts, verbatim=[False, True]) == "It never works at all"
    assert described(texts[:1], verbatim=[False]) == texts[0]


def test_a_topic_in_which_nobody_says_a_whole_phrase_has_no_description() -> None:
    assert described(["lift", "the lift"]) == ""
    assert description([], [], [], np.zeros((0, 3), np.float32), []) == ""


@given(
    st.lists(
        st.text(alphabet="abcdéß .,;!?\n[]-", min_size=1, max_size=200), min_size=1, max_size=6
    )
)
def test_a_description_is_cut_out_of_what_was_said_and_never_long(texts: list[str]) -> None:
    found = described(texts)
    said = [" ".join(text.split()) for text in texts]
    for part in filter(None, found.split(JOINED)):
        piece = part.removeprefix("… ").removesuffix(" …")
        assert any(piece in text for text in said)
        assert len(words_of(piece)) <= MOST


def test_a_passage_with_a_stand_in_gives_way_to_one_without() -> None:
    text = "[name 1] said the lift is broken"
    other = "The lift in our block is broken every other week of the year"
    assert described([text, other], [[1, 0], [1, 0.1]]) == other
