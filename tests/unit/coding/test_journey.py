"""The experience map: people counted at each step, feelings from codes, honest high and low."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.coding.journey import FEWEST, experience
from listening.errors import InvalidProgramme
from listening.programme import Journey, JourneyStep, load
from listening.records import CODINGS, Table, empty
from tests.unit.coding.stored_cases import codings

JOURNEY = Journey(
    "Moving in",
    (JourneyStep("Waiting", ("list",)), JourneyStep("The keys", ("keys",))),
    ("kind",),
    ("rude",),
)
UNDER = {code: {code} for code in ("list", "keys", "kind", "rude")}


def said(*rows: tuple[str, str, Sequence[str]]) -> Table:
    """Return codings of rows of person, segment and codes."""
    return codings(
        *(
            {"participant_id": who, "segment_id": where, "code": code}
            for who, where, codes in rows
            for code in codes
        )
    )


def many(step: str, feeling: str, number: int, first: int = 0) -> list[tuple[str, str, list[str]]]:
    return [(f"P{n}", f"{step}{n}", [step, feeling]) for n in range(first, first + number)]


def test_a_person_counts_once_however_often_they_say_it() -> None:
    told, _ = experience(
        JOURNEY, said(("P1", "a", ["list", "rude"]), ("P1", "b", ["list", "rude"])), UNDER
    )
    first = told[0]
    assert (first.people, first.segments, first.bad, first.said) == (1, 2, 1, 1)


def test_a_feeling_about_one_step_is_none_about_another() -> None:
    told, _ = experience(JOURNEY, said(("P1", "a", ["list", "rude"]), ("P1", "b", ["keys"])), UNDER)
    assert (told[0].bad, told[1].bad, told[1].people, told[1].said) == (1, 0, 1, 0)
    assert told[1].evidence == (("b", ""),)


def test_who_says_both_is_neither_for_nor_against() -> None:
    rows = [("P9", "x", ["list", "rude"]), ("P9", "y", ["list", "kind"])]
    told, _ = experience(JOURNEY, said(*rows, *many("list", "kind", 4)), UNDER)
    assert (told[0].good, told[0].bad, told[0].both, told[0].balance) == (4, 0, 1, 0.8)


def test_the_high_and_the_low_point_need_people_who_say_so() -> None:
    few = said(*many("list", "rude", FEWEST - 1), *many("keys", "kind", FEWEST - 1))
    assert [one.point for one in experience(JOURNEY, few, UNDER)[0]] == ["", ""]
    enough = said(*many("list", "rude", FEWEST), *many("keys", "kind", FEWEST))
    assert [one.point for one in experience(JOURNEY, enough, UNDER)[0]] == ["low", "high"]
    alike = said(*many("list", "rude", FEWEST), *many("keys", "rude", FEWEST))
    assert [one.point for one in experience(JOURNEY, alike, UNDER)[0]] == ["", ""]


def test_a_broader_code_takes_those_below_it() -> None:
    under = {**UNDER, "list": {"list", "letters"}, "letters": {"letters"}}
    told, _ = experience(JOURNEY, said(("P1", "a", ["letters"])), under)
    assert told[0].people == 1


def test_a_code_that_the_codebook_does_not_know_is_told_and_counts_for_nothing() -> None:
    told, wrong = experience(JOURNEY, said(("P1", "a", ["list"])), {"list": {"list"}})
    assert [one.what for one in wrong] == [
        f"The code “{code}” of the journey" for code in ("keys", "kind", "rude")
    ]
    assert told[1].codes == ()
    assert experience(JOURNEY, empty(CODINGS), UNDER)[0][0].people == 0


def test_how_grave_it_was_counts_each_person_once() -> None:
    rows = codings(
        {"participant_id": "P1", "segment_id": "a", "code": "list", "severity": 3},
        {"participant_id": "P1", "segment_id": "b", "code": "list", "severity": 1},
        {"participant_id": "P2", "segment_id": "c", "code": "list", "severity": 0},
        {"participant_id": "P3", "segment_id": "d", "code": "list"},
    )
    told, _ = experience(JOURNEY, rows, UNDER)
    assert (told[0].grave, told[0].grave_people) == (1.0, 2)
    assert told[1].grave is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["P1", "P2", "P3", "P4", "P5", "P6"]),
            st.sampled_from("abcdef"),
            st.sets(st.sampled_from(["list", "keys", "kind", "rude"]), min_size=1),
        ),
        max_size=12,
    )
)
def test_nobody_is_counted_twice_and_every_balance_is_within_its_range(
    rows: list[tuple[str, str, set[str]]],
) -> None:
    known = {where: (who, codes) for who, where, codes in rows}
    table = said(*((who, where, sorted(codes)) for where, (who, codes) in known.items()))
    for one in experience(JOURNEY, table, UNDER)[0]:
        assert one.good + one.bad + one.both <= one.people <= len({who for who, _, _ in rows})
        assert one.people <= one.segments or one.people == 0
        assert one.balance is None or -1 <= one.balance <= 1


TOLD = """name = "Mill Town"
question = "How was it?"
[journey]
name = "Moving in"
good = ["kind"]
bad = ["rude"]
[[journey.steps]]
name = "Waiting"
codes = ["list"]
[[journey.steps]]
name = "The keys"
codes = ["keys"]
"""


def test_a_programme_says_its_journey_in_its_own_file() -> None:
    assert load(TOLD).journey == JOURNEY
    assert load('name = "a"\nquestion = "b"').journey is None


@pytest.mark.parametrize(
    ("text", "wrong", "why"),
    [
        ('codes = ["keys"]', "", "without codes"),
        ('name = "The keys"', "", "without a name"),
        ('bad = ["rude"]', 'bad = ["kind"]', "both good and bad"),
        ('[[journey.steps]]\nname = "The keys"\ncodes = ["keys"]', "", "less than two steps"),
    ],
)
def test_a_journey_that_cannot_be_is_told(text: str, wrong: str, why: str) -> None:
    with pytest.raises(InvalidProgramme, match=why):
        load(TOLD.replace(text, wrong))
