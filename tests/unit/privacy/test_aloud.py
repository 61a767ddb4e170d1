from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pseudonyms import hide

from listening.privacy.aloud import find_aloud
from listening.privacy.doors import find_doors
from listening.privacy.helplines import is_a_helpline
from listening.privacy.spoken import find_spoken
from listening.privacy.words import bag_of

_WORD = {"0": "oh", "1": "one", "2": "two", "3": "three", "4": "four"} | {
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "a case number they gave was 741102 and",
            "a case number they gave was [a reference number] and",
        ),
        ("my PIP number ends four four one seven", "my PIP number ends [a reference number]"),
        ("a blue badge, Q Z four four one N seven", "a blue badge, [a reference number]"),
        (
            "booking ref on the email was QX7 T4K and",
            "booking ref on the email was [a reference number] and",
        ),
        ("log 512 of the nineteenth of June, they said", "log [a reference number], they said"),
        ("plus four four, seven seven hundred, nine double oh, one four five", "[a phone number]"),
        ("he said L X one five was on it", "he said [a vehicle registration] was on it"),
        ("write to d oyelaran at btinternet dot com now", "write to [an email] now"),
        ("it is wren nineteen at outlook com", "it is [an email]"),
        ("email mags2@ gmail.com, yes", "email [an email], yes"),
        ("the site is save our pool dot org dot uk", "the site is [a web address]"),
        ("look at w w w dot pool dot org slash sign", "look at [a web address]"),
        ("dob twenty two oh four sixty one", "dob April '61"),
        ("04.11.71 is his date of birth", "November '71 is his date of birth"),
        ("born on the ninth of May, sixty eight", "born on May '68"),
        ("we're at number 14 on Brindle Road and", "we're at [an address] and"),
        ("it was two hundred and four dunmore court", "it was [an address]"),
        ("she's in apartment forty two kelvin wharf", "she's in [an address]"),
        ("next to number 33, the burned one", "next to [an address], the burned one"),
        ("on Cinder Row, number 4", "on [an address]"),
        ("lives at the Old Forge on Mill Street now", "lives at [an address] now"),
    ],
)
def test_what_people_say_aloud_is_found_with_all_of_it(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "I rang one one one and then nine nine nine",
        "the Samaritans are one one six, one two three",
        "ring 0800 1111 or 116 123",
        "my kids are four, six, nine and eleven",
        "they are six seven and nine, the grandkids",
        "between twenty ten and twenty fifteen it went",
        "it was one hundred and twenty pounds, now it's one sixty",
        "I was number one hundred and forty two in the queue",
        "from nine to five, seven to three or two to ten",
        "count one two three four five six seven eight nine ten",
        "at 16 17 18 they fall off a cliff",
        "a score of 2 4 4 3 5 on their survey",
        "the A647 and the M621 and the B6157",
        "40 houses on the road and a 20 minute walk",
        "a 2 bed flat, a 5 minute drive, a 3 bedroom house",
        "the number 9 doesn't stop there",
        "at number one on the list is damp",
        "blood pressure one forty over ninety on ward 15",
        "we looked at yahoo and at the dot on the map",
    ],
)
def test_numbers_that_are_evidence_stay(said: str) -> None:
    assert hide(said) == said


@given(st.text("0123456789", min_size=6, max_size=12))
def test_six_digits_said_one_by_one_go_whatever_they_are(digits: str) -> None:
    said = " ".join(_WORD[digit] for digit in digits)
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    found = find_aloud(f"it was {said} again", bag_of(said))
    if steps in ({1}, {-1}) or len(set(digits)) == 1 or is_a_helpline(digits):
        return
    assert any(find.start == 7 and find.end == 7 + len(said) for find in found)


@given(st.text("abo oh17,.@ double thirty at dot gmail com flat road slash é£\n", max_size=90))
def test_every_find_lies_in_the_text_and_is_not_empty(text: str) -> None:
    bag = bag_of(text)
    for find in (*find_aloud(text, bag), *find_spoken(text, bag), *find_doors(text)):
        assert 0 <= find.start < find.end <= len(text)


_PIECES = [
    "ring oh seven seven double oh nine hundred one two three",
    "the ref was H B two four one oh nine",
    "we're at number 14 on Brindle Road",
    "it cost forty five pounds",
    "jo dot pell at gmail dot com",
    "born third of the fourth fifty six",
    "and then nobody came for nine weeks",
    "N E one four L P",
]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4))
def test_a_second_reading_changes_nothing(pieces: list[str]) -> None:
    once = hide(", ".join(pieces))
    assert hide(once) == once


@pytest.mark.parametrize("number", ["999", "one one one", "116 123", "triple nine", "0800 1111"])
def test_a_line_that_is_everybodys_is_known_however_it_is_said(number: str) -> None:
    assert is_a_helpline(number)
    assert not is_a_helpline(f"{number} 4")
