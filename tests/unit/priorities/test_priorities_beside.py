"""Intensity, breadth, places, indicators and a panel's word: beside the order, never in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import FEW, crowd, listenings, tables, themes
from scipy.stats import entropy

from listening.priorities import document, rank
from listening.priorities.beside import Brought, breadth, intensity, places, stand_beside
from listening.priorities.beside.places import covariance
from listening.priorities.counting import wilson
from listening.records import INDICATORS, NOT_ASKED, PANEL, SEVERITIES, Table, table_of

CODES = themes("crime", "housing", "money")


def severities(*rows: tuple[str, str, int]) -> Table:
    names = ("participant_id", "code", "severity")
    return table_of([dict(zip(names, row, strict=True)) for row in rows], SEVERITIES)


def test_intensity_is_each_persons_mean_drawn_towards_everybodys() -> None:
    found = intensity(
        severities(("a", "x", 3), ("a", "x", 1), ("b", "x", 3), ("c", "x", 2), ("a", "y", 0))
    )
    # people's means: x 2, 3, 2 and y 0; over all four 1.75
    assert found["x"].figure == pytest.approx((7 + 5 * 1.75) / 8)
    assert found["y"].figure == pytest.approx((0 + 5 * 1.75) / 6)
    assert (found["x"].people, found["y"].people) == (3, 1)


MARKS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.integers(0, 3)), min_size=1
)


@given(MARKS, st.integers(2, 10))
def test_to_say_it_again_makes_nothing_graver(rows: list[Any], times: int) -> None:
    once, again = intensity(severities(*rows)), intensity(severities(*(rows * times)))
    assert {code: own.people for code, own in once.items()} == {
        code: own.people for code, own in again.items()
    }
    for code, own in once.items():
        assert own.figure == pytest.approx(again[code].figure)
        assert 0 <= own.figure <= 3


def test_without_a_mark_there_is_no_intensity() -> None:
    assert intensity(severities()) == {}


GROUPS = st.lists(
    st.integers(10, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=2,
    max_size=12,
)


@given(GROUPS)
def test_breadth_is_the_effective_number_of_groups_less_one_over_the_most_there_can_be(
    groups: list[tuple[int, int]],
) -> None:
    found = breadth(groups)
    shares = [x / n for x, n in groups]
    if sum(shares) == 0:
        assert found is None
    else:
        expected = (np.exp(entropy(shares)) - 1) / (len(groups) - 1)
        assert found == pytest.approx(expected, abs=1e-9)
        assert found is not None
        assert 0 <= found <= 1
        assert breadth(groups[::-1]) == pytest.approx(found)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([(5, 10), (10, 20), (50, 100)], 1.0),
        ([(5, 10), (0, 20)], 0.0),
        ([(5, 10), (9, 9)], None),  # the second group is too small to have a share
        ([(0, 10), (0, 20)], None),
        ([], None),
    ],
)
def test_breadth_at_its_ends(groups: Sequence[tuple[int, int]], expected: float | None) -> None:
    assert breadth(groups) == pytest.approx(expected) if expected else breadth(groups) == expected


def at(place: str) -> dict[str, Any]:
    return {"attributes": {"place": place}}


def test_places_are_ordered_by_share_where_there_are_people_enough() -> None:
    raised, people = tables(
        {
            **crowd("survey", 30, "housing", **at("Mill")),
            **crowd("survey", 6, "money", **at("mill ")),
            **crowd("survey", 19, "crime", **at("Quay")),
            **crowd("survey", 4),
        }
    )
    (mill, quay), unknown = places(raised, people, CODES, seed=1)
    assert (mill.name, mill.people, quay.people, unknown) == ("Mill", 36, 19, 4)
    assert [theme.id for theme in mill.themes] == ["housing", "money", "crime"]
    assert (mill.themes[0].rank, mill.themes[0].joint) == (1, (1, 1))
    assert mill.themes[0].tied_with == ()
    assert (mill.themes[0].share.people, mill.themes[0].share.of) == (30, 36)
    # one below the least: shares, and no order
    assert {theme.rank for theme in quay.themes} == {None}
    assert [theme.share.people for theme in quay.themes] == [19, 0, 0]


def test_whoever_could_not_raise_a_theme_is_in_no_places_share_of_it() -> None:
    raised, people = tables(
        {
            **crowd("survey", 30, "housing", **at("Mill")),
            **crowd("survey", 10, "money", **at("Mill")),
        }
    )
    silent = pd.DataFrame(
        {"participant_id": people["participant_id"][:25], "code": "money", "how": NOT_ASKED}
    )
    ((mill,), _) = places(raised, people, CODES, seed=1, asked=silent)
    shares = {one.id: one.share for one in mill.themes}
    assert (shares["money"].people, shares["money"].of) == (10, 15)
    assert shares["money"].interval == pytest.approx(wilson(10 / 15, 15, 0.05))
    assert (shares["housing"].of, mill.people) == (40, 40)
    # by share: ten of fifteen stand beside thirty of forty
    money = next(one for one in mill.themes if one.id == "money")
    assert money.tied_with == ("housing",)


def test_a_few_long_notes_are_too_few_accounts_to_order_a_place() -> None:
    raised, people = tables(crowd("street", 3, "housing", people=30, **at("Mill")))
    ((mill,), _) = places(raised, people, CODES, seed=1)
    assert (mill.people, mill.participants, mill.ordered) == (90, 3, False)


def test_one_group_of_many_people_orders_no_place() -> None:
    group = crowd("focus_group", 15, "housing", cluster="g", **at("Ash Green"))
    rest = crowd("focus_group", 10, "money", cluster="g", **at("Ash Green"))
    ((place,), _) = places(*tables({**group, **rest}), CODES, seed=1)
    assert (place.participants, place.accounts, place.ordered) == (25, 1, False)


def test_a_note_on_many_people_makes_a_places_range_wide() -> None:
    said = {
        **crowd("street", 1, "housing", people=60, **at("Ash Green")),
        **crowd("survey", 20, **at("Ash Green")),
    }
    ((place,), _) = places(*tables(said), CODES, seed=1)
    housing = next(one for one in place.themes if one.id == "housing")
    # 80 people, but one of 21 accounts speaks for 60: no more is known than from two people
    effective = 80**2 / (60**2 + 20)
    assert housing.share.interval == pytest.approx(wilson(60 / 80, effective, 0.05))
    assert housing.share.interval[0] < 0.3


def test_themes_that_a_place_cannot_tell_apart_are_said_to_be_tied() -> None:
    raised, people = tables(
        {
            **crowd("survey", 12, "housing", **at("Mill")),
            **crowd("survey", 11, "money", **at("Mill")),
        }
    )
    ((mill,), _) = places(raised, people, CODES, seed=1)
    first, second, last = mill.themes
    assert (first.id, first.tied_with) == ("housing", ("money",))
    assert (second.id, second.tied_with) == ("money", ("housing",))
    assert (last.id, last.joint) == ("crime", (3, 3))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_the_covariance_of_shares_is_that_of_resampling_accounts(seed: int) -> None:
    chance = np.random.default_rng(seed)
    able = chance.random((60, 3)) < 0.8
    raised = chance.integers(0, 2, (60, 3)) * able
    people = chance.integers(1, 4, 60)
    account = np.concatenate([np.zeros(6), np.arange(1, 55)]).astype(np.int64)
    drawn = chance.multinomial(55, np.full(55, 1 / 55), size=6000)[:, account] * people
    shares = (drawn @ raised) / (drawn @ able)
    expected = np.cov(shares, rowvar=False)
    assert np.abs(covariance(raised, able, people, account) - expected).max() < 0.002


def told(raised: Table, people: Table, codes: Any = CODES) -> dict[str, Any]:
    ranking = rank(raised, people, codes, FEW, seed=3)
    return document(
        ranking, programme="P", wave="W", codebook_version="b 1.0", quotes={}, not_yet_read=0
    )


def panel(*rows: tuple[str, str, str, str, int | None]) -> Table:
    names = ("id", "word", "words", "date", "present")
    return table_of([dict(zip(names, row, strict=True)) for row in rows], PANEL)


RAISED, PEOPLE = tables(
    {
        **crowd("survey", 20, "housing", "money", **at("Mill")),
        **crowd("survey", 20, "money", **at("Quay")),
        **crowd("interview", 5, "crime", **at("Quay")),
    }
)
WORD = panel(
    ("money", "rename", "The cost of living here", "2026-05-02", 9),
    ("money", "confirm", "", "2026-03-02", None),
    ("crime", "contest", "That was one night", "2026-05-02", 9),
    ("parks", "confirm", "", "2026-05-02", 9),
)
FIGURES = table_of(
    [
        {"place": place, "measure": "Damp homes", "value": value, "unit": "%", "date": "2025",
         "source": "Stock survey"}
        for place, value in (("mill", 21.5), ("Ropewalk", 8))
    ],
    INDICATORS,
)  # fmt: skip


def test_what_stands_beside_touches_nothing_of_the_ranking() -> None:
    before = told(RAISED, PEOPLE)
    marks = severities(("survey-housing-money-{'place': 'Mill'}-0", "housing", 3))
    after, _ = stand_beside(before, RAISED, PEOPLE, CODES, Brought(marks, WORD, FIGURES), seed=3)
    assert before == told(RAISED, PEOPLE)
    added = {"intensity", "intensity_people", "breadth", "breadth_by", "panel"}
    whole = {"criteria", "places", "place_unknown", "panel_missing"}
    kept = {name: value for name, value in after.items() if name not in whole}
    kept["priorities"] = [
        {name: value for name, value in one.items() if name not in added}
        for one in after["priorities"]
    ]
    assert kept == before


@given(listenings())
@settings(max_examples=15, deadline=None)
def test_a_panels_word_moves_no_rank_and_no_figure(case: Any) -> None:
    raised, people, codes = case
    before = told(raised, people, codes)
    word = panel(*((code.id, "contest", "No", "2026-05-02", 3) for code in codes))
    with_word, _ = stand_beside(before, raised, people, codes, Brought(panel=word), seed=3)
    without, _ = stand_beside(before, raised, people, codes, Brought(), seed=3)
    bare = [{**one, "panel": []} for one in with_word["priorities"]]
    assert {**with_word, "priorities": bare} == without


def test_the_panels_word_stands_with_its_theme_by_date() -> None:
    after, rejects = stand_beside(
        told(RAISED, PEOPLE), RAISED, PEOPLE, CODES, Brought(panel=WORD), seed=3
    )
    by = {one["id"]: one["panel"] for one in after["priorities"]}
    assert [said["word"] for said in by["money"]] == ["confirm", "rename"]
    assert by["money"][0]["present"] is None
    assert by["crime"][0] == {
        "word": "contest", "words": "That was one night", "date": "2026-05-02", "present": 9
    }  # fmt: skip
    assert by["housing"] == []
    assert [reject.why for reject in rejects] == ["It names a theme that is not in the order."]


def test_indicators_stand_with_their_place_heard_or_not() -> None:
    after, _ = stand_beside(
        told(RAISED, PEOPLE), RAISED, PEOPLE, CODES, Brought(indicators=FIGURES), seed=3
    )
    names = {one["name"]: one for one in after["places"]}
    assert list(names) == ["Mill", "Quay", "Ropewalk"]
    assert names["Mill"]["indicators"][0]["value"] == 21.5
    assert (names["Ropewalk"]["people"], names["Ropewalk"]["themes"]) == (0, [])
    assert names["Quay"]["indicators"] == []


def test_each_criterion_has_an_order_of_its_own_and_none_is_blended() -> None:
    marks = pd.concat(
        [
            severities(*((f"s{n}", "housing", 1) for n in range(9))),
            severities(*((f"i{n}", "crime", 3) for n in range(5))),
        ]
    )
    after, _ = stand_beside(told(RAISED, PEOPLE), RAISED, PEOPLE, CODES, Brought(marks), seed=3)
    assert after["criteria"]["intensity"] == ["crime", "housing"]
    by = {one["id"]: one for one in after["priorities"]}
    assert (by["money"]["intensity"], by["money"]["intensity_people"]) == (None, 0)
    # Mill 20 and 20 of 20; Quay 0 and 20 of 25: housing is of one place, money of both
    assert by["housing"]["breadth"] == 0
    assert by["money"]["breadth"] > 0.9
    assert by["money"]["breadth_by"]["place"] == by["money"]["breadth"]
