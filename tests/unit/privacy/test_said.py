from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.privacy.said import may_say, written
from listening.privacy.words import bag_of
from tests.growth import TOO_FAST, growth

_ONES = ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_NOUGHTS = st.sampled_from(["oh", "o", "zero", "nought"])
_BREAKS = st.sampled_from([" ", " ", " ", ", ", " um ", " er ", " then ", ", yeah "])


@st.composite
def spoken(draw: st.DrawFn, digits: str) -> str:
    """Digits as somebody might say them: doubles, hundreds, fillers, and some of them written."""
    said, i = "", 0
    while i < len(digits):
        same = len(digits[i:]) - len(digits[i:].lstrip(digits[i]))
        word = draw(_NOUGHTS) if digits[i] == "0" else _ONES[int(digits[i])]
        step = 1
        if same >= 3 and draw(st.booleans()):
            word, step = f"{draw(st.sampled_from(['triple', 'treble']))} {word}", 3
        elif same >= 2 and draw(st.booleans()):
            word, step = f"double {word}", 2
        elif digits[i] != "0" and digits[i + 1 : i + 3] == "00" and draw(st.booleans()):
            word, step = f"{word} hundred", 3
        elif draw(st.integers(0, 5)) == 0:
            word = digits[i]
        i += step
        said += word + (draw(_BREAKS) if i < len(digits) else "")
    return said


_MOBILE = st.from_regex(r"077009[0-9]{5}", fullmatch=True)
_MIXED = st.text("abo oh17,. -/double thirty as in zed nought hundred and é£%\n", max_size=80)


@pytest.mark.parametrize(
    ("said", "paper"),
    [
        ("it's oh seven seven double oh, nine hundred um one two three", "it's 07700900123"),
        ("N E one four L P", "NE14LP"),
        ("bee ess five six ex ex", "BS56XX"),
        ("D as in dog, B for bravo, four one seven", "DB417"),
        ("double you are five three nine kay jay", "WR539KJ"),
        ("H B R slash two four slash one oh nine", "HBR/24/109"),
        ("one hundred and twelve Pell Street", "112 Pell Street"),
        ("forty-four Pell Street", "44 Pell Street"),
        ("0 double 7 double 0 9 double 0 4 1 7", "07700900417"),
        ("077 00 90 02 88", "07700900288"),
        ("ls 9 7 td", "LS97TD"),
        ("F N 4 4 P X o", "FN44PXO"),
    ],
)
def test_what_is_said_becomes_what_would_be_on_paper(said: str, paper: str) -> None:
    assert written(said).text == paper


@pytest.mark.parametrize(
    "said",
    [
        "no one came and a friend of mine left",
        "it costs £4 or 4.5 million pounds, 50% of it",
        "five thousand people and forty five thousand more",
        "the 36, 42 or 49",
        "in 2008, 2009 and 2010",
        "",
    ],
)
def test_ordinary_words_amounts_and_lists_are_left_as_they_are(said: str) -> None:
    view = written(said)
    assert view.codes == []
    assert view.text.replace("1", "one") == said.replace("1", "one")


def test_somebody_who_counts_says_no_code() -> None:
    assert written("one two three four five six seven eight nine ten").codes == []
    assert written("five four three two one").codes == []


@given(_MOBILE.flatmap(lambda digits: st.tuples(st.just(digits), spoken(digits))))
def test_any_way_of_saying_a_number_gives_its_digits_and_its_place(pair: tuple[str, str]) -> None:
    digits, said = pair
    text = f"ring me on {said} please"
    assert may_say(text, bag_of(text))
    (code,) = written(text).codes
    assert code.chars == digits
    assert text[code.start : code.end] == said


@given(_MIXED)
def test_nothing_but_what_was_rewritten_differs(text: str) -> None:
    view = written(text)
    rebuilt, last = "", 0
    for new_start, new_end, start, end in view.pieces:
        assert last <= start < end
        one = any(
            code.start < start and last > code.start and end <= code.end for code in view.codes
        )
        rebuilt += "" if one else text[last:start]
        rebuilt += view.text[new_start:new_end]
        last = end
    assert rebuilt + text[last:] == view.text


@given(_MIXED, st.integers(0, 80), st.integers(1, 20))
def test_any_range_of_the_new_text_lies_somewhere_in_the_old_one(
    text: str, start: int, size: int
) -> None:
    view = written(text)
    end = min(start + size, len(view.text))
    place = view.back(start, end) if start < end else None
    if place:
        assert 0 <= place[0] < place[1] <= len(text)
        touched = [p for p in view.pieces if p[0] < end and start < p[1]]
        assert all(place[0] <= p[2] and p[3] <= place[1] for p in touched)


@given(_MIXED)
def test_a_code_has_signs_and_begins_and_ends_with_no_blank(text: str) -> None:
    view = written(text)
    for code in view.codes:
        assert code.chars
        assert text[code.start : code.end].strip() == text[code.start : code.end]


@pytest.mark.parametrize(
    "text", ["seven " * 4_000, "a b c d " * 2_500, "double " * 3_000, "um seven " * 2_500]
)
def test_no_long_text_makes_reading_slow(text: str) -> None:
    assert growth(written, text) < TOO_FAST
