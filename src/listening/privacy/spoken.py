"""Finds identifiers that are said aloud and written down as words.

"oh seven seven double oh", "s e fifteen five q d", "jo dot bloggs at gmail dot com".
"""

from __future__ import annotations

import re

from listening.privacy.edits import Find
from listening.privacy.words import Bag

_DIGITS = "zero oh nought one two three four five six seven eight nine double treble triple"
_DIGIT_WORDS = frozenset(_DIGITS.split())
_DIGIT = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|\d{1,4})"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_SAID = (
    rf"(?:(?:double|treble|triple)[ ]{_DIGIT}|{_DIGIT}(?:[ ](?:hundred|thousand))?"
    rf"|(?:{_TENS})(?:[ -]{_DIGIT})?|ten|{_TEENS})"
)
_BREAK = r"(?:[ ]?[,.…–-]{1,3}[ ]?|[ ])(?:and[ ]|um[ ]|er[ ])?"
#: Seven or more in a row, the shape of no amount and no count that people say.
_NUMBER = re.compile(rf"\b{_SAID}(?:{_BREAK}{_SAID}){{6,24}}\b", re.IGNORECASE)
_COUNTING = re.compile(r"one\W+two\W+three|(?:two\W+)?three\W+four\W+five\W+six", re.IGNORECASE)
_SAID_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)

_LETTER = r"(?:[a-z]|double[ -]?(?:u|you))"
_SMALL_NUMBER = rf"(?:\d{{1,2}}|(?:{_TENS})(?:[ -]{_DIGIT})?|ten|{_TEENS}|{_DIGIT}(?:[ ]{_DIGIT})?)"
_POSTCODE = re.compile(
    rf"\b{_LETTER}(?:[ ]?{_LETTER})?[ ]{_SMALL_NUMBER}(?:[ ][a-z])?,?[ ]{_DIGIT}[ ]?"
    rf"(?:{_LETTER}[ ]{_LETTER}|[a-z]{{2}})\b",
    re.IGNORECASE,
)

_NATO = (
    "alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliet|kilo|lima|mike|november"
    "|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|whisky|xray|x-ray|yankee|zulu"
)
#: Letters and digits one by one: a plate, a National Insurance number, a reference.
_SPELT = re.compile(
    rf"\b(?:[a-z]|{_NATO}|{_DIGIT})"
    rf"(?:[ ]?[,-]?[ ](?:[a-z]|double[ -]?u|{_NATO}|{_DIGIT})){{5,20}}\b",
    re.IGNORECASE,
)
#: Digits said one by one, or in threes, as a machine writes them: "5 3 3 1 9 0 2 7 4".
_APART = re.compile(
    r"(?<![\w£$€.,/-])(?:\d{1,3}(?:[ ]?[,.–-][ ]?|[ ])){6,20}\d{1,3}(?![\w%]|[.,]\d)"
    r"|(?<![\w£$€.,/-])(?!(?:19|20)\d\d[ -](?:19|20)\d\d)\d{3,6}[ -]\d{5,6}(?![\w%]|[.,]\d)"
    r"|(?<![\w£$€.,/-])\d{5,6}[ -]\d{3,6}(?![\w%]|[.,]\d)"
)
#: Letters told by words: "T for tango, W for whisky, nineteen, forty-four".
_TOLD = re.compile(
    rf"\b[a-z][ ](?:for|as[ ]in)[ ][a-z]{{3,12}}\b"
    r"(?:[ ]?[,.;-]?[ ](?:and[ ])?"
    rf"(?:[a-z][ ](?:for|as[ ]in)[ ][a-z]{{3,12}}|{_SAID}|\d{{1,6}}|[a-z])\b){{1,20}}",
    re.IGNORECASE,
)
_LONE_LETTER = re.compile(rf"\b(?:[b-hj-z]|{_NATO})\b", re.IGNORECASE)
_LONE_DIGIT = re.compile(rf"\b{_DIGIT}\b", re.IGNORECASE)

_DOT = r"(?:[ ]dot[ ]|\.)"
_LOCAL = (
    r"[\w+-]{1,40}(?:(?:[ ](?:dot|underscore|dash|hyphen|minus)[ ]|[.])[\w+-]{1,40}){0,4}"
    rf"(?:[ ](?:{_DIGIT}|(?:{_TENS})(?:[ -]{_DIGIT})?|{_TEENS})\b){{0,6}}"
)
_ENDING = r"(?:com|net|org|info|co|gov|ac|nhs|uk|io|me|london|scot|wales|cymru|eu)"
_EMAIL = re.compile(
    rf"\b(?P<all>{_LOCAL}[ ]{{1,3}}at[ ]{{1,3}}(?:[\w-]{{1,40}}{_DOT}){{1,3}}{_ENDING}"
    rf"(?:{_DOT}(?:uk|com|net|org))?)\b",
    re.IGNORECASE,
)
_MAILER = re.compile(r"gmail|hotmail|yahoo|outlook|icloud|live|aol|btinternet|sky|e?mail", re.I)
_SITE = re.compile(
    r"\b(?:www[ ]dot|double-?u double-?u double-?u dot)[ ]"
    rf"(?:[\w-]{{1,40}}[ ]dot[ ]){{1,3}}{_ENDING}\b",
    re.IGNORECASE,
)
#: What the words before a number say that it is; the nearest counts.
_MEANT = re.compile(
    r"(?P<nhs>nhs)|(?P<passport>passport)|(?P<licence>licen[cs]e)"
    r"|(?P<bank>account|sort\s+code)|(?P<card>card)|(?P<nino>national insurance|\bni\b)"
    r"|(?P<vehicle>\breg\b|registration|plate)"
    r"|(?P<reference>\bref(?:erence)?\b|case|crime|tenancy|claim)|(?P<phone>phone|mobile|ring|call)",
    re.IGNORECASE,
)
_LOOK_BACK = 60


def find_spoken(text: str, bag: Bag) -> list[Find]:
    """Return the identifiers of `text` that are spelt out as people say them.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found: list[Find] = []
    if len(_DIGIT_WORDS & bag) > 1 or ("double" in bag and bag & _DIGIT_WORDS):
        found += _numbers(text)
    found += [Find(*m.span(), _kind(text, m, "reference")) for m in _APART.finditer(text)]
    if _ALONE.search(text) or not bag.isdisjoint(_CODES):
        found += _postcodes(text)
        found += [
            Find(*m.span(), _kind(text, m, "reference")) for m in _SPELT.finditer(text) if _mixed(m)
        ]
    if "for" in bag or "as" in bag:
        found += [
            Find(*m.span(), _kind(text, m, "reference"))
            for m in _TOLD.finditer(text)
            if len(_TELLING.findall(m[0])) > 1 or _A_NUMBER.search(m[0])
        ]
    if "at" in bag and ("dot" in bag or ("." in text and _MAILER.search(text))):
        found += [Find(*m.span("all"), "email") for m in _EMAIL.finditer(text) if _is_mail(m)]
    if "dot" in bag:
        found += [Find(*m.span(), "web") for m in _SITE.finditer(text)]
    return found


#: A letter on its own, which an apostrophe did not cut off.
_ALONE = re.compile(r"(?<![\w'’&])[b-hj-zB-HJ-Z](?=[ ]\w)")
_CODES = frozenset({"postcode", "foxtrot", "tango", "bravo", "sierra"})
_TELLING = re.compile(r"\b[a-z][ ](?:for|as[ ]in)[ ]", re.IGNORECASE)
_A_NUMBER = re.compile(rf"(?:\d|\b{_SAID}\b)", re.IGNORECASE)


def _is_mail(match: re.Match[str]) -> bool:
    return bool(re.search(r"[ ]dot[ ]", match[0], re.I) or _MAILER.search(match[0]))


def _numbers(text: str) -> list[Find]:
    found = []
    for match in _NUMBER.finditer(text):
        words = _SAID_WORD.findall(match[0])
        if len(words) < 4 or _COUNTING.match(match[0]):
            continue
        found.append(Find(*match.span(), _kind(text, match, "phone")))
    return found


def _kind(text: str, match: re.Match[str], otherwise: str) -> str:
    """What the words before a number say that it is."""
    meant = list(_MEANT.finditer(text, max(0, match.start() - _LOOK_BACK), match.start()))
    return (meant[-1].lastgroup if meant else None) or otherwise


def _mixed(match: re.Match[str]) -> bool:
    letters = len(_LONE_LETTER.findall(match[0]))
    return letters > 1 and len(_LONE_DIGIT.findall(match[0])) > 1


def _postcodes(text: str) -> list[Find]:
    found = []
    for match in _POSTCODE.finditer(text):
        cued = re.search(r"post\s?code", text[max(0, match.start() - 40) : match.start()], re.I)
        spelt = re.search(r"[ ](?!am|pm)[b-z][ ][b-z]$", match[0], re.IGNORECASE)
        if cued or spelt:  # letters on their own at the end are said out loud
            found.append(Find(*match.span(), "postcode"))
    return found
