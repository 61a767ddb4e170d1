"""Raking: the weights that samplics and ipfn find, under the conditions of METHOD.md, section 2.

`raking_samplics.csv` holds the weights of 240 made-up people in 18 cells, from samplics 0.6.1 in an
environment of its own (it brings pyarrow, which changes how pandas keeps text, and is no longer
maintained): `SampleWeight().rake(ones, margins, control, tol=1e-10, ctrl_tol=1e-10, max_iter=5000)`
with the control totals of POPULATION, scaled to 240.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ipfn import ipfn
from priorities_cases import person
from scipy.optimize import brentq

from listening.priorities.weights import TRIM, Weighted, rake, rake_cells, rake_many
from listening.priorities.weights.raking import design_effect
from listening.priorities.weights.weighing import masses_of
from listening.records import PARTICIPANTS, Table, table_of

SAMPLICS = Path(__file__).parents[2] / "data" / "raking_samplics.csv"
POPULATION = {
    "age": {"16-34": 350, "35-64": 450, "65+": 200},
    "tenure": {"owner": 300, "private rent": 290, "social rent": 410},
    "gender": {"man": 490, "woman": 510},
}
Cells = Sequence[tuple[Mapping[str, str], int]]


def population(counts: Mapping[str, Mapping[str, int]]) -> Table:
    rows = [(name, value, n) for name, of in counts.items() for value, n in of.items()]
    return pd.DataFrame(rows, columns=["attribute", "value", "count"])


def survey(cells: Cells, **more: Any) -> Table:
    rows = [
        person(f"p{cell}-{n}", attributes=dict(attributes), **more)
        for cell, (attributes, size) in enumerate(cells)
        for n in range(size)
    ]
    return table_of(rows, PARTICIPANTS)


def halves(men: int, women: int, unknown: int = 0, **more: Any) -> Table:
    return survey([({"gender": "man"}, men), ({"gender": "woman"}, women), ({}, unknown)], **more)


def share(table: Table, weighted: Weighted, name: str, value: str) -> float:
    has = np.array([given.get(name) == value for given in table["attributes"]])
    mass = weighted.weights * table["people"].to_numpy()
    return float(mass[has].sum() / mass.sum())


def before_trimming(weighted: Weighted) -> np.ndarray[Any, Any]:
    frame = weighted.frames[0]
    masses = masses_of(frame, weighted.people[None, frame.rows])
    raked = rake_cells(frame, masses, close=1e-12, most_rounds=5000)
    weights = np.ones(len(weighted.people))
    weights[frame.rows] = raked.weights[0, frame.cell]
    return weights


def test_weights_before_trimming_are_those_of_samplics() -> None:
    told = pd.read_csv(SAMPLICS)
    names = list(POPULATION)
    table = survey(
        [
            ({name: row[name] for name in names}, int(row["people"]))
            for row in told.to_dict("records")
        ]
    )
    expected = told["weight"].repeat(told["people"]).to_numpy()
    weighted = rake(table, population(POPULATION))
    assert np.abs(before_trimming(weighted) - expected).max() < 1e-6
    scale = brentq(lambda by: np.clip(expected * by, *TRIM).mean() - 1, 0.5, 2)
    assert weighted.weights == pytest.approx(np.clip(expected * scale, *TRIM), abs=1e-6)
    assert weighted.weights.max() == 3
    assert weighted.margins == {"survey": ("age", "gender", "tenure")}


@given(
    st.lists(st.integers(10, 40), min_size=6, max_size=6),
    st.lists(st.integers(100, 400), min_size=3, max_size=3),
    st.lists(st.integers(100, 400), min_size=2, max_size=2),
)
@settings(max_examples=25, deadline=None)
def test_weights_before_trimming_are_those_of_ipfn(
    sizes: list[int], ages: list[int], genders: list[int]
) -> None:
    counts = {
        "age": dict(zip(POPULATION["age"], ages, strict=True)),
        "gender": dict(zip(POPULATION["gender"], genders, strict=True)),
    }
    kinds = [{"age": age, "gender": gender} for age in counts["age"] for gender in counts["gender"]]
    weighted = rake(survey(list(zip(kinds, sizes, strict=True))), population(counts))
    assume(weighted.used)
    n = sum(sizes)
    margins = [np.array(of) / sum(of) * n for of in (ages, genders)]
    seed = np.array(sizes, dtype=float).reshape(3, 2)
    fitted = ipfn.ipfn(seed.copy(), margins, [[0], [1]], convergence_rate=1e-12).iteration()
    expected = np.repeat((fitted / seed).ravel(), sizes)
    assert before_trimming(weighted) == pytest.approx(expected, rel=1e-5)


@st.composite
def samples(draw: st.DrawFn) -> tuple[Table, Table]:
    """A survey that can be weighted: three ages and two genders, some of them unknown."""
    cells = []
    for age in (*POPULATION["age"], ""):
        for gender in (*POPULATION["gender"], ""):
            known = {"age": age, "gender": gender}
            low, high = (15, 60) if age and gender else (0, 4)
            size = draw(st.integers(low, high))
            cells.append(({name: value for name, value in known.items() if value}, size))
    counts = {
        name: {value: draw(st.integers(200, 500)) for value in POPULATION[name]}
        for name in ("age", "gender")
    }
    return survey(cells), population(counts)


@given(samples())
@settings(max_examples=30, deadline=None)
def test_before_trimming_every_margin_is_met_among_those_of_whom_it_is_known(
    sample: tuple[Table, Table],
) -> None:
    table, living = sample
    weighted = rake(table, living)
    assume(weighted.used)
    weights = before_trimming(weighted)
    for name, counts in living.groupby("attribute"):
        told = np.array([given.get(str(name), "") for given in table["attributes"]])
        known = weights[told != ""].sum()
        for value, count in zip(counts["value"], counts["count"], strict=True):
            wanted = count / counts["count"].sum()
            assert weights[told == value].sum() / known == pytest.approx(wanted, abs=1e-6)
        # nobody weighs more or less as a group for being unknown
        assert known == pytest.approx((told != "").sum(), rel=1e-6)


@given(samples(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_no_weight(sample: tuple[Table, Table], chance: Any) -> None:
    table, living = sample
    order = list(range(len(table)))
    chance.shuffle(order)
    mixed = table.iloc[order].reset_index(drop=True)
    first, second = rake(table, living), rake(mixed, living.iloc[::-1].reset_index(drop=True))
    assert second.weights == pytest.approx(first.weights[order], abs=1e-7)
    assert first.notes == second.notes


@given(samples(), st.integers(2, 50))
@settings(max_examples=15, deadline=None)
def test_only_shares_of_the_population_matter_and_weights_have_mean_one(
    sample: tuple[Table, Table], times: int
) -> None:
    table, living = sample
    weighted = rake(table, living)
    larger = rake(table, living.assign(count=living["count"] * times))
    assert larger.weights == pytest.approx(weighted.weights, abs=1e-9)
    assert weighted.weights.mean() == pytest.approx(1)
    assert TRIM[0] <= weighted.weights.min() <= weighted.weights.max() <= TRIM[1]
    people = table["people"].to_numpy(dtype=float)
    if weighted.used:
        effect = design_effect(weighted.weights, people)
        assert weighted.design_effect["survey"] == pytest.approx(effect)
        assert 1 <= effect <= 2


HALF = population({"gender": {"man": 500, "woman": 500}})


def test_people_of_unknown_category_keep_their_share() -> None:
    table = halves(30, 90, unknown=20)
    weighted = rake(table, HALF)
    assert weighted.weights[-20:] == pytest.approx(np.ones(20))
    assert share(table, weighted, "gender", "man") == pytest.approx(60 / 140)
    assert "gender (20)" in weighted.notes[-1]


def test_a_note_about_several_people_weighs_for_each_of_them() -> None:
    table = survey([({"gender": "man"}, 60), ({"gender": "woman"}, 60)], kind="street").assign(
        people=[1] * 60 + [2] * 60
    )
    weighted = rake(table, HALF)
    assert share(table, weighted, "gender", "man") == pytest.approx(0.5)
    assert weighted.weights[0] == pytest.approx(1.5)
    assert (weighted.weights * table["people"]).sum() == pytest.approx(180)


@pytest.mark.parametrize("kind", ["interview", "focus_group"])
def test_interviews_and_focus_groups_are_never_weighted(kind: str) -> None:
    weighted = rake(halves(40, 160, kind=kind), HALF)
    assert weighted.weights.tolist() == [1.0] * 200
    assert (weighted.used, weighted.notes) == (False, ())


@pytest.mark.parametrize(
    ("table", "living", "why"),
    [
        (halves(40, 59), HALF, "needs 100 participants and there are 99"),
        (halves(9, 95), HALF, "fewer than 10 participants are of man (9)"),
        (halves(60, 60, unknown=31), HALF, ", for it is not known of 31 of the 151 participants"),
        (halves(52, 148), population({"gender": {"man": 90, "woman": 10}}), "design effect 2.4"),
        (halves(80, 80), population({"tenure": {"owner": 5, "rent": 9}}), "nothing is known of it"),
        (halves(80, 80), population({"gender": {"man": 5, "woman": 0}}), "fewer than two"),
    ],
)
def test_what_cannot_be_weighted_is_left_alone_and_said(
    table: Table, living: Table, why: str
) -> None:
    weighted = rake(table, living)
    assert weighted.weights.tolist() == [1.0] * len(table)
    assert not weighted.used
    assert why in " ".join(weighted.notes)
    assert weighted.notes[0].startswith("The survey: not weighted")


def test_margins_that_contradict_each_other_are_not_forced() -> None:
    # every owner is a man: half men and a third owners fit, two thirds owners do not
    cells = [
        ({"gender": "man", "tenure": "owner"}, 60),
        ({"gender": "woman", "tenure": "rent"}, 60),
    ]
    counts = {"gender": {"man": 50, "woman": 50}, "tenure": {"owner": 60, "rent": 40}}
    weighted = rake(survey(cells), population(counts))
    assert not weighted.used
    assert "no weights fit all of gender and tenure at once" in weighted.notes[0]


def test_an_attribute_with_a_small_category_is_left_out_alone() -> None:
    table = halves(40, 80)
    table["attributes"] = [
        {**given, "area": "mill" if n < 5 else "quay"}
        for n, given in enumerate(table["attributes"])
    ]
    both = population({"gender": {"man": 1, "woman": 1}, "area": {"mill": 1, "quay": 1}})
    weighted = rake(table, both)
    assert weighted.margins == {"survey": ("gender",)}
    assert "not weighted by area" in weighted.notes[0]


def test_spelling_does_not_part_a_category_from_the_population() -> None:
    weighted = rake(halves(40, 80), population({"Gender ": {"MAN": 1, "Woman ": 1}}))
    assert weighted.weights[0] == pytest.approx(1.5)


def test_without_a_population_nobody_is_weighted() -> None:
    weighted = rake(halves(40, 80), None)
    assert (weighted.weights.tolist(), weighted.notes) == ([1.0] * 120, ())
    assert rake_many(np.ones((2, 120), dtype=np.int64), weighted).tolist() == [[1.0] * 120] * 2


def test_each_resample_is_raked_as_if_it_were_the_sample() -> None:
    interviews = survey([({"gender": "man"}, 12)], kind="interview")
    table = pd.concat([interviews.assign(participant_id=[f"i{n}" for n in range(12)]),
                       halves(40, 90, unknown=5)], ignore_index=True)  # fmt: skip
    weighted = rake(table, HALF)
    chance = np.random.default_rng(4)
    counts = np.column_stack(
        [np.ones((5, 12), dtype=np.int64), chance.multinomial(135, np.full(135, 1 / 135), size=5)]
    )
    many = rake_many(counts, weighted)
    assert many[:, :12].tolist() == [[1.0] * 12] * 5
    for drawn, weights in zip(counts[:, 12:], many[:, 12:], strict=True):
        men = drawn[:40] @ weights[:40] / drawn[:130].dot(weights[:130])
        assert men == pytest.approx(0.5, abs=1e-4)
        assert drawn @ weights == pytest.approx(135)
    again = rake_many(np.ones((1, 147), dtype=np.int64), weighted)
    assert again[0] == pytest.approx(weighted.weights, abs=1e-4)


def test_a_resample_without_anybody_of_a_category_meets_the_other_categories() -> None:
    cells = [({"area": area}, size) for area, size in (("mill", 20), ("quay", 40), ("hill", 60))]
    counts = {"area": {"mill": 1, "quay": 1, "hill": 1}}
    weighted = rake(survey(cells), population(counts))
    drawn = np.array([[0] * 20 + [3] * 40 + [0] * 30 + [1] * 30])
    weights = rake_many(drawn, weighted)
    assert np.isfinite(weights).all()
    assert (drawn * weights)[0, 20:60].sum() == pytest.approx(75)
