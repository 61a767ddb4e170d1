"""What people need and ask for is picked by how it is said, one a person, and never counted."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from priorities_cases import person
from test_priorities_quotes import segment

from listening.priorities import asks
from listening.priorities.asks import kind_of
from listening.records import PARTICIPANTS, SEGMENTS, table_of


@pytest.mark.parametrize(
    "text",
    [
        "We would like somewhere dry for the children",
        "Fix the lift in our block",
        "More buses in the evening would help me",
        "They should answer the phone",
        "Cheaper childcare so that I can work",
        "If only somebody came when we call",
        "I just want a home that is not damp",
    ],
)
def test_who_says_what_should_be_otherwise_asks_for_a_change(text: str) -> None:
    assert (kind_of(text) or ("", 0))[0] == "changes"


@pytest.mark.parametrize(
    "text",
    [
        "I can't afford the rent any more",
        "There is nowhere for the young people to go",
        "Nobody comes when the lift breaks",
        "My daughter has been on the waiting list two years",
        "We never get a bus after nine",
    ],
)
def test_who_says_what_lacks_says_a_need(text: str) -> None:
    assert (kind_of(text) or ("", 0))[0] == "needs"


@pytest.mark.parametrize(
    "text",
    [
        "The damp comes back every winter",
        "It is lovely here and my neighbours are kind",
        "Should they fix the lift?",
        "Fix it",
        " ".join(["They should listen"] * 20),
    ],
)
def test_what_says_neither_asks_or_is_too_short_or_too_long_is_left(text: str) -> None:
    assert kind_of(text) is None


def _picked(
    rows: list[dict[str, Any]], consents: dict[str, str] | None = None
) -> dict[str, list[str]]:
    who = sorted({row["participant_id"] for row in rows})
    people = [person(one, consent=(consents or {}).get(one, "quotation")) for one in who]
    evidence = [(row["segment_id"], "housing", 1.0) for row in rows]
    found = asks(
        table_of(rows, SEGMENTS),
        table_of(people, PARTICIPANTS),
        pd.DataFrame(evidence, columns=["segment_id", "code", "score"]),
        per_theme=2,
    )
    return {kind: [one["segment_id"] for one in told] for kind, told in found["housing"].items()}


def test_one_passage_a_person_and_the_same_words_once() -> None:
    rows = [
        segment("s1", "a", text="Please mend the roof of our block"),
        segment("s2", "a", text="Please mend the stairs of our block"),
        segment("s3", "b", text="Please mend the roof of our block"),
        segment("s4", "c", text="There is not enough room for us"),
    ]
    assert _picked(rows) == {"changes": ["s1"], "needs": ["s4"]}


def test_who_may_be_quoted_comes_first_and_others_say_that_they_may_not() -> None:
    rows = [
        segment("s1", "a", text="Please mend the roof of our block"),
        segment("s2", "b", text="They should mend the stairs of our block"),
    ]
    assert _picked(rows, {"a": "analysis"})["changes"] == ["s2", "s1"]


def test_nobody_elses_words_and_no_other_language_are_picked() -> None:
    rows = [
        segment("s1", "a", text="They should mend the roof", voice="observation"),
        segment("s2", "b", text="They should mend the roof", language="pl"),
        segment("s3", "c", text="They should mend the stairs", voice="paraphrase"),
    ]
    assert _picked(rows)["changes"] == ["s3"]
