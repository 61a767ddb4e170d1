"""What changed between waves: at equal meaning alone, by people, with what chance would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import crowd, tables
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from listening import codebook as books
from listening.codebook import Code, Codebook, Decision
from listening.errors import NothingToDo
from listening.priorities.waves import (
    Wave,
    changes_document,
    changes_table,
    compare,
    not_carried,
)
from listening.priorities.waves.comparing import hybrid
from listening.priorities.waves.nouns import Changes, Level

CODES = ("crime", "housing", "money")
BOOK = Codebook("b", "B", "1.0", "en", "", tuple(Code(one, one.capitalize()) for one in CODES))


def wave(
    name: str,
    said: Mapping[str, tuple[dict[str, Any], Sequence[str]]],
    codebook: Codebook | None = BOOK,
    **more: Any,
) -> Wave:
    raised, people = tables(said)
    names = {code.id: code.name for code in codebook.in_use} if codebook else {}
    told = {"status": "reviewed", "version": codebook.label if codebook else "", "names": names}
    return Wave(
        name=name, codebook=codebook, participants=people, raised=raised, **{**told, **more}
    )


def survey(raised: int, of: int, code: str = "housing", kind: str = "survey") -> dict[str, Any]:
    return {**crowd(kind, raised, code), **crowd(kind, of - raised)}


def the(found: Changes, code: str) -> Any:
    return next(one for one in found.themes if one.id == code)


def test_a_change_is_the_difference_of_shares_with_a_range() -> None:
    found = compare([wave("March", survey(20, 100)), wave("May", survey(50, 100))], seed=1)
    housing = the(found, "housing")
    (change,) = housing.changes
    assert (change.earlier, change.later, change.verdict) == ("March", "May", "more")
    assert change.difference == pytest.approx(0.3)
    low, high = confint_proportions_2indep(50, 100, 20, 100, method="wald", compare="diff")
    assert change.interval == pytest.approx((low, high), abs=0.015)
    assert [(level.people, level.of) for level in housing.levels] == [(20, 100), (50, 100)]
    assert housing.levels[0].interval == pytest.approx(
        proportion_confint(20, 100, method="wilson"), abs=1e-6
    )


def test_a_difference_that_chance_would_make_is_called_none() -> None:
    found = compare([wave("March", survey(20, 100)), wave("May", survey(24, 100))], seed=1)
    (change,) = the(found, "housing").changes
    assert change.verdict == "none_shown"
    assert change.interval is not None
    assert change.interval[0] < 0 < change.interval[1]


def test_of_a_theme_that_nobody_raised_the_range_is_no_certainty() -> None:
    found = compare([wave("March", survey(0, 40)), wave("May", survey(0, 50))], seed=1)
    (change,) = the(found, "money").changes
    low, high = confint_proportions_2indep(0, 50, 0, 40, method="newcomb", compare="diff")
    assert change.interval == pytest.approx((low, high), abs=1e-6)
    assert change.verdict == "none_shown"


@given(st.tuples(*[st.integers(1, 200)] * 2), st.data())
def test_the_hybrid_range_is_that_of_statsmodels(sizes: tuple[int, int], data: Any) -> None:
    x = [data.draw(st.integers(0, of)) for of in sizes]
    level = [
        Level(k, n, k / n, proportion_confint(k, n, method="wilson"), n)
        for k, n in zip(x, sizes, strict=True)
    ]
    expected = confint_proportions_2indep(
        x[1], sizes[1], x[0], sizes[0], method="newcomb", compare="diff"
    )
    assert hybrid(level[0], level[1]) == pytest.approx(expected, abs=1e-9)


def test_ranges_of_a_true_change_hold_it_nineteen_times_in_twenty() -> None:
    chance = np.random.default_rng(5)
    held = 0
    for trial in range(200):
        x = chance.binomial(120, 0.3), chance.binomial(150, 0.4)
        waves = [wave("a", survey(int(x[0]), 120)), wave("b", survey(int(x[1]), 150))]
        (change,) = the(compare(waves, seed=trial, replicates=400), "housing").changes
        assert change.interval is not None
        held += change.interval[0] <= 0.1 <= change.interval[1]
    assert held / 200 == pytest.approx(0.95, abs=0.04)


def test_another_mix_of_sources_makes_no_change() -> None:
    talk = {**survey(15, 30, kind="interview"), **survey(20, 200)}
    more = {**survey(60, 120, kind="interview"), **survey(5, 50)}
    (change,) = the(compare([wave("a", talk), wave("b", more)], seed=1), "housing").changes
    assert change.difference == pytest.approx(0)


def test_a_kind_of_source_that_one_wave_lacks_is_left_out_and_said() -> None:
    both = {**survey(30, 30, kind="interview"), **survey(20, 100)}
    found = compare([wave("a", both), wave("b", survey(20, 100))], seed=1)
    assert the(found, "housing").changes[0].difference == 0
    assert list(found.kinds) == ["survey"]
    assert found.notes[0].startswith("Interviews: not compared")


def test_waves_without_a_kind_in_common_are_refused() -> None:
    with pytest.raises(NothingToDo, match="no kind of source in common"):
        compare([wave("a", survey(2, 30)), wave("b", survey(2, 30, kind="street"))], seed=1)


def test_a_wave_of_fewer_than_twenty_people_has_counts_and_no_change() -> None:
    found = compare([wave("a", survey(5, 19)), wave("b", survey(20, 40))], seed=1)
    (change,) = the(found, "housing").changes
    assert (change.difference, change.interval, change.verdict) == (None, None, "too_few")
    level = changes_document(found)["themes"][0]["levels"][0]
    assert (level["people"], level["share"]) == (5, None)


def test_one_group_of_many_people_in_each_wave_shows_no_change() -> None:
    waves = [
        wave(name, {**crowd("focus_group", k, "housing", cluster="g"),
                    **crowd("focus_group", 25 - k, cluster="g")})
        for name, k in (("a", 5), ("b", 20))
    ]  # fmt: skip
    found = compare(waves, seed=1)
    (change,) = the(found, "housing").changes
    assert (change.difference, change.verdict) == (None, "too_few")
    assert [level.people for level in the(found, "housing").levels] == [5, 20]
    assert any("10 separate accounts" in note for note in found.notes)


def test_a_note_on_many_people_makes_no_change_beside_a_survey() -> None:
    silent = {**survey(20, 100), **crowd("street", 1, people=60)}
    loud = {**survey(20, 100), **crowd("street", 1, "housing", people=60)}
    found = compare([wave("a", silent), wave("b", loud)], seed=1)
    (change,) = the(found, "housing").changes
    assert (change.difference, change.verdict) == (pytest.approx(0), "none_shown")
    assert list(found.kinds) == ["survey"]
    assert found.notes[0].startswith("Street notes: not compared, for a wave has fewer than 10")


def test_a_merged_code_brings_its_people_along_and_counts_them_once() -> None:
    before = wave("a", {**crowd("survey", 10, "crime", "money"), **crowd("survey", 30, "money"),
                        **crowd("survey", 20)})  # fmt: skip
    merged = replace(
        BOOK,
        version="1.1",
        codes=(
            replace(BOOK.codes[0], status="retired", replaced_by=("money",)),
            *BOOK.codes[1:],
        ),
    )
    found = compare([before, wave("b", survey(40, 60, "money"), merged)], seed=1)
    money = the(found, "money")
    assert [(level.people, level.of) for level in money.levels] == [(40, 60), (40, 60)]
    assert {one.id for one in found.themes} == {"housing", "money"}
    assert found.not_compared == ()


def test_split_retired_and_new_codes_are_listed_with_why() -> None:
    later = Codebook(
        "b", "B", "2.0", "en", "",
        (
            replace(BOOK.codes[0], status="retired"),
            replace(BOOK.codes[1], status="retired", replaced_by=("damp", "rents")),
            BOOK.codes[2],
            Code("damp", "Damp"), Code("rents", "Rents"), Code("parks", "Parks"),
        ),
    )  # fmt: skip
    found = compare([wave("a", survey(9, 40)), wave("b", survey(9, 40, "damp"), later)], seed=1)
    why = {code: reason for code, _, reason in found.not_compared}
    assert [one.id for one in found.themes] == ["money"]
    assert set(why) == {"crime", "housing", "damp", "rents", "parks"}
    assert "split" in why["housing"]
    assert "came out of housing" in why["damp"]
    assert "new since a" in why["parks"]
    assert "retired" in why["crime"]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"status": "provisional"}, "people coded one of the waves and a machine"),
        ({"version": "", "codebook": None}, "name no version of a codebook"),
        ({"version": "b 0.9", "codebook": None}, "a codebook is missing"),
        ({"version": "c 1.0", "codebook": replace(BOOK, id="c")}, "another codebook"),
    ],
)
def test_what_does_not_mean_the_same_is_not_compared(other: dict[str, Any], why: str) -> None:
    first = replace(wave("a", survey(9, 40)), **other)
    found = compare([first, wave("b", survey(9, 40))], seed=1)
    assert found.themes == ()
    assert {code for code, _, _ in found.not_compared} == set(CODES)
    assert all(why in reason for _, _, reason in found.not_compared)


def test_what_a_machine_found_means_nothing_in_another_wave() -> None:
    found = compare(
        [
            wave(name, survey(9, 40), None, status="provisional", names={"t1": "Damp"})
            for name in "ab"
        ],
        seed=1,
    )
    assert all("found by a machine in that wave" in why for _, _, why in found.not_compared)
    assert found.themes == ()


def test_a_theme_that_not_everybody_was_asked_about_is_not_compared() -> None:
    first = wave("a", survey(9, 40), partly=frozenset({"money"}))
    found = compare([first, wave("b", survey(30, 40))], seed=1)
    assert {one.id for one in found.themes} == {"housing", "crime"}
    ((code, _, why),) = found.not_compared
    assert code == "money"
    assert "in a not everybody could raise it" in why


def test_that_a_corrected_wave_is_compared_by_those_who_were_read_is_said() -> None:
    found = compare([wave("a", survey(9, 40)), wave("b", survey(30, 40), estimated=True)], seed=1)
    assert any(note.startswith("b: of its survey those alone are compared") for note in found.notes)
    assert not any(note.startswith("a:") for note in found.notes)


def test_a_theme_that_only_one_of_two_equal_versions_tells_is_nought_in_the_other() -> None:
    first = wave("a", survey(9, 40), names={"housing": "Housing"})
    second = wave("b", survey(30, 40, "money"), names={"money": "Money"})
    found = compare([first, second], seed=1)
    assert [level.people for level in the(found, "housing").levels] == [9, 0]
    assert [level.people for level in the(found, "money").levels] == [0, 30]


def test_where_the_same_people_answer_again_the_range_of_the_change_is_narrower() -> None:
    first, again = survey(50, 100), survey(50, 100)
    apart = compare([wave("a", first), wave("b", again)], seed=1)
    paired = compare([wave("a", first), wave("b", again)], seed=1, paired=True)
    assert the(apart, "housing").changes[0].interval[0] < -0.1
    assert the(paired, "housing").changes[0].interval == (0, 0)


@given(st.integers(0, 30), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_changes_nothing(raised: int, chance: Any) -> None:
    first, second = wave("a", survey(raised, 30)), wave("b", survey(12, 30))
    order = list(range(30))
    chance.shuffle(order)
    mixed = replace(
        first,
        participants=first.participants.iloc[order].reset_index(drop=True),
        raised=first.raised.iloc[::-1].reset_index(drop=True),
    )
    assert compare([first, second], seed=2, replicates=50) == compare(
        [mixed, second], seed=2, replicates=50
    )


@given(st.integers(1, 25))
@settings(max_examples=10, deadline=None)
def test_the_other_way_round_a_change_has_the_other_sign(raised: int) -> None:
    first, second = wave("a", survey(raised, 30)), wave("b", survey(12, 40))
    there = the(compare([first, second], seed=2, replicates=50), "housing").changes[0]
    back = the(compare([second, first], seed=2, replicates=50), "housing").changes[0]
    assert there.difference == pytest.approx(-back.difference)


def test_three_waves_are_compared_in_turn_and_from_end_to_end() -> None:
    found = compare([wave(name, survey(9 + 9 * n, 60)) for n, name in enumerate("abc")], seed=1)
    pairs = [(one.earlier, one.later) for one in the(found, "housing").changes]
    assert pairs == [("a", "b"), ("b", "c"), ("a", "c")]
    assert the(found, "housing").chart is not None
    told = changes_document(found)
    assert len(told["themes"][0]["chart"]["points"]) == 3
    assert "about 0.5" in found.notes[0]


def test_the_table_has_a_row_for_each_change_and_each_theme_left_out() -> None:
    later = replace(BOOK, version="1.1", codes=(*BOOK.codes, Code("parks", "Parks")))
    found = compare([wave("a", survey(9, 40)), wave("b", survey(9, 40), later)], seed=1)
    table = changes_table(found)
    assert table["id"].tolist() == ["housing", "crime", "money", "parks"]
    assert table["verdict"].tolist() == ["none_shown"] * 3 + ["not_compared"]
    assert table.loc[3, "people_earlier"] is None
    assert set(table["status"]) == {"reviewed"}


def test_what_was_carried_to_a_later_version_is_compared_but_for_new_codes_and_splits() -> None:
    why = Decision("2026-05-01", "Ada", "two things in one")
    later = books.split(BOOK, "housing", [("damp", "Damp"), ("rent", "Rent")], why)
    later = books.merge(later, ["money"], "crime", why)
    codes = [replace(one, status="active") if one.status == "draft" else one for one in later.codes]
    later = replace(later, codes=(*codes, Code("noise", "Noise")))
    now = wave("March", survey(3, 9), later)
    left = {code: told for code, _, told in not_carried(wave("March", survey(3, 9)), now)}
    assert set(left) == {"housing", "damp", "rent", "noise"}
    assert "split" in left["housing"]
    assert left["damp"] == "it came out of housing, which was split after March."
    assert left["noise"].startswith("it is new since March (b 1.0; now b ")
    assert not_carried(wave("March", survey(3, 9)), wave("March", survey(3, 9))) == ()
