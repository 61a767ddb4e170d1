"""Attackers on releases of random programmes: the small part that runs every time.

`python -m benchmarks.disclosure` attacks 200.
"""

from __future__ import annotations

import copy

import pytest

from benchmarks import disclosure as benchmark
from benchmarks.attackers import Attack, Programme, joint_cells, read
from listening import disclosure
from listening.disclosure.profiles import PROFILES


@pytest.mark.parametrize("seed", range(9))
def test_no_withheld_count_of_three_releases_can_be_pinned_down(seed: int) -> None:
    outcome = benchmark.play(seed, benchmark.size_of(seed))
    assert outcome.releases + outcome.held_back + outcome.refused == 3
    assert outcome.releases
    assert outcome.breaches == []


def released(seed: int, size: int) -> tuple[Programme, benchmark.Out]:
    made = Programme.make(seed, size)
    out = benchmark._release(made, "standard", [])
    assert out is not None
    return made, out


@pytest.mark.parametrize("size", [11, 39, 1_000])
def test_what_is_safe_is_told_however_small_the_programme(size: int) -> None:
    _, out = released(3, size)
    told = [share["people"] for _, _, share in benchmark._cells(out.document)]
    # eleven people get an order and quotes, and no figure at all
    assert any(one is not None for one in told) == (size > 11)
    assert any(row["quotes"] for row in out.document["priorities"])


def test_the_attacker_finds_a_count_that_its_neighbours_give_away() -> None:
    made, out = released(3, 400)
    document = copy.deepcopy(out.document)
    row = document["priorities"][0]
    # as a careless release would: everybody's exact figures but one's
    attack = Attack(joint_cells(made), made.themes)
    read(attack, 0, document, out.slopes, out.everyone, out.told.blocks)
    hidden, *others = out.truth.partitions[0].crowds
    for crowd in ("all", *others):
        exact = out.truth.counts[row["id"]][crowd]
        attack.between(attack.total(0, row["id"], crowd), exact, exact)
    low, high = attack.bound(attack.total(0, row["id"], hidden))
    assert high - low < 1


def test_the_attacker_by_sums_finds_what_was_left_unprotected() -> None:
    _, out = released(8, 300)
    document = copy.deepcopy(out.document)
    for row in document["priorities"]:
        for share in [row, *row["sources"].values(), *row["groups"]]:
            share.update(people=7, ends=(5, 9))
        share = next(iter(row["sources"].values()))
        share["people"] = None
    careless = benchmark.Out(document, out.slopes, out.everyone, out.members, out.truth, out.told)
    assert benchmark.by_sums([careless], 5) or len(out.truth.partitions[0].crowds) == 1


def test_the_same_material_twice_tells_the_same() -> None:
    _, first = released(4, 120)
    _, second = released(4, 120)
    assert first.document == second.document


def test_a_figure_that_no_rule_knows_is_left_out_and_named() -> None:
    made = Programme.make(4, 120)
    from benchmarks.attackers import working

    document = working(made, {}, 3)
    document["breadth"] = [1.234567]
    document["priorities"][0]["intensity"] = 2.718281
    truth = disclosure.truth(document)
    rules = PROFILES["standard"]
    told = disclosure.protect(truth, rules, [], {})
    out = disclosure.released(document, truth, told, rules, {})
    assert disclosure.unknown(document) == ["breadth", "priorities: intensity"]
    assert "1.234567" not in str(out)
    assert "2.718281" not in str(out)


def test_scores_and_whatever_inverts_to_counts_are_never_told() -> None:
    _, out = released(5, 200)
    for row in out.document["priorities"]:
        assert row["score"] is None
        assert all(end * 20 == pytest.approx(round(end * 20)) for end in row["interval"] or ())
    for one in out.document["sources"].values():
        assert one["n_eff"] is None
        assert one["mean_prevalence"] is None
    assert out.document["sensitivity"]["orders"] == {}
    assert out.document["coverage"]["greedy"] == []
