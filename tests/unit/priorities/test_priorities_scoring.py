"""The score against a slow, plain reading of METHOD §2."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from priorities_cases import CODES, crowd, listenings, tables, themes

from listening.priorities import RankSettings, Theme
from listening.priorities.counting import count, sums
from listening.priorities.scoring import one_vote_each, order, say, score, voters
from listening.records import Table

Listening = tuple[Table, Table, list[Theme]]


def by_hand(raised: Table, people: Table, codes: list[Theme], scheme: str) -> dict[str, float]:
    """E_k in loops over people: slow, and as the method is written."""
    said = set(zip(raised["participant_id"], raised["code"], strict=True))
    rows = people.to_dict("records")
    sources: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        sources.setdefault("all" if scheme == "pooled" else row["source_kind"], []).append(row)
    large = {kind: who for kind, who in sources.items() if len(who) >= 10}
    sources = large or sources
    p, depth = {}, {}
    for kind, who in sources.items():
        weight = sum(row["people"] for row in who)
        p[kind] = {
            code.id: sum(r["people"] for r in who if (r["participant_id"], code.id) in said)
            / weight
            for code in codes
        }
        n_eff = weight**2 / sum(row["people"] ** 2 for row in who)
        depth[kind] = math.sqrt(min(n_eff, 400)) if scheme == "depth" else 1.0
    result = dict.fromkeys((code.id for code in codes), 0.0)
    for kind, shares in p.items():
        mean = sum(shares.values()) / len(codes)
        for code, value in shares.items():
            if mean:
                result[code] += depth[kind] / sum(depth.values()) * value / mean
    return result


@given(listenings())
@settings(max_examples=40)
@pytest.mark.parametrize("scheme", ["depth", "equal", "pooled"])
def test_the_score_is_what_the_method_says(scheme: str, listening: Listening) -> None:
    raised, people, codes = listening
    counted, _, _ = count(raised, people, codes)
    votes, _ = voters(counted, RankSettings(scheme=scheme))
    found = score(sums(counted), votes, scheme)
    assert found == pytest.approx(list(by_hand(raised, people, codes, scheme).values()), abs=1e-9)


def test_a_worked_example_of_two_sources() -> None:
    # Survey: 100 people, housing 40, money 20. Interviews: 25 people, housing 5, money 20.
    # alpha = 10/15 and 5/15; mean shares .3 and .5 over the two themes.
    raised, people = tables(
        {
            **crowd("survey", 40, "housing"),
            **crowd("survey", 20, "money"),
            **crowd("survey", 40),
            **crowd("interview", 5, "housing"),
            **crowd("interview", 20, "money"),
        }
    )
    counted, _, _ = count(raised, people, themes("housing", "money"))
    votes, _ = voters(counted, RankSettings())
    assert say(sums(counted), votes, "depth")[:, 0] == pytest.approx([1 / 3, 2 / 3])
    housing = 2 / 3 * 0.4 / 0.3 + 1 / 3 * 0.2 / 0.5
    money = 2 / 3 * 0.2 / 0.3 + 1 / 3 * 0.8 / 0.5
    assert score(sums(counted), votes, "depth") == pytest.approx([housing, money])
    unscaled = score(sums(counted), votes, "depth", scaled=False)
    assert unscaled == pytest.approx([2 / 3 * 0.4 + 1 / 3 * 0.2, 2 / 3 * 0.2 + 1 / 3 * 0.8])


def test_no_source_counts_for_more_than_400_people() -> None:
    raised, people = tables({**crowd("survey", 900, "money"), **crowd("interview", 100, "parks")})
    counted, _, _ = count(raised, people, themes(*CODES))
    votes, _ = voters(counted, RankSettings())
    assert say(sums(counted), votes, "depth")[:, 0] == pytest.approx([1 / 3, 2 / 3])


def test_a_source_of_nine_has_no_vote_unless_all_are_so_small() -> None:
    raised, people = tables({**crowd("survey", 12, "money"), **crowd("interview", 9, "parks")})
    counted, _, _ = count(raised, people, themes(*CODES))
    votes, all_small = voters(counted, RankSettings())
    assert (votes.tolist(), all_small) == ([0, 1], False)
    assert score(sums(counted), votes, "depth").tolist() == [0, 0, 4, 0]
    votes, all_small = voters(counted, RankSettings(min_source=50))
    assert (votes.tolist(), all_small) == ([1, 1], True)


def test_one_note_about_thirty_people_is_one_account_and_does_not_vote() -> None:
    raised, people = tables(
        {**crowd("survey", 12, "money"), **crowd("street", 1, "parks", people=30)}
    )
    counted, _, _ = count(raised, people, themes(*CODES))
    assert voters(counted, RankSettings())[0].tolist() == [0, 1]


def test_each_persons_vote_is_split_over_what_they_raised() -> None:
    raised, people = tables(
        {
            **crowd("survey", 10, "money"),
            **crowd("survey", 10, "housing", "money", "parks", "crime"),
            **crowd("survey", 5),
        }
    )
    counted, _, _ = count(raised, people, themes(*CODES))
    votes = one_vote_each(counted, np.ones((1, 4)))
    assert votes == pytest.approx([2.5 / 25, 2.5 / 25, 12.5 / 25, 2.5 / 25])


def test_ties_go_to_more_people_and_then_to_the_lot() -> None:
    placed = order(np.array([1.0, 1, 1, 2]), np.array([5.0, 9, 5, 1]), np.array([3, 0, 1, 2]))
    assert placed.tolist() == [3, 1, 2, 0]
