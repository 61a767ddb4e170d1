"""Finds addresses: a number and a street, a flat, a door. A street without a number stays."""

from __future__ import annotations

import re

from listening.privacy.doors import find_doors
from listening.privacy.edits import Find
from listening.privacy.words import ORDINARY, Bag

PROPER = r"(?!I\b)[A-Z][\w'’\-]*"
#: Nouns that end a street's name and no person's.
ROAD_ONLY = r"road|rd|street|st|avenue|ave|lane|crescent|terrace|gardens|grove"
_ROAD = (
    rf"(?:{ROAD_ONLY}|close|drive|way|place|walk|mews|row|square|rise|court|hill|parade|green|park"
    r"|view|house|vale|end|buildings|villas|path|estate|broadway|gate|yard|wharf|quay|cottages?"
    r"|croft|fold|wynd|brae|bank|mount|meadows?|fields?|lodge|heights|towers?|mansions|alley"
    r"|passage|chase|ride|dene|circus|garth|loan|nook|brow|lea|leas|ginnel|hollow|spinney|paddock|orchard|glebe|pastures|knoll"
    r"|promenade|esplanade|crest|approach|pend|vennel|stairs|steps|entry|gait|pl|cres|gdns|terr|pde"
    r"|cl|sq|ct)"
)
_HOUSE = r"(?:house|court|tower|towers|point|heights|lodge|mansions|block|building|buildings)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_SPELT = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_ONES}))?|{_ONES}|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|a hundred and \w+)"
)
_NUMBER = r"(?:\d{1,4}(?:[ ]?[a-hA-H]\b)?(?:[ ]?[-–/][ ]?\d{1,4})?)"
_FLAT = (
    r"(?:(?i:flat|apartment|apt\.?|maisonette|unit|bedsit|room|caravan|pod|plot|chalet|cabin)[ ]+"
    rf"(?:{_NUMBER}|[A-H]\b|(?i:{_SPELT})\b))"
)
_LIVING = (
    r"(?:live|lives|lived|living|moved|address|address is|address['’]s|house|home|back|post goes"
    r"|stays?|stayed|staying|rent|rents|lodge|dwell)"
)
#: "3rd Floor", "the top flat at"
_FLOOR = (
    r"(?:(?i:(?:the[ ])?(?:top|basement|ground|first|upstairs)(?:[ ]floor)?[ ]flat(?:[ ]at)?)"
    r"|\d(?:st|nd|rd|th)[ ][Ff]loor)"
)

_ADDRESS = re.compile(
    rf"(?<![\w£$€.:/])(?:(?:{_FLAT}|{_FLOOR}),?[ ]+)?"
    rf"(?:(?i:number|no\.?)[ ]+)?(?:{_NUMBER}|(?i:{_SPELT})),?[ ]+"
    rf"(?:(?:St\.?|The|[A-Z]\.)[ ]+)?(?:{PROPER}[ ]+){{1,4}}(?i:{_ROAD})\b\.?(?<!\w\.)|"
    rf"(?<!\w){_FLAT}(?:,?[ ]+(?:(?:St\.?|The)[ ]+)?(?:{PROPER}[ ]+){{1,3}}(?i:{_HOUSE})\b)?"
)
#: "2 The Maltings", after words that speak of living there.
_THE = re.compile(
    r"(?:\b(?i:at|in|to|from|of|live|lives|lived)[ ]+|^|[.!?][ ])(?P<it>\d{1,3}[a-zA-Z]?,?[ ]The[ ]"
    rf"(?P<name>{PROPER}(?:[ ]{PROPER})?))"
)
#: A number and a name without a road's noun, where somebody says that they live there.
_LIVED_IN = re.compile(
    r"\b(?i:(?:i['’]?m|we['’]?re|live|lives|lived|living|stay|staying|rent|based)"
    r"[ ](?:at[ ]|in[ ]|on[ ])|address[ ]is[ ]|put[ ]us[ ](?:in|at)[ ]|it['’]?s[ ])"
    rf"(?P<it>(?:{_FLAT},?[ ]+)?(?:{_NUMBER}|(?i:{_SPELT})),?[ ]+"
    rf"{PROPER}(?:[ ]{PROPER}){{0,2}})"
)
#: A caravan, a room, a pod and the site: "Caravan 7, Sandy Bay".
_PITCH = re.compile(
    rf"(?<!\w){_FLAT},?[ ]+(?:(?:of|at|in)[ ](?:[Tt]he[ ])?)?{PROPER}(?:[ ]{PROPER}){{0,4}}"
)
#: "16 the Crescent", "3 The Close": "the" is a part of the street's name.
_THE_ROAD = re.compile(
    r"(?<![\w£$€.:/])(?P<it>\d{1,3}[a-zA-Z]?,?[ ][Tt]he[ ](?:Crescent|Close|Green|Avenue|Square"
    r"|Drive"
    r"|Parade|Terrace|Row|Mews|Mount|Grove|Broadway|Hollow|Spinney|Paddock|Orchard|Maltings|Rise"
    r"|Vale|Ridgeway|Cottages|Meadows?|Oaks|Elms|Limes|Beeches|Willows|Cedars|Firs|Glade|Dell"
    r"|Croft|Copse|Glebe|Chase|Wynd|Brae|Nook|Grange|Shambles|Quay|Wharf|Poplars|Larches))\b"
)
#: The flat before the door of a close in Scotland: "2/1, 48 Garnock Street".
_STAIR = re.compile(r"\b\d{1,2}/\d{1,2},?[ ]+$")
#: "we're nineteen denby street": a number said out, and a noun that ends a street's name only.
_SAID = re.compile(
    rf"\b(?P<it>(?:number[ ]+)?{_SPELT},?[ ]+(?P<name>[a-z'’\-]+(?:[ ][a-z'’\-]+)?)"
    rf"[ ]+(?:{ROAD_ONLY}))\b"
)
_ROAD_AFTER = re.compile(rf",[ ](?:{PROPER}[ ]){{1,3}}(?i:{_ROAD})\b")
#: "live at number seven the maltings"
_SMALL_THE = re.compile(
    rf"\b{_LIVING}[ ]+(?:at|in|is|to)[ ]+(?P<it>(?:number[ ]+)?(?:{_NUMBER}|{_SPELT}),?[ ]+the[ ]+"
    r"(?!only\b|same\b|first\b|last\b|moment\b|time\b|end\b)[a-z]{4,})\b"
)
#: A house with a name and its road: "I'm at The Old Forge, Mill Street".
_NAMED_HOUSE = re.compile(
    r"(?:\b(?i:at|in|is|to|address|one|house|live|lives)[,:]?[ ]+|^|[.!?][ ]+)"
    r"(?P<it>(?P<house>(?:[Tt]he[ ])?"
    rf"{PROPER}(?:[ ]{PROPER})?),[ ](?:{_NUMBER}[ ])?(?:{PROPER}[ ]){{1,3}}(?i:{_ROAD})\b)"
)
#: "lives at the Old Forge on Mill Street": of one's own home, "on" says as much as a comma.
_OWN_HOUSE = re.compile(
    rf"\b(?i:live|lives|lived|living)[ ](?i:at|in)[ ](?P<it>(?:[Tt]he[ ])?(?P<house>{PROPER}"
    rf"(?:[ ]{PROPER})?)[ ](?:on|in|off|down|up)[ ](?:{PROPER}[ ]){{1,3}}(?i:{_ROAD})\b)"
)
_HOUSES_WORDS = """
cottage cottages house forge lodge manse vicarage rectory barn farm farmhouse bungalow mill
gatehouse croft grange villa stables schoolhouse hall
bakehouse chapel smithy brewery dairy school lodge oast chapel station coach parsonage manor lea
dene nook rest view end
"""
_HOUSES = frozenset(_HOUSES_WORDS.split())
#: A door: "at number 42", "them at no. 9"; "Number 16 have had the bailiffs".
_DOOR = re.compile(
    r"\b(?:at|from|outside|opposite|above|below)[ ]+"
    rf"(?P<it>(?:number[ ]+(?:{_NUMBER}|{_SPELT}\b)|no\.?[ ]+{_NUMBER}))"
    r"(?![\w%]|[ ](?:bus|tram|on)\b)"
    r"|(?:^|[.!?,][ ]+)(?P<start>number[ ]+\d\d{1,2}[a-z]?)"
    r"(?=[ ](?:have|has|had|is|are|was|were|got|keeps?)\b)",
    re.IGNORECASE,
)
#: "number four cable street": called a number, any word may be the street's name.
_CALLED_NUMBER = re.compile(
    rf"\b(?P<it>number[ ]+(?:{_NUMBER}|{_SPELT}),?[ ]+(?!on\b|in\b|of\b|for\b|the\b)"
    rf"(?:[a-z'’\-]+[ ]){{1,2}}(?:{ROAD_ONLY}|close|drive|court|walk|mews|way))\b",
    re.IGNORECASE,
)
#: "9 Tyn-y-Coed, Llanrwst Road": a house or a terrace by name, and its road.
_TERRACE = re.compile(
    rf"(?<![\w£$€.:/])(?P<it>{_NUMBER}[ ]{PROPER}(?:[ ]{PROPER})?,[ ](?:{PROPER}[ ]){{1,3}}"
    rf"(?i:{_ROAD})\b)"
)
_SMALL = re.compile(
    rf"(?<![\w£$€.:/]){_NUMBER},?[ ]+(?P<name>[a-z'’\-]+(?:[ ][a-z'’\-]+)?)[ ]+(?:{ROAD_ONLY})\b"
)
#: The same after words that speak of living there: an ordinary word may be the street's name.
_SMALL_LIVED_IN = re.compile(
    rf"\b(?:{_LIVING}[ ]+(?:at|in|to|on|is)|address(?:[ ]is|['’]s)?|at"
    r"|(?:i'?m|we'?re)[ ](?:at|on))[ ]+"
    rf"(?P<it>(?:flat[ ]+\w+[ ]+)?(?:number[ ]+)?(?:{_NUMBER}|{_SPELT}),?[ ]+"
    rf"(?P<name>[a-z'’\-]+(?:[ ][a-z'’\-]+)?)[ ]+{_ROAD})\b",
    re.IGNORECASE,
)
#: "flat 4 pentland house"
_SMALL_FLAT = re.compile(
    rf"(?<!\w)(?P<it>{_FLAT},?[ ]+(?P<name>[a-z'’\-]+(?:[ ][a-z'’\-]+)?)[ ]+{_HOUSE})\b"
)
_NO_STREET_WORDS = """
the a an this that of in on per cent metres minutes miles yards
"""
_NO_STREET = frozenset(_NO_STREET_WORDS.split())
_DIGIT = re.compile(r"\d")
_NUMBER_WORDS = frozenset(re.findall(r"[a-z]{3,}", _SPELT)) | {"flat", "apartment", "maisonette"}
_FLATS = [
    "flat",
    "apartment",
    "apt",
    "maisonette",
    "unit",
    "bedsit",
    "room",
    "caravan",
    "pod",
    "number",
    "no",
]
_LIVED_WORDS = """
m im re live lives lived living stay staying rent based address put it its
"""
_LIVED = frozenset(_LIVED_WORDS.split())
_ADDRESS_WORDS = frozenset(re.findall(r"[a-z]{2,}", _ROAD + _HOUSE)) | frozenset(
    [*_FLATS, "cottage", "cottages", "tower", "towers", "building", "meadow", "fields", "field"]
)


def find_addresses(text: str, bag: Bag) -> list[Find]:
    """Return the addresses in `text`.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    named = [] if bag.isdisjoint(_HOUSES) else _named_houses(text)
    numbered = _DIGIT.search(text) or not bag.isdisjoint(_NUMBER_WORDS)
    return named + _numbered(text, bag) + find_doors(text) if numbered else named


def _named_houses(text: str) -> list[Find]:
    found = []
    for match in (*_NAMED_HOUSE.finditer(text), *_OWN_HOUSE.finditer(text)):
        house = match["house"].rsplit(" ", 1)[-1].lower()
        if house in _HOUSES:
            found.append(Find(*match.span("it"), "address"))
    return found


def _numbered(text: str, bag: Bag) -> list[Find]:
    found = _lived_in(text, bag)
    if bag.isdisjoint(_ADDRESS_WORDS) and " the " not in text.lower():
        return found
    found += [Find(*_with_road(text, match), "address") for match in _ADDRESS.finditer(text)]
    for pattern in (_SMALL_THE, _CALLED_NUMBER, _TERRACE, _THE_ROAD):
        found += [Find(*match.span("it"), "address") for match in pattern.finditer(text)]
    for match in _DOOR.finditer(text):
        found.append(Find(*match.span("it" if match["it"] else "start"), "address"))
    for match in _THE.finditer(text):
        if match["name"].lower() not in ORDINARY:
            found.append(Find(*match.span("it"), "address"))
    for match in (*_SMALL.finditer(text), *_SAID.finditer(text)):
        if ORDINARY.isdisjoint(match["name"].split()):
            found.append(Find(*match.span(), "address"))
    for match in (*_SMALL_LIVED_IN.finditer(text), *_SMALL_FLAT.finditer(text)):
        if _NO_STREET.isdisjoint(match["name"].lower().split()):
            found.append(Find(*match.span("it"), "address"))
    return found


def _with_road(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Take the road after a house with it, and a stair before: "2/1, Flat 9, Sycamore Court"."""
    road = _ROAD_AFTER.match(text, match.end())
    stair = _STAIR.search(text, max(0, match.start() - 8), match.start())
    return stair.start() if stair else match.start(), road.end() if road else match.end()


def _lived_in(text: str, bag: Bag) -> list[Find]:
    """Addresses that only the words before them, or a caravan or a room, give away."""
    found = []
    if not bag.isdisjoint(_FLATS):
        found += [Find(*match.span(), "address") for match in _PITCH.finditer(text)]
    if bag.isdisjoint(_LIVED):
        return found
    for match in _LIVED_IN.finditer(text):
        named = re.findall(PROPER, match["it"])
        if any(word.lower() not in ORDINARY for word in named):
            found.append(Find(*match.span("it"), "address"))
    return found
