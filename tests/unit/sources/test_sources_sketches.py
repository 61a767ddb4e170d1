"""The same talk is known in a file of another kind, and another talk is not."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import samples

from listening.records import ReadOptions
from listening.sources import Sketch, Talks, heard, is_copy, merged, read, same_talk, sketch
from listening.sources.sketches import FEWEST_RUNS, KEPT, contained

LONG = (
    ("Interviewer", "What would help you and the people on your street to thrive around here?"),
    ("Resident", "A dry room near the lane, a light that works, and help that comes."),
    ("Interviewer", "And what would help the children who grow up in these blocks?"),
    ("Resident", "Somewhere safe to play after school, away from the road, under a roof."),
)  # fmt: skip
WORDS = [f"word{n}" for n in range(2_000)]
SECRET = b"of one vault"


def made(start: int, many: int, secret: bytes = SECRET) -> Sketch:
    return sketch(WORDS[start : start + many], secret)


@pytest.mark.parametrize("kind", [".txt", ".docx", ".odt", ".rtf", ".pdf", ".vtt", ".srt"])
def test_the_same_talk_in_another_kind_of_file_is_the_same_talk(kind: str) -> None:
    files = samples(LONG)
    first = heard(read("a.md", files[".txt"], ReadOptions(), None), SECRET)
    other = heard(read(f"b{kind}", files[kind], ReadOptions(), None), SECRET)
    assert is_copy(first.whole, other.whole)
    assert same_talk(first.people["Resident"], other.people["Resident"])
    assert not same_talk(first.people["Resident"], other.others)


def test_of_a_table_each_row_with_a_long_answer_has_a_sketch_of_its_own() -> None:
    short, long = "Cheaper buses.", " ".join(WORDS[:30])
    table = f"Response ID,What would help you?\nR1,{short}\nR2,{long}\n".encode()
    told = heard(read("survey.csv", table, ReadOptions(), None), SECRET)
    assert list(told.people) == ["R2"]
    assert told.people["R2"] == made(0, 30)


def test_whoever_has_not_the_secret_cannot_try_words() -> None:
    assert set(made(0, 500)).isdisjoint(made(0, 500, b"of another vault"))


@given(st.integers(0, 2_000))
def test_a_sketch_holds_few_values_in_order_and_none_of_too_short_a_talk(many: int) -> None:
    found = made(0, many)
    assert len(found) == (min(many - 2, KEPT) if many - 2 >= FEWEST_RUNS else 0)
    assert list(found) == sorted(set(found))
    assert all(re.fullmatch("[0-9a-f]{16}", value) for value in found)


@given(st.integers(50, 400), st.integers(1, 40))
def test_where_turns_begin_and_how_words_are_set_does_not_matter(count: int, size: int) -> None:
    words = WORDS[:count]
    turns = [", ".join(words[at : at + size]).upper() for at in range(0, count, size)]
    assert sketch(turns, SECRET) == sketch(words, SECRET)


@given(st.permutations([made(0, 300), made(250, 100), made(900, 40), ()]))
def test_talks_put_together_are_the_same_in_any_order(parts: list[Sketch]) -> None:
    assert merged(parts) == merged([made(0, 300), made(250, 100), made(900, 40)])


@given(st.integers(100, 1_000), st.integers(0, 1_000), st.integers(100, 1_000))
def test_what_is_held_in_common_is_told_near_the_truth(one: int, start: int, other: int) -> None:
    both = max(0, min(one, start + other) - start - 2)
    first, second = made(0, one), made(start, other)
    compared = KEPT * min(1, (one - 2) / (other - 2)) * 0.6
    room = 4.5 * 0.5 / compared**0.5 + 0.02
    told = contained(first, second)
    assert told == 0 or abs(told - both / (one - 2)) <= room
    assert same_talk(first, second) == same_talk(second, first)


@pytest.mark.parametrize(("changed", "same"), [(0, True), (40, True), (200, True), (1_000, False)])
def test_lightly_mended_it_is_the_same_and_rewritten_it_is_not(changed: int, same: bool) -> None:
    step = len(WORDS) // changed if changed else len(WORDS) + 1
    mended = [f"new{n}" if n % step == step - 1 else word for n, word in enumerate(WORDS)]
    assert same_talk(sketch(WORDS, SECRET), sketch(mended, SECRET)) is same


def test_a_file_with_much_more_in_it_is_no_copy_of_the_one_before() -> None:
    assert is_copy(made(0, 1_000), made(0, 1_100))
    assert is_copy(made(0, 500), made(0, 1_000))
    assert not is_copy(made(0, 1_000), made(0, 500))


@given(st.lists(st.sampled_from(["Housing.", "the", "bus", "é", ""]), max_size=21))
def test_short_talks_are_never_the_same(said: list[str]) -> None:
    assert not same_talk(sketch(said, SECRET), sketch(said, SECRET))


def test_among_many_talks_only_the_same_are_found() -> None:
    many = Talks({str(start): made(start, 120) for start in range(0, 1_800, 110)})
    assert many.same(made(440, 120)) == ["440"]
    assert many.same(made(1_990, 10)) == []


@pytest.mark.real_data
def test_of_real_interviews_only_those_given_twice_are_the_same(real_data: Path) -> None:
    files = sorted((real_data / "western_sydney").glob("*_*.[tp]*"))
    said = {
        file: heard(read(file.name, file.read_bytes(), ReadOptions(), None), SECRET).whole
        for file in files
    }
    copies = [p for p in itertools.combinations(files, 2) if is_copy(said[p[0]], said[p[1]])]
    assert len(copies) == 2
    assert {frozenset(file.suffix for file in pair) for pair in copies} == {
        frozenset({".pdf", ".txt"})
    }
