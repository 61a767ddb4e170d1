"""Finds addresses, schools, surgeries, faith centres and employers; public places stay.

A district, an estate, a road without a number, a park or a station is evidence about a place and
nobody's address. What goes needs a name of its own: "Oakwood Primary" goes, "a primary school" and
"Sunday School" stay.
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.edits import Find
from listening.privacy.gazetteer import PLACES
from listening.privacy.words import ORDINARY, Bag

_PROPER = r"(?!I\b)[A-Z][\w'’\-]*"
_ROAD_ONLY = r"road|rd|street|st|avenue|ave|lane|crescent|terrace|gardens|grove"
_ROAD = (
    rf"(?:{_ROAD_ONLY}|close|drive|way|place|walk|mews|row|square|rise|court|hill|parade|green|park"
    r"|view|house|vale|end|buildings|villas|path|estate|broadway|gate|yard|wharf)"
)
_HOUSE = r"(?:house|court|tower|towers|point|heights|lodge|mansions|block|building|buildings)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_SPELT = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_ONES}))?|{_ONES}|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|a hundred and \w+)"
)
_NUMBER = r"(?:\d{1,4}(?:[a-zA-Z]\b)?(?:[ ]?[-–/][ ]?\d{1,4})?)"
_FLAT = (
    r"(?:(?i:flat|apartment|apt\.?|maisonette|unit|bedsit)[ ]+"
    rf"(?:{_NUMBER}|[A-H]\b|(?i:{_SPELT})\b))"
)

_ADDRESS = re.compile(
    rf"(?<![\w£$€.:/])(?:{_FLAT},?[ ]+)?(?:(?i:number|no\.?)[ ]+)?(?:{_NUMBER}|(?i:{_SPELT})),?[ ]+"
    rf"(?:(?:St\.?|The|[A-Z]\.)[ ]+)?(?:{_PROPER}[ ]+){{1,4}}(?i:{_ROAD})\b\.?(?<!\w\.)|"
    rf"(?<!\w){_FLAT}(?:,?[ ]+(?:(?:St\.?|The)[ ]+)?(?:{_PROPER}[ ]+){{1,3}}(?i:{_HOUSE})\b)?|"
    rf"\b(?i:at[ ]+(?P<at>(?:number|no\.?)[ ]+{_NUMBER}))(?![\w%])"
)
_SMALL_ADDRESS = re.compile(
    rf"(?<![\w£$€.:/]){_NUMBER},?[ ]+(?P<name>[a-z'’\-]+(?:[ ][a-z'’\-]+)?)[ ]+(?:{_ROAD_ONLY})\b"
)
_DIGIT = re.compile(r"\d")
_NUMBER_WORDS = frozenset(re.findall(r"[a-z]{3,}", _SPELT)) | {"flat", "apartment", "maisonette"}

#: Words that may stand before the name proper; they are no part of it.
_LEAD = re.compile(
    r"(?i:the|a|an|at|my|our|his|her|their|your|in|to|from|of|and|&|for|with|by|near"
    r"|i|we|when|is|was|went|go|this|that|but|because|so|then|like|on)"
)
_BACK = re.compile(rf"(?:(?:St\.|{_PROPER})[ ]+(?:(?:of|and|&|upon)[ ]+(?={_PROPER}))?)+$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n\"“(])[\s\"'“(]*$")
_NOT_AFTER = rf"(?![ ]+(?i:{_ROAD_ONLY}|hospital|station|park|hill|close|way|estate|green|bus)\b)"

_KINDS = (
    (
        "school",
        re.compile(
            r"\b(?i:(?:(?:primary|infants?|junior|secondary|high|grammar|comprehensive|special|nursery"
            r"|church of england|c of e|ce|rc|catholic|community|girls['’]?|boys['’]?|free|prep"
            r"|preparatory|sixth form|pre)[ -]+)*(?:school|academy|college|nursery|preschool"
            r"|playgroup|primary|infants|juniors|sixth form)(?:[ ]school)?)\b" + _NOT_AFTER
        ),
    ),
    (
        "surgery",
        re.compile(
            r"\b(?i:(?:gp|doctors?['’]?s?|medical|health|family|group|dental)[ ]+)*"
            r"(?i:surgery|practice"
            r"|(?:medical|health|healthcare|gp)[ ]+(?:centre|center|group|practice))\b"
        ),
    ),
    (
        "faith",
        re.compile(
            r"\b(?i:(?:parish|baptist|methodist|catholic|orthodox|pentecostal|central|community"
            r"|islamic|hindu|sikh|buddhist)[ ]+)*(?i:church(?!es)|cathedral|chapel|mosque|masjid"
            r"|temple|gurdwara|synagogue|mandir|tabernacle|ministries|islamic[ ]+centre|vihara)\b"
            r"(?![ ]+(?i:of england|of scotland|road|street|lane|hill|school|primary|close|green))"
        ),
    ),
)
_HEAD_WORDS = """
school academy college nursery preschool playgroup primary infants juniors sixth surgery practice
centre center group church cathedral chapel mosque masjid temple gurdwara synagogue mandir
tabernacle ministries vihara
"""
_HEADS = frozenset(_HEAD_WORDS.split())
_WORK_WORDS = """
work works worked working employed job shift shifts apprentice apprenticeship cleaner manager driver
ltd limited plc llp sons
"""
_WORK = frozenset(_WORK_WORDS.split())
_COMMON = """
primary secondary high junior infant infants grammar comprehensive special nursery community
catholic free sunday summer saturday after evening medical health family group dental general
private best good local day knee heart hip spinal eye brain plastic cosmetic major minor routine
baptist methodist parish orthodox pentecostal islamic hindu sikh buddhist jewish muslim christian
anglican mental nhs gp doctors doctor sixth form art technical further higher adult law medicine
church mosque temple england wales scotland keyhole cataract bariatric dr mr mrs ms miss st county
state phd
"""
_GENERIC = frozenset(_COMMON.split())

_SMALL_NAMED = re.compile(
    r"\b(?:to|at|from|attends?|attended)[ ]+(?P<name>[a-z'’\-]{4,})[ ]+(?P<head>"
    r"primary(?:[ ]school)?|academy|(?:secondary|high|infants?|junior|nursery)[ ]school"
    r"|medical[ ](?:centre|practice)|health[ ]centre|doctors['’]?[ ]surgery)\b"
)

_EMPLOYER = re.compile(
    r"\b(?i:work(?:s|ed|ing)?|employed|job|shifts?|apprentice(?:ship)?|cleaner|manager|driver)[ ]+"
    rf"(?i:at|for|by|with)[ ]+(?P<name>(?:{_PROPER}|[A-Z]&[A-Z])"
    rf"(?:[ ](?:(?:and|&|of)[ ])?(?:{_PROPER}|[A-Z]&[A-Z]))*)"
)
_COMPANY = re.compile(
    rf"\b(?P<name>(?:{_PROPER}[ ](?:(?:and|&)[ ])?){{1,4}}"
    r"(?:Ltd|Limited|PLC|Plc|plc|LLP|& Sons|and Sons))\b"
)
_SMALL_EMPLOYER = re.compile(
    r"\b(?:work(?:s|ed|ing)?|employed|job|shifts?)[ ]+(?:at|for|by|in)[ ]+(?P<name>tesco'?s?|asda"
    r"|sainsbury'?s|morrisons|aldi|lidl|waitrose|iceland|co-?op|amazon|argos|primark|greggs|boots"
    r"|mcdonald'?s|kfc|costa|starbucks|ikea|b&q|b&m|wilko|royal mail|dhl|evri|uber|deliveroo"
    r"|just eat|network rail|british gas|bt|g4s|serco|mitie|capita)\b",
    re.IGNORECASE,
)
#: Public bodies are evidence about services, and too large to point at a person.
_PUBLIC = frozenset(
    [
        "nhs",
        "council",
        "borough",
        "government",
        "dwp",
        "trust",
        "police",
        "hmrc",
        "authority",
        "tfl",
    ]
)


_DEDICATED = re.compile(rf"[ ](?:of[ ](?:the[ ]|St\.?[ ])*)?{_PROPER}(?:[ -]{_PROPER})*")


def find_places(text: str, bag: Bag) -> list[Find]:
    """Return the addresses, schools, surgeries, faith centres and employers named in `text`."""
    numbered = _DIGIT.search(text) or not bag.isdisjoint(_NUMBER_WORDS)
    found = _addresses(text) if numbered else []
    if not bag.isdisjoint(_HEADS):
        found += [
            find
            for kind, pattern in _KINDS
            for match in pattern.finditer(text)
            if (find := _named(text, match, kind))
        ]
        found += [
            Find(m.start("name"), m.end(), "school" if _is_school(m["head"]) else "surgery")
            for m in _SMALL_NAMED.finditer(text)
            if m["name"] not in ORDINARY and m["name"] not in _GENERIC
        ]
    return found if bag.isdisjoint(_WORK) else found + _employers(text)


def _is_school(head: str) -> bool:
    return head.startswith(("primary", "academy")) or head.endswith("school")


def _addresses(text: str) -> list[Find]:
    found = []
    for match in _ADDRESS.finditer(text):
        start = match.start("at") if match["at"] else match.start()
        found.append(Find(start, match.end(), "address"))
    for match in _SMALL_ADDRESS.finditer(text):
        if ORDINARY.isdisjoint(match["name"].split()):
            found.append(Find(match.start(), match.end(), "address"))
    return found


def _named(text: str, head: re.Match[str], kind: str) -> Find | None:
    """Take the capitalised words before a head noun as its name, if there is one."""
    offset = max(0, head.start() - 80)
    back = _BACK.search(text[offset : head.start()])
    if back is None:
        return _named_after(text, head, kind)
    start = offset + back.start()
    words = [(start + m.start(), m.group()) for m in re.finditer(r"\S+", back.group())]
    while words and _is_lead(text, *words[0]):
        words.pop(0)
    bare = [word.strip("'’.-").lower() for _, word in words if word[0].isupper()]
    saint = bare[:1] in (["st"], ["saint"]) and len(bare) > 1
    if not saint and all(word in _GENERIC or word in {"old", "new"} for word in bare):
        return _named_after(text, head, kind)
    if text[words[0][0] : head.start()].isupper() and not ORDINARY.isdisjoint(bare):
        return None  # a text that shouts: capitals say nothing
    if len(words) == 1 and head.group().islower() and _opens(text, words[0][0]):
        return None  # "Unelected school boards"
    return Find(words[0][0], head.end(), kind)


def _named_after(text: str, head: re.Match[str], kind: str) -> Find | None:
    """Take a faith centre's name from what follows: "Masjid Al-Noor", "Church of the Ascension"."""
    if kind != "faith" or not head.group()[0].isupper():
        return None
    after = _DEDICATED.match(text, head.end())
    if after is None or not (
        {"masjid", "mandir"} & {head.group().lower()} or " of " in after.group()
    ):
        return None
    return Find(head.start(), head.end() + after.end(), kind)


def _is_lead(text: str, start: int, word: str) -> bool:
    if _LEAD.fullmatch(word):
        return True
    plain = word.lower() in ORDINARY and word.lower() not in {"st", "saint"}
    return plain and _opens(text, start)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence starts here, so that a capital says nothing."""
    return bool(_SENTENCE_START.search(text[max(0, start - 8) : start]))


def _employers(text: str) -> list[Find]:
    found = []
    for pattern in (_EMPLOYER, _COMPANY, _SMALL_EMPLOYER):
        for match in pattern.finditer(text):
            words = re.findall(r"[\w&'’\-]+", match["name"].lower())
            public = not _PUBLIC.isdisjoint(words)
            plain = all(w in ORDINARY or w in PLACES or w in cues.TITLES for w in words)
            person = words[0] in cues.TITLES
            if pattern is _SMALL_EMPLOYER or not (public or plain or person):
                found.append(Find(match.start("name"), match.end("name"), "employer"))
    return found
