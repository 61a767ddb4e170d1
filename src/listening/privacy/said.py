"""Turns numbers and codes that are said aloud into what they would be on paper, offsets kept.

"oh seven seven double oh um nine hundred one two three" becomes "07700900123", "N E one four L P"
"NE14LP" and "one hundred and twelve Pell Street" "112 Pell Street", so that what knows the shapes
of identifiers needs to know one way of writing them. Nothing is decided here about what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import ORDINARY, Bag

_ONES = "zero one two three four five six seven eight nine".split()
_DIGIT_OF = {word: str(i) for i, word in enumerate(_ONES)} | dict.fromkeys(
    ["oh", "o", "nought", "naught", "nil"], "0"
)
_TEEN_OF = {
    word: str(10 + i)
    for i, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TEN_OF = {
    word: str(20 + 10 * i)
    for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
} | {"fourty": "40", "ninty": "90"}
_TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
#: What letters are called; the second kind are ordinary words too.
_NATO_WORDS = """
alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november
oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu
"""
_NAMES = dict(
    zip(
        "bcdfghjklmnpqrstvxz",
        "bee cee dee eff gee aitch jay kay el em en pee queue ar ess tee vee ex zed".split(),
        strict=True,
    )
)
_LETTER_OF = (
    {word: word[0] for word in _NATO_WORDS.split()}
    | {name: letter for letter, name in _NAMES.items()}
    | {"haitch": "h", "cue": "q", "ell": "l", "ecks": "x", "wye": "y", "zee": "z"}
)
_WORDY_OF = {
    "see": "c",
    "sea": "c",
    "are": "r",
    "you": "u",
    "why": "y",
    "tea": "t",
    "be": "b",
    "ee": "e",
}
_SIGN_OF = {"slash": "/", "stroke": "/", "dash": "-", "hyphen": "-"}
_FILLING_WORDS = """
um umm er erm err uh ah eh hmm mm then yeah yes so sorry like right ok okay wait no space capital
small lower upper case letter again i think hang on that's it's its is
"""
_FILLING = frozenset(_FILLING_WORDS.split())
#: Said in the middle of a number only by somebody who is reading it out.
_HESITATING = _FILLING - {"is", "it's", "its", "that's", "no", "like", "right", "on", "i"}
#: Capitals before a number that are no part of it but say what it is.
_NO_PREFIX = frozenset(
    "nhs ni nino pip uc gp dob id no ref reg tel uk pin crn mrn urn cad esa dla mot dvla uc"
    " dwp a i my the is and am pm to at on it in of".split()
)
_UNITS = frozenset("am pm st nd rd th km kg mg ml cm mm mph hrs hr mins min gb mb tv uk us".split())
_MOST_FILLING, _LONGEST = 2, 40
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_GAP = re.compile(r"[ ]{1,2}|[ ]?[,;:…–-]{1,3}[ ]{0,2}|[.][ ]{1,2}|[.]{2,3}[ ]?|[ ][/][ ]")
_TELLING = re.compile(r"[ ](?:for|as in|like)[ ]([^\W\d_]{3,12})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = re.compile(r"(?=.{0,4}\d)(?=\d{0,4}[a-z])[a-z\d]{2,8}", re.IGNORECASE)
_ROAD = re.compile(r"[abmj]\d{1,4}|\d+", re.IGNORECASE)
_NO_CODE = re.compile(r"\d+(?:st|nd|rd|th|am|pm|k|m|p|g|s|ft|kg|mg|ml|cm|mm|km|x|hr|hrs|d)", re.I)
#: What in a text makes it worth a look: number words other than "one", or letters on their own.
_NUMBERS = frozenset([*_DIGIT_OF, *_TEEN_OF, *_TEN_OF, *_TIMES, "hundred"]) - {"one", "oh", "o"}
_APART = re.compile(r"\d[ ,.]{1,2}\d|\b[b-hj-zB-HJ-Z] [b-zB-Z\d]\b|\b[oO]h? [a-z\d]")


class Unit(NamedTuple):
    """One thing said of a number or a code.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        chars: what it would be on paper.
        weight: for how many things said one by one it counts; 0 for a number of several digits.
        weak: an ordinary word in other company ("a", "you").
    """

    start: int
    end: int
    chars: str
    weight: int
    weak: bool = False


class Stretch(NamedTuple):
    """Units in a row that are one code; `spelt` says that they were said one by one.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        chars: what it would be on paper, without blanks.
        spelt: for how many things said one by one it counts.
    """

    start: int
    end: int
    chars: str
    spelt: int

    @property
    def digits(self) -> int:
        return sum(map(str.isdigit, self.chars))

    @property
    def letters(self) -> int:
        return sum(map(str.isalpha, self.chars))


class View(NamedTuple):
    """A text with what was said in it written in digits and letters.

    Attributes:
        text: the new text.
        codes: its codes, by their places in the old text.
        pieces: what was rewritten: where it begins and ends in the new text and in the old one.
    """

    text: str
    codes: Sequence[Stretch]
    pieces: Sequence[tuple[int, int, int, int]]

    def back(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a range of the new text lies in the old one; None if nothing of it is new."""
        first, last = self._at(start), self._at(end - 1)
        touched = any(p[0] < end and start < p[1] for p in self.pieces[max(first, 0) : last + 1])
        if not touched:
            return None
        return self._old(start, first, 2), self._old(end - 1, last, 3) + 1

    def _at(self, position: int) -> int:
        return bisect_right(self.pieces, position, key=lambda piece: piece[0]) - 1

    def _old(self, position: int, i: int, side: int) -> int:
        if i < 0:
            return position
        piece = self.pieces[i]
        if position < piece[1]:
            return piece[side] - (side == 3)
        return position - piece[1] + piece[3]


def may_say(text: str, bag: Bag) -> bool:
    """Tell cheaply whether a number could be said aloud in `text`.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    return not bag.isdisjoint(_NUMBERS) or _APART.search(text) is not None


def written(text: str) -> View:
    """Return `text` with its spoken numbers and codes as they would be on paper."""
    pieces: list[tuple[int, int, int, int]] = []
    codes: list[Stretch] = []
    parts, size, last = [], 0, 0
    for units in _runs(text):
        run = _lettered(text, units)
        joined = _is_code(text, run)
        if joined:
            chars = "".join(unit.chars for unit in run)
            spelt = sum(unit.weight for unit in run)
            codes.append(Stretch(run[0].start, run[-1].end, chars, spelt))
        at = None
        for unit in run:
            said = unit.chars.upper() if joined and unit.chars.isalpha() else unit.chars
            if not joined and (unit.weak or unit.chars == text[unit.start : unit.end]):
                continue
            if not joined and unit.chars.isalpha():
                continue
            between = "" if joined and at is not None else text[last : unit.start]
            parts += [between, said]
            size += len(between)
            pieces.append((size, size + len(said), unit.start, unit.end))
            size += len(said)
            last = at = unit.end
    parts.append(text[last:])
    return View("".join(parts), codes, pieces)


def _runs(text: str) -> Iterator[list[Unit]]:
    """Yield the units of a text that stand together."""
    words = list(_WORD.finditer(text))
    run: list[Unit] = []
    i, skipped, certain = 0, 0, True
    while i < len(words):
        unit, used = _unit(text, words, i, bool(run))
        if unit is None:
            word = words[i].group().lower()
            filling = word in _FILLING and skipped < _MOST_FILLING
            if not run or not filling or not _joins(text, words[i - 1].end(), words[i].start()):
                yield from _whole(text, run)
                run, skipped = [], 0
            else:
                skipped += 1
                certain = certain and word in _HESITATING
            i += 1
            continue
        if run:
            near = _joins(text, words[i - 1].end(), unit.start) and len(run) < _LONGEST
            if not near or (skipped and not certain and not _goes_on(run, unit)):
                yield from _whole(text, run)
                run = []
        run.append(unit)
        skipped, certain = 0, True
        i += used
    yield from _whole(text, run)


def _lettered(text: str, run: list[Unit]) -> list[Unit]:
    """An "o" before a letter, or after one and before no digit, is a letter and no nought."""
    letter = [unit.chars.isalpha() and len(unit.chars) == 1 for unit in run] + [False]

    def is_letter(i: int) -> bool:
        if text[run[i].start : run[i].end].lower() != "o":
            return False
        return letter[i + 1] or (i > 0 and letter[i - 1] and i + 1 == len(run))

    return [u._replace(chars="o") if is_letter(i) else u for i, u in enumerate(run)]


def _goes_on(run: Sequence[Unit], unit: Unit) -> bool:
    """Whether a number goes on after a word that could as well end it: digits said one by one."""
    return len(run) > 2 and unit.weight == 1 and unit.chars.isdigit() and run[-1].weight == 1


def _joins(text: str, start: int, end: int) -> bool:
    return _GAP.fullmatch(text, start, end) is not None


def _whole(text: str, run: list[Unit]) -> Iterator[list[Unit]]:
    """Yield a run without the ordinary words and signs at its ends."""
    while run and (run[0].chars in "/-" or (run[0].weak and not _leads(run))):
        run = run[1:]
    while run and (run[-1].chars in "/-" or (run[-1].weak and not _closes(text, run[-1]))):
        run = run[:-1]
    if run:
        yield run


def _leads(run: Sequence[Unit]) -> bool:
    """Whether "a" or "e" before a code is its first letter: more letters or a digit word follow."""
    rest = [unit for unit in run[1:4] if unit.weight and not (unit.weak and unit.chars in "ai")]
    return len(rest) == 3


def _closes(text: str, unit: Unit) -> bool:
    return unit.chars == "a" and re.match(r"[ ]?(?:[.,;!?)\n]|$)", text[unit.end :]) is not None


def _unit(
    text: str, words: Sequence[re.Match[str]], i: int, within: bool
) -> tuple[Unit | None, int]:
    """Return what word i begins, and how many words that takes."""
    start, end = words[i].span()
    word = words[i].group()
    low = word.lower()
    if low in _TIMES:
        return _times(text, words, i, low)
    if low.isascii() and low.isdigit():
        money = text[max(0, start - 1) : start] in {"£", "$", "€"}
        part = re.match(r"%|[.,:/]\d", text[end : end + 2]) or re.search(
            r"\d[.,:/]$", text[max(0, start - 2) : start]
        )
        if money or part or len(low) > 11:
            return None, 1
        return Unit(start, end, low, int(len(low) == 1)), 1
    if low in _DIGIT_OF or low in _TEEN_OF or low in _TEN_OF:
        return _number(text, words, i)
    if len(low) == 1 and low.isascii():
        told = _TELLING.match(text, end)
        if told and told[1].lower().startswith(low):
            used = 1 + len(told[0].split())
            return Unit(start, told.end(), low, 1), used
        return Unit(start, end, low, 1, low in "ai" and word == low or word == "I"), 1
    if low in _LETTER_OF:
        return Unit(
            start, end, _LETTER_OF[low], 1, low in {"em", "en", "mike", "charlie"} and not within
        ), 1
    if low in _WORDY_OF and within:
        return Unit(start, end, _WORDY_OF[low], 1, True), 1
    if low in _SIGN_OF and within:
        return Unit(start, end, _SIGN_OF[low], 0), 1
    upper = word.isupper() and 2 <= len(word) <= 4
    if low not in _NO_PREFIX and (upper or _is_short(low) or _is_no_word(text, words, i)):
        return Unit(start, end, low, 1), 1
    return None, 1


def _is_short(word: str) -> bool:
    """Whether a word holds letters and digits, as codes do: "wx70"."""
    return _SHORT.fullmatch(word) is not None and _NO_CODE.fullmatch(word) is None


def _is_no_word(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a few letters before or after a digit are no word: "ls 9 7 td"."""
    low = words[i].group().lower()
    known = ORDINARY if len(low) == 2 else gazetteer().words
    if not (low.isalpha() and 2 <= len(low) <= 3) or low in known or low in _UNITS:
        return False
    around = text[max(0, words[i].start() - 2) : words[i].start()] + text[words[i].end() :][:2]
    return any(map(str.isdigit, around))


def _times(text: str, words: Sequence[re.Match[str]], i: int, low: str) -> tuple[Unit | None, int]:
    """ "double oh", "triple 5"; "double you" is a letter."""
    if i + 1 >= len(words) or text[words[i].end() : words[i + 1].start()] not in {" ", "-"}:
        return None, 1
    after, end = words[i + 1].group().lower(), words[i + 1].end()
    if low == "double" and after in {"you", "u"}:
        return Unit(words[i].start(), end, "w", 1), 2
    one = _DIGIT_OF.get(after, after if len(after) == 1 else "")
    if not one:
        return None, 1
    return Unit(words[i].start(), end, one * _TIMES[low], _TIMES[low], after in {"a", "i"}), 2


def _number(text: str, words: Sequence[re.Match[str]], i: int) -> tuple[Unit | None, int]:
    """A number in words: "seven", "forty-four", "nine hundred", "one hundred and twelve"."""

    def low(k: int) -> str:
        joined = k < len(words) and text[words[k - 1].end() : words[k].start()] in {" ", "-"}
        return words[k].group().lower() if joined else ""

    start, word = words[i].start(), words[i].group().lower()
    tens, used = _below_hundred(word, low(i + 1))
    if low(i + used) == "hundred" and used == 1:
        used += 1
        rest = "00"
        if low(i + used) == "and" and low(i + used + 1):
            rest, more = _below_hundred(low(i + used + 1), low(i + used + 2))
            used += 1 + more if rest else 0
            rest = rest.rjust(2, "0")
        tens += rest or "00"
        if low(i + used) in {"thousand", "million", "grand"}:
            return None, used + 1
        return Unit(start, words[i + used - 1].end(), tens, 0), used
    if low(i + used) in {"thousand", "million", "billion", "grand"}:
        return None, used + 1
    return Unit(start, words[i + used - 1].end(), tens, int(len(tens) == 1)), used


def _below_hundred(word: str, after: str) -> tuple[str, int]:
    if word in _TEN_OF:
        one = _DIGIT_OF.get(after, "0") if after in _ONES[1:] else "0"
        return _TEN_OF[word][0] + one, 1 + (one != "0")
    return _DIGIT_OF.get(word) or _TEEN_OF.get(word, ""), 1


def _is_code(text: str, run: Sequence[Unit]) -> bool:
    """Whether units in a row are one code, and no list of numbers, years or times."""
    chars = "".join(unit.chars for unit in run)
    digits = sum(map(str.isdigit, chars))
    if len(run) < 2 or not digits or _counts(run):
        return False
    weight, last = sum(unit.weight for unit in run), run[-1]
    if weight >= 4:
        return True
    lettered = last.weight == 1 and last.chars.isalpha()  # "QQ 77 11 04, D"
    commas = "," in text[run[0].start : (run[-2].end if lettered else last.end)]
    if weight == 3 and not commas:
        return True
    if 2 <= len(chars) - digits and digits >= 2 and len(chars) >= 5 and not commas:
        return not all(_ROAD.fullmatch(unit.chars) for unit in run)
    years = any(_YEAR.fullmatch(unit.chars) for unit in run)
    return digits >= 9 and not commas and not years and digits == len(chars)


def _counts(run: Sequence[Unit]) -> bool:
    """Whether somebody counts: "one two three four", "5 4 3 2 1"."""
    if any(not unit.chars.isdigit() for unit in run):
        return False
    numbers = [int(unit.chars) for unit in run]
    steps = {b - a for a, b in zip(numbers, numbers[1:], strict=False)}
    return steps in ({1}, {-1}, {10}, {-10})
