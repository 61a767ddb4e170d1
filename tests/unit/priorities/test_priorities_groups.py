"""Groups, who was not heard, and what matters most to the few."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from priorities_cases import FEW, crowd, tables, themes

from listening.errors import InvalidTable
from listening.priorities import Ranking, RankSettings, document, rank
from listening.records import Table

CODES = themes("housing", "money", "parks")


def population(*rows: tuple[str, str, Any]) -> Table:
    return pd.DataFrame(rows, columns=["attribute", "value", "count"])


def ranked(said: dict[str, Any], living: Table | None = None, **more: Any) -> Ranking:
    return rank(*tables(said), CODES, RankSettings(k=1, replicates=100, **more), 1, living)


def test_values_spelt_alike_are_one_group_under_the_usual_spelling() -> None:
    found = ranked(
        {
            **crowd("survey", 3, "money", attributes={"Age band": "65+"}),
            **crowd("survey", 2, "parks", attributes={" age  BAND ": "65+ "}),
            **crowd("survey", 20, "housing", attributes={"Age band": "Under 65"}),
        }
    )
    money = next(one for one in found.priorities if one.theme.id == "money")
    assert [(g.attribute, g.value, g.people, g.of) for g in money.groups] == [
        ("Age band", "65+", 3, 5),
        ("Age band", "Under 65", 0, 20),
    ]


def test_no_percentage_is_given_of_fewer_than_twenty() -> None:
    found = ranked(
        {
            **crowd("survey", 19, "money", attributes={"ward": "East"}),
            **crowd("survey", 20, "money", attributes={"ward": "West"}),
        }
    )
    written = document(
        found, programme="P", wave="1", codebook_version="1", quotes={}, not_yet_read=0
    )
    assert [g["prevalence"] for g in written["priorities"][0]["groups"]] == [None, 1.0]
    few = document(
        ranked(crowd("survey", 19, "money")),
        programme="P",
        wave="1",
        codebook_version="1",
        quotes={},
        not_yet_read=0,
    )
    first = few["priorities"][0]
    assert first["prevalence"] is None
    assert first["sources"]["survey"]["prevalence"] is None
    assert few["coverage"]["prevalence"] is None


def test_groups_of_fewer_than_fourteen_are_not_heard_even_when_they_have_nobody() -> None:
    found = ranked(
        {
            **crowd("survey", 5, "money", attributes={"age": "85+"}),
            **crowd("survey", 13, "money", attributes={"age": "18-24"}),
            **crowd("survey", 14, "money", attributes={"age": "25-84"}),
            **crowd("survey", 2, "money"),
        },
        population(("AGE ", " 85+", 1200), ("Age", "under 18", 3000), ("Age", "25-84", 9000)),
    )
    assert [(g.value, g.heard, g.population, g.unknown) for g in found.not_heard] == [
        ("18-24", 13, None, 2),
        ("85+", 5, 1200, 2),
        ("under 18", 0, 3000, 2),
    ]
    by_value = {group.value: group for group in found.not_heard}
    assert by_value["85+"].hearing_capacity == pytest.approx(0.4507, abs=1e-4)
    assert by_value["under 18"].hearing_capacity is None
    assert by_value["85+"].sentence == (
        "5 people of this group (age: 85+) of 1,200 in the population were heard: a concern that "
        "45% of the group hold could still have been missed, one time in twenty. "
        "For 2 people this is not known: they may be of this group or not."
    )
    assert by_value["under 18"].sentence == (
        "Nobody known to be of this group (Age: under 18) of 3,000 in the population was heard: "
        "what is missing from the ranking is not heard, never proof that it is no concern. "
        "For 2 people this is not known: they may be of this group or not."
    )


def test_fourteen_people_hear_what_a_fifth_hold() -> None:
    # METHOD §7: 14 hear what 19 % hold.
    assert pytest.approx(0.193, abs=1e-3) == 1 - 0.05 ** (1 / 14)


def test_members_of_one_focus_group_hear_no_more_than_one_account() -> None:
    young = {"attributes": {"age": "16-24"}}
    found = ranked(
        {
            **crowd("focus_group", 20, "money", cluster="g", **young),
            **crowd("survey", 2, "money", **young),
            **crowd("survey", 30, "money", attributes={"age": "25+"}),
        }
    )
    (only,) = found.not_heard
    assert (only.value, only.heard, only.accounts) == ("16-24", 22, 3)
    assert only.hearing_capacity == pytest.approx(1 - 0.05 ** (1 / 3))
    assert "22 people of this group (age: 16-24) were heard in 3 accounts" in only.sentence
    assert "a concern that 63% of the group hold could still have been missed" in only.sentence


def test_a_priority_group_that_nobody_is_of_is_listed_as_not_heard() -> None:
    found = ranked(crowd("survey", 20, "money"), priority_groups=(("age", "85+"),))
    assert [(g.attribute, g.value, g.heard) for g in found.not_heard] == [("age", "85+", 0)]


def test_a_population_that_is_no_count_is_refused_without_quoting_it() -> None:
    with pytest.raises(InvalidTable, match="breaks a rule in column count") as refused:
        ranked(crowd("survey", 20, "money"), population(("age", "85+", "about a thousand")))
    assert "thousand" not in str(refused.value)


def test_an_attribute_with_too_many_values_makes_no_groups_and_says_so() -> None:
    said: dict[str, Any] = {}
    for n in range(60):
        said |= crowd("survey", 1, "money", attributes={"shoe size": str(n)})
    found = ranked(said)
    assert found.priorities[0].groups == ()
    assert any("shoe size" in note for note in found.notes)


MANY_AND_FEW = {
    **crowd("survey", 60, "money", attributes={"age": "Under 65"}),
    **crowd("survey", 12, "parks", attributes={"age": "65+"}),
    **crowd("survey", 2, "parks", "housing", attributes={"age": "65+"}),
}


def test_what_matters_most_to_a_priority_group_is_listed_beside_the_top() -> None:
    found = ranked(MANY_AND_FEW, status="reviewed", priority_groups=(("Age", "65+"),))
    assert found.priorities[0].theme.id == "money"
    one, *rest = found.protected
    assert (one.theme.id, one.people, one.of) == ("parks", 14, 14)
    assert (one.rank, one.rank_in_group) == (2, 1)
    assert one.p_top_3 == 1.0
    assert [entry.theme.id for entry in rest] == ["housing"]


def test_nothing_is_protected_before_people_have_coded_or_in_a_group_of_nine() -> None:
    groups = (("age", "65+"),)
    assert ranked(MANY_AND_FEW, priority_groups=groups).protected == ()
    nine = {
        **crowd("survey", 60, "money"),
        **crowd("survey", 9, "parks", attributes={"age": "65+"}),
    }
    assert ranked(nine, status="reviewed", priority_groups=groups).protected == ()


def test_a_theme_that_may_well_not_be_in_the_groups_top_three_is_not_protected() -> None:
    codes = themes("a", "b", "c", "d", "e", "f", "money")
    said = {**crowd("survey", 60, "money")}
    for code in "abcdef":
        said |= crowd("survey", 2, code, attributes={"age": "65+"})
    found = rank(
        *tables(said),
        codes,
        RankSettings(k=1, replicates=400, status="reviewed", priority_groups=(("age", "65+"),)),
        1,
    )
    assert found.protected == ()


def test_settings_without_meaning_are_refused_by_name() -> None:
    with pytest.raises(Exception, match="number of top priorities"):
        RankSettings(k=0)
    assert FEW.k == 3
