"""Names: residents' own phrases, short, distinct, never empty of meaning."""

from __future__ import annotations

import numpy as np
import pytest

from listening.topics.naming import NO_NAME, Named, name_topics
from listening.topics.terms import extract, shown


def names(topics: list[list[tuple[str, tuple[str, ...]]]]) -> list[Named]:
    """Name topics given as lists of (text, phrases), each text from another person."""
    flat = [(i, text, phrases) for i, topic in enumerate(topics) for text, phrases in topic]
    labels = np.array([i for i, *_ in flat])
    vectors = np.eye(len(topics), dtype=np.float32)[labels]
    texts = [text for _, text, _ in flat]
    people = [f"p{i}" for i in range(len(flat))]
    return name_topics(labels, texts, [phrases for *_, phrases in flat], people, vectors)


BUSES = [
    ("The bus times are useless", ("The bus times",)),
    ("No bus time fits school", ("No bus time", "school")),
    ("Bus times changed", ("Bus times",)),
    ("More bus times please", ("More bus times",)),
]
DAMP = [
    ("Damp in my flat", ("Damp", "my flat")),
    ("The mould is black", ("The mould",)),
    ("Damp everywhere", ("Damp",)),
    ("Mould on the walls", ("Mould", "the walls")),
]
GPS = [
    ("I cannot get a GP appointment", ("a GP appointment",)),
    ("GP appointments take weeks", ("GP appointments", "weeks")),
    ("So few GP appointments", ("So few GP appointments",)),
]


def test_a_phrase_that_most_people_say_is_the_name_in_the_plural_people_use() -> None:
    assert [named.name for named in names([BUSES, GPS])] == ["bus times", "GP appointments"]


def test_two_phrases_are_joined_where_one_does_not_cover_the_topic() -> None:
    damp = [*DAMP, ("It is cold", ()), ("Cold again", ())]
    assert names([damp, BUSES])[0].name in {"damp and mould", "mould and damp"}


def test_names_are_distinct_though_topics_say_the_same() -> None:
    found = [named.name for named in names([BUSES, BUSES, BUSES, GPS])]
    assert len(set(found)) == 4


def test_a_descriptor_a_number_or_a_pronoun_never_names_a_topic() -> None:
    empty = [
        (f"[name {i}] told them about it 30 times", (f"[name {i}]", "them", "30 times"))
        for i in range(5)
    ]
    found = names([empty, BUSES])[0]
    assert found.name == NO_NAME
    assert found.words == ()


def test_a_short_answer_names_a_topic_without_noun_phrases() -> None:
    praise = [("Very good", ()), ("Very good.", ()), ("very good!", ()), ("It was all good", ())]
    assert names([praise, BUSES])[0].name == "very good"


def test_what_one_person_of_many_says_names_nothing() -> None:
    mixed = [
        ("The canal is low", ("The canal",)),
        ("My aunt moved", ("My aunt",)),
        ("A fox came by", ("A fox",)),
    ]
    assert names([mixed, BUSES])[0].name == NO_NAME


def test_a_part_of_a_phrase_counts_where_somebody_ends_a_phrase_with_it() -> None:
    terms = extract(
        ["Affordable housing projects", "affordable housing", "good bus service"],
        [("Affordable housing projects",), ("affordable housing",), ("good bus service",)],
    )
    assert ("affordable", "housing") in terms[0].phrases
    assert ("bus",) not in terms[2].phrases
    assert ("bus", "service") in terms[2].phrases


@pytest.mark.parametrize(
    ("texts", "phrase", "expected"),
    [
        (["Parking is bad", "the parking here"], ("parking",), "parking"),
        (["GP said no", "my GP was kind"], ("gp",), "GP"),
        (["near Alder Row", "by Alder Row"], ("alder", "row"), "Alder Row"),
        (["WE NEED PARKING NOW"], ("parking",), "parking"),
    ],
)
def test_terms_are_written_as_inside_a_sentence(
    texts: list[str], phrase: tuple[str, ...], expected: str
) -> None:
    phrases = [(text[text.lower().index(phrase[0]) :][: len(" ".join(phrase))],) for text in texts]
    assert shown(extract(texts, phrases), texts)[phrase] == expected
