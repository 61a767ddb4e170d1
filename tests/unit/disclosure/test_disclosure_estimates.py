"""Shares that the audit corrects: what is told of them, and what it says of those who were read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import audited
from benchmarks import disclosure as benchmark
from benchmarks.attackers import Attack, Person, Programme, is_told, joint_cells
from listening import disclosure
from listening.disclosure import estimates
from listening.disclosure.nouns import EVERYONE, Earlier, Partition, Shown, Truth, heard
from listening.disclosure.profiles import PROFILES
from listening.disclosure.verify import targets

STANDARD = PROFILES["standard"]
SURVEY = "source|survey"


def of_a_survey(heaviest: float, people: int) -> Truth:
    """Return as much of a truth as steps are worked out from."""
    return Truth(
        sizes={EVERYONE: 1, SURVEY: 1, heard(EVERYONE): people, heard(SURVEY): people},
        partitions=(Partition((SURVEY,), True),), counts={}, order=(), slopes={}, sure={}, k=1,
        covered=0, stands={SURVEY: heaviest},
    )  # fmt: skip


def town(people: int = 1000, read: int = 250) -> tuple[Programme, audited.Reading]:
    """Return a survey of which a part is read; women raise t0, everybody may raise t1."""
    made = Programme(np.random.default_rng(2), ["t0", "t1"], {"survey": 1.0}, {"gender": ["w"]})
    for n in range(people):
        raised = {"t0"} if n % 3 == 0 else {"t1"} if n % 3 == 1 else set()
        values = {"gender": "woman" if n % 2 else "man"} | ({"hub": "x"} if n < 12 else {})
        made.people.append(Person(f"{n:04}", "survey", values, frozenset(raised)))
    reading = audited.Reading(np.random.default_rng(3))
    reading.go_on(made, read)
    return made, reading


def let_go(
    made: Programme, reading: audited.Reading
) -> tuple[dict[str, Any], Truth, dict[str, Any], audited.Known]:
    document, known = audited.working(made, reading, 1)
    truth = disclosure.truth(document)
    told = disclosure.protect(truth, STANDARD, [], {})
    return document, truth, disclosure.released(document, truth, told, STANDARD, {}), known


@given(
    st.floats(1, 60), st.integers(10, 5_000), st.sampled_from(sorted(PROFILES)), st.integers(0, 400)
)
def test_a_step_covers_as_many_of_those_read_as_the_threshold(
    heaviest: float, people: int, name: str, raised: int
) -> None:
    profile = PROFILES[name]
    step = estimates.points(of_a_survey(heaviest, people), SURVEY, profile)
    if step:
        assert step / 100 * people / heaviest >= profile.threshold - 1e-9
    else:
        assert 0.1 * people / heaviest < profile.threshold
    one = estimates.shown(raised / 400, 50, 100, step, profile)
    share = estimates.read_share(one)
    assert (share is None) == (step == 0)
    if share is not None:
        low, high = estimates.borders(share, step)
        assert low - 1e-9 <= raised / 400 <= high + 1e-9
        assert 0 < share < 1


@pytest.mark.parametrize(
    ("raised", "zone"), [(0, "low"), (4, "low"), (5, ""), (95, ""), (96, "high"), (100, "high")]
)
def test_an_estimate_is_withheld_where_too_few_of_those_read_did_or_did_not_raise_it(
    raised: int, zone: str
) -> None:
    told: Shown = estimates.shown(0.4, raised, 100, 5, STANDARD)
    assert told.zone == zone
    assert (told.value == "40%") == (zone == "")


def test_both_sizes_are_stated_and_groups_are_told_of_those_who_were_read() -> None:
    made, reading = town()
    document, _, out, _ = let_go(made, reading)
    assert (out["people"], out["sources"]["survey"]["people"]) == (1000, 1000)
    assert (out["correction"]["survey"]["people"], out["correction"]["survey"]["read"]) == (
        1000, 250,
    )  # fmt: skip
    row = next(one for one in out["priorities"] if one["id"] == "t0")
    exact = next(one for one in document["priorities"] if one["id"] == "t0")
    assert (row["people"], row["of"], row["read"]) == (None, 1000, 250)
    assert row["prevalence"] == pytest.approx(exact["people"] / 1000, abs=0.01)
    low, high = row["interval"]
    assert low <= exact["interval"][0] + 0.02
    assert high >= exact["interval"][1] - 0.02
    assert all(end * 20 == pytest.approx(round(end * 20)) for end in row["interval"])
    for part in row["groups"]:
        if part["people"] is not None:
            assert part["of"] < 300
    assert any("estimates, rounded to steps of 2 points" in note for note in out["notes"])


def test_a_group_that_was_hardly_heard_is_told_by_those_heard_not_by_those_read() -> None:
    made, reading = town()
    document, _, out, _ = let_go(made, reading)
    (row,) = document["not_heard"]
    assert row["heard"] == 12
    (told,) = out["not_heard"]
    assert told["heard"] == 10


def test_the_guesses_turn_an_exact_estimate_back_into_a_count_and_a_released_one_not() -> None:
    made, reading = town(400, 120)
    document, truth, out, known = let_go(made, reading)
    attack = Attack(joint_cells(made), made.themes)
    row = next(one for one in out["priorities"] if one["id"] == "t0")
    exact = next(one for one in document["priorities"] if one["id"] == "t0")
    careless = {"prevalence": exact["people"] / 400, "rounded_to": 0.0001, "estimated": True}
    attack.between(attack.total(0, "", EVERYONE), known.everyone, known.everyone)
    low, high = audited.ends("t0", EVERYONE, careless, known) or (0, 0)
    assert high - low < 1
    assert low <= truth.counts["t0"][EVERYONE] <= high
    low, high = audited.ends("t0", EVERYONE, row, known) or (0, 0)
    assert high - low >= STANDARD.threshold


def test_a_check_that_forgets_the_guesses_is_beaten(monkeypatch: pytest.MonkeyPatch) -> None:
    assert benchmark.play(57, benchmark.size_of(57)).breaches == []
    monkeypatch.setattr(estimates, "facts", lambda *_: [])
    assert benchmark.play(57, benchmark.size_of(57)).breaches


@pytest.mark.parametrize("seed", [14, 15, 34, 39, 49])
def test_no_withheld_count_of_corrected_releases_can_be_pinned_down(seed: int) -> None:
    outcome = benchmark.play(seed, benchmark.size_of(seed))
    assert outcome.corrected
    assert outcome.estimates
    assert outcome.breaches == []


def test_a_count_that_was_told_is_not_repeated_where_an_estimate_would_stand() -> None:
    made, reading = town(200, 0)
    reading.read = {one.id for one in made.people[:120]}
    document, _, _, _ = let_go(made, reading)
    truth = disclosure.truth(document)
    told = disclosure.protect(truth, STANDARD, [], {})
    told.cells["t0"][SURVEY] = Shown(38, 42, 40)
    now = disclosure.protect(truth, STANDARD, [Earlier("r1", truth, told, {}, {}, 5)], {})
    assert (now.cells["t0"][SURVEY].value, now.cells["t0"][SURVEY].kept) == (None, "r1")
    assert now.cells["t0"][EVERYONE].kept == "r1"
    kept = [one for one in targets(truth, now, STANDARD, []) if one.crowd == SURVEY]
    assert kept == []


def test_programmes_are_the_same_whether_or_not_a_part_of_them_is_read() -> None:
    first, second = Programme.make(3, 300), Programme.make(3, 300)
    assert audited.begin(first, 3) is not None
    first.join(5)
    second.join(5)
    assert [one.raised for one in first.people] == [one.raised for one in second.people]
    assert not is_told({"people": None, "estimated": True, "prevalence": None})
