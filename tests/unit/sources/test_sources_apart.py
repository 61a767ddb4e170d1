"""What officers set apart leaves a reading, and nothing else does."""

from __future__ import annotations

import pytest

from listening.records import Reading, ReadOptions
from listening.sources import Apart, read, same_words, set_apart

TALK = b"""Interviewer: What would it take for you to thrive around here?
Oriel: The damp in my flat comes back every winter and my children cough.
Interviewer: And the rest?
Brindle: The rent went up again and nobody answers the phone there.
Oriel: He shouts at me when the door is closed and nobody is near.
"""
HARM = "He shouts at me when the door is closed and nobody is near."


def reading(content: bytes = TALK) -> Reading:
    return read("talk.txt", content, ReadOptions(), None)


def said(left: Reading) -> list[str]:
    return [text.split()[0] for text in left.turns["text"]]


def test_nothing_set_apart_changes_nothing() -> None:
    whole = reading()
    assert set_apart(whole, Apart()) is whole


def test_a_person_goes_with_everything_they_said() -> None:
    left = set_apart(reading(), Apart(people=frozenset({"Oriel"})))
    assert said(left) == ["What", "And", "The"]
    assert list(left.people["participant"]) == ["Brindle"]
    assert [one.what for one in left.rejects] == ["One person, with everything they said"]
    assert "Oriel" in left.names  # others may speak of them


def test_a_stretch_goes_with_the_questions_in_it_and_the_person_stays() -> None:
    left = set_apart(reading(), Apart(rows=((3, 5),)))
    assert said(left) == ["What", "The"]
    assert list(left.people["participant"]) == ["Oriel"]  # Brindle said nothing else
    assert [one.what for one in left.rejects] == ["3 contributions"]


@pytest.mark.parametrize("of_people", [True, False])
def test_words_are_known_again_in_another_file(of_people: bool) -> None:
    words = frozenset({same_words(HARM.upper())})
    other = reading(TALK.replace(b"And the rest?", b"Anything else that you would say?"))
    apart = Apart(of_people=words) if of_people else Apart(words=words)
    left = set_apart(other, apart)
    assert HARM not in list(left.turns["text"])
    assert ("Oriel" in set(left.people["participant"])) is not of_people


def test_a_reject_quotes_nobody() -> None:
    left = set_apart(reading(), Apart(people=frozenset({"Oriel"}), rows=((4, 4),)))
    assert all("damp" not in str(one) and "rent" not in str(one) for one in left.rejects)


@pytest.mark.parametrize(
    "again",
    [
        "Oriel: He shouts at me when the door is closed and nobody is near.",
        "Oriel: He shouts at me, when the door is closed, and nobody's near!",
        "Oriel: And so, he shouts at me when the door is closed and nobody is near. That is all.",
        "Oriel: shouts at me when the door is closed and nobody",
    ],
)
def test_words_are_known_when_another_format_cuts_or_spells_a_turn_otherwise(again: str) -> None:
    other = reading(TALK.replace(f"Oriel: {HARM}".encode(), again.encode()))
    left = set_apart(other, Apart(words=frozenset({same_words(HARM)})))
    assert said(left) == ["What", "The", "And", "The"]


def test_a_turn_with_a_few_of_the_words_stays() -> None:
    near = "Oriel: He shouts at me when the football is on and the neighbours bang on the wall."
    other = reading(TALK.replace(f"Oriel: {HARM}".encode(), near.encode()))
    left = set_apart(other, Apart(words=frozenset({same_words(HARM)})))
    assert len(left.turns) == 5


def test_one_sentence_that_two_people_say_takes_that_sentence_alone() -> None:
    stock = "Yes I am happy to take part in this conversation today"
    other = (
        f"Interviewer: May I ask you?\nBen: {stock}\nInterviewer: What would help?\n"
        "Ben: A lift that works would change everything for me and for my mother.\n"
        "Ben: And a dentist on this side of the river who takes new people on.\n"
    )
    apart = Apart(of_people=frozenset([same_words(stock)]))
    left = set_apart(reading(other.encode()), apart)
    assert said(left) == ["May", "What", "A", "And"]
