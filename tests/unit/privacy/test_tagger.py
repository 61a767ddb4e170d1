"""The learnt tagger: names that nobody listed, told by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from listening.privacy.context import pieces_by_word
from listening.privacy.features import features
from listening.privacy.guessed import find_guessed, learnt
from listening.privacy.scan import Word, words_of
from listening.privacy.tagger import Tagged, load_tagger
from listening.privacy.trades import JOB, WORK


def tag(text: str, words: list[Word]) -> Sequence[Tagged]:
    return load_tagger().tag([(text, words)])[0].names


def found(text: str) -> list[tuple[str, str]]:
    words = words_of(text)
    finds, _ = find_guessed(text, tag(text, words), words, [])
    return [(text[f.start : f.end], f.kind) for f in finds]


def test_a_name_that_no_list_holds_is_told_by_its_surroundings() -> None:
    assert found("Zebrinko next door mows everybody's grass.") == [("Zebrinko", "person")]
    assert found("and then zebrinko he goes to me you want to ring them") == [
        ("zebrinko", "person")
    ]


def test_a_word_that_begins_a_sentence_is_a_name_only_where_it_does_what_people_do() -> None:
    assert found("Grace won't ask for help, that's the trouble with Grace.") == [
        ("Grace", "person"),
        ("Grace", "person"),
    ]
    assert found("Grace of God nobody was hurt.") == []
    assert found("to be frank the council will not mark it down") == []


def test_institutions_go_by_what_is_done_there() -> None:
    assert ("oxfold dairies", "employer") in found("my dad worked at oxfold dairies till it shut")
    assert ("Oxfold House Surgery", "surgery") in found("I'm registered at Oxfold House Surgery.")


def test_services_of_everybody_stay() -> None:
    assert found("The Mental Health Team sent me to the Urgent Care Centre.") == []
    assert found("I was born in the hospital and my GP sent me to A&E.") == []


def test_a_slip_of_the_hand_is_no_name() -> None:
    assert found("Definately recomend, the recption staff were freindly") == []


def test_what_is_learnt_holds_no_word_and_no_town() -> None:
    text = "Zebrinko next door, and Hope, and Leeds is my town."
    words = words_of(text)
    assert learnt(tag(text, words), words) == {"zebrinko"}


def test_a_name_says_nothing_by_itself() -> None:
    text = "Zebrinko next door"
    assert not any("zebrinko" in row for rows in features(text, words_of(text)) for row in rows)


@given(st.text(alphabet="aAbBeE '.,-9\n", max_size=80))
def test_any_text_is_tagged_in_order_and_without_overlap(text: str) -> None:
    tagged = tag(text, words_of(text))
    numbers = [i for t in tagged for i in range(t.first, t.last + 1)]
    assert numbers == sorted(set(numbers))
    assert all(0 <= t.chance <= 1.0001 for t in tagged)


def test_every_word_of_work_is_one_that_people_say_of_their_jobs() -> None:
    unsaid = {w for w in WORK if not re.search(rf"\b(?:{JOB})\b", f"{w} {w} me off")}
    assert unsaid == set()


def test_what_is_read_together_is_told_as_if_read_alone() -> None:
    said = ["Zebrinko next door mows the grass.", "my dad worked at oxfold dairies till it shut"]
    texts = [(text, words_of(text)) for text in said]
    together = load_tagger().tag(texts)
    for one, told in zip(texts, together, strict=True):
        alone = load_tagger().tag([one])[0]
        assert [name[:3] for name in told.names] == [name[:3] for name in alone.names]
        assert told.nobody == alone.nobody


def test_a_word_that_names_nobody_in_its_passage_is_told() -> None:
    text = "Zebrinko next door mows the grass."
    assert {1, 2, 4, 5} <= load_tagger().tag([(text, words_of(text))])[0].nobody


def test_a_long_text_is_read_in_passages_and_its_names_keep_their_places() -> None:
    text = "It was cold and the lift was broken again. " * 30 + "Zebrinko next door fixed it."
    words = words_of(text)
    names = load_tagger().tag([(text, words)])[0].names
    assert [words[name.first].key for name in names] == ["zebrinko"]


def test_no_name_ends_with_a_joining_word() -> None:
    assert found("i'm registered with riverside and") == [("riverside", "surgery")]


@given(st.lists(st.integers(1, 4), max_size=8))
def test_every_piece_goes_to_the_word_that_it_lies_in(sizes: list[int]) -> None:
    """Words of these lengths, cut into letters, with the encoder's empty pieces around them."""
    text = " ".join("a" * size for size in sizes)
    letters = [(i, i + 1) for i, sign in enumerate(text) if sign != " "]
    offsets = np.array([(0, 0), *letters, (0, 0)])
    pairs = pieces_by_word(offsets, words_of(text))
    assert [word for word, _ in pairs] == [i for i, size in enumerate(sizes) for _ in range(size)]
    assert [piece for _, piece in pairs] == list(range(1, len(letters) + 1))
