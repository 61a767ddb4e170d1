"""An order tried out is the order that the ranking itself gives under the same choice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from priorities_cases import FEW, crowd, listenings, tables, themes

from listening.priorities import Theme, rank
from listening.priorities.exploring import Choice, reorder
from listening.records import Table

Listening = tuple[Table, Table, list[Theme]]
WAYS = {
    "depth": Choice("depth"),
    "equal": Choice("equal"),
    "pooled": Choice("pooled"),
    "unscaled": Choice("depth", "plain"),
    "one_vote_each": Choice("depth", "one_vote"),
}


@given(listenings(), st.integers(0, 3))
def test_every_way_of_the_sensitivity_is_met_by_its_choice(told: Listening, seed: int) -> None:
    ranking = rank(*told, FEW, seed)
    kept = json.loads(json.dumps(ranking.exploring))  # as a page has it
    for way, order in ranking.sensitivity.items():
        if way in WAYS:
            assert reorder(kept, WAYS[way]) == list(order), way


def test_a_population_can_be_tried_out_and_left_out() -> None:
    import pandas as pd

    said = {
        **crowd("survey", 90, "money", attributes={"gender": "woman"}),
        **crowd("survey", 60, "parks", attributes={"gender": "man"}),
    }
    living = pd.DataFrame(
        [("gender", "woman", 400), ("gender", "man", 600)], columns=["attribute", "value", "count"]
    )
    plain = rank(*tables(said), themes("money", "parks"), FEW, 1, living)
    assert reorder(plain.exploring, Choice()) == ["money", "parks"]
    assert reorder(plain.exploring, Choice(evidence="weighted")) == ["parks", "money"]
    assert list(plain.sensitivity["weighted"]) == ["parks", "money"]
    weighted = rank(*tables(said), themes("money", "parks"), replace(FEW, weights=True), 1, living)
    assert reorder(weighted.exploring, Choice()) == ["parks", "money"]
    assert reorder(weighted.exploring, Choice(evidence="unweighted")) == ["money", "parks"]


@pytest.fixture
def two_sources() -> dict[str, object]:
    said = {
        **crowd("survey", 30, "money"),
        **crowd("survey", 10, "parks"),
        **crowd("interview", 9, "parks"),
        **crowd("interview", 3, "money"),
    }
    return dict(rank(*tables(said), themes("money", "parks"), FEW, 1).exploring)


def test_a_say_that_is_set_decides_and_one_of_nothing_is_none(
    two_sources: dict[str, object],
) -> None:
    to_survey = Choice("own", say={"survey": 100, "interview": 0})
    to_interviews = Choice("own", say={"survey": 0, "interview": 5})
    assert reorder(two_sources, to_survey)[0] == "money"
    assert reorder(two_sources, to_interviews)[0] == "parks"
    # nobody has any say: the order is by people
    assert reorder(two_sources, Choice("own"))[0] == "money"


def test_a_source_below_the_number_that_is_set_has_no_vote(two_sources: dict[str, object]) -> None:
    assert reorder(two_sources, Choice("equal", fewest=10)) == reorder(two_sources, Choice("equal"))
    alone = reorder(two_sources, Choice("equal", fewest=13))
    assert alone == reorder(two_sources, Choice("own", say={"survey": 1}))
    # where no source is large enough, all vote
    assert reorder(two_sources, Choice("equal", fewest=90)) == reorder(
        two_sources, Choice("equal", fewest=1)
    )


def test_what_is_unknown_is_taken_for_what_was_used(two_sources: dict[str, object]) -> None:
    assert reorder(two_sources, Choice(evidence="read")) == reorder(two_sources, Choice())
