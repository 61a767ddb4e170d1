"""What matters most to the few: listed beside the top, never blended into it."""

from __future__ import annotations

from typing import Any

import pytest
from priorities_cases import crowd, tables, themes

from listening.priorities import Ranking, RankSettings, rank

CODES = themes("buses", "crime", "housing", "money", "parks", "racism")
GROUP = ("origin", "few")
#: A concern of a few: half of them raise it, and next to nobody else.
HELD_BY_FEW = {
    **crowd("survey", 60, "housing", "money", attributes={"origin": "many"}),
    **crowd("survey", 50, "crime", "parks", attributes={"origin": "many"}),
    **crowd("survey", 40, "buses", attributes={"origin": "many"}),
    **crowd("survey", 2, "racism", attributes={"origin": "many"}),
    **crowd("survey", 12, "racism", "housing", attributes={"origin": "few"}),
    **crowd("survey", 8, "money", attributes={"origin": "few"}),
}


def ranked(said: dict[str, Any], **more: Any) -> Ranking:
    chosen = {"k": 3, "replicates": 300, "status": "reviewed", "priority_groups": (GROUP,), **more}
    return rank(*tables(said), CODES, RankSettings(**chosen), 1)


def test_a_concern_of_a_few_stands_beside_the_top_and_moves_no_rank() -> None:
    found = ranked(HELD_BY_FEW)
    assert [one.theme.id for one in found.protected] == ["racism"]
    one = found.protected[0]
    assert (one.people, one.of, one.rank) == (12, 20, 6)
    assert one.p_top_3 >= 0.8
    assert 14 / 172 < one.shrunk < 12 / 20
    without = ranked(HELD_BY_FEW, priority_groups=())
    assert without.protected == ()
    assert [p.theme.id for p in without.priorities] == [p.theme.id for p in found.priorities]
    assert [p.score for p in without.priorities] == [p.score for p in found.priorities]
    assert found.equity.priority_groups[0].sentence == "For this group (origin: few): Racism."


def test_the_criterion_is_the_most_that_any_priority_group_holds_a_theme() -> None:
    found = ranked(HELD_BY_FEW, priority_groups=(GROUP, ("origin", "many")))
    most = found.equity.most
    assert (most["racism"].value, most["parks"].value) == ("few", "many")
    assert most["racism"].shrunk == pytest.approx(found.protected[0].shrunk)
    assert ranked(HELD_BY_FEW, priority_groups=()).equity.most == {}


def test_a_group_that_is_like_everybody_has_nothing_of_its_own_to_protect() -> None:
    alike = {
        **crowd("survey", 60, "housing", "money", "crime", attributes={"origin": "many"}),
        **crowd("survey", 30, "parks", attributes={"origin": "many"}),
        **crowd("survey", 8, "housing", "money", "crime", attributes={"origin": "few"}),
        **crowd("survey", 4, "parks", attributes={"origin": "few"}),
    }
    found = ranked(alike)
    assert found.protected == ()
    assert "no theme outside the top of the order is surely" in (
        found.equity.priority_groups[0].sentence
    )


def test_why_nothing_is_listed_for_a_group_is_said() -> None:
    nine = {
        **crowd("survey", 60, "money", attributes={"origin": "many"}),
        **crowd("survey", 9, "racism", attributes={"origin": "few"}),
    }
    said = [
        one.sentence
        for one in ranked(nine, priority_groups=(GROUP, ("age", "85+"))).equity.priority_groups
    ]
    assert said == [
        "9 people of this group (origin: few) were heard: too few to say what matters most to it. "
        "Ten separate voices are needed: a focus group is one.",
        "Nobody known to be of this group (age: 85+) was heard, so nothing can be listed for it.",
    ]
    waiting = ranked(HELD_BY_FEW, status="provisional").equity.priority_groups[0]
    assert waiting.sentence == (
        "What matters most to this group (origin: few) is worked out once people have coded."
    )


def test_one_focus_group_is_too_few_voices_to_say_what_matters_to_a_group() -> None:
    few = {"age": "young"}
    said = {
        **crowd("focus_group", 12, "parks", cluster="g", attributes=few),
        **crowd("survey", 60, "money", "housing", attributes={"age": "old"}),
    }
    chosen = RankSettings(
        k=1, replicates=60, status="reviewed", priority_groups=(("age", "young"),)
    )
    ranking = rank(*tables(said), themes("housing", "money", "parks"), chosen, 1)
    assert ranking.protected == ()
    (group,) = ranking.equity.priority_groups
    assert group.sentence.endswith("Ten separate voices are needed: a focus group is one.")
