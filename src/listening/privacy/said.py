"""Turns numbers and codes that are said aloud into what they would be on paper, offsets kept.

"oh seven seven double oh um nine hundred one two three" becomes "07700900123", "N E one four L P"
"NE14LP" and "one hundred and twelve Pell Street" "112 Pell Street", so that what knows the shapes
of identifiers needs to know one way of writing them. Nothing is decided here about what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from listening.privacy.units import NUMBER_WORDS, Unit, unit_at
from listening.privacy.words import Bag

_FILLING_WORDS = """
um umm er erm err uh ah eh hmm mm then yeah yes so sorry like right ok okay wait no space capital
small lower upper case letter again i think hang on that's it's its is
"""
_FILLING = frozenset(_FILLING_WORDS.split())
#: Said in the middle of a number only by somebody who is reading it out.
_HESITATING = _FILLING - {"is", "it's", "its", "that's", "no", "like", "right", "on", "i"}
_MOST_FILLING, _LONGEST = 2, 40
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_GAP = re.compile(r"[ ]{1,2}|[ ]?[,;:…–-]{1,3}[ ]{0,2}|[.][ ]{1,2}|[.]{2,3}[ ]?|[ ][/][ ]")
_CLAUSE_ENDS = re.compile(r"[ ]?(?:[.,;!?)\n]|$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROAD = re.compile(r"[abmj]\d{1,4}|\d+", re.IGNORECASE)
#: Letters and digits on their own make a text worth a look.
_APART = re.compile(r"\d[ ,.]{1,2}\d|\b[b-hj-zB-HJ-Z] [b-zB-Z\d]\b|\b[oO]h? [a-z\d]")


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
        """How many digits it has."""
        return sum(map(str.isdigit, self.chars))

    @property
    def letters(self) -> int:
        """How many letters it has."""
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
        """Return where a range of the new text lies in the old one; None if none of it is new."""
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
    return not bag.isdisjoint(NUMBER_WORDS) or _APART.search(text) is not None


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
        word = words[i].group().lower()
        capitals = words[i].group().isupper()  # "EH 6" is no hesitation
        filler = word in _FILLING and len(word) > 1 and not capitals
        unit, used = (None, 1) if filler else unit_at(text, words, i, bool(run))
        if unit is None:
            filling = filler and skipped < _MOST_FILLING
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
    return unit.chars == "a" and _CLAUSE_ENDS.match(text, unit.end) is not None


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
    if len(chars) - digits >= 2 and digits >= 2 and len(chars) >= 5 and not commas:
        return not all(_ROAD.fullmatch(unit.chars) for unit in run)
    years = any(_YEAR.fullmatch(unit.chars) for unit in run)
    return digits >= 9 and not commas and not years and digits == len(chars)


def _counts(run: Sequence[Unit]) -> bool:
    """Whether somebody counts: "one two three four", "5 4 3 2 1"."""
    if any(not unit.chars.isdigit() for unit in run):
        return False
    numbers = [int(unit.chars) for unit in run]
    steps = {b - a for a, b in pairwise(numbers)}
    return steps in ({1}, {-1}, {10}, {-10})
