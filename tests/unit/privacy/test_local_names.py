from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_pseudonyms import parsed_of

from listening.errors import InvalidGazetteer
from listening.privacy import Local, parse_local, pseudonymise
from listening.privacy.local import KINDS

OWN = """
person = ["Splodge"]
school = ["the Base"]
faith = ["Upper Room"]
employer = ["Fennel & Daughters"]
surgery = ["Number Nine"]
keep = ["Grace Kitchen", "Danny's Cafe"]
"""


def hide(text: str, content: str = OWN) -> str:
    return pseudonymise([parsed_of(text)], [()], {}, parse_local(content)).parsed[0].text


def test_a_programmes_own_names_are_replaced_whole_and_in_any_case() -> None:
    said = "splodge is at The Base, prays at the Upper  Room and left Fennel & Daughters, splodged."
    assert hide(said) == (
        "[name 1] is at [a school], prays at the [a faith centre] and left [an employer], splodged."
    )


def test_words_that_an_officer_keeps_are_left_and_the_same_name_elsewhere_goes() -> None:
    said = "I eat at Danny's Cafe and at Grace Kitchen, Danny cooks."
    assert hide(said) == "I eat at Danny's Cafe and at Grace Kitchen, [name 1] cooks."


def test_an_identifier_goes_though_it_stands_in_words_to_keep() -> None:
    assert (
        hide("ring 07700 900123 now", 'keep = ["ring 07700 900123"]') == "ring [a phone number] now"
    )


def test_an_empty_list_changes_nothing() -> None:
    assert parse_local("") == Local()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("person = [,", "line 1"),
        ('people = ["Ada"]', "people"),
        ('person = "Ada"', "list"),
        ("person = [1]", "list"),
        ('person = ["A"]', "one letter"),
    ],
)
def test_a_list_that_cannot_be_used_says_what_is_wrong_with_it(content: str, told: str) -> None:
    with pytest.raises(InvalidGazetteer, match=told) as caught:
        parse_local(content)
    assert "gazetteer.toml" in str(caught.value)


def test_a_broken_list_quotes_no_name() -> None:
    with pytest.raises(InvalidGazetteer) as caught:
        parse_local('person = ["Zerubina Quaverly"')
    assert "Zerubina" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_content_is_read_or_refused(content: str) -> None:
    try:
        local = parse_local(content)
    except InvalidGazetteer:
        return
    assert set(local.names) <= set(KINDS)
