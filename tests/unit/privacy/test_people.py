from __future__ import annotations

import pytest
from test_pseudonyms import hide


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("my name is zerubina and i stay", "my name is [name 1] and i stay"),
        ("My name is Oriel Quince and I stay", "My name is [name 1] and I stay"),
        ("they call me Zerubina here", "they call me [name 1] here"),
        ("you should ask for Zerubina there", "you should ask for [name 1] there"),
        ("Zerubina said it was damp", "[name 1] said it was damp"),
        ("I told Zerubina Quaverly the same", "I told [name 1] the same"),
        ("then mrs zerubin came", "then mrs [name 1] came"),
        ("i saw doctor zerubin on monday", "i saw doctor [name 1] on monday"),
        ("the worker was Zerubina, then nobody", "the worker was [name 1], then nobody"),
        ("Everyone knows Big Dave in here", "Everyone knows [name 1] in here"),
        ("me and big dave went", "me and [name 1] went"),
        ("our jade got told and our liam too", "our [name 1] got told and our [name 2] too"),
        ("thanks to Sharon, Grace and all", "thanks to [name 1], [name 2] and all"),
        ("I know Hetty Cavendish well", "I know [name 1] well"),
        ("so yolanda and bogdan said no", "so [name 1] and [name 2] said no"),
        ("MRS OKEKE TOLD KIERAN TO GO AWAY NOW", "MRS [name 1] TOLD [name 2] TO GO AWAY NOW"),
    ],
)
def test_names_are_told_by_lists_and_by_what_stands_around_them(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "The Bill for the lift came, and the Warden left",
        "I will hope for the best and mark my words",
        "our hope is that the council acts",
        "We use Tesco, Lidl and the Co-op",
        "She speaks Twi, Tigrinya and some English",
        "The PTs and the OTs were great, GoFundMe paid",
        "in May I rose from bed at five",
        "St George's Day and the Edwardian houses",
    ],
)
def test_ordinary_words_brands_and_languages_are_no_names(said: str) -> None:
    assert hide(said) == said


def test_accents_and_apostrophes_make_no_second_person() -> None:
    assert hide("I met Zoë. Then Zoe left. Zoë’s flat.") == (
        "I met [name 1]. Then [name 1] left. [name 1]’s flat."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Die Wohnungen in der Stadt sind zu teuer und mehr Bäume wären gut für das Klima",
        "Wir brauchen mehr Radwege, damit die Kinder auf dem Weg zur Schule sicher sind",
        "Der Strom und das Gas kosten mehr als die Miete, das können viele nicht bezahlen",
    ],
)
def test_nouns_of_a_language_that_writes_them_with_capitals_are_nobodys_names(text: str) -> None:
    assert hide(text) == text


def test_a_common_name_is_found_in_such_a_language_too() -> None:
    text = "Meine Tochter Jessica und ich warten seit einem Jahr auf eine Wohnung in der Stadt"
    assert "Jessica" not in hide(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ein Arzt fehlt uns sehr, sagt auch meine Nachbarin Jessica Quaverly aus der Siedlung",
        "Die Wohnung ist kalt, und Frau Quaverly vom Amt hat den Antrag nicht gelesen",
    ],
)
def test_a_surname_goes_with_its_first_name_or_title_there(text: str) -> None:
    assert "Quaverly" not in hide(text)
    assert "Wohnung" in hide(text) or "Arzt" in hide(text)


@pytest.mark.parametrize("name", ["Joy", "Sky", "Will", "Summer", "Angel", "Happy", "Pearl"])
@pytest.mark.parametrize(
    "said",
    [
        "{}, do you feel the same about safety?",
        "{} said it before me.",
        "And you, {}?",
        "{}'s turn",
    ],
)
def test_a_speaker_whose_name_is_a_word_is_replaced_when_spoken_to_or_of(
    name: str, said: str
) -> None:
    assert name not in hide(said.format(name), name)


def test_an_ordinary_word_that_is_a_speakers_name_too_stays_where_nobody_is_meant() -> None:
    assert hide("Will the lift be mended? Joy is what I want.", "Will", "Joy") == (
        "Will the lift be mended? Joy is what I want."
    )
