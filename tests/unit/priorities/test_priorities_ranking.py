"""`rank` as a whole: what must never move a rank, and what must."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import CODES, FEW, crowd, listenings, tables, themes

from listening.errors import ListeningError
from listening.priorities import Ranking, RankSettings, Theme, document, rank
from listening.records import Table

Listening = tuple[Table, Table, list[Theme]]
REVIEWED = replace(FEW, status="reviewed")


def written(ranking: Ranking) -> str:
    return json.dumps(
        document(
            ranking,
            programme="Fictional",
            wave="1",
            codebook_version="1",
            quotes={},
            not_yet_read=0,
        )
    )


@given(listenings(), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_rows_and_codes_and_the_names_of_people_mean_nothing(
    listening: Listening, random: Any
) -> None:
    raised, people, codes = listening
    before = written(rank(raised, people, codes, REVIEWED, 5))
    shuffled = list(range(len(people)))
    random.shuffle(shuffled)
    renamed = {old: f"person {len(people) - n}" for n, old in enumerate(people["participant_id"])}
    other_people = people.iloc[shuffled].assign(
        participant_id=lambda table: table["participant_id"].map(renamed),
        cluster=lambda table: table["cluster"].map(lambda name: renamed.get(name, name + "!")),
    )
    other_raised = raised.iloc[::-1].assign(
        participant_id=lambda table: table["participant_id"].map(renamed)
    )
    assert written(rank(other_raised, other_people, codes[::-1], REVIEWED, 5)) == before


@given(listenings(), st.permutations(CODES))
@settings(max_examples=25)
def test_what_codes_are_called_changes_no_figure_of_them(
    listening: Listening, names: list[str]
) -> None:
    raised, people, codes = listening
    new = dict(zip(CODES, names, strict=True))
    other = [replace(code, id=new[code.id]) for code in codes]
    before = {new[one.theme.id]: one for one in rank(raised, people, codes, FEW, 5).priorities}
    renamed = raised.assign(code=raised["code"].map(new))
    for one in rank(renamed, people, other, FEW, 5).priorities:
        was = before[one.theme.id]
        assert (one.reach, one.sources, one.groups) == (was.reach, was.sources, was.groups)
        assert one.score == pytest.approx(was.score)
        alike = sum(other.score == pytest.approx(was.score) for other in before.values())
        assert one.rank == was.rank or alike > 1


@given(listenings())
@settings(max_examples=15)
def test_saying_it_ten_times_moves_nothing(listening: Listening) -> None:
    raised, people, codes = listening
    before = written(rank(raised, people, codes, REVIEWED, 5))
    assert written(rank(pd.concat([raised] * 10), people, codes, REVIEWED, 5)) == before


@given(listenings(), st.integers(2, 7))
@settings(max_examples=15)
def test_only_relative_weights_matter(listening: Listening, factor: int) -> None:
    raised, people, codes = listening
    one = rank(raised, people, codes, FEW, 5)
    many = rank(raised, people.assign(people=people["people"] * factor), codes, FEW, 5)
    assert [p.theme.id for p in one.priorities] == [p.theme.id for p in many.priorities]
    for before, after in zip(one.priorities, many.priorities, strict=True):
        assert after.score == pytest.approx(before.score)
        assert after.reach.people == factor * before.reach.people
        assert after.reach.interval == pytest.approx(before.reach.interval)
        assert after.rank_interval == before.rank_interval


@given(listenings(), st.sampled_from(CODES))
@settings(max_examples=25)
def test_another_person_who_raises_a_theme_never_lowers_its_reach(
    listening: Listening, code: str
) -> None:
    raised, people, codes = listening
    extra_raised, extra = tables({"new": ({"kind": "survey"}, [code])})
    joined = pd.concat([people, extra], ignore_index=True)

    def reach(raised: Table, people: Table) -> Any:
        ranking = rank(raised, people, codes, FEW, 5)
        return next(one.reach for one in ranking.priorities if one.theme.id == code)

    before, after = reach(raised, people), reach(pd.concat([raised, extra_raised]), joined)
    assert after.people == before.people + 1
    assert after.prevalence >= before.prevalence


@given(listenings())
@settings(max_examples=25)
def test_every_interval_holds_what_it_is_about(listening: Listening) -> None:
    ranking = rank(*listening, REVIEWED, 5)
    assert [one.rank for one in ranking.priorities] == [1, 2, 3, 4]
    for one in ranking.priorities:
        assert one.rank_interval[0] <= one.rank <= one.rank_interval[1]
        assert one.joint[0] <= one.marginal[0] <= one.marginal[1] <= one.joint[1]
        assert one.joint[0] <= one.rank <= one.joint[1]
        for share in (one.reach, *one.sources.values()):
            assert share.interval[0] <= share.prevalence <= share.interval[1]
        assert 0 <= one.p_top_k <= 1
        assert one.theme.id not in one.tied_with
    assert sum(one.p_top_k for one in ranking.priorities) == pytest.approx(REVIEWED.k)


def test_the_same_seed_gives_the_same_bytes_and_another_other_draws() -> None:
    listening = (
        *tables({**crowd("survey", 9, "money"), **crowd("survey", 8, "parks")}),
        themes(*CODES),
    )
    assert written(rank(*listening, REVIEWED, 5)) == written(rank(*listening, REVIEWED, 5))
    one, other = rank(*listening, REVIEWED, 5), rank(*listening, REVIEWED, 6)
    assert one.covariance.tolist() != other.covariance.tolist()


def test_nothing_is_said_of_the_top_before_people_have_coded() -> None:
    listening = (*tables(crowd("survey", 30, "money")), themes(*CODES))
    assert {one.p_top_k for one in rank(*listening, FEW, 1).priorities} == {None}
    assert rank(*listening, REVIEWED, 1).priorities[0].p_top_k == 1.0


def test_a_clear_order_is_claimed_and_a_close_one_is_not() -> None:
    said = {
        **crowd("survey", 150, "money"),
        **crowd("survey", 62, "parks"),
        **crowd("survey", 58, "crime"),
        **crowd("survey", 30),
    }
    ranking = rank(*tables(said), themes(*CODES), RankSettings(k=1, status="reviewed"), 1)
    money, parks, crime, housing = ranking.priorities
    assert [one.joint for one in ranking.priorities] == [(1, 1), (2, 3), (2, 3), (4, 4)]
    assert (money.tied_with, parks.tied_with, crime.tied_with) == ((), ("crime",), ("parks",))
    assert housing.reach.people == 0
    assert money.p_top_k == 1.0


SMALL_VOICES = {
    **crowd("survey", 60, "money"),
    **crowd("survey", 40, "parks"),
    **crowd("survey", 300),
    **crowd("interview", 20, "parks"),
    **crowd("interview", 16),
    **crowd("street", 4, "crime", people=3),
}


def test_where_reach_and_order_differ_the_report_can_say_why() -> None:
    said = {**SMALL_VOICES, **crowd("survey", 5, "money", people=2)}
    ranking = rank(*tables(said), themes(*CODES), FEW, 1)
    first, second = ranking.priorities[:2]
    assert (first.theme.id, first.reach.people) == ("parks", 60)
    assert (second.theme.id, second.reach.people) == ("money", 70)
    assert first.why_order == (
        "Fewer people in all raised it than Money (60 against 70), yet it stands above, because "
        "each source has a say of its own: of the 36 people interviewed, 20 raised it and 0 raised "
        "Money."
    )
    assert second.why_order == (
        "More people in all raised it than Parks (70 against 60), yet it stands below, because "
        "each source has a say of its own: of the 36 people interviewed, 0 raised it and 20 raised "
        "Parks."
    )
    pooled = rank(*tables(said), themes(*CODES), replace(FEW, scheme="pooled"), 1)
    assert [one.theme.id for one in pooled.priorities[:2]] == ["money", "parks"]
    assert {one.why_order for one in pooled.priorities} == {""}


def test_an_order_by_weights_is_explained_by_the_weights() -> None:
    old = crowd("survey", 100, "care", attributes={"age": "old"})
    young = crowd("survey", 200, "money", attributes={"age": "young"})
    rest = crowd("survey", 40, "parks", attributes={"age": "young"})
    living = [("age", "old", 600), ("age", "young", 400)]
    population = pd.DataFrame(living, columns=["attribute", "value", "count"])
    found = rank(
        *tables({**old, **young, **rest}),
        themes("care", "money", "parks"),
        replace(FEW, weights=True),
        1,
        population,
    )
    first = found.priorities[0]
    assert first.theme.id == "care"
    assert first.why_order.endswith(
        "because people who answered the survey are weighted to the population: weighted, 60% of "
        "them raised it and 33% raised Money."
    )


def test_an_order_by_who_was_asked_is_explained_by_who_was_asked() -> None:
    said = {**crowd("survey", 20, "parks"), **crowd("survey", 30, "money")}
    raised, people = tables(said)
    ids = people["participant_id"]
    deaf = ids[~ids.isin(raised.loc[raised["code"] == "parks", "participant_id"])]
    asked = pd.DataFrame({"participant_id": deaf, "code": "parks", "how": "not_asked"})
    found = rank(raised, people, themes("parks", "money"), FEW, 1, asked=asked)
    assert found.priorities[0].why_order == (
        "Fewer people in all raised it than Money (20 against 30), yet it stands above, because "
        "not everybody could raise both: 20 of the 20 people who answered the survey who could "
        "raise it did, and 30 of the 50 who could raise Money."
    )


def test_a_source_too_small_to_vote_is_shown_and_said() -> None:
    ranking = rank(*tables(SMALL_VOICES), themes(*CODES), FEW, 1)
    street = next(source for source in ranking.sources if source.kind == "street")
    assert (street.votes, street.alpha, street.participants, street.people) == (False, 0.0, 4, 12)
    assert ranking.notes[0] == (
        "Street notes (4 participants) are shown as evidence but have no vote in the order: fewer "
        "than 10 took part."
    )
    crime = next(one for one in ranking.priorities if one.theme.id == "crime")
    assert (crime.score, crime.reach.people, crime.sources["street"].people) == (0.0, 12, 12)


def test_it_is_said_when_all_sources_are_too_small_or_one_group_is_all_there_is() -> None:
    few = rank(*tables(crowd("survey", 5, "money")), themes(*CODES), FEW, 1)
    assert few.notes[0].startswith("Every source has fewer than 10 participants")
    group = rank(*tables(crowd("focus_group", 12, "money", cluster="a")), themes(*CODES), FEW, 1)
    assert any("belong to one group" in note for note in group.notes)


def test_sensitivity_names_each_way_and_flags_what_moves_far() -> None:
    codes = themes("a", "b", "c", "d", "e", "money")
    said = {
        **crowd("survey", 200, "money"),
        **{
            key: value
            for n, code in enumerate("abcde")
            for key, value in crowd("interview", 10 + n, code).items()
        },
        **crowd("survey", 200),
    }
    ranking = rank(*tables(said), codes, replace(FEW, scheme="equal"), 1)
    assert set(ranking.sensitivity) == {"depth", "equal", "pooled", "unscaled", "one_vote_each"}
    assert ranking.sensitivity["equal"] == tuple(one.theme.id for one in ranking.priorities)
    interviews = rank(
        *tables({**said, **crowd("interview", 400, "a", "b", "c", "d", "e")}),
        codes,
        replace(FEW, scheme="equal"),
        1,
    )
    assert interviews.sensitivity["equal"][0] == "money"
    assert interviews.sensitivity["pooled"][-1] == "money"
    moves = json.loads(written(interviews))["sensitivity"]["themes"]
    money = next(move for move in moves if move["id"] == "money")
    assert (money["moves"], money["flagged"]) == (5, True)
    assert [move["flagged"] for move in moves].count(True) == 1


def test_reordering_where_the_mean_is_not_divided_out_is_reported() -> None:
    said = {
        **crowd("survey", 90, "a", "b", "c"),
        **crowd("survey", 10, "a"),
        **crowd("interview", 30, "d"),
        **crowd("interview", 70),
    }
    report = json.loads(written(rank(*tables(said), themes(*"abcd"), FEW, 1)))["sensitivity"]
    assert report["orders"]["depth"][0] == "d"
    assert report["orders"]["unscaled"][-1] == "d"
    assert set(report["flips_unscaled"]) == set("abcd")


def test_what_is_counted_apart_moves_no_rank() -> None:
    plain = {**crowd("survey", 20, "money"), **crowd("survey", 9, "parks")}
    loud = {key: (differs, [*codes, "other"]) for key, (differs, codes) in plain.items()}
    without = rank(*tables(plain), themes(*CODES), FEW, 1)
    codes = [*themes(*CODES), *themes("other", apart=["other"])]
    with_other = rank(*tables(loud), codes, FEW, 1)
    assert with_other.priorities == without.priorities
    assert [(one.theme.id, one.people, one.of) for one in with_other.apart] == [("other", 29, 29)]


def test_one_theme_alone_and_nothing_raised_at_all_can_be_ranked() -> None:
    alone = rank(*tables(crowd("survey", 12, "money")), themes("money"), REVIEWED, 1)
    assert (alone.priorities[0].joint, alone.priorities[0].p_top_k) == ((1, 1), 1.0)
    silent = rank(*tables(crowd("survey", 12)), themes(*CODES), REVIEWED, 1)
    assert {one.score for one in silent.priorities} == {0.0}
    assert {one.joint for one in silent.priorities} == {(1, 4)}


def test_a_seed_below_nothing_is_refused_in_plain_words() -> None:
    with pytest.raises(ListeningError, match="seed"):
        rank(*tables(crowd("survey", 12)), themes(*CODES), FEW, -1)


def test_a_thousand_people_and_thirty_codes_take_seconds() -> None:
    random = np.random.default_rng(0)
    person, code = np.nonzero(random.random((1000, 30)) < 0.1)
    raised = pd.DataFrame(
        {"participant_id": [f"p{n}" for n in person], "code": [f"c{n}" for n in code]}
    )
    _, people = tables({f"p{n}": ({}, []) for n in range(1000)})
    started = time.perf_counter()
    rank(raised, people, themes(*(f"c{n}" for n in range(30))), RankSettings(), 1)
    assert time.perf_counter() - started < 10
