"""What one word or a few say of a number or a code: a digit, a number, a letter, a sign.

"double oh", "forty-four", "one hundred and twelve", "D as in dog", "tango", "slash".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import ORDINARY

_ONES_WORDS = "zero one two three four five six seven eight nine"
_TEENS_WORDS = """
ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: str(i) for i, word in enumerate(_ONES_WORDS.split())}
_DIGITS = _ONES | dict.fromkeys(["oh", "o", "nought", "naught", "nil"], "0")
_TEENS = {word: str(10 + i) for i, word in enumerate(_TEENS_WORDS.split())}
_TENS = {word: str(20 + 10 * i) for i, word in enumerate(_TENS_WORDS.split())}
_TENS |= {"fourty": "40", "ninty": "90"}
_TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
#: Numbers of these are amounts.
_LARGE = frozenset(["thousand", "million", "billion", "grand"])
_NATO_WORDS = """
alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november
oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu
"""
#: How letters are written that are called by their names; then those that are words too.
_CALLED_WORDS = """
b-bee c-cee d-dee f-eff g-gee h-aitch h-haitch j-jay k-kay l-el l-ell m-em n-en p-pee q-queue q-cue
r-ar s-ess t-tee v-vee x-ex x-ecks y-wye z-zed z-zee
"""
_WORDY_WORDS = "c-see c-sea r-are u-you y-why t-tea b-be e-ee"
_LETTERS = {word: word[0] for word in _NATO_WORDS.split()}
_LETTERS |= {pair[2:]: pair[0] for pair in _CALLED_WORDS.split()}
_WORDY = {pair[2:]: pair[0] for pair in _WORDY_WORDS.split()}
#: Names of letters that are other things as well, where no code has begun.
_OTHERWISE = frozenset(["em", "en", "mike", "charlie"])
_SIGNS = {"slash": "/", "stroke": "/", "dash": "-", "hyphen": "-"}
#: Letters before a number that are no part of it but say what it is.
_NO_PREFIX_WORDS = """
nhs ni nino pip uc gp dob id no ref reg tel uk pin crn mrn urn cad esa dla mot dvla dwp a i my the
is and am pm to at on it in of
"""
_NO_PREFIX = frozenset(_NO_PREFIX_WORDS.split())
_MEASURES_WORDS = """
am pm st nd rd th km kg mg ml cm mm mph hrs hr mins min gb mb tv uk us
"""
_MEASURES = frozenset(_MEASURES_WORDS.split())
_TELLING = re.compile(r"[ ](?:for|as in|like)[ ]([^\W\d_]{3,12})\b", re.IGNORECASE)
_SHORT = re.compile(r"(?=.{0,4}\d)(?=\d{0,4}[a-z])[a-z\d]{2,8}", re.IGNORECASE)
_NO_CODE = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|k|m|p|g|s|ft|kg|mg|ml|cm|mm|km|x|hr|hrs|d)", re.IGNORECASE
)
#: A part of a larger number: "4.5", "8:30", "50%".
_PART_BEFORE, _PART_AFTER = re.compile(r"\d[.,:/]$"), re.compile(r"%|[.,:/]\d")
_LONGEST = 11
#: Words that say that a number could be said aloud.
NUMBER_WORDS = frozenset([*_DIGITS, *_TEENS, *_TENS, *_TIMES, "hundred"]) - {"one", "oh", "o"}


class Unit(NamedTuple):
    """One thing said of a number or a code.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        chars: what it would be on paper, in small letters.
        weight: for how many things said one by one it counts; 0 for a number of several digits.
        weak: an ordinary word in other company ("a", "you").
    """

    start: int
    end: int
    chars: str
    weight: int
    weak: bool = False


Words = Sequence[re.Match[str]]


def unit_at(text: str, words: Words, i: int, within: bool) -> tuple[Unit | None, int]:
    """Return what word i begins, and how many words that takes.

    Args:
        text: the text.
        words: its words.
        i: number of the first word.
        within: whether a code has begun, so that an ordinary word may be a letter's name.
    """
    word = words[i].group()
    low = word.lower()
    if low in _TIMES:
        return _times(text, words, i)
    if low in _DIGITS or low in _TEENS or low in _TENS:
        return _number(text, words, i)
    if low.isascii() and low.isdigit():
        return _digits(text, words[i]), 1
    if len(low) == 1 and low.isascii():
        return _letter(text, words[i])
    return _word(text, words[i], within), 1


def _digits(text: str, word: re.Match[str]) -> Unit | None:
    """Digits as they are written, unless they are money or a part of a number."""
    start, end = word.span()
    money = text[max(0, start - 1) : start] in {"£", "$", "€"}
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if money or _PART_BEFORE.search(before) or _PART_AFTER.match(after) or end - start > _LONGEST:
        return None
    return Unit(start, end, word.group(), int(end - start == 1))


def _letter(text: str, word: re.Match[str]) -> tuple[Unit, int]:
    """A letter by itself, perhaps with a word that tells it: "D as in dog"."""
    start, end = word.span()
    low = word.group().lower()
    told = _TELLING.match(text, end)
    if told and told[1].lower().startswith(low):
        return Unit(start, told.end(), low, 2), 1 + len(told[0].split())
    return Unit(start, end, low, 1, word.group() in {"a", "i", "I"}), 1


def _word(text: str, word: re.Match[str], within: bool) -> Unit | None:
    """A letter's name, a sign, or a few letters or digits written together."""
    start, end = word.span()
    written = word.group()
    low = written.lower()
    if low in _LETTERS:
        return Unit(start, end, _LETTERS[low], 1, low in _OTHERWISE and not within)
    if within and low in _WORDY:
        return Unit(start, end, _WORDY[low], 1, True)
    if within and low in _SIGNS:
        return Unit(start, end, _SIGNS[low], 0)
    upper = written.isupper() and 2 <= len(written) <= 4
    mixed = _SHORT.fullmatch(low) is not None and _NO_CODE.fullmatch(low) is None
    if low not in _NO_PREFIX and (upper or mixed or _is_no_word(text, word)):
        return Unit(start, end, low, 1)
    return None


def _is_no_word(text: str, word: re.Match[str]) -> bool:
    """Whether a few letters before or after a digit are no word: "ls 9 7 td"."""
    low = word.group().lower()
    known = ORDINARY if len(low) == 2 else gazetteer().words
    if not (low.isalpha() and 2 <= len(low) <= 3) or low in known or low in _MEASURES:
        return False
    around = text[max(0, word.start() - 2) : word.start()] + text[word.end() : word.end() + 2]
    return any(map(str.isdigit, around))


def _times(text: str, words: Words, i: int) -> tuple[Unit | None, int]:
    """Something said twice or oftener: "double oh"; "double you" is a letter."""
    after = _after(text, words, i + 1)
    one = _DIGITS.get(after, after if len(after) == 1 else "")
    start, times = words[i].start(), _TIMES[words[i].group().lower()]
    if times == 2 and after in {"you", "u"}:
        return Unit(start, words[i + 1].end(), "w", 1), 2
    if not one:
        return None, 1
    return Unit(start, words[i + 1].end(), one * times, times, one in {"a", "i"}), 2


def _number(text: str, words: Words, i: int) -> tuple[Unit | None, int]:
    """A number in words: "seven", "forty-four", "nine hundred", "one hundred and twelve"."""
    first = words[i].group().lower()
    said, used = _below_hundred(first, _after(text, words, i + 1))
    weight = int(len(said) == 1)
    if _after(text, words, i + used) == "hundred" and used == 1:
        rest, more = "", 0
        if _after(text, words, i + 2) == "and":
            third, fourth = _after(text, words, i + 3), _after(text, words, i + 4)
            rest, more = _below_hundred(third, fourth)
        used = 3 + more if rest else 2
        said, weight = said + rest.rjust(2, "0"), 0
    if _after(text, words, i + used) in _LARGE:
        return None, 1
    return Unit(words[i].start(), words[i + used - 1].end(), said, weight), used


def _below_hundred(word: str, after: str) -> tuple[str, int]:
    """Return a number below a hundred and how many words it takes; nothing if it is none."""
    if word in _TENS:
        one = _ONES.get(after, "0")
        return _TENS[word][0] + one, 1 + (one != "0")
    return _DIGITS.get(word) or _TEENS.get(word, ""), 1


def _after(text: str, words: Words, i: int) -> str:
    """Return word i in small letters where only a blank or a hyphen stands before it."""
    if i >= len(words) or text[words[i - 1].end() : words[i].start()] not in {" ", "-"}:
        return ""
    return words[i].group().lower()
