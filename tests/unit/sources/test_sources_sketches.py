"""The same talk is known in a file of another kind, and another talk is not."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import samples

from listening.records import ReadOptions
from listening.sources import is_copy, read
from listening.sources.sketches import sketch

LONG = (
    ("Interviewer", "What would help you and the people on your street to thrive around here?"),
    ("Resident", "A dry room near the lane, a light that works, and help that comes."),
    ("Interviewer", "And what would help the children who grow up in these blocks?"),
    ("Resident", "Somewhere safe to play after school, away from the road, under a roof."),
)  # fmt: skip
WORDS = [f"word{n}" for n in range(2_000)]


@pytest.mark.parametrize("kind", [".txt", ".docx", ".odt", ".rtf", ".pdf", ".vtt", ".srt"])
def test_the_same_talk_in_another_kind_of_file_is_a_copy(kind: str) -> None:
    made = samples(LONG)
    first = read("a.md", made[".txt"], ReadOptions(), None)
    other = read(f"b{kind}", made[kind], ReadOptions(), None)
    assert is_copy(first.sketch, other.sketch)


def test_the_same_words_by_others_are_no_copy() -> None:
    assert not is_copy(sketch(WORDS, {"a", "b"}), sketch(WORDS, {"a", "c"}))


@pytest.mark.parametrize(("changed", "copy"), [(0, True), (4, True), (60, False), (500, False)])
def test_a_few_mended_words_leave_it_a_copy_and_many_do_not(changed: int, copy: bool) -> None:
    step = len(WORDS) // changed if changed else len(WORDS) + 1
    mended = [f"new{n}" if n % step == step - 1 else word for n, word in enumerate(WORDS)]
    assert is_copy(sketch(WORDS, ()), sketch(mended, ())) is copy


@given(st.lists(st.sampled_from(["Housing.", "the", "bus", "é", ""]), max_size=49))
def test_short_talks_are_never_copies_of_each_other(said: list[str]) -> None:
    assert not is_copy(sketch(said, ()), sketch(said, ()))


@given(st.integers(50, 400), st.integers(1, 40))
def test_where_turns_begin_does_not_matter(count: int, size: int) -> None:
    words = WORDS[:count]
    turns = [" ".join(words[at : at + size]).upper() for at in range(0, count, size)]
    assert sketch(turns, ()) == sketch(words, ())


@pytest.mark.real_data
def test_of_real_interviews_only_those_given_twice_are_copies(real_data: Path) -> None:
    files = sorted((real_data / "western_sydney").glob("*_*.[tp]*"))
    said = {file: read(file.name, file.read_bytes(), ReadOptions(), None).sketch for file in files}
    found = {
        frozenset(file.suffix for file in pair)
        for pair in itertools.combinations(files, 2)
        if is_copy(said[pair[0]], said[pair[1]])
    }
    copies = [p for p in itertools.combinations(files, 2) if is_copy(said[p[0]], said[p[1]])]
    assert len(copies) == 2
    assert found == {frozenset({".pdf", ".txt"})}
