"""What in a quote may say who spoke: flags for the person who signs it off, and no verdict.

Names and places that were found are gone already. What is left is told by circumstances: a number,
a day, a family, a trade, an illness, an event that a neighbour or a newspaper knows of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from listening.disclosure import telling_words as words

#: kinds, in the order of how much they say: where two overlap, the earlier keeps the words
KINDS = (
    "age", "family", "date", "health", "origin", "event", "work", "only", "number", "name",
)  # fmt: skip
#: shorter words, and how many people a material needs before a word of one of them says anything
SHORTEST, ENOUGH_PEOPLE = 5, 20
MOST_RARE = 6
#: what stands for something that was taken out
STAND_IN = re.compile(r"\[[^\[\]]*\]")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_COUNT = rf"(?:\d+|{words.COUNTS})"
_RULES: Mapping[str, re.Pattern[str]] = {
    "age": re.compile(
        r"\baged? \d+|\b\d+[\s-]?(?:year|month|week)s?[\s-]olds?\b|\b(?:I am|I'm|I’m|turned|turning"
        rf"|he's|she's|he is|she is) (?:\d{{1,3}}|{words.COUNTS})\b"
        r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b)?"
        r"(?! (?:hours|minutes|miles|years|days|weeks))"
        r"|\bin my (?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
        re.IGNORECASE,
    ),
    "family": re.compile(
        rf"\b(?:(?:{_COUNT}|two|my|our|her|his|their|a) )?(?:(?:{words.OF_KIN}|\w+-year-old)[\s-])*"
        rf"(?:{words.KIN})\b(?: of (?:{_COUNT}|two))?|\bpregnant\b|\b(?:lone|single) parent\b",
        re.IGNORECASE,
    ),
    "date": re.compile(
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{words.MONTHS})\b(?: \d{{4}})?"
        r"|\b(?:19|20)\d\d\b|\b(?:in|last|since|this) (?:March|May)\b"
        r"|\b(?:last|on|every|each) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
        rf"|\b{_COUNT} (?:days|weeks|months|years)\b(?: ago)?|\b\d{{1,2}}(?:[:.]\d\d)? ?[ap]m\b",
    ),
    "health": re.compile(rf"\b(?:{words.HEALTH})\b", re.IGNORECASE),
    "origin": re.compile(
        rf"\b(?:{words.ORIGIN})s?\b|\b(?:came|moved) to (?:this country|England|Britain|the UK)\b",
        re.IGNORECASE,
    ),
    "event": re.compile(rf"\b(?:{words.EVENT})\b", re.IGNORECASE),
    "work": re.compile(
        rf"\b(?:{words.WORK})s?\b"
        r"|\b(?:I|he|she|we) (?:work|works|worked) (?:as|at|for|in|on|with) (?:\w+ ?){1,3}",
        re.IGNORECASE,
    ),
    "only": re.compile(
        rf"\bthe (?:{words.ONLY})(?: \w+)?|\b(?:nobody|no one|no-one) else\b", re.IGNORECASE
    ),
    "number": re.compile(rf"[£€$]\s?\d[\d,.]*|\b\d[\d,.]*\b|\b{words.COUNTS}\b", re.IGNORECASE),
}
_CAPITAL = re.compile(
    r"(?<=[^\W\d_,;:] )[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*(?: [A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*)*"
)
#: what has a capital and is nobody's name
_EVERYBODYS_WORDS = """
I I'm I'll I've I'd I’m I’ll I’ve I’d English British Britain England UK NHS GP GPs BBC Council
Universal Credit PIP DWP TV OK Monday Tuesday Wednesday Thursday Friday Saturday Sunday March May
God Mr Mrs Miss Ms Dr Covid COVID Allowance Carer's Carer’s
"""
_EVERYBODYS = frozenset(_EVERYBODYS_WORDS.split())


class Flag(NamedTuple):
    """Words of a quote that may say who spoke; offsets are code points of the text shown."""

    start: int
    end: int
    kind: str


def flags(text: str) -> list[Flag]:
    """Return what in a text may say who spoke, from left to right, without overlaps.

    Args:
        text: as it would be published: what stands in square brackets says nothing more.
    """
    taken: list[Flag] = []
    closed = [match.span() for match in STAND_IN.finditer(text)]
    for kind in KINDS:
        for start, end in _found(kind, text):
            spans = [*closed, *((one.start, one.end) for one in taken)]
            if all(end <= low or high <= start for low, high in spans):
                taken.append(Flag(start, end, kind))
    return sorted(taken)


def _found(kind: str, text: str) -> Iterator[tuple[int, int]]:
    if kind == "name":
        for match in _CAPITAL.finditer(text):
            if not set(match.group().split()) <= _EVERYBODYS:
                yield match.span()
        return
    for match in _RULES[kind].finditer(text):
        said = match.group().rstrip()
        if kind != "family" or said.casefold() not in ("a child", "children", "kids", "a baby"):
            yield match.start(), match.start() + len(said)


def rare(text: str, people: Mapping[str, int], of: int) -> list[str]:
    """Return words that nobody else in the material used, the longest first.

    Args:
        text: as it would be published.
        people: word in small letters to how many people said it.
        of: how many people there are.
    """
    if of < ENOUGH_PEOPLE:
        return []
    bare = STAND_IN.sub(" ", text)
    said = dict.fromkeys(match.group().casefold() for match in WORD.finditer(bare))
    alone = [one for one in said if len(one) >= SHORTEST and people.get(one, 0) <= 1]
    return sorted(alone, key=lambda one: (-len(one), one))[:MOST_RARE]


def used(said: Iterable[tuple[str, str]], wanted: Iterable[str]) -> dict[str, int]:
    """Count how many people used each word.

    Args:
        said: participant id and what they said, as often as they spoke.
        wanted: texts whose words are of interest.
    """
    words_of = {m.group().casefold() for text in wanted for m in WORD.finditer(text)}
    held: dict[str, set[str]] = {one: set() for one in words_of}
    for person, text in said:
        for match in WORD.finditer(text):
            one = match.group().casefold()
            if one in held:
                held[one].add(person)
    return {one: len(of) for one, of in held.items()}
