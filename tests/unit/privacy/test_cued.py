"""What only its surroundings give away: codes, handles, institutions."""

from __future__ import annotations

import pytest
from test_pseudonyms import hide

from tests.growth import TOO_FAST, growth


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("sort code's 60 14 22 ok", "sort code's [a bank account number] ok"),
        ("passport no five three one double oh seven two", "passport no [a passport number]"),
        ("NI no. is QQ 88 20 14 and", "NI no. is [a National Insurance number] and"),
        ("my ref is aa slash twenty two slash nine one four", "my ref is [a reference number]"),
        ("my reg was L3 MPH, or so", "my reg was [a vehicle registration], or so"),
        ("licence OKAFO 802145 PJ9RT, clean", "licence [a driving licence number], clean"),
        ("court case F04NC221, adjourned", "court case [a reference number], adjourned"),
    ],
)
def test_a_code_goes_by_what_it_is_called(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "the case took 14 months and cost 12000 pounds",
        "the number 42 is late and the number 160 bus is later",
        "my job since 2019-20 is 24 hours",
        "the council tax is 1,450 a year",
        "I'll have a plate of 2 of those",
        "the ticket was a hundred and twenty quid",
        "an appeal against 3 of the 12 refusals",
    ],
)
def test_what_only_counts_stays_after_the_same_words(said: str) -> None:
    assert hide(said) == said


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I'm kofi_99_wx on insta", "I'm [a username] on insta"),
        ("im queen underscore bee underscore 04 there", "im [a username] there"),
        ("Log in with tmensah04 they said", "Log in with [a username] they said"),
        ("see facebook dot com slash groups slash mill", "see [a web address]"),
    ],
)
def test_a_handle_goes_however_it_is_said(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "I log in online every day and sign in with my phone",
        "we are all on Facebook since covid19",
        "my login never works, the portal is down",
    ],
)
def test_talk_of_signing_in_stays(said: str) -> None:
    assert hide(said) == said


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("i'm registered with riverside and", "i'm registered with [a GP surgery] and"),
        ("My two go to the Oaks, it's a school.", "My two go to the [a school], it's a school."),
        ("We go to Bethel of a Sunday.", "We go to [a faith centre] of a Sunday."),
        ("I do shifts at Ravensdown Care Home.", "I do shifts at [an employer]."),
        ("I pray at Al Noor and rest.", "I pray at [a faith centre] and rest."),
        ("he works for J & K Plumbing now", "he works for [an employer] now"),
    ],
)
def test_an_institution_goes_by_what_is_done_there(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "I'm registered with a dentist at home",
        "my doctor is kind and my gp was great",
        "I work for the Council at the Jobcentre",
        "I was registered blind at the hospital",
        "good service at the time, she works from home",
        "an appointment at Emergency Care, then to A & E with my son",
    ],
)
def test_public_services_and_talk_of_them_stay(said: str) -> None:
    assert hide(said) == said


@pytest.mark.parametrize(
    "text",
    [
        "work " * 4_000,
        "worked at the A" * 1_500,
        "my doctors is " * 1_500,
        "Aa " * 6_000 + "school",
        "at Aa and " * 2_000 + "church list surgery",
        "ref 12 " * 3_000,
        "number one one " * 1_500,
        "username is a dot " * 1_000,
        "a underscore " * 1_500,
        "dot com " * 2_500,
        "a_" * 8_000,
        "A1/" * 6_000,
        "I'm at 1 Aa " * 1_500,
        "temple aaaa bbbb " * 1_200,
        "Aa Bb and Cc dental " * 1_000,
        "aaaa bbbb care home " * 1_000,
        "mum in The Aa Bb Cc " * 1_000 + "care",
        "works at aaa bbb ccc " * 1_000 + "cafe",
        "runs Aa and Bb the aa " * 1_000 + "cafe",
        "its aaaa bbbb cccc dot " * 1_000 + "com",
        "slash aaa dash " * 1_500 + "dot com",
        "facebook slash aa " * 1_500,
        "is aaaa bbbb cccc on insta " * 800,
        "www aaa bbb " * 1_500,
        "new aaaa grace masjid al " * 1_000,
    ],
)
def test_no_surroundings_make_it_slow(text: str) -> None:
    assert growth(hide, text) < TOO_FAST
