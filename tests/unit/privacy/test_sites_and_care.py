from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.language import load_pipeline, parse
from listening.privacy import pseudonymise
from listening.privacy.sites import is_everybodys_site


def hide(text: str) -> str:
    return pseudonymise(parse([text], load_pipeline()), [()], {}).parsed[0].text


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("it's moss end allotments dot co dot uk", "it's [a web address]"),
        ("it's mutterings of a carer dot wordpress dot com", "it's [a web address]"),
        ("look at facebook dot com slash orrin bowls club", "look at [a web address]"),
        ("look on facebook forward slash orrin bowls club", "look on [a web address]"),
        ("it's www orrin plumbing co uk", "it's [a web address]"),
        ("pictures are at linktr.ee/orrin.draws", "pictures are at [a web address]"),
    ],
)
def test_a_site_of_somebodys_goes_however_it_is_said(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.model
@pytest.mark.parametrize(
    "said",
    [
        "I did the form on gov dot uk",
        "see www.gov.uk/apply-blue-badge",
        "it was on www.leeds.gov.uk/bins/missed",
        "look at nhs.uk for it",
        "I got it off amazon.co.uk in the end",
    ],
)
def test_a_site_of_everybodys_stays(said: str) -> None:
    assert hide(said) == said


@given(
    st.sampled_from(["gov.uk", "nhs.uk", "bbc.co.uk"]), st.sampled_from(["", "www.", "https://"])
)
def test_a_site_is_told_alike_written_and_said(host: str, lead: str) -> None:
    assert is_everybodys_site(lead + host)
    assert is_everybodys_site(host.replace(".", " dot "))
    assert not is_everybodys_site(f"orrin-{host}.example.com")


def test_a_persons_page_on_a_site_of_everybodys_is_theirs() -> None:
    assert is_everybodys_site("facebook.com")
    assert not is_everybodys_site("facebook.com/orrin.bowls")
    assert not is_everybodys_site("facebook dot com slash orrin bowls")


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I was at Harrow Gill Dental last week", "I was at [a dentist] last week"),
        ("the chemist, Oswin and Frear, do the boxes", "the chemist, [a pharmacy], do the boxes"),
        ("they do my feet at tiptoes podiatry", "they do my feet at [a clinic]"),
        ("i rang ferndale dental and they hung up", "i rang [a dentist] and they hung up"),
        ("got me glasses at pemberlow opticians", "got me glasses at [a clinic]"),
        ("nan is in the beeches care home now", "nan is in the [a care home or hospice] now"),
        ("he died at St Orrin's Hospice", "he died at [a care home or hospice]"),
        (
            "dad's in Haven Brook, it's a dementia unit",
            "dad's in [a care home or hospice], it's a dementia unit",
        ),
        (
            "she runs the Copper Kettle, the cafe there",
            "she runs the [an employer], the cafe there",
        ),
        ("meet at the Kingdom Hall on Tarlow Road", "meet at the [a faith centre] on Tarlow Road"),
    ],
)
def test_what_is_said_beside_a_name_tells_the_place(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.model
@pytest.mark.parametrize(
    "said",
    [
        "the pharmacy said go to the GP",
        "you can't get a dentist round here",
        "I went to the sexual health clinic",
        "the private care home fees are a scandal",
        "my mum's care home never answers",
        "there is a memory clinic and a flu clinic",
        "Lloyds Pharmacy shut",
        "the Leeds dental hospital is full",
        "he does an apprenticeship at the college",
        "we go to the methodist church",
        "i work for the agency, it's a warehouse job",
        "all saints day is when they do it",
        "she is always moaning on facebook",
    ],
)
def test_what_is_nobodys_own_stays(said: str) -> None:
    assert hide(said) == said
