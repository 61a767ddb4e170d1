"""Finds identifiers that are said aloud: what knows their shapes reads what would be on paper.

A run that is spelt out one by one and that no shape knows goes too: six digits, or letters and
digits that are five together. Nobody reads out a price, an age or a route like that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from listening.privacy.addresses import find_addresses
from listening.privacy.codes import find_codes
from listening.privacy.dates import find_dates
from listening.privacy.edits import Find
from listening.privacy.handles import find_handles
from listening.privacy.helplines import HELPLINES
from listening.privacy.identifiers import find_identifiers
from listening.privacy.plates import find_plates
from listening.privacy.said import Stretch, View, may_say, written
from listening.privacy.words import Bag

#: From how many signs on a run that is spelt out is a code: wherever it stands, of digits alone and
#: of both; where a number is spoken of; and a part of one.
MOST_DIGITS, MOST_MIXED, MOST_CALLED, LEAST = 6, 5, 4, 3
#: What the words before a number say that it is; the nearest counts.
_MEANT = re.compile(
    r"(?P<nhs>nhs)|(?P<passport>passport)|(?P<licence>licen[cs]e|provisional)"
    r"|(?P<bank>account|sort\s+code)|(?P<card>card)|(?P<nino>national insurance|\bni\b)"
    r"|(?P<vehicle>\breg\b|registration|plate)|(?P<postcode>post\s?code)"
    r"|(?P<reference>\bref(?:erence)?\b|case|crime|tenancy|claim|order|booking|log|incident)"
    r"|(?P<phone>phone|mobile|\bring|\bcall|landline|\btext)",
    re.IGNORECASE,
)
#: Words that a number is called by in the sentence before it.
_CALLED = re.compile(
    r"\b(?:number|no|ref(?:erence)?|case|claim|log|ticket|booking|order|policy|code|digits"
    r"|plate|reg"
    r"|registration|account|card|end(?:s|ed|ing)|id|tenancy|crime|incident|permit|licence"
    r"|passport)"
    r"(?:['’]s)?\b(?![ ]of\b(?![ ]the\b))",
    re.IGNORECASE,
)
#: Words that say that a part of a number follows, and that another does.
_PART = re.compile(
    r"\b(?:number|account|card|digits)\b[^.!?]{0,30}\b(?:start|begin|end|finish)(?:s|ed|ing)?"
    r"(?:[ ](?:with|in|is|are))?[ ]$"
    r"|\b(?:starts?|begins?)[ ][^.!?]{5,40}\b(?:and[ ]then|then|something)[ ]$",
    re.IGNORECASE,
)
_HALF_PLATE = re.compile(r"[a-z]{2}\d\d")
_NO_PLATE_WORDS = """
gp tv pe uc ni pc id cv dj am pm bt eu uk us it ae hr mp ms ok dr ct ot
"""
_NO_PLATE = frozenset(_NO_PLATE_WORDS.split())
_SENTENCE = re.compile(r"[.!?]\s")
_PLUS = re.compile(r"\b(?:plus|double oh)[ ]$", re.IGNORECASE)
_LOOK_BACK = 60
_SHAPES = (
    ("phone", re.compile(r"0[1-35789]\d{8,9}|44\d{10}|7[1-9]\d{8}")),
    ("nino", re.compile(r"[a-z]{2}\d{6}[a-d]")),
    ("postcode", re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[abd-hjlnp-uw-z]{2}")),
    (
        "vehicle",
        re.compile(r"[a-z]{2}\d\d[a-z]{3}|[a-z]\d{1,3}[a-z]{3}|[a-z]{3}\d{1,3}[a-z]|[a-z]{2}\d\d"),
    ),
)
_AMOUNT_AFTER = re.compile(
    r"[ ]?(?:%|per[ ]?cent|pounds?|quid|pence|people|hours?|days?|weeks?|months?|years?|minutes?"
    r"|miles|homes|houses|families|times|degrees|metres|votes|steps|buses)\b",
    re.IGNORECASE,
)
_ONE = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_PAIR = (
    rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -]{_ONE})?|ten|eleven|twelve"
    rf"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:oh|zero|nought)[ ](?:oh|zero|{_ONE})"
    rf"|double[ ](?:oh|{_ONE})"
    rf"|\d\d)"
)
#: A sort code before the number of its account: "eleven oh seven eighty four and then".
_SORTED = re.compile(
    rf"\b(?P<it>{_PAIR}(?:,?[ ](?:er[ ]|um[ ]|and[ ]then[ ]"
    rf"|then[ ])?{_PAIR}){{2}}),?[ ](?:(?:and[ ])?(?:then[ ])?)$",
    re.IGNORECASE,
)
_ACCOUNT = range(7, 9)
_BIRTH = frozenset(["birth", "dob", "born", "birthday"])


def find_aloud(text: str, bag: Bag) -> list[Find]:
    """Return the identifiers of `text` that are said or spelt out, by their places in it.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    if not may_say(text, bag):
        return []
    view = written(text)
    found = [
        Find(_start(text, code), code.end, _kind(text, code))
        for code in view.codes
        if _goes(text, code)
    ]
    found += [find for code in view.codes for find in _sorted(text, code)]
    return found + list(_by_shape(view, bag)) if view.pieces else found


def _sorted(text: str, code: Stretch) -> Iterator[Find]:
    """The sort code that is said right before the number of its account."""
    if code.digits in _ACCOUNT and not code.letters:
        sort = _SORTED.search(text, max(0, code.start - 80), code.start)
        if sort:
            yield Find(*sort.span("it"), "bank")


def _by_shape(view: View, bag: Bag) -> Iterator[Find]:
    """What the shapes know in the text as it would be on paper."""
    finds = find_addresses(view.text, bag) + find_codes(view.text, bag)
    finds += find_handles(view.text, bag)
    if view.codes:
        finds += find_identifiers(view.text) + find_plates(view.text, bag)
    if not bag.isdisjoint(_BIRTH):
        finds += find_dates(view.text, bag)
    for find in finds:
        place = view.back(find.start, find.end)
        if place:
            yield find._replace(start=place[0], end=place[1])


def _goes(text: str, code: Stretch) -> bool:
    """Whether a stretch is a code that is somebody's; shorter ones where a number is spoken of."""
    everybodys = code.chars.removeprefix("nhs") in HELPLINES
    if everybodys or code.spelt < LEAST or _AMOUNT_AFTER.match(text, code.end):
        return False
    before = text[max(0, code.start - _LOOK_BACK) : code.start]
    if code.digits >= LEAST and _PART.search(before):
        return True
    return code.spelt > LEAST and (_is_long(code) or (_is_called(before) and _is_some(code)))


def _is_some(code: Stretch) -> bool:
    return code.digits >= 2 and code.digits + code.letters >= MOST_CALLED


def _is_long(code: Stretch) -> bool:
    """Whether a stretch is a code whatever stands around it."""
    if _HALF_PLATE.fullmatch(code.chars):
        return code.chars[:2] not in _NO_PLATE
    if not code.letters:
        return code.digits >= MOST_DIGITS and len(set(code.chars)) > 1
    return code.digits >= 2 and code.digits + code.letters >= MOST_MIXED


def _is_called(before: str) -> bool:
    return _CALLED.search(_SENTENCE.split(before)[-1]) is not None


def _start(text: str, code: Stretch) -> int:
    """Where a code begins: "plus four four" is one of another country's telephone numbers."""
    plus = _PLUS.search(text, max(0, code.start - 10), code.start)
    return plus.start() if plus and code.chars.startswith("44") else code.start


def _kind(text: str, code: Stretch) -> str:
    """What a code is: by what it is called, else by its shape."""
    called = list(_MEANT.finditer(text, max(0, code.start - _LOOK_BACK), code.start))
    if called:
        return called[-1].lastgroup or "reference"
    return next((kind for kind, shape in _SHAPES if shape.fullmatch(code.chars)), "reference")
