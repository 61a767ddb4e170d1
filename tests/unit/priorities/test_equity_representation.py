"""Who was heard beside who lives there, and what could not be held against the population."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from equity_cases import of_group
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import crowd, tables, themes
from statsmodels.stats.proportion import proportion_confint

from listening.priorities import Ranking, RankSettings, document, rank
from listening.priorities.equity import Represented
from listening.records import Table

CODES = themes("housing")


def population(*rows: tuple[str, str, int]) -> Table:
    return pd.DataFrame(rows, columns=["attribute", "value", "count"])


def ranked(said: dict[str, Any], living: Table | None, **more: Any) -> Ranking:
    return rank(*tables(said), CODES, RankSettings(k=1, replicates=20, **more), 1, living)


def row(found: Ranking, value: str) -> Represented:
    return next(one for one in found.equity.representation if one.value == value)


THREE = population(("Tenure", "rent", 500), ("Tenure", "own", 400), ("Tenure", "hostel", 100))


def test_the_ratio_is_part_of_those_heard_over_part_of_the_population() -> None:
    found = ranked({**of_group("rent", 9, 20), **of_group("own", 5, 80)}, THREE)
    rent = row(found, "rent")
    assert (rent.people, rent.of, rent.unknown) == (20, 100, 0)
    assert rent.ratio == pytest.approx((20 / 100) / (500 / 1000))
    low, high = proportion_confint(20, 100, method="beta")
    assert rent.interval == pytest.approx((low / 0.5, high / 0.5))
    assert rent.under_heard
    assert rent.sentence == (
        "20 people of this group (Tenure: rent) were heard; by their part of the population it "
        "would be about 50 of 100. That is less than four fifths of their part, and more than "
        "chance would do."
    )
    assert not row(found, "own").under_heard


def test_a_group_of_the_census_list_with_nobody_has_a_row_and_is_not_heard() -> None:
    found = ranked({**of_group("rent", 9, 50), **of_group("own", 5, 50)}, THREE)
    hostel = row(found, "hostel")
    assert (hostel.people, hostel.ratio) == (0, 0.0)
    assert hostel.under_heard  # 10 of 100 are expected
    assert [(one.value, one.heard) for one in found.not_heard] == [("hostel", 0)]


def test_few_people_cannot_show_that_a_small_group_is_under_heard() -> None:
    found = ranked({**of_group("rent", 5, 10), **of_group("own", 5, 8)}, THREE)
    assert not row(found, "hostel").under_heard
    assert row(found, "hostel").shortfall == "likely"
    assert row(found, "hostel").sentence.endswith(
        "Fewer than expected were heard, but too few in all to be sure that it is not by chance."
    )
    assert row(found, "rent").sentence.endswith("No shortfall can be told from chance.")


def test_well_below_its_part_and_not_below_four_fifths_for_certain_is_told_as_fewer() -> None:
    """A reader took .65 (.47 to .87) with "no shortfall can be told" for nothing at all."""
    rent = row(ranked({**of_group("rent", 9, 33), **of_group("own", 5, 67)}, THREE), "rent")
    assert rent.ratio == pytest.approx(0.66)
    assert rent.interval is not None
    assert 0.8 < rent.interval[1] < 1
    assert (rent.under_heard, rent.shortfall) == (False, "likely")
    told = "Fewer than expected were heard, but too few in all to be sure that it is below four"
    assert rent.sentence.endswith(f"{told} fifths.")


def test_a_small_shortfall_beyond_chance_is_told_as_such() -> None:
    rent = row(ranked({**of_group("rent", 9, 440), **of_group("own", 5, 560)}, THREE), "rent")
    assert rent.ratio == pytest.approx(0.88)
    assert rent.shortfall == "some"
    assert "Somewhat fewer than expected were heard, more than chance would do" in rent.sentence


def test_the_unknown_are_out_of_the_ratio_and_what_they_could_change_is_said() -> None:
    known = {**of_group("rent", 9, 20), **of_group("own", 5, 80)}
    few = row(ranked({**known, **crowd("survey", 5, "housing")}, THREE), "rent")
    assert (few.of, few.unknown) == (100, 5)
    assert few.under_heard
    assert few.whatever_unknown
    assert few.sentence.endswith("It would be so even if all 5 of whom it is not known were.")
    many = row(ranked({**known, **crowd("survey", 60, "housing")}, THREE), "rent")
    assert many.under_heard
    assert not many.whatever_unknown
    assert "For 60 people it is not known" in many.sentence


def test_values_that_the_population_does_not_name_are_told_and_never_dropped_unsaid() -> None:
    said = {**of_group("rent", 9, 50), **of_group("own", 5, 50), **of_group("houseboat", 1, 7)}
    found = ranked(said, THREE)
    assert row(found, "rent").of == 100
    assert row(found, "rent").unknown == 7
    one, *rest = found.equity.unmatched
    assert (one.attribute, one.values, one.people) == ("tenure", ("houseboat",), 7)
    assert "7 people gave a value of tenure" in one.sentence
    assert not rest


def test_attributes_of_one_side_alone_are_told() -> None:
    said = {**of_group("rent", 9, 50), **crowd("survey", 3, attributes={"age": "old"})}
    living = population(("ward", "East", 50), ("ward", "West", 60), ("tenure", "rent", 10))
    found = ranked(said, living)
    assert {one.attribute: one.sentence.split(",")[0] for one in found.equity.unmatched} == {
        "ward": "The population table counts ward",
        "age": "The population table says nothing of age",
    }
    assert {one.attribute for one in found.equity.representation} == {"tenure"}


def test_a_group_in_which_nobody_lives_has_no_ratio() -> None:
    living = population(("tenure", "rent", 0), ("tenure", "own", 10))
    rent = row(ranked({**of_group("rent", 9, 20), **of_group("own", 1, 20)}, living), "rent")
    assert (rent.ratio, rent.interval, rent.under_heard) == (None, None, False)


def test_people_heard_together_make_the_interval_wide() -> None:
    alone = {**of_group("rent", 9, 16), **of_group("own", 5, 84)}
    together = {
        **of_group("rent", 9, 16),
        **of_group("own", 5, 84, kind="focus_group", cluster="one evening"),
    }
    narrow, wide = (row(ranked(said, THREE), "rent").interval for said in (alone, together))
    assert narrow is not None
    assert wide is not None
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


@given(st.lists(st.integers(0, 40), min_size=2, max_size=4), st.data())
@settings(max_examples=25)
def test_every_interval_holds_its_ratio_and_under_heard_means_below_four_fifths(
    heard: list[int], data: st.DataObject
) -> None:
    said = {
        name: given for n, of in enumerate(heard) for name, given in of_group(str(n), 0, of).items()
    }
    said |= crowd("survey", 1, "housing")
    living = population(
        *(("tenure", str(n), data.draw(st.integers(0, 900))) for n in range(len(heard)))
    )
    for one in ranked(said, living).equity.representation:
        if one.interval is None or one.ratio is None:
            assert not one.under_heard
            continue
        assert one.interval[0] - 1e-9 <= one.ratio <= one.interval[1] + 1e-9
        assert one.under_heard == (one.interval[1] < 0.8) == (one.shortfall == "under")
        assert (one.shortfall in ("under", "likely")) == (one.ratio < 0.8)
        assert one.under_heard or not one.whatever_unknown


def test_fourteen_passers_by_in_one_note_are_one_account() -> None:
    note = {"note": ({"kind": "street", "people": 30, "attributes": {"age": "old"}}, ["housing"])}
    found = ranked({**note, **crowd("survey", 20, "housing")}, None)
    one = found.not_heard[0]
    assert (one.value, one.heard, one.accounts) == ("old", 30, 1)
    assert one.hearing_capacity == pytest.approx(0.95)
    assert one.sentence.startswith("30 people of this group (age: old) were heard in 1 account: ")


def test_without_a_population_nothing_is_held_against_it() -> None:
    found = ranked(of_group("rent", 9, 20), None)
    assert (found.equity.representation, found.equity.unmatched) == ((), ())


def test_the_document_holds_every_row_and_what_did_not_match() -> None:
    said = {**of_group("rent", 9, 20), **of_group("own", 5, 80), **of_group("houseboat", 1, 7)}
    written = document(
        ranked(said, THREE),
        programme="",
        wave="",
        codebook_version="",
        quotes={},
        not_yet_read=0,
    )
    assert [(one["value"], one["ratio"]) for one in written["representation"]] == [
        ("rent", 0.4),
        ("own", 2.0),
        ("hostel", 0.0),
    ]
    assert written["not_matched"][0]["values"] == ["houseboat"]
