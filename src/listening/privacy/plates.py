"""Finds number plates as people write and say them, whole or in part.

The shapes of Britain's plates, current, older and Northern Irish, in capitals or small letters; a
part of one ("it started LX15") or one of somebody's own ("SAM 1") only where a plate is spoken of.
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import ORDINARY, Bag

_VEHICLE_WORDS = """
reg regs registration registered plate plates car cars van vans vehicle mot dvla v5 v5c taxi cab
transit motor lorry truck motorbike moped scooter minibus jeep mini fiesta corsa astra focus golf
bmw audi mercedes merc vauxhall toyota nissan ford honda peugeot renault citroen skoda kia hyundai
mazda fiat volvo saab rover landrover jaguar tesla dacia seat suzuki volkswagen vw passat polo
micra qashqai clio berlingo yaris corolla mondeo vivaro zafira motability permit parked parking
pcn caravan camper motorhome clamped towed cloned scrapped hatchback estate saloon banger
"""
_VEHICLES = frozenset(_VEHICLE_WORDS.split())
#: Shapes that hardly anything else has: group 1 is what goes, `word` is no word if it is a plate.
_SURE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w/-])([a-z]{2}\d\d[ -]?(?P<word>[a-z]{3}))(?![\w/-])",
        r"(?<![\w/-])((?-i:[A-Z]{2}[ ]\d\d[ ](?P<word>[A-Z]{3})))(?![\w/-])",
        r"(?<![\w/-])((?-i:(?P<word>[A-Z]{3})[ ]?\d{1,3}[A-Z]))(?![\w/-])",
        r"(?<![\w/-])((?-i:(?![ABM])[A-Z]\d{2,3}[ ]?(?P<word>[A-Z]{3})))(?![\w/-])",
        # Northern Ireland: three letters, an I or a Z among them
        r"(?<![\w/-])((?-i:(?P<word>[A-Z]{1,2}[IZ]|[A-Z][IZ][A-Z])[ ]?(?!(?:19|20)\d\d\b)\d{3,4}))"
        r"(?![\w/.,-]?\d)",
    )
)
#: Where a vehicle is spoken of, any of the shapes, and those of somebody's own plate.
_SPOKEN_OF = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w/£-])([a-z]{2}[ -]?\d\d[ -]?(?P<word>[a-z]{3}))(?![\w/-])",
        r"(?<![\w/£-])((?P<word>[a-z]{3})[ -]?\d{1,3}[ ]?(?:[a-hj-z]))(?![\w/'’-])",
        r"(?<![\w/£-])([a-z]\d{1,3}[ -]?(?P<word>[a-z]{3}))(?![\w/-])",
        r"(?<![\w/£-])((?P<word>[a-z]{1,2}[iz]|[a-z][iz][a-z])[ -]?\d{3,4})(?![\w/%-])",
    )
)
#: "SAM 1", "7 BOB": only right after what says that it is a plate, or right before.
_CODE = (
    r"(?:[a-z]{2}[ ]?\d{1,2}(?:[ ]?[a-z]{1,3})?|[a-z]{1,3}[ ]?\d{1,4}[a-z]?|\d{1,4}[ ]?[a-z]{1,3}"
    r"|(?-i:[A-Z]{2,7})|[a-z]\d{1,3}[ ]?[a-z]{1,3}|[a-z]{3})"
)
_SAYS = (
    r"(?:(?:private|personal|cherished|number|reg(?:istration)?)[ ])*(?:plates?|reg(?:istration)?)"
)
_PART = r"(?:start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|end(?:s|ed|ing)?|finish(?:es|ed|ing)?)"
_CALLED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_SAYS}\b(?:[ ](?!{_PART})\w{{1,9}}){{0,4}}?[, ]*[ ]{_PART}(?:[ ](?:with|in|off|is"
        rf"|it['’]?s))*"
        rf"[:, ]*[ ](?P<it>{_CODE})(?![\w'’])",
        rf"\b{_PART}(?:[ ](?:with|in))*[ ](?P<it>{_CODE})(?![\w'’])(?=[^.!?]{{0,25}}\b(?:plate"
        rf"|reg)\b)",
        rf"\b{_SAYS}(?:['’]s|[ ](?:is|was|were|said|says|reads?|like))?"
        r"(?:[ ](?:something|summat)[ ]like|[ ]i[ ]think|[ ]maybe)?[:, ]*[ ][\"'“‘]?"
        rf"(?P<it>{_CODE})(?![\w'’])",
        rf"(?<!\w)(?P<it>{_CODE})(?=[ ](?:at|on)[ ]the[ ](?:front|start|end"
        rf"|back)[ ]of[ ]\w+[ ]{_SAYS}\b)",
        rf"(?<!\w)(?P<it>{_CODE})(?=,?[ ](?:on[ ](?:the|his|her|my|its)|is[ ](?:the|my|his|her"
        rf"|its)|was"
        rf"[ ](?:the|his|her))[ ](?:\w{{2,10}}[ ])?{_SAYS}\b)",
    )
)
_NATO = (
    "alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliet|juliett|kilo|lima|mike"
    "|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whisky|whiskey|x-?ray|yankee"
    "|zulu"
)
_SAID_LETTER = rf"(?:[b-hj-z]|{_NATO})"
_DIGIT_WORD = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_SAID_YEAR = (
    rf"(?:\d[ ]?\d|{_DIGIT_WORD}[ ]{_DIGIT_WORD}|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen"
    rf"|(?:twen|thir|for|fif|six|seven)ty(?:[ -]{_DIGIT_WORD})?)"
)
#: "N V thirty-nine, R Z E", "f n 44 p x r", "papa oscar one seven": letters said one by one.
_SPELT = (
    re.compile(
        rf"\b(?:[a-z]|{_NATO})[ ,-]{{1,2}}{_SAID_LETTER}[ ,-]{{1,2}}{_SAID_YEAR}[ ,-]{{1,2}}"
        rf"(?:[a-z]|{_NATO})[ ,-]{{1,2}}(?:[a-z]|{_NATO})[ ,-]{{1,2}}(?:[a-z]|{_NATO})\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:{_NATO})[ -](?:{_NATO})[ -]{_SAID_YEAR}\b", re.IGNORECASE),
)
_SPELLING = re.compile(
    rf"\b(?:{_NATO})[ -](?:{_NATO})\b|\b[a-z][ ,-]{{1,2}}[b-hj-z]\b", re.IGNORECASE
)
_PLATES = frozenset(["plate", "plates", "reg", "registration"])
_HOLDS = re.compile(r"\d[ -]?[A-Za-z]|[A-Za-z][ -]?\d|[A-Z]{2}")
_UNITS_WORDS = """
reg am pm mph cc km kg hrs ft min mins lbs mpg st nd rd th k m p gb mb tax mot cat day one two
"""
_UNITS = frozenset(_UNITS_WORDS.split())
_YEAR_PLATE = re.compile(r"\d\d[ ]?(?:reg|plate)", re.IGNORECASE)


def find_plates(text: str, bag: Bag) -> list[Find]:
    """Return the number plates in `text`.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    spelt = [m.span() for p in _SPELT for m in p.finditer(text)] if _SPELLING.search(text) else []
    if spelt:
        return _whole(text, bag) + [Find(*span, "vehicle") for span in spelt]
    return _whole(text, bag)


def _whole(text: str, bag: Bag) -> list[Find]:
    """Return plates that are written as one."""
    if not _HOLDS.search(text) and bag.isdisjoint(_PLATES):
        return []
    spoken_of = not bag.isdisjoint(_VEHICLES)
    found = [m.span(1) for p in _SURE for m in p.finditer(text) if _is_no_word(m["word"])]
    if spoken_of:
        found += [
            m.span(1)
            for p in _SPOKEN_OF
            for m in p.finditer(text)
            if m[1].isupper() or _is_no_word(m["word"])
        ]
    if not bag.isdisjoint(_PLATES):
        found += [m.span("it") for p in _CALLED for m in p.finditer(text) if _is_code(m["it"])]
    return [Find(*span, "vehicle") for span in dict.fromkeys(found)]


def _is_no_word(letters: str) -> bool:
    low = letters.lower()
    return low not in gazetteer().words and low not in cues.BRANDS and low not in _UNITS


def _is_code(code: str) -> bool:
    """Whether what is called a plate is one, and no word, number of things or age."""
    letters = "".join(filter(str.isalpha, code)).lower()
    if _YEAR_PLATE.fullmatch(code) or letters in _UNITS:
        return False
    if not code.isupper() and not ORDINARY.isdisjoint(code.lower().split()):
        return False  # "a plate of 2 of those"
    return code.isupper() or letters not in gazetteer().words
