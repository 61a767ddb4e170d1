from __future__ import annotations

import pytest
from test_pseudonyms import hide

from listening.privacy.identifiers import find_identifiers
from tests.growth import TOO_FAST, growth


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("it's oh seven seven double oh nine double oh one four six", "it's [a phone number]"),
        ("nhs is nine nine nine one two three four five six seven", "nhs is [an NHS number]"),
        ("postcode's s e fifteen five q d ok", "postcode's [a postcode] ok"),
        ("postcode is bd9 4jk ok", "postcode is [a postcode] ok"),
        ("jo dot pell underscore x at yahoo dot co dot uk", "[an email]"),
        ("info at valleyhub dot org dot uk ok", "[an email] ok"),
        ("reg alpha bravo five one charlie delta echo", "reg [a vehicle registration]"),
        ("My NHS number's 999 482 1137.", "My NHS number's [an NHS number]."),
        ("My pension number, PN-7734120, is", "My pension number, [a reference number], is"),
        ("case HPA/24/10673 is mine", "case [a reference number] is mine"),
        ("insta is leeds_mum82 now", "insta is [a username] now"),
        ("dumped by a transit ek20 vwn", "dumped by a transit [a vehicle registration]"),
        ("born ninth of november nineteen forty eight", "born November 1948"),
        ("at number 42 and from number nine", "at [an address] and from [an address]"),
        ("i live at 22 hawthorn avenue", "i live at [an address]"),
        ("come to flat 4 pentland house", "come to [an address]"),
        ("it is T for tango, W for whisky, nineteen, four", "it is [a reference number]"),
        ("passport 5 3 3 1 9 0 2 7 4 ok", "passport [a passport number] ok"),
        ("hers is 560 218 843, and", "hers is [a reference number], and"),
        ("that car EA 05 XUN again", "that car [a vehicle registration] again"),
        ("write to ines (at) pastel.example", "write to [an email]"),
        ("it is @rosa.limpa.ldn there", "it is [a username] there"),
        ("i am in b21 9 qt now", "i am in [a postcode] now"),
        ("reference is pcn lb 4471920 ok", "reference is [a reference number] ok"),
        ("born on the eleventh of the ninth seventy two", "born on September '72"),
        ("the fourth of the tenth twenty eleven", "October 2011"),
        ("dob 11 9 72", "dob September '72"),
        ("i live at number seven the maltings", "i live at [an address]"),
        ("it's number four cable street", "it's [an address]"),
        ("we're at The Old Forge, Mill Street", "we're at [an address]"),
        ("at Flat 9, Sycamore Court, Gladwin Road now", "at [an address] now"),
    ],
)
def test_identifiers_are_found_as_people_say_and_type_them(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "on a scale of one to ten a two or a three",
        "the number 12 bus and the number 1 issue",
        "no one came and number 2 is parking",
        "it cost 1,500,000 or 2000000 pounds",
        "COVID-19 on ward B12 since 2019-2021",
        "we met at seven dot",
    ],
)
def test_counts_amounts_and_labels_stay(said: str) -> None:
    assert hide(said) == said


@pytest.mark.parametrize(
    "text",
    [
        "www.a." * 3_334,
        "my bank account" + " " * 3_000 + "12345678",
        "my bank account" + " \t\n" * 1_000,
        "a-" * 10_000,
        "0" * 20_000,
        "a at " * 4_000,
        "12 St. " * 3_000,
    ],
)
def test_no_text_makes_it_slow(text: str) -> None:
    assert growth(hide, text) < TOO_FAST


def test_blanks_cut_short_leave_every_offset_true() -> None:
    text = "ring" + " " * 50 + "07700 900123" + " " * 70 + "or" + " " * 9 + "0113 496 0182 now"
    found = {text[find.start : find.end] for find in find_identifiers(text)}
    assert found == {"07700 900123", "0113 496 0182"}


def test_a_faith_centre_named_after_its_noun_takes_no_more_than_its_name() -> None:
    said = "They pray at the Masjid Al-Huda every day of the week."
    assert hide(said) == "They pray at the [a faith centre] every day of the week."
