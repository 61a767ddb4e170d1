"""Sums that hold across attributes and sources, and what may not be told of a theme or a group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.attackers import Person, Programme, working
from listening import disclosure
from listening.disclosure import cells
from listening.disclosure.nouns import EVERYONE, Earlier, Partition, Shown
from listening.disclosure.profiles import PROFILES
from listening.report.release import wording

STANDARD = PROFILES["standard"]


def of_two_sources() -> Programme:
    """Return 90 people: the survey alone asked for the tenure, and the ward says the same."""
    made = Programme(np.random.default_rng(1), ["t0", "t1"], {"survey": 1.0}, {})
    for n in range(90):
        tenure = "rent" if n % 3 else "own"
        values = {"tenure": tenure, "ward": f"{tenure} side"} if n < 60 else {}
        raised = frozenset({"t0"} if n % 2 else {"t1"})
        kind = "survey" if n < 60 else "interview"
        made.people.append(Person(str(n), kind, values, raised))
    return made


def members(made: Programme) -> dict[str, tuple[int, list[str]]]:
    return {
        one.id: (1, [EVERYONE, f"source|{one.source}",
                     *(f"group|{n}|{v}" for n, v in one.values.items())])
        for one in made.people
    }  # fmt: skip


def document(made: Programme, **more: Any) -> dict[str, Any]:
    found = working(made, {}, 1) | more
    for row in found["priorities"]:
        row |= {"statement": "What was said turns around: khub.", "name": "khub"}
    return found


def test_what_only_one_source_asked_for_is_added_up_with_that_source_and_the_others() -> None:
    made = of_two_sources()
    truth = disclosure.nested(disclosure.truth(document(made)), members(made))
    tenure = ("group|tenure|own", "group|tenure|rent")
    assert Partition(tenure, complete=True, whole="source|survey") in truth.partitions
    assert Partition((*tenure, "source|interview"), complete=True) in truth.partitions
    same = Partition(("group|ward|own side",), complete=True, whole="group|tenure|own")
    assert same in truth.partitions
    told = disclosure.protect(truth, STANDARD, [], {})
    assert told.cells["t0"][EVERYONE].value is not None


def test_words_of_single_residents_leave_in_no_name_or_statement_of_a_machine() -> None:
    made = of_two_sources()
    few = [Person(one.id, one.source, one.values, frozenset({"t1"})) for one in made.people[3:]]
    made.people = [*made.people[:3], *few]
    working_document = document(made, codebook_version="", choices={}, apart=[])
    truth = disclosure.truth(working_document)
    told = disclosure.protect(truth, STANDARD, [], {})
    rows = disclosure.released(working_document, truth, told, STANDARD, {})["priorities"]
    assert {row["statement"] for row in rows} == {""}
    by_id = {row["id"]: row for row in rows}
    assert by_id["t0"]["people"] is None
    assert "khub" not in by_id["t0"]["name"]


def test_a_theme_that_not_everybody_was_asked_about_has_no_percentage_of_everybody() -> None:
    made = of_two_sources()
    working_document = document(made, choices={})
    for row in working_document["priorities"]:
        row["of"] = 60
        row["sources"]["interview"] |= {"people": 0, "of": 0}
    truth = disclosure.truth(working_document)
    told = disclosure.protect(truth, STANDARD, [], {})
    row = disclosure.released(working_document, truth, told, STANDARD, {})["priorities"][0]
    assert row["people"] is not None
    assert (row["of"], row["prevalence"], row["interval"]) == (None, None, None)
    assert wording.reach(row).endswith("of those who were asked")
    assert wording.cell(row).endswith("of those asked")


@pytest.mark.parametrize(("people", "value"), [(10, 10), (13, 10), (14, 15)])
def test_a_size_under_14_is_not_rounded_to_one_that_it_cannot_be(people: int, value: int) -> None:
    told = cells.size(people, STANDARD)
    assert told.value == value
    assert told.high - told.low >= 3


def test_a_group_of_many_people_in_few_accounts_is_not_called_few_people() -> None:
    made = of_two_sources()
    row = {"attribute": "tenure", "value": "own", "heard": 20, "accounts": 4, "population": None,
           "unknown": 0}  # fmt: skip
    working_document = document(made, choices={}, not_heard=[row])
    truth = disclosure.truth(working_document)
    told = disclosure.protect(truth, STANDARD, [], {})
    (out,) = disclosure.released(working_document, truth, told, STANDARD, {})["not_heard"]
    assert "fewer than 14 accounts" in out["sentence"]
    assert "Fewer than 14 people" not in out["sentence"]


def test_a_stricter_profile_after_a_looser_one_withholds_more_and_can_be_made() -> None:
    made = of_two_sources()
    for n, one in enumerate(made.people):
        one.raised = frozenset({"t0"} if n % 12 == 0 else {"t1"})
    truth = disclosure.nested(disclosure.truth(document(made)), members(made))
    before = disclosure.protect(truth, STANDARD, [], {})
    assert before.cells["t0"][EVERYONE].value == 10
    earlier = [Earlier("r1", truth, before, {}, {}, STANDARD.threshold)]
    after = disclosure.protect(truth, PROFILES["ons"], earlier, {})
    now: Shown = after.cells["t0"][EVERYONE]
    assert (now.value, now.kept) == (None, "r1")
