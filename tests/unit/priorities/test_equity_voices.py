"""Who speaks together is one voice; small groups' shares are drawn towards everybody's."""

from __future__ import annotations

import numpy as np
import pytest
from equity_cases import counted, of_group
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import crowd
from scipy.stats import betabinom

from listening.priorities.equity.shrinkage import STRENGTHS, shrinkage
from listening.priorities.equity.voices import Side, evidence


def test_people_heard_alone_are_as_many_voices() -> None:
    found, known = counted({**of_group("rent", 18, 40), **of_group("own", 12, 80)}, "housing")
    both = evidence(found, known["tenure"])
    assert both.attribute.values == ("own", "rent")
    assert both.group.raised[:, 0].tolist() == [12, 18]
    assert both.group.voices[:, 0].tolist() == [80, 40]
    assert both.rest.raised[:, 0].tolist() == [18, 12]
    assert both.rest.voices[:, 0].tolist() == [40, 80]


def test_a_focus_group_and_a_note_on_thirty_passers_by_are_one_voice_each() -> None:
    said = {
        **of_group("rent", 8, 8, kind="focus_group", cluster="one evening"),
        "note": ({"attributes": {"tenure": "own"}, "people": 30, "kind": "street"}, ["housing"]),
        **of_group("own", 0, 3),
    }
    found, known = counted(said, "housing")
    both = evidence(found, known["tenure"])
    own, rent = both.group.voices[:, 0]
    assert rent == pytest.approx(1.0)
    assert own == pytest.approx(33**2 / (30**2 + 3))
    assert both.group.of[:, 0].tolist() == [33, 8]


def test_a_focus_group_of_both_sides_is_a_voice_on_each() -> None:
    said = {
        **of_group("rent", 4, 4, kind="focus_group", cluster="one evening"),
        **of_group("own", 4, 4, kind="focus_group", cluster="one evening"),
        **of_group("rent", 0, 6, "parks"),
    }
    found, known = counted(said, "housing", "parks")
    both = evidence(found, known["tenure"])
    assert both.group.voices[:, 0].tolist() == pytest.approx([1.0, 100 / 22])
    assert both.rest.voices[:, 0].tolist() == pytest.approx([100 / 22, 1.0])


def test_people_of_whom_it_is_not_known_are_on_neither_side() -> None:
    said = {**of_group("rent", 5, 10), **of_group("own", 5, 10), **crowd("survey", 9, "housing")}
    found, known = counted(said, "housing")
    both = evidence(found, known["tenure"])
    assert (both.group.of + both.rest.of)[:, 0].tolist() == [20, 20]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(1, 9)), min_size=1, max_size=30
    )
)
@settings(max_examples=40)
def test_voices_are_never_more_than_accounts_and_at_least_one(
    people: list[tuple[int, int, int]],
) -> None:
    said = {
        f"p{n}": (
            {"attributes": {"tenure": str(group)}, "people": stands, "cluster": f"c{cluster}"},
            ["housing"] if stands > 3 else [],
        )
        for n, (group, cluster, stands) in enumerate(people)
    }
    found, known = counted(said, "housing")
    both = evidence(found, known["tenure"])
    accounts = known["tenure"].accounts(found)
    assert (both.group.voices[:, 0] <= accounts + 1e-9).all()
    assert (both.group.voices[:, 0] >= 1 - 1e-9).all()
    assert (both.rest.voices[:, 0] <= accounts.sum() - accounts + 1e-9).all()


def side(raised: list[list[float]], of: list[float]) -> Side:
    x = np.array(raised, dtype=np.float64)
    n = np.repeat(np.array(of, dtype=np.float64)[:, None], x.shape[1], axis=1)
    return Side(x, n, n)


def test_shares_lie_between_the_groups_own_and_everybodys() -> None:
    group = side([[9, 2], [4, 30], [3, 10]], [10, 60, 20])
    drawn = shrinkage(group)
    shrunk = drawn.shrunk(group.shares, group.voices)
    low, high = np.minimum(group.shares, drawn.mean), np.maximum(group.shares, drawn.mean)
    assert ((shrunk >= low - 1e-12) & (shrunk <= high + 1e-12)).all()


def test_groups_that_are_alike_are_drawn_together_and_others_left_apart() -> None:
    alike = side([[20, 4], [40, 8], [10, 2]], [100, 200, 50])
    apart = side([[95, 4], [20, 190], [2, 40]], [100, 200, 50])
    assert shrinkage(alike).strength == STRENGTHS[-1]
    assert shrinkage(apart).strength < 5


def test_the_strength_is_the_likeliest_of_the_beta_binomial() -> None:
    group = side([[9, 2, 5], [4, 30, 20], [3, 10, 1]], [10, 60, 20])
    drawn = shrinkage(group)

    def likelihood(strength: float) -> float:
        a, b = strength * drawn.mean, strength * (1 - drawn.mean)
        return float(betabinom.logpmf(group.raised, group.of, a, b).sum())

    best = max(STRENGTHS, key=likelihood)
    assert drawn.strength == best


def test_one_group_alone_or_a_theme_that_everybody_raised_is_drawn_all_the_way() -> None:
    assert shrinkage(side([[4.0]], [10.0])).strength == STRENGTHS[-1]
    assert shrinkage(side([[10.0], [5.0]], [10.0, 5.0])).strength == STRENGTHS[-1]
