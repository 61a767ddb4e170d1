"""Whoever raises a code raises what it stands under, once; flat codebooks rank as they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import FEW, crowd, listenings, tables, themes

from listening.codebook import Code, Codebook
from listening.errors import InvalidTable
from listening.priorities import Nesting, Ranking, Theme, document, rank, themes_of
from listening.priorities.beside import Brought, intensity, stand_beside
from listening.priorities.correction import Audit
from listening.priorities.eligibility import asked_of
from listening.records import Table

#: each example ranks twice or more
FEWER = settings(max_examples=30)
Listening = tuple[Table, Table, list[Theme]]
#: damp and repairs stand under housing, mould under damp
UNDER = {"damp": "housing", "repairs": "housing", "mould": "damp"}


def nested(*ids: str, under: dict[str, str] | None = None) -> list[Theme]:
    above = UNDER if under is None else under
    return [replace(theme, under=above.get(theme.id, "")) for theme in themes(*ids)]


TOWN = nested("buses", "damp", "housing", "mould", "parks", "repairs")


def told(ranking: Ranking) -> dict[str, Any]:
    return document(ranking, programme="", wave="", codebook_version="", quotes={}, not_yet_read=0)


def without(ranking: Ranking) -> Ranking:
    return replace(ranking, priorities=tuple(replace(one, within=()) for one in ranking.priorities))


def again(raised: Table, *pairs: tuple[str, str]) -> Table:
    more = pd.DataFrame(list(pairs), columns=["participant_id", "code"])
    return pd.concat([raised, more], ignore_index=True)


def the(ranking: Ranking, theme: str) -> Any:
    return next(one for one in ranking.priorities if one.theme.id == theme)


def test_the_order_is_of_the_codes_that_nothing_stands_above() -> None:
    raised, people = tables(
        {
            **crowd("survey", 8, "damp"),
            **crowd("survey", 3, "housing"),
            **crowd("survey", 4, "mould", "repairs"),
            **crowd("survey", 9, "buses"),
            **crowd("survey", 12),
        }
    )
    found = rank(raised, people, TOWN, FEW, 0)
    assert [(one.theme.id, one.reach.people, one.reach.of) for one in found.priorities] == [
        ("housing", 15, 36),
        ("buses", 9, 36),
        ("parks", 0, 36),
    ]
    within = [(one.theme.id, one.theme.under, one.people) for one in found.priorities[0].within]
    assert within == [("damp", "housing", 12), ("mould", "damp", 4), ("repairs", "housing", 4)]
    # the mean share by which a source is scaled is over the ranked codes alone
    assert found.sources[0].mean_prevalence == pytest.approx((15 + 9 + 0) / 36 / 3)
    assert told(found)["priorities"][0]["within"][0] == {
        "id": "damp",
        "name": "Damp",
        "under": "housing",
        "people": 12,
    }


@FEWER
@given(listenings())
def test_without_codes_beneath_others_nothing_is_touched(listening: Listening) -> None:
    raised, people, codes = listening
    flat = Nesting.of(codes)
    assert flat.rolled(raised) is raised
    assert list(flat.ranked) == codes
    assert flat.within(raised, [], None) == {}  # type: ignore[arg-type]
    assert "within" not in str(told(rank(raised, people, codes, FEW, 0)))


@FEWER
@given(listenings())
def test_a_nested_order_is_that_of_people_counted_by_the_broad_code(listening: Listening) -> None:
    raised, people, _ = listening
    codes = nested("crime", "housing", "money", "parks", under={"parks": "money"})
    by_hand = raised.assign(code=raised["code"].replace({"parks": "money"})).drop_duplicates()
    flat = rank(by_hand, people, codes[:3], FEW, 1)
    found = rank(raised, people, codes, FEW, 1)
    assert without(found) == flat
    persons = people.set_index("participant_id")["people"]
    (parks,) = the(found, "money").within
    assert parks.people == int(
        persons[raised.loc[raised["code"] == "parks", "participant_id"].unique()].sum()
    )
    assert parks.people <= the(found, "money").reach.people


@FEWER
@given(listenings())
def test_a_code_put_alone_under_a_new_broad_one_leaves_the_order(listening: Listening) -> None:
    raised, people, codes = listening
    flat = rank(raised, people, codes, FEW, 2)
    new = [replace(one, under="housing-all") if one.id == "housing" else one for one in codes]
    found = rank(raised, people, [*new, *themes("housing-all")], FEW, 2)
    called = [one.theme.id.removesuffix("-all") for one in found.priorities]
    assert called == [one.theme.id for one in flat.priorities]
    assert [one.score for one in found.priorities] == [one.score for one in flat.priorities]
    assert [one.rank_interval for one in found.priorities] == [
        one.rank_interval for one in flat.priorities
    ]
    broad = the(found, "housing-all")
    assert [one.people for one in broad.within] == [broad.reach.people]


@FEWER
@given(listenings(), st.data())
def test_a_code_beneath_given_to_who_raised_the_broad_one_changes_no_figure(
    listening: Listening, data: st.DataObject
) -> None:
    raised, people, codes = listening
    codes = [*codes, Theme("damp", "Damp", "", under="housing")]
    before = rank(raised, people, codes, FEW, 3)
    already = raised.loc[raised["code"] == "housing", "participant_id"].tolist()
    chosen = data.draw(st.lists(st.sampled_from(already), unique=True)) if already else []
    after = rank(again(raised, *((who, "damp") for who in chosen)), people, codes, FEW, 3)
    assert without(after) == without(before)
    swapped = raised[~((raised["code"] == "housing") & raised["participant_id"].isin(chosen))]
    instead = rank(again(swapped, *((who, "damp") for who in chosen)), people, codes, FEW, 3)
    assert instead == after


@FEWER
@given(listenings(), st.permutations(["damp", "mould", "repairs"]))
def test_what_codes_beneath_are_called_moves_nothing(
    listening: Listening, names: list[str]
) -> None:
    raised, people, _ = listening
    new = dict(zip(["crime", "money", "parks"], names, strict=True))
    codes = [*themes("housing"), *(Theme(one, one, "", under="housing") for one in names)]
    plain = [*themes("housing"), *(Theme(one, one, "", under="housing") for one in new)]
    found = rank(raised.assign(code=raised["code"].replace(new)), people, codes, FEW, 4)
    before = rank(raised, people, plain, FEW, 4)
    assert without(found) == without(before)
    counts = {one.theme.id: one.people for one in the(found, "housing").within}
    assert counts == {new[one.theme.id]: one.people for one in the(before, "housing").within}


def test_guesses_are_corrected_as_those_of_the_broad_code() -> None:
    said = {f"p{n}": ({}, codes) for n, codes in enumerate(_coded(120))}
    raised, people = tables(said)
    read = pd.DataFrame({"participant_id": [f"p{n}" for n in range(0, 120, 2)], "probability": 0.5})
    likely = pd.DataFrame(
        [
            (f"p{n}", code, (7 * n + k) % 10 / 10)
            for n in range(120)
            for k, code in enumerate(("buses", "damp", "housing"))
        ],
        columns=["participant_id", "code", "probability"],
    )
    codes = nested("buses", "damp", "housing")
    found = rank(raised, people, codes, FEW, 5, audit=Audit(("survey",), read, likely))
    by_hand = raised.assign(code=raised["code"].replace({"damp": "housing"})).drop_duplicates()
    best = likely.assign(code=likely["code"].replace({"damp": "housing"}))
    best = best.groupby(["participant_id", "code"], as_index=False)["probability"].max()
    audit = Audit(("survey",), read, best)
    flat = rank(by_hand, people, themes("buses", "housing"), FEW, 5, audit=audit)
    assert without(found) == flat
    housing = the(found, "housing")
    assert housing.reach.estimated
    drawn = set(read["participant_id"])
    of = [codes for who, (_, codes) in said.items() if who in drawn]
    assert housing.reach.read == (sum("housing" in c or "damp" in c for c in of), len(of))
    assert [one.people for one in housing.within] == [sum("damp" in c for c in of)]


def _coded(people: int) -> list[list[str]]:
    each = [[], ["damp"], ["housing"], ["buses"], ["damp", "housing"], ["buses", "damp"]]
    return [each[(n * n + n // 7) % 6] for n in range(people)]


@pytest.mark.parametrize(
    ("rows", "could", "named"),
    [
        ([("damp", "prompted")], 3, 3),
        ([("damp", "spontaneous")], 3, 0),
        ([("housing", "spontaneous"), ("damp", "not_asked")], 3, 0),
        ([("buses", "prompted")], 0, 0),
    ],
)
def test_whoever_could_raise_a_code_could_raise_what_it_stands_under(
    rows: Sequence[tuple[str, str]], could: int, named: int
) -> None:
    raised, people = tables({**crowd("survey", 1, "damp"), **crowd("survey", 2)})
    questions = pd.DataFrame([("q", *row) for row in rows], columns=["question", "code", "how"])
    heard = people[["participant_id"]].assign(question="q")
    asked = asked_of(questions, heard, [one.id for one in TOWN])
    found = rank(raised, people, TOWN, FEW, 6, asked=asked)
    housing = the(found, "housing")
    assert (housing.reach.of, housing.prompted) == (could, named)
    assert housing.reach.people == min(1, could)
    assert bool(found.rejects) == (could == 0)
    assert next(one.people for one in housing.within) == min(1, could)


def test_a_persons_severity_of_a_broad_code_is_the_gravest_beneath_it() -> None:
    marks = [("a", "damp", 1.0), ("a", "damp", 2.0), ("a", "repairs", 3.0), ("b", "housing", 1.0)]
    table = pd.DataFrame(marks, columns=["participant_id", "code", "severity"])
    found = intensity(table, Nesting.of(TOWN).top)
    assert list(found) == ["housing"]
    assert found["housing"].people == 2
    assert found["housing"].figure == pytest.approx((3 + 1 + 5 * 2) / 7)


def test_places_breadth_and_intensity_are_of_the_broad_code() -> None:
    there, elsewhere = {"place": "Mill End"}, {"place": "Quay"}
    raised, people = tables(
        {
            **crowd("survey", 6, "damp", attributes=there),
            **crowd("survey", 6, "buses", attributes=there),
            **crowd("survey", 12, "housing", attributes=elsewhere),
        }
    )
    made = told(rank(raised, people, TOWN, FEW, 7))
    grave = raised[raised["code"] == "damp"].assign(severity=2.0)
    beside, _ = stand_beside(made, raised, people, TOWN, Brought(severities=grave), 7)
    mill, quay = beside["places"]
    assert {one["id"]: one["people"] for one in mill["themes"]}["housing"] == 6
    assert {one["id"]: one["people"] for one in quay["themes"]}["housing"] == 12
    assert {one["id"] for one in mill["themes"]} == {"buses", "housing", "parks"}
    housing = next(one for one in beside["priorities"] if one["id"] == "housing")
    assert housing["intensity_people"] == 6
    assert housing["breadth"] > 0
    assert housing["within"][0]["people"] == 6


def test_a_heading_a_draft_or_a_retired_code_between_is_passed_over() -> None:
    book = Codebook(
        "b", "B", "1.0", "en", "",
        (
            Code("housing", "Housing"),
            Code("state", "State of homes", parent="housing", codable=False),
            Code("damp", "Damp", parent="state"),
            Code("draft", "Draft", parent="damp", status="draft"),
            Code("mould", "Mould", parent="draft"),
            Code("travel", "Travel", codable=False),
            Code("buses", "Buses", parent="travel"),
            Code("trains", "Trains", parent="travel"),
            Code("gone", "Gone", parent="housing", status="retired"),
        ),
    )  # fmt: skip
    assert {one.id: one.under for one in themes_of(book)} == {
        "housing": "",
        "damp": "housing",
        "mould": "damp",
        # nobody can be given a heading, so what stands under it alone is ranked by itself
        "buses": "",
        "trains": "",
    }


@pytest.mark.parametrize(
    "under",
    [{"damp": "nothing"}, {"damp": "mould", "mould": "damp"}, {"damp": "other"}],
)
def test_a_code_under_what_cannot_be_ranked_is_refused(under: dict[str, str]) -> None:
    codes = [*themes("other", apart=["other"]), *nested("damp", "mould", under=under)]
    with pytest.raises(InvalidTable, match=r"puts (damp|mould) under .*cannot be ranked"):
        Nesting.of(codes)


def test_of_two_pieces_of_evidence_in_one_passage_the_surer_stays() -> None:
    rows = [("s1", "damp", 0.6), ("s1", "housing", 0.9), ("s2", "buses", 0.7), ("s1", "mould", 0.2)]
    table = pd.DataFrame(rows, columns=["segment_id", "code", "score"])
    found = Nesting.of(TOWN).rolled(table, best="score")
    assert found.to_numpy().tolist() == [["s1", "housing", 0.9], ["s2", "buses", 0.7]]
