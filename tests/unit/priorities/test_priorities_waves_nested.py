"""Waves whose codes stand under broader ones: every wave is counted as the last codebook has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from priorities_cases import crowd, tables

from listening.codebook import Code, Codebook
from listening.priorities import themes_of
from listening.priorities.waves import Wave, compare
from listening.priorities.waves.nouns import Changes

OLD = Codebook(
    "b", "B", "1.0", "en", "",
    (
        Code("housing", "Housing"),
        Code("damp", "Damp", parent="housing"),
        Code("health", "Health"),
        Code("buses", "Buses"),
    ),
)  # fmt: skip


def later(**changed: Any) -> Codebook:
    """The next version, with one code changed: its id, and what of it."""
    of = changed.pop("of")
    codes = tuple(replace(one, **changed) if one.id == of else one for one in OLD.codes)
    return replace(OLD, version="1.1", codes=codes)


def wave(name: str, said: Mapping[str, Any], book: Codebook | None = OLD, **more: Any) -> Wave:
    raised, people = tables(said)
    themes = themes_of(book) if book else []
    return Wave(
        name=name,
        status="reviewed",
        version=book.label if book else "b 1.0",
        codebook=book,
        names={one.id: one.name for one in themes if not one.under},
        participants=people,
        raised=raised,
        beneath={one.id: one.under for one in themes if one.under},
        **more,
    )


def survey(**raised: int) -> dict[str, Any]:
    """A hundred answers, of which so many raise each code alone."""
    said: dict[str, Any] = {}
    for code, many in raised.items():
        said |= crowd("survey", many, code)
    return said | crowd("survey", 100 - sum(raised.values()))


def counts(found: Changes) -> dict[str, list[int]]:
    return {one.id: [level.people for level in one.levels] for one in found.themes}


def left(found: Changes) -> dict[str, str]:
    return {code: why for code, _, why in found.not_compared}


MARCH = survey(housing=10, damp=20, health=5)


def test_a_broad_code_is_compared_with_all_who_count_for_it() -> None:
    found = compare([wave("March", MARCH), wave("May", survey(housing=15, damp=30))], seed=1)
    assert counts(found) == {"housing": [30, 45], "health": [5, 0], "buses": [0, 0]}
    assert left(found) == {}
    assert not any("counts for" in note for note in found.notes)


def test_a_code_that_moved_under_another_is_counted_there_in_every_wave() -> None:
    now = later(of="damp", parent="health")
    found = compare([wave("March", MARCH), wave("May", MARCH, now)], seed=1)
    assert counts(found) == {"health": [25, 25], "housing": [10, 10], "buses": [0, 0]}
    (note,) = (note for note in found.notes if "Damp" in note)
    assert "“Damp” counts for “Health” here, as in May" in note
    assert "The report of March counted it otherwise" in note


def test_a_code_that_came_to_stand_by_itself_is_compared_by_itself() -> None:
    now = later(of="damp", parent="")
    found = compare([wave("March", MARCH), wave("May", MARCH, now)], seed=1)
    assert counts(found)["damp"] == [20, 20]
    assert counts(found)["housing"] == [10, 10]
    assert any("“Damp” counts for itself here" in note for note in found.notes)


def test_a_theme_that_came_under_another_says_where_it_is_counted() -> None:
    now = later(of="health", parent="housing")
    found = compare([wave("March", MARCH), wave("May", MARCH, now)], seed=1)
    assert counts(found) == {"housing": [35, 35], "buses": [0, 0]}
    assert "since March it stands under “Housing”" in left(found)["health"]


def test_a_new_code_beneath_a_broad_one_leaves_it_out_of_the_comparison() -> None:
    now = replace(OLD, version="1.1", codes=(*OLD.codes, Code("mould", "Mould", parent="housing")))
    found = compare([wave("March", MARCH), wave("May", survey(mould=40), now)], seed=1)
    assert set(counts(found)) == {"health", "buses"}
    assert "“Mould”: it is new since March" in left(found)["housing"]


def test_a_code_that_was_retired_beneath_a_broad_one_leaves_it_out() -> None:
    now = later(of="damp", status="retired")
    found = compare([wave("March", MARCH), wave("May", survey(housing=9), now)], seed=1)
    assert set(counts(found)) == {"health", "buses"}
    assert left(found)["housing"].startswith("of what counts for it, “Damp”: since March")


def split(parent_of_wet: str) -> Codebook:
    codes = later(of="damp", status="retired", replaced_by=("mould", "wet")).codes
    parts = (Code("mould", "Mould", parent="housing"), Code("wet", "Wet", parent=parent_of_wet))
    return replace(OLD, version="1.1", codes=(*codes, *parts))


def test_a_code_split_into_parts_of_one_broad_code_still_counts_for_it() -> None:
    may = wave("May", survey(mould=12, wet=13, housing=1), split("housing"))
    found = compare([wave("March", MARCH), may], seed=1)
    assert counts(found)["housing"] == [30, 26]


def test_a_code_split_over_two_broad_codes_leaves_both_out() -> None:
    may = wave("May", survey(mould=12, wet=13, housing=1), split("health"))
    found = compare([wave("March", MARCH), may], seed=1)
    assert set(counts(found)) == {"buses"}
    assert "it came out of damp, which was split after March" in left(found)["housing"]
    assert "it came out of damp, which was split after March" in left(found)["health"]


def test_a_code_merged_into_one_beneath_another_counts_for_the_broad_one() -> None:
    now = later(of="buses", status="retired", replaced_by=("damp",))
    found = compare([wave("March", survey(buses=7, damp=2)), wave("May", MARCH, now)], seed=1)
    assert counts(found)["housing"] == [9, 30]


def test_a_new_broad_code_over_known_ones_is_not_compared() -> None:
    home = Code("home", "Home")
    codes = tuple(replace(one, parent="home") if one.id == "housing" else one for one in OLD.codes)
    now = replace(OLD, version="1.1", codes=(*codes, home))
    found = compare([wave("March", MARCH), wave("May", MARCH, now)], seed=1)
    assert set(counts(found)) == {"health", "buses"}
    assert left(found)["home"].startswith("it is new since March")
    assert "under “Home”" in left(found)["housing"]


def test_a_wave_ranked_flat_is_counted_as_the_last_one_is() -> None:
    flat = wave("March", MARCH, None)
    flat = replace(flat, version="b 1.0", names={"housing": "housing", "damp": "damp"})
    found = compare([flat, wave("May", MARCH)], seed=1)
    assert counts(found)["housing"] == [30, 30]
    found = compare([wave("March", MARCH), flat], seed=1)
    assert counts(found)["housing"] == [10, 10]
    assert counts(found)["damp"] == [20, 20]


@pytest.mark.parametrize("partly", ["housing", "damp"])
def test_a_broad_code_that_not_everybody_could_raise_is_not_compared(partly: str) -> None:
    march = wave("March", MARCH, partly=frozenset({partly}))
    found = compare([march, wave("May", MARCH)], seed=1)
    assert "housing" not in counts(found)
    assert "not everybody could raise it" in left(found)["housing"]
