"""Weights, eligibility and real-valued contributions on their way through every sum."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from priorities_cases import CODES, crowd, listenings, tables, themes

from listening.errors import InvalidTable
from listening.priorities import RankSettings, Theme, rank
from listening.priorities.bootstrap import replicate
from listening.priorities.counting import count, sums
from listening.priorities.eligibility import NOT_ASKED, PROMPTED, SPONTANEOUS, asked_of
from listening.priorities.nouns import Scheme
from listening.priorities.scoring import score, voters
from listening.records import Table

Listening = tuple[Table, Table, list[Theme]]


def scores(listening: Listening, scheme: Scheme = "depth") -> dict[str, float]:
    counted, _, _ = count(*listening)
    votes, _ = voters(counted, RankSettings(scheme=scheme))
    found = score(sums(counted), votes, scheme)
    return dict(zip((theme.id for theme in counted.themes), found.tolist(), strict=True))


def asked(*rows: tuple[str, str, str]) -> Table:
    return pd.DataFrame(rows, columns=["participant_id", "code", "how"])


@given(listenings(), st.floats(0.01, 100), st.integers(0, 99))
@settings(max_examples=25)
def test_only_relations_of_weights_within_a_source_matter(
    listening: Listening, scale: float, seed: int
) -> None:
    counted, _, _ = count(*listening)
    weights = np.random.default_rng(seed).uniform(0.3, 3, len(counted.people))
    one, other = counted.weighted(weights), counted.weighted(weights * scale)
    assert other.weight == pytest.approx(one.weight)
    totals = np.bincount(counted.source, counted.people)
    assert np.bincount(counted.source, one.weight) == pytest.approx(totals)
    assert sums(one).n_eff.max() <= sums(counted).people.max() + 1e-9


@given(listenings(), st.sampled_from(CODES), st.sampled_from(["depth", "equal", "pooled"]))
@settings(max_examples=40)
def test_somebody_who_raises_a_theme_besides_never_lowers_it(
    listening: Listening, code: str, scheme: Scheme
) -> None:
    raised, people, codes = listening
    more = pd.DataFrame({"participant_id": [people["participant_id"].iloc[0]], "code": [code]})
    after = scores((pd.concat([raised, more]), people, codes), scheme)
    assert after[code] >= scores(listening, scheme)[code] - 1e-9


@given(listenings(), st.sampled_from(CODES), st.sampled_from(["equal", "pooled"]))
@settings(max_examples=40)
def test_another_person_who_raises_it_alone_never_lowers_its_score(
    listening: Listening, code: str, scheme: Scheme
) -> None:
    raised, people, codes = listening
    kinds = people["source_kind"].value_counts()
    # the eligible sources stay the same: one of ten or more, or all of them smaller still after
    assume("survey" in kinds and (kinds.max() < 9 or kinds["survey"] >= 10))
    extra_raised, extra = tables({"new": ({"kind": "survey"}, [code])})
    joined = pd.concat([people, extra], ignore_index=True)
    after = scores((pd.concat([raised, extra_raised]), joined, codes), scheme)
    assert after[code] >= scores(listening, scheme)[code] - 1e-9


def test_whoever_could_not_raise_a_theme_is_not_in_its_denominator() -> None:
    raised, people = tables({**crowd("survey", 6, "parks"), **crowd("survey", 4)})
    without = [(who, "housing", NOT_ASKED) for who in people["participant_id"][:7]]
    counted, _, _ = count(raised, people, themes(*CODES), asked(*without))
    seen = sums(counted)
    place = [theme.id for theme in counted.themes].index("housing")
    assert seen.people[0].tolist() == [10 if k != place else 3 for k in range(4)]
    drawn = replicate(counted, 300, 1, 2)
    assert set(np.unique(drawn.people[:, 0, place])) <= set(range(11))
    assert drawn.people[:, 0, place].std() > 0


def test_a_theme_that_one_source_alone_could_raise_is_scored_by_that_source() -> None:
    raised, people = tables(
        {
            **crowd("survey", 20, "parks"),
            **crowd("survey", 20, "money"),
            **crowd("interview", 20, "housing", "parks", "money"),
        }
    )
    survey = people.loc[people["source_kind"] == "survey", "participant_id"]
    without = asked(*((who, "housing", NOT_ASKED) for who in survey))
    codes = themes("housing", "money", "parks")
    ranking = rank(raised, people, codes, RankSettings(replicates=50), 0, asked=without)
    found = {one.theme.id: one for one in ranking.priorities}
    assert found["housing"].score == pytest.approx(1.0)
    assert (found["housing"].reach.people, found["housing"].reach.of) == (20, 20)
    assert found["housing"].sources["survey"].of == 0
    assert found["parks"].reach.of == 60


def test_a_code_raised_by_those_who_could_not_is_set_aside_with_a_reason() -> None:
    raised, people = tables(crowd("survey", 3, "housing"))
    first = people["participant_id"].iloc[0]
    counted, _, rejects = count(
        raised, people, themes("housing"), asked((first, "housing", NOT_ASKED))
    )
    assert sums(counted).raised.sum() == 2
    assert [one.what for one in rejects] == ["the code housing, raised by 1 participants"]


def test_a_listed_question_raises_what_it_lists_and_an_open_one_everything() -> None:
    questions = pd.DataFrame(
        [("How is your home?", "housing", PROMPTED), ("How is your home?", "money", SPONTANEOUS)],
        columns=["question", "code", "how"],
    )
    heard = pd.DataFrame(
        {
            "participant_id": ["a", "b", "c", "c"],
            "question": [
                "how is  your HOME?",
                "Anything else?",
                "How is your home?",
                "Anything else?",
            ],
        }
    )
    found = asked_of(questions, heard, CODES)
    told = {(row.participant_id, row.code): row.how for row in found.itertuples()}
    assert told == {
        ("a", "housing"): PROMPTED,
        ("a", "crime"): NOT_ASKED,
        ("a", "parks"): NOT_ASKED,
        ("c", "housing"): PROMPTED,
    }


def test_an_unknown_way_of_asking_is_refused() -> None:
    raised, people = tables(crowd("survey", 3, "housing"))
    with pytest.raises(InvalidTable, match="column how"):
        count(raised, people, themes("housing"), asked(("x", "housing", "shouted")))


def test_real_valued_contributions_are_summed_and_resampled_as_they_are() -> None:
    raised, people = tables({**crowd("survey", 30, "housing"), **crowd("survey", 30)})
    counted, _, _ = count(raised, people, themes("housing"))
    values = np.random.default_rng(0).normal(0.5, 1.0, 30)
    real = replace(counted, value=values)
    assert sums(real).raised[0, 0] == pytest.approx(values.sum())
    drawn: Any = replicate(real, 6000, 1, 2).shares[:, 0, 0]
    each = np.r_[values, np.zeros(30)]
    assert drawn.mean() == pytest.approx(each.mean(), abs=0.005)
    assert drawn.var() == pytest.approx(each.var() / 60, rel=0.06)


def test_resampling_stays_within_strata() -> None:
    raised, people = tables({**crowd("survey", 30, "housing"), **crowd("survey", 30)})
    counted, _, _ = count(raised, people, themes("housing"))
    strata = np.repeat([0, 1], 30)
    assert replicate(counted, 50, 1, 2).raised.std() > 0
    assert replicate(replace(counted, stratum=strata), 50, 1, 2).raised.std() == 0
