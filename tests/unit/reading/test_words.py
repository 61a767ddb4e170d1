"""Finding by words: all of them, phrases, case and accents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from listening.reading.words import by_words, query, words_of

TEXTS = (
    "The CAFÉ by the canal has shut",
    "No lift: the stairs are too much for Nan",
    "The stairs are dark, and the lift doesn’t come",
    "আমার বাসায় পানি পড়ে",
)


def found(asked: str) -> list[int]:
    return np.flatnonzero(by_words(TEXTS, query(asked))).tolist()


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("cafe", [0]),
        ("Café CANAL", [0]),
        ("stairs lift", [1, 2]),
        ('"the stairs are too"', [1]),
        ("“stairs are dark” lift", [2]),
        ("doesn't", [2]),
        ("stair", []),
        ("lift canal", []),
        ("পানি", [3]),
        ("", []),
        ('""', []),
    ],
)
def test_all_words_and_phrases_must_stand_in_a_text(asked: str, places: list[int]) -> None:
    assert found(asked) == places


def test_a_text_that_says_little_else_comes_before_one_that_says_much_else() -> None:
    shares = by_words(["the lift", "the lift and a great many other things"], query("lift"))
    assert shares[0] > shares[1] > 0


@example("℠")
@given(st.text())
def test_every_text_is_found_by_its_own_words_in_any_case(text: str) -> None:
    words = words_of(text)
    shares = by_words([text], query(" ".join(words)))
    assert bool(shares[0] > 0) == bool(words)


@given(st.text(max_size=80))
def test_anything_can_be_asked(asked: str) -> None:
    assert all(run and all(run) for run in query(asked).runs)
