"""What could stand beside a quote, and how many share it."""

from __future__ import annotations

from listening.disclosure.beside import inside, shared
from listening.disclosure.nouns import group, source
from listening.disclosure.quotes import Candidate

OWN = {"gender": "woman", "tenure": "rents", "age": "35-49", "faith": "none", "place": "Quay"}


def candidate() -> Candidate:
    return Candidate("t0", "s1", "P0", "Words.", "verbatim", "survey", OWN, translated=False)


def members(many: int, **differ: int) -> dict[str, list[str]]:
    """People like the candidate; of each attribute so many alone have the candidate's value."""
    people = {}
    for n in range(many):
        own = [group(k, v if n < differ.get(k, many) else "x") for k, v in OWN.items()]
        people[f"P{n}"] = ["all", source("survey"), *own]
    return people


def told(people: dict[str, list[str]], hidden: tuple[str, ...] = ()) -> dict[str, tuple[int, str]]:
    rows = shared(candidate(), inside(people), hidden).rows
    return {row.name: (row.people, row.why) for row in rows}


def test_two_attributes_beside_the_source_and_never_where_somebody_lives() -> None:
    found = told(members(40))
    assert found[""] == (40, "")
    assert found["place"] == (40, "where")
    whys = [why for name, (_, why) in found.items() if name not in ("", "place")]
    assert sorted(whys) == ["", "", "full", "full"]


def test_what_few_share_or_the_programme_calls_sensitive_stays_out() -> None:
    found = told(members(40, age=4), hidden=("Faith",))
    assert found["age"] == (4, "few")
    assert found["faith"] == (40, "sensitive")


def test_each_shared_by_enough_and_together_by_too_few() -> None:
    people = members(40)
    for n, who in enumerate(sorted(people)):
        if who != "P0":
            side = "gender" if n % 2 else "tenure"
            people[who].remove(group(side, OWN[side]))
            people[who].append(group(side, "other"))
    found = shared(candidate(), inside(people), ("age", "faith"))
    whys = {row.name: row.why for row in found.rows}
    assert sorted((whys["gender"], whys["tenure"])) == ["", "together"]
    assert found.together >= 5


def test_nobody_counted_has_nothing_to_stand_beside() -> None:
    assert told({})[""] == (0, "unknown")
    assert shared(candidate(), {}, ()).together == 0
