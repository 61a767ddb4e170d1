"""Finds identifiers by what they are called: a code after "passport", "ref", "sort code", "reg".

Shapes alone miss what people mistype, break up or spell out in words. What a number is called says
what it is, so after such a cue any run of digits, letters and letters' names that is long enough
goes, within a bounded window: no text makes that slow.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import Bag

_CUE = re.compile(
    r"\b(?:(?P<passport>passports?)"
    r"|(?P<licence>driving[ ]licen[cs]e|licen[cs]e|provisional)"
    r"|(?P<nino>n\.?i\.?|nino|national[ ]insurance|insurance[ ]number)"
    r"|(?P<vehicle>reg|registration|(?:number[ ])?plates?)"
    r"|(?P<reference>ref|reference|case|claim|crime|tenancy|complaint|hospital|log|ticket|job|rent"
    r"|appeal|council[ ]tax|membership|member|oyster|badge|incident|repairs?|rep|application|order"
    r"|booking|housing|ombudsman|policy|customer|patient|planning|visa|caution|reporting|urn|uprn"
    r"|mrn|crn|invoice|number|no\.|biometric(?:[ ](?:card|permit))?|residence[ ](?:card"
    r"|permit)|brp"
    r"|share[ ]code)"
    r"|(?P<bank>sort(?:[ ]code)?|account|acc|iban)|(?P<card>cards?|long[ ]number))\b",
    re.IGNORECASE,
)
_CUE_WORDS = """
passport passports licence license provisional ni nino insurance reg registration plate plates
ref reference case claim crime tenancy complaint hospital log ticket job rent appeal council
membership member oyster badge incident repair repairs rep application order booking housing
ombudsman policy customer patient planning visa caution reporting urn uprn mrn crn invoice
number no sort account acc biometric residence brp share iban n card cards
"""
_CUES = frozenset(_CUE_WORDS.split())
#: Between what a number is called and the number.
_FILLING_WORDS = """
is was are s it its the my her his our your a an number numbers no num nos id ref reference code
says said reads i m think hang on as under with in name called of old new that this account acc
for me here one to out off ends ending something like and got have had still card register union
credit tax rent stage letters bank so last four three digits begins starting starts end ended
and err um er there has been
"""
_FILLING = frozenset(_FILLING_WORDS.split())
_ONES_WORDS = """
zero oh o nought one two three four five six seven eight nine double treble triple
"""
_ONES = frozenset(_ONES_WORDS.split())
_TWOS_WORDS = """
ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty
forty fifty sixty seventy eighty ninety hundred
"""
_TWOS = frozenset(_TWOS_WORDS.split())
_LETTERS_WORDS = """
queue bee zed kay jay tee dee pee vee ess eff gee alpha alfa bravo charlie delta echo foxtrot
golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform
victor whiskey whisky xray yankee zulu
"""
_LETTER_NAMES = frozenset(_LETTERS_WORDS.split())
_JOINERS = frozenset(["slash", "dash", "dot", "hyphen", "stroke", "underscore", "of"])
_TOKEN = re.compile(r"[^\W_]+(?:[/.\-–_][^\W_]+)*")
_NO_CODE = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|hrs?|k|m|p|g|s|ft|mph)"
    r"|(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?|\d{1,2}[.:-]\d\d|\d+(?:\.\d+)?",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(
    r"[ ]?(?:%|,\d{3}\b|(?:pounds?|quid|people|hours?|days?|weeks?|months?|years?|miles|households"
    r"|homes|families|times|metres|grand|a[ ](?:year|month|week))\b)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[ ]?[,.…\-–/][ ]?|[ ]{1,2}")
#: What somebody says who begins a number anew: "double oh four one, no, double oh four one seven".
_RESTARTS = frozenset(["no", "sorry", "er", "erm", "um", "uh", "wait", "hang", "on"])
_MOST_RESTARTS = 4
_STOP = re.compile(r"[!?\n]|\.[ ]")
_SHORTENED = re.compile(r"\b(?:no|ref|num|acc|reg)$", re.IGNORECASE)
_LAST = re.compile(
    r"\b(?:end(?:s|ed|ing)?|last|first|final|start(?:s|ing)?|digits)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUP = 3
_WINDOW, _MOST_FILLING, _MOST_TOKENS = 110, 8, 30


#: What is a number's name and nothing else.
_STRONG = re.compile(
    r"(?:ref(?:erence)?|mrn|crn|urn|uprn)\b(?![ ]to\b)"
    r"|(?!no\.?[ ])\w+[ ](?:number|no\.?|ref(?:erence)?|id"
    r"|code)\b(?![ ]of\b(?![ ]the\b))|number[ ](?:they|she|he|it|the|i|that|on|given)\b",
    re.IGNORECASE,
)
_MOST_OTHERS = 6
#: The same after what is called a passport, an account or a card: "the Polish one".
_ASIDE = 2
_PARTS = re.compile(
    r"(?=(?:[A-Z -]{0,5}\d){2})(?=\d{0,4}[A-Z])[A-Z\d]{2,6}(?:[ -][A-Z\d]{2,6}){0,3}"
)
_YEARS = re.compile(r"(?:(?:19|20)\d\d\W{0,3})+")
_NTH = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)?[ -]?(?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
    r"|twentieth|thirtieth)"
)
#: The police's: "log 512 of the nineteenth of June".
_LOGGED = re.compile(
    r"\b(?:log|incident|cad|crime|reference|ref|case|job)\b(?:[ ](?:number|no\.?|ref))?"
    r"(?:['’]s|[ ](?:is|was))?[:,]?[ ](?P<it>\d{1,5}[ ]of[ ](?:the[ ])?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[ ]?(?:the[ ])?)?"
    rf"(?:{_NTH})?(?:[ ](?:of[ ])?(?:the[ ])?(?:{_NTH}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)\w{0,6}))?)\b",
    re.IGNORECASE,
)


class _Piece(NamedTuple):
    start: int
    end: int
    digits: int
    letters: int
    spoken: bool


def find_codes(text: str, bag: Bag) -> list[Find]:
    """Return the codes of `text` that what stands before them names.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    if bag.isdisjoint(_CUES) or not (_HOLDS_DIGIT.search(text) or len(bag & _ALL_SAID) > 1):
        return []
    found = []
    for cue in islice(_CUE.finditer(text), 40):
        kind = cue.lastgroup or "reference"
        strong = _STRONG.match(text, cue.start()) is not None
        run, near = _run(text, cue.end(), strong, kind)
        if run and (_is_enough(text, kind, run) if near else _is_plain_code(text, run)):
            found.append(Find(run[0].start, run[-1].end, kind))
    return found + [Find(*match.span("it"), "reference") for match in _LOGGED.finditer(text)]


_HOLDS_DIGIT = re.compile(r"\d")
_ALL_SAID = _ONES | _TWOS


def _run(text: str, at: int, strong: bool, kind: str) -> tuple[list[_Piece], bool]:
    """Return the pieces of the code that begins after some filling words, and if all were such.

    After a strong cue any words may stand between: "the case number they gave me was".
    """
    run: list[_Piece] = []
    skipped, others, restarts, last = 0, 0, 0, at
    for token in islice(_TOKEN.finditer(text, at, at + _WINDOW), _MOST_TOKENS):
        gap = text[last : token.start()]
        piece = _piece(text, token, bool(run))
        if run:
            parted = "," in gap and not _goes_on(run[-1], piece, strong)
            if piece is None and token.group().lower() in _RESTARTS and restarts < _MOST_RESTARTS:
                restarts += 1
                last = token.end()
                continue
            if piece is None or (parted and not restarts) or not _BREAK.fullmatch(gap):
                break
            run.append(piece)
        elif piece is not None and "£" not in gap:
            run.append(piece)
        elif token.group().lower() in _FILLING and skipped < _MOST_FILLING:
            skipped += 1
        elif others < (_MOST_OTHERS if strong else _ASIDE if kind in _FEWEST else 0):
            others += 1
        else:
            break
        if _STOP.search(gap) and not run[1:] and not _SHORTENED.search(text[:last][-4:]):
            return [], False
        last = token.end()
    while run and (
        not run[-1].digits + run[-1].letters or text[run[-1].start : run[-1].end] == "I"
    ):
        run.pop()
    return run, not others


def _goes_on(last: _Piece, piece: _Piece | None, strong: bool) -> bool:
    """Whether a comma parts two groups of one number: "four, four", "999, 097, 8190"."""
    if piece is None:
        return False
    grouped = strong and min(last.digits, piece.digits) >= _GROUP
    return grouped or (piece.spoken and last.spoken)


def _piece(text: str, token: re.Match[str], within: bool) -> _Piece | None:
    """Return what a token adds to a code, or None where it is an ordinary word."""
    word, low = token.group(), token.group().lower()
    span = token.span()
    digits = sum(map(str.isdigit, word))
    if digits:
        return _Piece(*span, digits, sum(map(str.isalpha, word)), False)
    lone = not within and low in {"one", "o", "oh"} and not _said_next(text, token.end())
    if low in _ALL_SAID and not lone:
        return _Piece(*span, 2 if low in _TWOS else 1, 0, True)
    if low in _LETTER_NAMES or (within and low in _JOINERS):
        return _Piece(*span, 0, int(low in _LETTER_NAMES), True)
    if _is_lettered(word, within):
        return _Piece(*span, 0, len(word), len(word) == 1)
    return None


def _is_lettered(word: str, within: bool) -> bool:
    """Whether letters may be of a code: one alone, a few capitals, a few that are no word."""
    low = word.lower()
    if len(word) == 1:
        return within or word != low or low not in {"a", "i", "s", "m"}
    if word.isupper():
        return len(word) <= 5
    return len(word) <= 3 and low not in _FILLING and low not in gazetteer().words


def _said_next(text: str, at: int) -> bool:
    following = _TOKEN.search(text, at, at + 20)
    return following is not None and following.group().lower() in _ALL_SAID


#: How many digits a number of its kind has, slips allowed.
_FEWEST = {"card": 12, "bank": 6, "passport": 6, "licence": 5, "nino": 5}


def _is_enough(text: str, kind: str, run: list[_Piece]) -> bool:
    """Whether a run of pieces is long enough for a code of its kind, and no amount or year."""
    whole = text[run[0].start : run[-1].end]
    digits, letters = sum(p.digits for p in run), sum(p.letters for p in run)
    if _AMOUNT_AFTER.match(text, run[-1].end) and not letters:
        return False
    if kind == "vehicle":
        return 1 <= digits <= 4 and 2 <= letters <= 6 and 4 <= digits + letters <= 8
    if kind in {"bank", "card"} and _LAST.search(text, max(0, run[0].start - 60), run[0].start):
        return digits >= 3 and not _YEAR.fullmatch(whole)  # "ending 4471"
    if kind in _FEWEST:
        return digits >= _FEWEST[kind]
    if len(run) == 1 and _NO_CODE.fullmatch(whole):
        return digits >= 5 and "." not in whole and not whole.endswith("000") and letters == 0
    marked = letters or "/" in whole or "-" in whole
    return digits >= 5 or (digits >= 3 and bool(marked))


def _is_plain_code(text: str, run: list[_Piece]) -> bool:
    """Whether a run that stands apart from what names it is a code by itself."""
    if _AMOUNT_AFTER.match(text, run[-1].end):
        return False
    whole = text[run[0].start : run[-1].end]
    digits, letters = sum(p.digits for p in run), sum(p.letters for p in run)
    if _PARTS.fullmatch(whole):
        return True  # "QX7 T4K"
    if len(run) == 1 and _NO_CODE.fullmatch(whole):
        return digits >= 6 and whole.isdigit() and not whole.endswith("000")
    return digits >= 4 and digits + letters >= 6 and not _YEARS.fullmatch(whole)
