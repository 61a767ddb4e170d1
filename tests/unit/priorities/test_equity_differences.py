"""Who differs: what is claimed, what is not, and what never is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from equity_cases import counted, dealt, of_group
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import FEW, crowd, tables, themes
from scipy.stats import false_discovery_control

from listening.priorities import Ranking, RankSettings, document, rank
from listening.priorities.correction import Audit
from listening.priorities.equity import Difference, compare

CLEAR = {**of_group("rent", 30, 40), **of_group("own", 16, 80)}


def ranked(said: dict[str, Any], *codes: str, **more: Any) -> Ranking:
    chosen = RankSettings(k=1, replicates=50, **{"status": "reviewed", **more})
    return rank(*tables(said), themes(*codes), chosen, 1)


def figures(found: Ranking, theme: str, value: str) -> Difference:
    return next(one for one in found.equity.groups[theme] if one.value == value)


def test_a_clear_difference_is_told_in_a_plain_sentence() -> None:
    found = ranked(CLEAR, "housing")
    one, *rest = found.equity.differences
    assert one.sentence == (
        "30 of 40 people of this group (tenure: rent) raised Housing, 16 of 80 others."
    )
    assert not rest  # of two groups that are each other's rest, the difference is told once
    assert one.ratio == pytest.approx(3.75)
    assert one.interval is not None
    assert one.interval[0] < 3.75 < (one.interval[1] or 0)
    assert one.differs
    assert figures(found, "housing", "own").differs
    assert found.equity.tests == 2


def test_no_difference_is_not_called_sameness() -> None:
    found = ranked({**of_group("rent", 9, 30), **of_group("own", 12, 40)}, "housing")
    assert found.equity.differences == ()
    assert figures(found, "housing", "rent").differs is False
    assert figures(found, "housing", "rent").sentence == ""
    assert "No difference can be told. That is not to say" in found.equity.comparison


@given(st.integers(0, 9), st.integers(0, 9), st.integers(10, 80))
@settings(max_examples=25)
def test_nothing_is_ever_claimed_of_a_group_under_ten(of: int, raised: int, others: int) -> None:
    said = {**of_group("rent", min(raised, of), of), **of_group("own", 0, others)}
    said |= crowd("survey", 1, "housing")
    found = ranked(said, "housing")
    assert found.equity.differences == ()
    assert found.equity.tests == 0
    if of:
        one = figures(found, "housing", "rent")
        assert (one.p, one.q, one.interval, one.differs) == (None, None, None, None)
        assert "tenure: rent" in found.equity.too_few


def test_nothing_is_claimed_of_a_group_whose_rest_is_under_ten() -> None:
    found = ranked({**of_group("rent", 40, 40), **of_group("own", 0, 9)}, "housing")
    assert found.equity.tests == 0
    assert "No group can be compared" in found.equity.comparison


def test_twelve_people_of_one_focus_group_are_no_ten_voices() -> None:
    together = of_group("rent", 12, 12, kind="focus_group", cluster="one evening")
    found = ranked({**together, **of_group("own", 4, 80)}, "housing")
    assert found.equity.differences == ()
    assert figures(found, "housing", "rent").voices == pytest.approx(1.0)
    alone = ranked({**of_group("rent", 12, 12), **of_group("own", 4, 80)}, "housing")
    assert len(alone.equity.differences) == 1


def test_a_note_on_many_passers_by_weighs_as_one_account() -> None:
    notes = {
        f"note {n}": ({"kind": "street", "people": 20, "attributes": {"tenure": "rent"}}, codes)
        for n, codes in enumerate([["housing"]] * 6 + [[]] * 5)
    }
    found = ranked({**notes, **of_group("own", 16, 80)}, "housing")
    one = figures(found, "housing", "rent")
    assert (one.people, one.of, one.voices) == (120, 220, 11)
    each = {f"{n}": ({"attributes": {"tenure": "rent"}}, ["housing"]) for n in range(120)}
    each |= {f"-{n}": ({"attributes": {"tenure": "rent"}}, []) for n in range(100)}
    alone = figures(ranked({**each, **of_group("own", 16, 80)}, "housing"), "housing", "rent")
    assert (alone.people, alone.of) == (120, 220)
    assert one.p is not None
    assert alone.p is not None
    assert one.p > 1000 * alone.p


def test_before_people_have_coded_nothing_is_compared_and_it_is_said() -> None:
    found = ranked(CLEAR, "housing", status="provisional")
    assert found.equity.groups == {}
    assert found.equity.differences == ()
    assert "once people have coded" in found.equity.comparison
    written = document(found, programme="", wave="", codebook_version="", quotes={}, not_yet_read=0)
    assert [group["difference"] for group in written["priorities"][0]["groups"]] == [None, None]


def test_false_discoveries_are_held_over_all_groups_and_themes_together() -> None:
    said = {
        **of_group("rent", 18, 40),
        **of_group("own", 20, 80),
        **of_group("rent", 9, 20, "parks"),
        **of_group("own", 10, 25, "parks"),
        **crowd("survey", 30, "money", attributes={"age": "old"}),
        **crowd("survey", 25, attributes={"age": "young"}),
    }
    found, known = counted(said, "housing", "parks", "money")
    compared = compare(found, known, 0.05).values()
    p = np.concatenate([one.p[one.tested] for one in compared])
    q = np.concatenate([one.q[one.tested] for one in compared])
    assert len(p) == 6  # themes that nobody of the compared raised are not tested
    assert q == pytest.approx(false_discovery_control(p))


def test_a_person_who_could_not_raise_a_theme_is_on_neither_side() -> None:
    raised, people = tables(CLEAR)
    asked = people[["participant_id"]].iloc[:10].assign(code="housing", how="not_asked")
    mentioned = raised[~raised["participant_id"].isin(asked["participant_id"])]
    found = rank(
        mentioned, people, themes("housing"), RankSettings(status="reviewed"), 1, asked=asked
    )
    one = figures(found, "housing", "rent")
    assert (one.people, one.of, one.rest_of) == (20, 30, 80)


def test_where_an_audit_corrects_a_source_only_those_are_compared_whom_people_read() -> None:
    raised, people = tables(CLEAR)
    read = people[["participant_id"]].iloc[::2].assign(probability=0.5)
    guesses = pd.DataFrame(
        {"participant_id": people["participant_id"], "code": "housing", "probability": 0.4}
    )
    audit = Audit(("survey",), read, guesses)
    chosen = RankSettings(replicates=50, status="reviewed")
    found = rank(raised, people, themes("housing"), chosen, 1, audit=audit)
    one = figures(found, "housing", "rent")
    assert (one.people, one.of, one.rest_people, one.rest_of) == (15, 20, 8, 40)
    assert found.equity.comparison.endswith("compared whom people read.")


def test_the_difference_goes_into_the_document_as_plain_figures() -> None:
    found = ranked(CLEAR, "housing")
    written = document(found, programme="", wave="", codebook_version="", quotes={}, not_yet_read=0)
    groups = {group["value"]: group for group in written["priorities"][0]["groups"]}
    beside = groups["rent"]["difference"]
    assert (beside["people"], beside["of"], beside["rest_people"], beside["rest_of"]) == (
        30,
        40,
        16,
        80,
    )
    assert beside["ratio"] == 3.75
    assert beside["differs"] is True
    first = written["differences"][0]
    assert (first["id"], first["value"], first["sentence"]) == (
        "housing",
        "rent",
        found.equity.differences[0].sentence,
    )


def test_dealing_attributes_by_lot_gives_a_difference_in_at_most_a_tenth() -> None:
    random = np.random.default_rng(20261123)
    said = {
        f"p{n}": (
            {
                "attributes": {
                    "tenure": ("rent", "own")[n % 2],
                    "age": str(n % 4),
                    "ward": str(n % 5),
                }
            },
            [
                code
                for code, share in zip("abcdef", (0.5, 0.3, 0.2, 0.1, 0.05, 0.03), strict=True)
                if random.random() < share
            ],
        )
        for n in range(120)
    }
    found, known = counted(said, *"abcdef")
    claims = 0
    for _ in range(200):
        compared = compare(found, dealt(known, random.permutation(120)), 0.05)
        claims += any(one.differs.any() for one in compared.values())
    # 10 in 100 allowed; of 200, 28 is two standard errors above it
    assert 0 < claims <= 28


def test_a_real_difference_of_a_size_that_matters_is_mostly_found_among_400() -> None:
    random = np.random.default_rng(7)
    hits = 0
    for _ in range(40):
        said = {
            f"p{n}": (
                {"attributes": {"tenure": "rent" if n < 80 else "own", "age": str(n % 4)}},
                ["a"] * bool(random.random() < (0.5 if n < 80 else 0.2))
                + ["b"] * bool(random.random() < 0.3),
            )
            for n in range(400)
        }
        found, known = counted(said, "a", "b")
        hits += bool(compare(found, known, 0.05)["tenure"].differs[1, 0])
    assert hits >= 36


@given(st.integers(2, 6), st.integers(0, 3))
@settings(max_examples=15)
def test_saying_it_again_changes_no_figure_of_equity(times: int, seed: int) -> None:
    raised, people = tables(CLEAR)
    again = pd.concat([raised] * times).sample(frac=1, random_state=seed)
    chosen = RankSettings(
        k=1, replicates=30, status="reviewed", priority_groups=FEW.priority_groups
    )
    one, other = (
        rank(table, people, themes("housing", "parks"), chosen, 3) for table in (raised, again)
    )
    assert one.equity == other.equity
