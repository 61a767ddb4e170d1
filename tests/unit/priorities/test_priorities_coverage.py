"""Coverage against brute force."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import crowd, listenings, tables, themes

from listening.priorities import Theme
from listening.priorities.counting import count
from listening.priorities.coverage import coverage
from listening.records import Table


@given(listenings(), st.permutations(range(4)), st.integers(1, 5))
@settings(max_examples=40)
def test_coverage_is_what_counting_people_one_by_one_gives(
    listening: tuple[Table, Table, list[Theme]], ordered: list[int], k: int
) -> None:
    raised, people, codes = listening
    weight = dict(zip(people["participant_id"], people["people"], strict=True))
    who = {code.id: set(raised.loc[raised["code"] == code.id, "participant_id"]) for code in codes}
    names = [codes[place].id for place in ordered]
    covered = set().union(*(who[name] for name in names[:k]))
    greedy, reached = [], set()
    while len(greedy) < min(k, 4):
        gains = [sum(weight[person] for person in who[name] - reached) for name in names]
        if max(gains) == 0:
            break
        best = names[gains.index(max(gains))]
        reached |= who[best]
        greedy.append((best, sum(weight[person] for person in reached)))

    counted, _, _ = count(raised, people, codes)
    found = coverage(counted, np.array(ordered), k)
    assert found.people == sum(weight[person] for person in covered)
    assert found.of == sum(weight.values())
    assert list(found.greedy) == greedy


def test_the_greedy_list_finds_the_theme_that_reaches_others() -> None:
    raised, people = tables(
        {**crowd("survey", 9, "housing", "money"), **crowd("survey", 5, "parks")}
    )
    counted, _, _ = count(raised, people, themes("housing", "money", "parks"))
    found = coverage(counted, np.array([0, 1, 2]), 2)
    assert (found.people, found.of) == (9, 14)
    assert found.greedy == (("housing", 9), ("parks", 14))
