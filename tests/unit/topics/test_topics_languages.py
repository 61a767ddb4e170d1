"""Names in other languages than English: no stop words, nouns where the language marks them."""

from __future__ import annotations

import re

import pytest

from listening.topics.extractive import stands
from listening.topics.languages import commonest, settled, stop_words
from listening.topics.terms import capitals, extract, nouns_by_capital, shown
from tests.unit.topics.test_topics_naming import BUSES, DAMP, GPS, names


@pytest.mark.parametrize(
    ("language", "word"),
    [("de", "ein"), ("fr", "une"), ("pl", "jest"), ("ur", "اور"), ("no", "og")],
)
def test_a_languages_own_stop_words_are_known_without_its_model(language: str, word: str) -> None:
    assert word in stop_words(language)
    assert all(one == one.lower() for one in stop_words(language))


@pytest.mark.parametrize("language", ["", "unsure", "so", "xx", "../etc", "de.stop_words"])
def test_a_language_without_a_list_has_no_stop_words(language: str) -> None:
    assert stop_words(language) == frozenset()


def test_a_german_stop_word_names_nothing_and_stands_at_no_names_end() -> None:
    texts = [f"Bei uns fährt {i} mal ein Bus der Linie" for i in range(4)]
    bus = [(text, ("ein", "ein Bus der", "ein Bus")) for text in texts]
    found = names([bus, [(f"Überall ist Schimmel {i}", ("ist Schimmel",)) for i in range(4)]],
                  ["de"] * 8)  # fmt: skip
    assert set(re.findall(r"\w+", found[0].name)) == {"Bus", "Linie"}
    assert found[1].name == "Schimmel"


def test_german_nouns_are_found_by_their_capitals_but_not_at_a_sentences_beginning() -> None:
    text = "Teuer ist die Miete. Mehr Parks, Bäume und Bänke!"
    assert nouns_by_capital(text, "de") == ["Miete", "Parks", "Bäume", "Bänke"]
    assert nouns_by_capital(text, "en") == []
    assert nouns_by_capital("ALLES ZU TEUER", "de") == []


def test_an_english_word_is_kept_that_is_a_stop_word_elsewhere() -> None:
    texts, phrases = ["The war and the man", "la guerre est une chose"], [("The war",), ("une",)]
    found = extract(texts, phrases, ["en", "fr"])
    assert ("war",) in found[0].phrases
    assert ("une",) not in {**found[1].phrases, **found[1].words}
    assert shown(found, capitals(texts))[("war",)] == "war"


def test_who_is_unsure_speaks_as_elsewhere_or_as_most_do() -> None:
    languages = ["en", "unsure", "pl", "", "en", "unsure"]
    people = ["a", "a", "b", "b", "c", "d"]
    assert settled(languages, people) == ["en", "en", "pl", "pl", "en", "en"]
    assert commonest(["unsure", ""]) == ""


def test_a_topic_half_in_english_is_not_called_answers_in_other_languages() -> None:
    mixed = [
        ("Guri ku filan qoyskayga oo", ()),
        ("Un travail pas trop loin", ()),
        ("Is it what it is", ()),
        ("So that was that then", ()),
    ]
    found = names([mixed, *[BUSES, GPS, DAMP] * 2], ["so", "fr", "en", "en", *["en"] * 22])
    assert not found[0].name.startswith("answers")


def test_short_english_answers_taken_for_another_language_are_not_called_so() -> None:
    taken = [("Is it what it is", ()), ("So that was that then", ()), ("It is as it is", ())]
    found = names([taken, *[BUSES, GPS, DAMP] * 2], ["nl", "da", "no", *["en"] * 22])
    assert not found[0].name.startswith("answers")


def test_answers_in_one_of_two_common_languages_are_no_others() -> None:
    french = [(f"Il y a ce que l'on a {i}", ()) for i in range(4)]
    found = names([french, BUSES], ["fr"] * 4 + ["en"] * 4)
    assert not found[0].name.startswith("answers")


@pytest.mark.parametrize(
    "line", ["bus times and parking", "[name 1] · bus", "Alder Green in general"]
)
def test_a_line_stands_where_every_word_of_it_does(line: str) -> None:
    words = frozenset({"bus", "times", "parking", "alder", "green"})
    assert stands(line, words)
    assert not stands(line, words - {"bus", "green"})
