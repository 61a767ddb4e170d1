from __future__ import annotations

import pytest

from benchmarks.name_tagger import HELD_OUT
from listening.language import load_pipeline, parse
from listening.privacy import pseudonymise
from listening.privacy.chains import find_chains
from listening.privacy.handles import find_handles
from listening.privacy.pages import find_pages
from listening.privacy.words import bag_of


def hide(text: str, names: tuple[str, ...] = ()) -> str:
    return pseudonymise(parse([text], load_pipeline()), [names], {}).parsed[0].text


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "an agency called Workforce Plus got me nights",
            "an agency called [an employer] got me nights",
        ),
        (
            "my employer, Vantage Foods, closed the canteen",
            "my employer, [an employer], closed the canteen",
        ),
        ("she lay on Cherrytree Ward and no nurse came", "she lay on [a clinic] and no nurse came"),
        ("Orrin cottage hospital was lovely", "[a clinic] was lovely"),
        (
            "I've a Saturday job in Thyme and Tansy, the sweet shop",
            "I've a Saturday job in [an employer], the sweet shop",
        ),
    ],
)
def test_what_a_place_is_said_to_be_gives_its_name_away(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.model
@pytest.mark.parametrize(
    "said",
    [
        "he was on Ward 7 and then the stroke unit, the nurses were lovely",
        "we live in Kingsley ward and the councillor is useless",
        "the company is closed and the agency never rang",
        "I was in Leeds General Infirmary for a fortnight",
    ],
)
def test_wards_of_councillors_and_words_for_firms_stay(said: str) -> None:
    assert hide(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "they offered me zero hours at sports direct and I said no",
        "my manager at KFC texts me my hours",
        "Greggs sacked me by text",
        "I was at Woolworths before it went",
        "working nights at b&q",
    ],
)
def test_a_chain_that_somebody_works_for_goes(said: str) -> None:
    assert [find.kind for find in find_chains(said, bag_of(said))] == ["employer"]


@pytest.mark.parametrize(
    "said",
    [
        "I get my shopping at Tesco because it is next the bus stop",
        "we sat in Costa for two hours because it was warm",
        "it is working out cheaper at Aldi",
        "I was with Barclays for thirty years and they shut it",
        "my contract with Vodafone has run out",
        "we work next door",
    ],
)
def test_a_chain_that_somebody_buys_from_stays(said: str) -> None:
    assert find_chains(said, bag_of(said)) == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("the facebook group, Orrindale Mums and Bumps, told me", "Orrindale Mums and Bumps"),
        (
            "a group on facebook called orrin end noticeboard and it is all moaning",
            "orrin end noticeboard",
        ),
        (
            "we're on facebook as Save Orrin Fields Library, four hundred of us",
            "Save Orrin Fields Library",
        ),
        ("join Orrinmere Watch on Facebook", "Orrinmere Watch"),
        ("my channel's Ollie Fixes Things on YouTube", "Ollie Fixes Things"),
    ],
)
def test_the_name_of_a_group_or_channel_is_found_whole(said: str, name: str) -> None:
    assert {said[f.start : f.end] for f in find_pages(said, bag_of(said))} == {name}


@pytest.mark.parametrize(
    "said",
    [
        "there's a facebook group, it's full of moaners",
        "we have a group on whatsapp for the street",
        "our page on facebook is full of complaints",
    ],
)
def test_what_is_said_of_a_group_is_no_name(said: str) -> None:
    assert find_pages(said, bag_of(said)) == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("the handle is at priya sings, all lower case", "priya sings"),
        ("he signs in as okaforjx and then it stops", "okaforjx"),
        ("user name, d dot mensah 4, and a password", "d dot mensah 4"),
        ("they call me captain chaos 1999 on the forum", "captain chaos 1999"),
    ],
)
def test_a_handle_of_several_words_goes_whole(said: str, name: str) -> None:
    assert name in {said[f.start : f.end] for f in find_handles(said, bag_of(said))}


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("it's the mad hatters at yahoo dot co dot uk", "it's [an email]"),
        ("it's w a l t e r p at sky dot com", "it's [an email]"),
        ("look at w w w dot the mill at orrin dot org dot uk", "look at [a web address]"),
        ("see change dot org slash p slash keep the number nine bus", "see [a web address]"),
        (
            "my account number's double oh four one, no, double oh four one seven seven two nine",
            "my account number's [a bank account number]",
        ),
        (
            "it's eleven oh seven eighty four and then five five seven seven nine oh one two",
            "it's [a bank account number] and then [a reference number]",
        ),
        ("her biometric card was ZU 7719023", "her biometric card was [a reference number]"),
    ],
)
def test_what_is_spelt_out_in_plain_words_goes_whole(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.model
def test_a_speaker_whose_surname_is_a_title_goes() -> None:
    assert "Bishop" not in hide(
        "I told Tom Bishop and Bishop said no. So Bishop left.", ("Tom Bishop",)
    )


def test_the_tagger_learns_from_no_set_that_nobody_may_read() -> None:
    assert {
        "unseen.txt",
        "unseen2.txt",
        "unseen3.txt",
        "reach2.txt",
        "clean.txt",
        "last.txt",
    } <= HELD_OUT
