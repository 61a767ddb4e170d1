"""Number plates, usernames, dedications and public figures, each rule by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.privacy.edits import Find
from listening.privacy.famous import is_public_name
from listening.privacy.handles import find_handles
from listening.privacy.known import Known
from listening.privacy.plates import find_plates
from listening.privacy.saints import find_dedicated
from listening.privacy.words import bag_of

LETTERS = st.text("BCDFGHJKLMNPRSTVWXY", min_size=3, max_size=3)


def plates(text: str) -> list[str]:
    return [text[f.start : f.end] for f in find_plates(text, bag_of(text))]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("the Morris, YKL 442T, never moves", "YKL 442T"),
        ("number plate started LX15 something", "LX15"),
        ("it ends OYV, number plate I mean", "OYV"),
        ("MCZ 1180 is my permit plate", "MCZ 1180"),
        ("blue corsa bv 18 kde parked there", "bv 18 kde"),
        ("his plate is SAM 1 and he knows it", "SAM 1"),
        ("KP22 at the front of the plate", "KP22"),
    ],
)
def test_a_number_plate_is_found_however_it_is_written(text: str, plate: str) -> None:
    assert plate in plates(text)


@pytest.mark.parametrize(
    "text",
    [
        "I drive the car up the M62 and the A19 for 20 min",
        "it does 40 mpg and the van is 12 foot",
        "a 19 plate fiesta and an 09 reg corsa",
        "a parking fine on 12 May and one on 3 June",
        "I have a plate of food and it began with a prayer",
        "flat 12A, KS2 and PIP 2024",
    ],
)
def test_roads_amounts_and_years_are_no_number_plates(text: str) -> None:
    assert plates(text) == []


@given(st.integers(1, 99), LETTERS)
def test_a_current_plate_is_found_with_and_without_its_blank(year: int, letters: str) -> None:
    for blank in ("", " "):
        plate = f"KX{year:02}{blank}{letters}"
        assert plate in plates(f"the reg was {plate}, a van")


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("on discord he's noodlecat#4471 now", "noodlecat#4471"),
        ("I post as angrypensioner on the forum", "angrypensioner"),
        ("My Nextdoor name is HillTopHelen and that's me", "HillTopHelen"),
        ("my tag is tazzer on xbox", "tazzer"),
    ],
)
def test_a_username_is_found_by_what_it_is_called(text: str, handle: str) -> None:
    assert handle in [text[f.start : f.end] for f in find_handles(text, bag_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        "I'm on Facebook as well and on Twitter as you know",
        "it's on YouTube, called PayPal and LinkedIn",
        "I play football online as striker",
    ],
)
def test_sites_and_ordinary_words_are_no_usernames(text: str) -> None:
    assert find_handles(text, bag_of(text)) == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("St Wilfrid's C of E had a leak", "St Wilfrid's C of E", "faith"),
        ("all souls had a dinner for us", "all souls", "faith"),
        ("my son left Holy Cross in tears", "Holy Cross", "school"),
        ("a playgroup called Tiny Treasures", "Tiny Treasures", "school"),
        ("Drs Iqbal and Sen are lovely", "Iqbal and Sen", "surgery"),
        ("al manar had an open day", "al manar", "faith"),
        ("The Oasis Centre is where we worship", "The Oasis Centre", "faith"),
    ],
)
def test_an_institution_is_found_by_its_dedication(text: str, words: str, kind: str) -> None:
    found = [(text[f.start : f.end], f.kind) for f in find_dedicated(text, bag_of(text))]
    assert (words, kind) in found


@pytest.mark.parametrize(
    "text", ["St Mary's Road is shut", "All Saints Street floods", "St James's hospital ward"]
)
def test_roads_and_hospitals_named_after_saints_are_public(text: str) -> None:
    assert find_dedicated(text, bag_of(text)) == []


def _public(text: str, name: str, known: Known) -> bool:
    start = text.index(name)
    return is_public_name(text, Find(start, start + len(name), "person"), known)


def test_a_public_figure_stays_and_a_neighbour_of_that_name_does_not() -> None:
    assert _public("Starmer wants to live here a week", "Starmer", Known())
    assert _public("ask Boris Johnson", "Boris Johnson", Known())
    assert not _public("Mrs Thatcher next door", "Thatcher", Known())
    assert not _public("Trump rang me", "Trump", Known.of(["Ada Trump"]))
    assert _public("Macmillan nurses came", "Macmillan", Known())
    assert not _public("Macmillan came round", "Macmillan", Known())
