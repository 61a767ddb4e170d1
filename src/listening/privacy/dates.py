"""Finds full dates and says which month they lie in: a day can identify, a month rarely does."""

from __future__ import annotations

import re

from listening.privacy.edits import Find
from listening.privacy.words import Bag

_MONTHS = "January February March April May June July August September October November December"
MONTHS = _MONTHS.split()

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENFOLD = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_SAID_YEAR = (
    rf"(?:nineteen|twenty)[ ](?:(?:oh|o)[ ](?:{'|'.join(_UNITS)})|{'|'.join(_TEENS)}"
    rf"|(?:{'|'.join(_TENFOLD)})(?:[ -](?:{'|'.join(_UNITS)}))?)"
    rf"|two thousand(?:[ ](?:and[ ])?(?:{'|'.join((*_TEENS, *_UNITS))}))?"
)
_YEAR = rf"(?P<year>(?:19|20)\d\d|['’]\d\d|{_SAID_YEAR})"
_TENS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_SPOKEN = (
    rf"(?:(?:twenty|thirty)[ -](?:{_TENS})|{_TENS}|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = rf"(?:{_DAY}(?P<nth>st|nd|rd|th)?)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[ ]+)?"
_FLAGS = re.IGNORECASE

_DAY_FIRST = re.compile(
    rf"(?<![\w/.:£$€-]){_WEEKDAY}(?:the[ ]+)?(?:{_DAY}(?:st|nd|rd|th)?[ ]?(?:-|–|to|and|&)[ ]?)?"
    rf"(?:{_NTH}[ ]+(?:day[ ]+)?(?P<of>of[ ]+)?|{_SPOKEN}[ ]+(?:day[ ]+)?(?P<spoken>of)[ ]+)"
    rf"{_MONTH}(?:[.,]?[ ]+{_YEAR})?(?!\d)",
    _FLAGS,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_WEEKDAY}{_MONTH}\.?[ ]+(?:(?:the[ ]+)?{_NTH}|the[ ]+{_SPOKEN})"
    rf"(?:[.,]?[ ]+{_YEAR}|(?<=st|nd|rd|th)\b|(?=[ ]?(?:[,;)!?]|\.(?!\d)|$)))(?!\d)",
    _FLAGS,
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)"
    r"(?![\d/]|[.-]\d)"
)
_ISO = re.compile(r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>\d\d)(?!\d|-\d)")
_ORDINALS = [*_TENS.split("|"), "tenth", "eleventh", "twelfth"]
#: "the eleventh of the ninth seventy two", "eleventh of the ninth 1972"
_SAID_MONTH = re.compile(
    rf"\b(?:the[ ]+)?(?:{_SPOKEN}|{_DAY}(?:st|nd|rd|th))[ ]+of[ ]+the[ ]+"
    rf"(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))[ ,]+"
    rf"(?P<year>(?:19|20)\d\d|\d\d\b|{_SAID_YEAR}"
    rf"|(?:{'|'.join(_TENFOLD)})(?:[ -](?:{'|'.join(_UNITS)}))?)(?!\w)",
    _FLAGS,
)
#: "date of birth 11 9 72": digits that only what they are called makes a date.
_BIRTH = re.compile(
    r"\b(?:date[ ]of[ ]birth|d\.?o\.?b\.?|birthday|born(?:[ ]on)?)\b"
    r"[ ]?(?:is|was|:)?[ ]?(?:the[ ])?"
    r"(?P<it>(?P<a>\d{1,2})[ .,-]{1,2}(?P<b>\d{1,2})[ .,-]{1,2}(?P<y>(?:19|20)\d\d|\d\d))(?!\d)",
    _FLAGS,
)
#: "D.O.B. is twelve, five, sixty-three": the same, said.
_SAID_DAY = rf"(?:{'|'.join((*_TEENS, *_UNITS))}|(?:twenty|thirty)(?:[ -](?:{'|'.join(_UNITS)}))?)"
_COUNTED = [*_UNITS, "ten", "eleven", "twelve"]
_SAID_BIRTH = re.compile(
    r"\b(?:date[ ]of[ ]birth|d\.?o\.?b\.?|birthday|born(?:[ ]on)?)"
    r"(?:['’]s|[ ](?:is|was)|:|,)?[ ](?:the[ ])?"
    rf"(?P<it>{_SAID_DAY}[ ,.-]{{1,2}}(?P<nth>{'|'.join(_COUNTED[::-1])})[ ,.-]{{1,2}}"
    rf"(?P<year>{_SAID_YEAR}|(?:{'|'.join(_TENFOLD)})(?:[ -](?:{'|'.join(_UNITS)}))?))\b",
    _FLAGS,
)
#: Digits in any groups after it: "dob 22 0 4 61"; and a date with points, before it or after.
_BIRTH_RUN = re.compile(
    r"\b(?:date[ ]of[ ]birth|d\.?o\.?b\.?|birthday|born(?:[ ]on)?)"
    r"(?:['’]s|[ ](?:is|was)|:|,)?[ ](?:the[ ])?"
    r"(?P<it>\d{1,2}(?:st|nd|rd|th)?(?:[ .,/-]{1,2}\d{1,4}){0,5}|\d{5,8})(?!\d)",
    _FLAGS,
)
#: A day that has a name, where somebody's birth is spoken of: "Christmas Day 1962 I was born".
_FEASTS = {
    "christmas": 12, "boxing": 12, "new year's day": 1, "new years day": 1, "new year's eve": 12,
    "new years eve": 12, "hogmanay": 12, "valentine": 2, "st david": 3, "st patrick": 3,
    "st george": 4, "st andrew": 11, "halloween": 10, "hallowe'en": 10, "bonfire": 11,
    "guy fawkes": 11, "burns": 1, "may day": 5, "armistice": 11, "remembrance": 11, "ve": 5,
    "vj": 8, "midsummer": 6, "all saints": 11, "all souls": 11, "twelfth night": 1,
}  # fmt: skip
_FEAST = re.compile(
    rf"\b(?P<it>(?P<feast>{'|'.join(_FEASTS)})(?:['’]?s?)(?:[ ](?:day|eve|night|sunday))?"
    rf"(?:,?[ ](?:of[ ]|in[ ])?{_YEAR})?)(?!\w)",
    _FLAGS,
)
_NEAR_BIRTH = re.compile(r"\b(?:born|birthday|birth|dob)\b", _FLAGS)
_NTH_OF = re.compile(r"\d(?:st|nd|rd|th)[ ]+of[ ]+the[ ]+\d", _FLAGS)
#: The year of a birth without its century: "the ninth of May, sixty eight".
_SHORT_YEAR = re.compile(
    rf",?[ ](?P<year>\d\d|(?:{'|'.join(_TENFOLD)})(?:[ -](?:{'|'.join(_UNITS)}))?)\b"
    r"(?=[ ]?(?:[,.;!?)]|$)|[ ](?:and|so|which|that|is|was|but)\b)",
    _FLAGS,
)
_POINTED = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d\d(?![\d.])")
_BORN = frozenset(["birth", "dob", "d", "born", "birthday"])
_TWENTY_TEN = re.compile(rf"twenty (?:{'|'.join(_TEENS)}|twenty|oh|o)\b")
_NUMBERS = re.compile(r"\d[/.-]\d")
_MONTH_WORDS = frozenset(
    word for month in MONTHS for word in (month.lower(), month[:3].lower())
) | {"sept"}


def find_dates(text: str, bag: Bag) -> list[Find]:
    """Return the full dates of `text`, each with its month: "12 March 2026" → "March 2026".

    A day with a month but no year is generalised too; a year, a month or a weekday alone stays.
    """
    worded = () if bag.isdisjoint(_MONTH_WORDS) else (_DAY_FIRST, _MONTH_FIRST)
    found = [_worded(match) for pattern in worded for match in pattern.finditer(text)]
    if not bag.isdisjoint(_BORN):
        found = [find and _with_year(text, find) for find in found]
    if not bag.isdisjoint(_ORDINALS) or _NTH_OF.search(text):
        found += [_said(match) for match in _SAID_MONTH.finditer(text)]
    if not bag.isdisjoint(_BORN):
        found += [_born(match) for match in _BIRTH.finditer(text)]
        found += [_said_birth(match) for match in _SAID_BIRTH.finditer(text)]
        found += [_in_groups(match.span("it"), match["it"]) for match in _BIRTH_RUN.finditer(text)]
        found += [_in_groups(match.span(), match[0]) for match in _POINTED.finditer(text)]
        found += [_feast(match) for match in _FEAST.finditer(text.replace("’", "'"))]
    if not _NUMBERS.search(text):
        return [find for find in found if find is not None]
    found += [_numeric(match) for match in _NUMERIC.finditer(text)]
    found += [
        Find(m.start(), m.end(), "date", f"{MONTHS[int(m['m']) - 1]} {m['y']}")
        for m in _ISO.finditer(text)
        if 1 <= int(m["d"]) <= 31
    ]
    return [find for find in found if find is not None]


def _worded(match: re.Match[str]) -> Find | None:
    month, year = match["month"], match["year"]
    sure = year or (match.re is _DAY_FIRST and (match["of"] or match["spoken"]))
    if month in {"may", "mar", "march"} and not sure:
        return None  # "5 may come", "the 12th march past"
    number = [name[:3].lower() for name in MONTHS].index(month[:3].lower())
    replacement = MONTHS[number] + (f" {_in_digits(year)}" if year else "")
    return Find(match.start(), match.end(), "date", replacement)


def _feast(match: re.Match[str]) -> Find | None:
    """Take a day with a name for a birthday where a birth is spoken of close by."""
    start, end = max(0, match.start() - 40), match.end() + 20
    sure = match["year"] or match["it"].lower().endswith(("day", "eve", "night"))
    if not sure or not _NEAR_BIRTH.search(match.string, start, end):
        return None
    month, year = MONTHS[_FEASTS[match["feast"].lower()] - 1], match["year"]
    shown = f"{month} {_shown_year(year.lower().strip(chr(39)))}" if year else month
    return Find(*match.span("it"), "date", shown)


def _said_birth(match: re.Match[str]) -> Find:
    month = MONTHS[_COUNTED.index(match["nth"].lower())]
    return Find(*match.span("it"), "date", f"{month} {_shown_year(match['year'].lower())}")


def _said(match: re.Match[str]) -> Find | None:
    nth = match["nth"].lower()
    number = int(nth[:-2]) if nth[0].isdigit() else _ORDINALS.index(nth) + 1
    if not 1 <= number <= 12:
        return None
    month = MONTHS[number - 1]
    return Find(*match.span(), "date", f"{month} {_shown_year(match['year'].lower())}")


def _shown_year(year: str) -> str:
    if year.isdigit():
        return year if len(year) == 4 else f"'{year}"
    century = year.startswith(("nineteen ", "two thousand")) or _TWENTY_TEN.match(year)
    return _in_digits(year) if century else f"'{_in_digits(f'nineteen {year}')[2:]}"


def _born(match: re.Match[str]) -> Find | None:
    day, month, year = int(match["a"]), int(match["b"]), match["y"]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    shown = year if len(year) == 4 else f"'{year}"
    return Find(*match.span("it"), "date", f"{MONTHS[month - 1]} {shown}")


def _with_year(text: str, find: Find) -> Find:
    """Take a year of two digits after a day and its month with it."""
    year = None if find.replacement[-1:].isdigit() else _SHORT_YEAR.match(text, find.end)
    if not year:
        return find
    shown = f"{find.replacement} {_shown_year(year['year'].lower())}"
    return Find(find.start, year.end(), "date", shown)


def _in_groups(span: tuple[int, int], said: str) -> Find | None:
    """A date of birth in any groups of digits: day, month, and year with or without century."""
    groups = re.findall(r"\d+", said)
    digits = "".join(groups)
    if len(groups) != 3 or len(groups[2]) == 1:
        day = 1 if len(digits) in {5, 7} else 2  # "seven, oh three, forty four"
        groups = [digits[:day], digits[day : day + 2], digits[day + 2 :]]
    if any(not group for group in groups) or len(groups[2]) not in {2, 4}:
        return None
    day, month = int(groups[0]), int(groups[1])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    shown = groups[2] if len(groups[2]) == 4 else f"'{groups[2]}"
    return Find(*span, "date", f"{MONTHS[month - 1]} {shown}")


def _in_digits(year: str) -> str:
    """Write a year that was said: "nineteen forty eight" → "1948"."""
    words = re.findall(r"[a-z]+", year.lower())
    if not words:
        return year
    rest = 0
    for word in words[2 if words[0] == "two" else 1 :]:
        if word in _TENFOLD:
            rest += 10 * (_TENFOLD.index(word) + 2)
        elif word in _TEENS:
            rest += 10 + _TEENS.index(word)
        elif word in _UNITS:
            rest += 1 + _UNITS.index(word)
    return f"{'20' if words[0].startswith('tw') else '19'}{rest:02d}"


def _numeric(match: re.Match[str]) -> Find | None:
    day, month, year = int(match["a"]), int(match["b"]), match["y"]
    if month > 12:  # the American order
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12) or (match["sep"] == "." and len(year) == 2):
        return None
    # The century of a two-digit year would be a guess: a pensioner could become a child.
    shown = year if len(year) == 4 else f"'{year}"
    return Find(match.start(), match.end(), "date", f"{MONTHS[month - 1]} {shown}")
