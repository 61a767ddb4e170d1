"""Aims: one sentence, and questions that are asked kindly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.actions import Action, doubts, sentence

TODAY = date(2026, 7, 1)
GOOD = Action(
    aim_what="families wait less for repairs of damp",
    aim_whom="tenants with children on the Quayside estate",
    aim_much="from 40 days to 20",
    aim_when="2027-03-31",
    measure="days from report to repair",
    direction="down",
)


def test_an_aim_is_one_sentence_of_its_four_parts() -> None:
    assert sentence(GOOD) == (
        "Families wait less for repairs of damp for tenants with children on the Quayside estate: "
        "from 40 days to 20, by 31 March 2027."
    )


def test_an_aim_that_can_be_checked_is_asked_nothing() -> None:
    assert doubts(GOOD, TODAY) == []


def test_an_empty_aim_is_asked_one_question_and_makes_no_sentence() -> None:
    assert sentence(Action()) == ""
    assert [one.field for one in doubts(Action(), TODAY)] == ["aim_what"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"aim_what": "improve housing", "aim_much": ""}, "aim_what"),
        ({"aim_whom": ""}, "aim_whom"),
        ({"aim_whom": "Everyone"}, "aim_whom"),
        ({"aim_much": "a lot"}, "aim_much"),
        ({"aim_when": ""}, "aim_when"),
        ({"aim_when": "2026-06-30"}, "aim_when"),
        ({"aim_when": "2040-01-01"}, "aim_when"),
        ({"measure": ""}, "measure"),
        ({"direction": ""}, "direction"),
    ],
)
def test_each_gap_is_asked_about(change: dict[str, str], field: str) -> None:
    asked = doubts(replace(GOOD, **change), TODAY)  # type: ignore[arg-type]
    assert field in [one.field for one in asked]
    assert all(one.question.endswith(("?", ".")) for one in asked)


def test_a_number_in_words_is_a_number() -> None:
    assert doubts(replace(GOOD, aim_much="halve the wait"), TODAY) == []


def test_a_gap_can_be_seen_in_the_sentence() -> None:
    assert sentence(Action(aim_what="fewer cold homes")) == "Fewer cold homes for …: …, by …"


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_words_make_one_line_or_none(what: str, whom: str, much: str) -> None:
    said = sentence(Action(aim_what=what, aim_whom=whom, aim_much=much, aim_when="2027-03-31"))
    assert "\n" not in said
    assert said.endswith(", by 31 March 2027.")
