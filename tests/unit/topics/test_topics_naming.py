"""Names: residents' own phrases, short, distinct, never empty of meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from listening.topics.naming import NO_NAME, Named, is_unnamed, name_topics
from listening.topics.terms import are_apart, capitals, extract, shown


def names(
    topics: list[list[tuple[str, tuple[str, ...]]]], languages: Sequence[str] = ()
) -> list[Named]:
    """Name topics given as lists of (text, phrases), each text from another person.

    `languages` are those of the first texts; of the others it is not known.
    """
    flat = [(i, text, phrases) for i, topic in enumerate(topics) for text, phrases in topic]
    labels = np.array([i for i, *_ in flat])
    vectors = np.eye(len(topics), dtype=np.float32)[labels]
    texts = [text for _, text, _ in flat]
    people = [f"p{i}" for i in range(len(flat))]
    known = [*languages, *["unsure"] * (len(flat) - len(languages))]
    return name_topics(labels, texts, [phrases for *_, phrases in flat], people, vectors, known)


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


def test_a_topic_of_nothing_but_praise_or_blame_is_called_that() -> None:
    good = [("Very good", ()), ("Very good.", ()), ("It was lovely", ()), ("All good", ())]
    bad = [("Terrible", ()), ("It was awful", ()), ("Very poor", ()), ("Just awful", ())]
    found = [named.name for named in names([good, BUSES, bad])]
    assert found == ["general praise", "bus times", "general complaints"]


def test_an_answer_that_several_gave_names_a_topic_without_noun_phrases() -> None:
    satisfied = [("No complaints", ()), ("no complaints.", ()), ("They were quick", ())]
    assert names([satisfied, BUSES])[0].name == "no complaints"


def test_qualities_name_a_topic_that_has_no_nouns() -> None:
    polite = [
        ("Very helpful, very polite", ()),
        ("so polite and very helpful", ()),
        ("very helpful", ()),
        ("They were very polite, they listened", ()),
        ("Quick, they were helpful", ()),
    ]
    assert names([polite, BUSES])[0].name in {"helpful and polite", "polite and helpful"}


def test_two_nouns_said_of_different_things_are_not_joined() -> None:
    apart = [
        ("The canal is low", ("The canal",)),
        ("By the canal", ("the canal",)),
        ("That canal", ("That canal",)),
        ("A fox came by", ("A fox",)),
        ("Foxes again", ("Foxes",)),
        ("The fox", ("The fox",)),
    ]
    texts = [text for text, _ in apart + BUSES]
    vectors = np.eye(3, dtype=np.float32)[[0] * 3 + [1] * 3 + [2] * 4]
    found = name_topics(
        np.array([0] * 6 + [1] * 4),
        texts,
        [phrases for _, phrases in apart + BUSES],
        [f"p{i}" for i in range(10)],
        vectors,
        ["en"] * 10,
    )
    assert found[0].name in {"canal (foxes)", "foxes (canal)"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("room", "bedroom"), ("wait", "waiting times"), ("bed", "bedroom"), ("bus", "buses")],
)
def test_a_word_is_not_joined_with_a_form_or_a_part_of_it(one: str, other: str) -> None:
    assert not are_apart(one, other)
    assert are_apart("damp", "mould")


@pytest.mark.parametrize("noun", ["man", "chance", "city", "Monday", "way"])
def test_a_general_noun_gives_way_to_a_telling_one(noun: str) -> None:
    phrase = (f"the {noun}", "the library")
    topic = [(f"{word} the {noun} at the library", phrase) for word in ("See", "Met", "Ask")]
    assert names([topic, BUSES])[0].name == "library"


def test_what_too_few_say_names_no_large_topic() -> None:
    said = [("The parrot", ("The parrot",))] * 2 + [("The gate", ("The gate",))] * 4
    topic = [*said, *[(f"It is what it is {i}", ()) for i in range(8)]]
    assert names([topic, BUSES])[0].name == "gate"


def test_the_place_itself_is_no_name_but_for_what_is_said_of_nothing_else() -> None:
    town = [(f"{word} in Alder Green", ("Alder Green",)) for word in ("Live", "Born", "Bad", "Old")]
    short = [(f"{word} in AG", ("AG",)) for word in ("Stay", "Work", "Sit")]
    buses = [(f"{text} in Alder Green", (*of, "Alder Green")) for text, of in BUSES]
    found = [named.name for named in names([town, buses, short])]
    assert found == ["Alder Green in general", "bus times", "AG in general"]


def test_other_forms_of_a_word_speak_for_the_noun() -> None:
    topic = [
        ("We waited for weeks", ("weeks",)),
        ("I waited too", ()),
        ("They wait for ever", ()),
        ("You wait and wait", ()),
        ("The waiting time", ("The waiting time",)),
        ("Waiting times", ("Waiting times",)),
    ]
    assert names([topic, BUSES])[0].name in {"waiting time", "waiting times"}


def test_a_word_in_every_mouth_names_a_topic_though_it_is_no_noun() -> None:
    damp = [("No it is not damp", ()), ("not damp, nah", ()), ("It was damp", ()), ("damp", ())]
    assert names([damp, BUSES])[0].name == "damp"


def test_answers_in_other_languages_are_called_that_unless_they_share_a_phrase() -> None:
    mixed = [
        ("Guri ku filan qoyskayga oo", ()),
        ("Un travail pas trop loin", ()),
        ("Więcej pracy dla młodych ludzi", ()),
    ]
    several = [BUSES, GPS, DAMP] * 2
    languages = ["so", "fr", "pl", *["en"] * 9]
    assert names([mixed, *several], languages)[0].name == "answers in other languages"
    shared = [(f"wyższe zarobki dla {who} ludzi", ("wyższe zarobki",)) for who in "abc"]
    assert names([shared, *several])[0].name == "wyższe zarobki"


def test_a_corpus_in_another_language_is_named_by_its_own_phrases() -> None:
    bus = [(f"Les horaires du bus sont nuls {i}", ("Les horaires", "bus")) for i in range(4)]
    damp = [(f"Moisissure partout chez moi {i}", ("Moisissure",)) for i in range(4)]
    found = [named.name for named in names([bus, damp], ["fr"] * 8)]
    assert found[1] == "moisissure"
    assert not any(name.startswith(("answers", NO_NAME)) for name in found)


def test_topics_without_names_are_told_apart_by_words_and_never_by_numbers() -> None:
    empty = [[(f"{word} it {word} was {i}", ()) for i in range(4)] for word in ("so", "as", "if")]
    found = [named.name for named in names([*empty, BUSES])]
    assert found[0] == NO_NAME
    assert len(set(found)) == 4
    assert all(is_unnamed(name) for name in found[:3])
    assert not any("(2)" in name for name in found)


def test_a_given_name_is_kept() -> None:
    labels = np.array([0] * 4 + [1] * 3)
    flat = BUSES + GPS
    found = name_topics(
        labels,
        [text for text, _ in flat],
        [of for _, of in flat],
        [f"p{i}" for i in range(7)],
        np.eye(2, dtype=np.float32)[labels],
        ["en"] * 7,
        ["getting about", ""],
    )
    assert [named.name for named in found] == ["getting about", "GP appointments"]


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
        (["in Birch County", "Birch County", "a county"], ("birch", "county"), "Birch County"),
        (["by General Mills", "General Mills"], ("general", "mill"), "General Mills"),
        (["on Alder Rd", "on Alder Road"], ("alder", "road"), "Alder Rd"),
    ],
)
def test_terms_are_written_as_inside_a_sentence(
    texts: list[str], phrase: tuple[str, ...], expected: str
) -> None:
    phrases = [(text[max(text.lower().find(phrase[0]), 0) :],) for text in texts]
    assert shown(extract(texts, phrases), capitals(texts))[phrase] == expected
