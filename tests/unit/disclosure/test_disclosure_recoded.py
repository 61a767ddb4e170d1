"""Two releases with nobody new between them, and codes that were merged or put under another."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.attackers import Person, Programme, working
from listening import disclosure
from listening.disclosure.nouns import EVERYONE, Earlier, Shown, Told
from listening.disclosure.profiles import profile

RULES = profile("standard")


def programme(large: int, small: int, into: str = "") -> Programme:
    """Make a hundred people: `small` of them raise B alone, which may count for another theme."""
    goes = {"B"} if into == "A" else {"A", "B"} if into else set()
    themes = sorted({*"ABCD", *into} - goes)
    made = Programme(np.random.default_rng(0), themes, {"survey": 1.0}, {})
    for number in range(100):
        own = {"A"} if number < large else {"B"} if number < large + small else set()
        own |= {"C"} if number % 2 else set()
        own |= {"D"} if number % 3 else set()
        said = frozenset(into if one in goes else one for one in own)
        made.people.append(Person(f"P{number:05d}", "survey", {}, said))
    return made


def told_of(made: Programme, earlier: tuple[Earlier, ...] = ()) -> tuple[Told, Earlier]:
    truth = disclosure.truth(working(made, {}, 3) | {"status": "reviewed"})
    told = disclosure.protect(truth, RULES, earlier, {})
    return told, Earlier("r1", truth, told, Counter(), Counter(), RULES.threshold)


def of(told: Told, theme: str) -> Shown:
    return told.cells[theme][EVERYONE]


@pytest.mark.parametrize("into", ["A", "N"])
@given(large=st.integers(20, 60), small=st.integers(1, 4))
@settings(max_examples=12, deadline=None)
def test_what_a_merged_code_adds_does_not_say_that_anybody_raised_it(
    into: str, large: int, small: int
) -> None:
    before, first = told_of(programme(large, small))
    after, _ = told_of(programme(large, small, into), (first,))
    assert of(before, "B").value is None
    told_as = of(after, into)
    # the least that B can be, to who knows that the theme holds A and B now
    assert told_as.low - of(before, "A").high <= 0


def test_what_nobody_coded_anew_is_told_as_before() -> None:
    before, first = told_of(programme(32, 3))
    after, _ = told_of(programme(32, 3, "A"), (first,))
    assert of(after, "A").value is None
    assert of(after, "C").value == of(before, "C").value is not None
    assert of(after, "D").value == of(before, "D").value is not None


def test_a_merger_of_two_themes_that_were_told_is_told() -> None:
    before, first = told_of(programme(32, 20))
    after, _ = told_of(programme(32, 20, "A"), (first,))
    assert (of(before, "B").value, of(after, "A").value) == (20, 50)
