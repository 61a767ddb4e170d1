"""What may be told of one count by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.disclosure import cells, certainty
from listening.disclosure.profiles import PROFILES, profile
from listening.errors import ListeningError

NAMES = st.sampled_from(sorted(PROFILES))


@given(st.integers(10, 3_000), st.floats(0, 1), NAMES)
def test_what_is_told_of_a_count_holds_the_count(of: int, share: float, name: str) -> None:
    people = round(share * of)
    told = cells.count(people, of, PROFILES[name])
    assert told.low <= people <= told.high


@given(st.integers(10, 3_000), st.floats(0, 1), NAMES)
def test_no_told_count_leaves_fewer_people_or_others_than_the_threshold(
    of: int, share: float, name: str
) -> None:
    told = cells.count(round(share * of), of, PROFILES[name])
    if told.value is not None:
        assert told.low >= PROFILES[name].threshold
        assert of - told.high >= PROFILES[name].threshold


@given(st.integers(10, 49), NAMES)
def test_words_cover_all_safe_counts_once_and_each_as_many_as_the_threshold(
    of: int, name: str
) -> None:
    t = PROFILES[name].threshold
    words = cells.bands(of, t)
    covered = [n for _, low, high in words for n in range(low, high + 1)]
    assert covered == (list(range(t, of - t + 1)) if words else [])
    assert all(high - low + 1 >= t for _, low, high in words)


def test_the_words_of_39_people_are_quarters_cut_at_five() -> None:
    assert cells.bands(39, 5) == [
        ("a few", 5, 9), ("some", 10, 19), ("many", 20, 29), ("most", 30, 34),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("people", "of", "name", "value", "zone"),
    [
        (4, 200, "standard", None, "low"),
        (0, 200, "standard", None, "low"),
        (5, 200, "standard", 5, ""),
        (7, 200, "hes", None, "low"),
        (8, 200, "hes", 10, ""),
        (9, 200, "ons", None, "low"),
        (197, 200, "standard", None, "high"),
        (200, 200, "standard", None, "high"),
        (5, 11, "standard", None, "small"),
        (5, 9, "standard", None, "small"),
        (20, 39, "standard", "many", ""),
    ],
)
def test_a_count_is_told_as_its_profile_says(
    people: int, of: int, name: str, value: object, zone: str
) -> None:
    told = cells.count(people, of, PROFILES[name])
    assert (told.value, told.zone) == (value, zone)


def test_nobody_is_told_apart_from_a_few_only_where_a_few_is_wide_enough() -> None:
    assert cells.size(0, PROFILES["standard"]).value == 0
    assert cells.size(0, PROFILES["ons"]).value == "fewer than 10"
    assert cells.size(9, PROFILES["hes"]).value == "fewer than 10"
    assert cells.size(12, PROFILES["hes"]).value == 10


def test_an_unknown_profile_is_refused_with_those_there_are() -> None:
    with pytest.raises(ListeningError, match="standard, hes, ons"):
        profile("strict")


@given(st.floats(0, 1), st.integers(0, 2))
def test_a_chance_lies_among_those_that_are_told_alike(chance: float, level: int) -> None:
    low, high = certainty.between(chance, level)
    assert low <= certainty.inside(chance) <= high
    if level == certainty.STEPS:
        told = certainty.told(chance, level)
        assert isinstance(told, float)
        assert abs(told - chance) <= 0.0251
