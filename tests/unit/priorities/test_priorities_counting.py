"""Sums and intervals."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from priorities_cases import CODES, crowd, tables, themes
from statsmodels.stats.proportion import proportion_confint

from listening.errors import InvalidTable, NothingToDo
from listening.priorities.counting import count, share, sums, wilson


@given(st.integers(1, 5000), st.data(), st.sampled_from([0.01, 0.05, 0.2]))
def test_wilson_equals_statsmodels(n: int, data: st.DataObject, alpha: float) -> None:
    x = data.draw(st.integers(0, n))
    low, high = proportion_confint(x, n, alpha=alpha, method="wilson")
    assert wilson(x / n, n, alpha) == pytest.approx((low, high), abs=1e-12)


@given(st.floats(0, 1), st.floats(0.5, 1e6))
def test_an_interval_holds_its_share_and_stays_between_0_and_1(p: float, n: float) -> None:
    low, high = wilson(p, n, 0.05)
    assert 0 <= low <= p <= high <= 1


def test_a_note_about_several_passers_by_widens_the_interval() -> None:
    # 4 notes of 5 people each, 10 of 20 people: Kish gives 400 / 100 = 4 accounts.
    noted = share(10, 20, 4, 0.05)
    assert (noted.people, noted.of, noted.prevalence) == (10, 20, 0.5)
    assert noted.interval == pytest.approx(proportion_confint(2, 4, method="wilson"))


def test_sums_are_of_distinct_people_within_their_source() -> None:
    raised, people = tables(
        {
            **crowd("survey", 3, "housing"),
            **crowd("street", 2, "housing", "money", people=4),
        }
    )
    counted, _, rejects = count(pd.concat([raised, raised]), people, themes(*CODES))
    seen = sums(counted)
    assert counted.kinds == ("street", "survey")
    assert seen.raised.tolist() == [[0, 8, 8, 0], [0, 3, 0, 0]]
    assert seen.people.tolist() == [[8] * 4, [3] * 4]
    assert seen.squares.tolist() == [[32] * 4, [3] * 4]
    assert rejects == ()


def test_codings_of_strangers_and_unknown_codes_are_set_aside_with_a_reason() -> None:
    raised, people = tables(crowd("survey", 2, "housing", "trams"))
    stray = pd.DataFrame({"participant_id": ["nobody"], "code": ["housing"]})
    counted, _, rejects = count(pd.concat([raised, stray]), people, themes(*CODES))
    assert sums(counted).raised.sum() == 2
    assert [reject.what for reject in rejects] == [
        "1 codings",
        "the code trams, raised by 2 participants",
    ]


def test_other_is_counted_apart_and_never_among_the_ranked() -> None:
    raised, people = tables(crowd("survey", 5, "other"))
    counted, apart, _ = count(raised, people, themes("housing", "other", apart=["other"]))
    assert apart == {"other": 5}
    assert [theme.id for theme in counted.themes] == ["housing"]
    assert sums(counted).raised.sum() == 0


def test_without_people_or_themes_there_is_nothing_to_rank() -> None:
    raised, people = tables(crowd("survey", 1, "housing"))
    with pytest.raises(NothingToDo, match="nobody to count"):
        count(raised, people.iloc[:0], themes("housing"))
    with pytest.raises(NothingToDo, match="no theme"):
        count(raised, people, themes("other", apart=["other"]))


def test_two_codes_with_one_id_are_refused() -> None:
    raised, people = tables(crowd("survey", 1, "housing"))
    with pytest.raises(InvalidTable, match="housing twice"):
        count(raised, people, themes("housing", "housing"))
