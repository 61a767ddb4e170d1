"""Finds addresses in any letters by how a number stands beside a street, a house or a home.

"number 14 on brindle road", "61 tannery" after "live at", "room 6 at the beacon hostel". After a
number above one a count has a plural, so that "204 dunmore court" is no count of courts. Numbers
in words are digits here already (`said`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import ORDINARY

_ROAD_WORDS = (
    "road rd street st avenue ave lane crescent terrace gardens grove close drive way walk mews"
    " place row square rise court hill parade green view vale buildings villas yard wharf quay"
    " croft fold wynd brae bank mount heights mansions circus garth loan nook lea hollow spinney"
    " orchard esplanade approach cottages gate"
)
_ROAD = rf"(?:{'|'.join(_ROAD_WORDS.split())})"
#: Of them those that are hardly ever counted or said of anything else, each in the singular.
_ONE_ROAD = (
    "(?:road|street|avenue|lane|crescent|terrace|grove|close|drive|walk|mews|place|court|rise|wharf"
    "|quay|croft|tower|house|point|lodge|mount|wynd|brae|cottages|villas|pend|vennel|stairs|pl"
    "|cres|gdns|terr)"
)
_HOUSE = (
    "(?:house|court|towers?|point|heights|lodge|mansions|block|buildings?|wharf|quay|view|mill|hall"
    "|caravan[ ](?:site|park)|site|park|yard|hostel|hotel|refuge|shelter|rest|inn|lofts"
    "|gardens|place|mews|grange|close|walk|road|street)"
)
_N = r"\d{1,4}(?:[ ]?[a-h]\b)?"
_FLAT = rf"(?:flat|apartment|apt|maisonette|unit|bedsit|room|caravan|pod|plot|chalet)[ ]{_N}"
_WORDS = r"(?:[^\W\d_][\w'’-]*[ ])"
_HOME = (
    r"\b(?:liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|mov(?:ed|ing)|rent(?:s|ed|ing)?|address|home"
    r"|house|deliver(?:ed|s)?(?:[ ]it)?|post|resides?|(?:i['’]?m|we['’]?re|she['’]?s|he['’]?s"
    r"|mum['’]?s|dad['’]?s|nan['’]?s|they['’]?re))[ ]"
    r"(?:(?:is|was|goes|us|me|him|her|it|back|just|still)[ ])?"
    r"(?:(?:at|in|on|to|round)[ ])?(?:the[ ])?"
)
_AFTER_NUMBER = rf"(?:number|no\.?)[ ]{_N}"
#: What no street's name begins with.
_NO_START = r"(?!(?:on|in|at|of|is|it|it['’]?s|to|my|our|this|that|and|i['’]?m|we['’]?re|live)\b)"
_ON = r"(?:on|in|at|of|down|up)[ ]"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: `it` goes; every word of `name` must be of a street's name.
_SHAPES = tuple(
    map(
        _compiled,
        (
            rf"\b(?P<it>(?:house[ ])?{_AFTER_NUMBER},?[ ]{_ON}(?:the[ ])?(?P<name>{_WORDS}{{1,2}})"
            rf"{_ROAD})\b",
            rf"{_HOME}(?P<it>{_N},?[ ]{_ON}(?P<name>{_WORDS}{{1,2}}){_ROAD})\b",
            rf"\b(?P<it>(?:block[ ]\w[ ])?{_FLAT},?[ ](?:(?:at|in|of)[ ])?(?:the[ ])?"
            rf"(?P<name>{_WORDS}{{1,2}}){_HOUSE})\b",
            rf"(?<![\w£$€.:/-])(?P<it>(?:{_FLAT},?[ ])?(?!1\b){_N},?[ ](?P<name>{_WORDS}{{1,2}})"
            rf"{_ONE_ROAD})\b",
            rf"{_HOME}(?P<it>(?:number[ ])?{_N},?[ ](?P<name>{_WORDS}{{1,2}}){_ROAD})\b",
            # a house with its letter is no count: "9a lower compton stairs pl"
            rf"(?<![\w£$€.:/-])(?P<it>\d{{1,3}}[a-d],?[ ](?P<name>{_WORDS}{{1,3}}){_ONE_ROAD})\b",
            rf"(?<!\w)(?P<it>{_NO_START}(?P<name>{_WORDS}{{1,2}}){_ROAD},?[ ]{_AFTER_NUMBER})\b",
            rf"\b(?:at|in|is|it['’]?s|on)[ ](?P<it>{_NO_START}(?P<name>{_WORDS}{{1,2}})"
            rf"{_ROAD},[ ]{_N})"
            r"(?=[ ]?(?:[.;!?,]|$))",
        ),
    )
)
#: A number and one word that is no English one, after what says that somebody lives there.
_ODD = _compiled(
    rf"(?:{_HOME}(?P<it>(?:number[ ])?{_N}[ ](?P<name>[a-z'’-]{{4,20}}))"
    rf"|\b(?P<called>{_AFTER_NUMBER}[ ](?P<other>[a-z'’-]{{4,20}})))\b"
)
#: "at 29 the maltings"
_THE = _compiled(
    r"(?<![\w£$€.:/-])(?P<it>\d{1,3}[a-h]?,?[ ]the[ ](?:crescent|maltings|beeches|willows|cedars"
    r"|limes|elms|oaks|poplars|larches|laurels|hawthorns|paddocks?|cottages|avenue|terrace|glebe"
    r"|spinney|ropewalk|shambles|grange|firs|hollies|rowans|orchards?))\b"
)
#: A door of a neighbour: "next to number 33", "house number 46".
_DOOR = _compiled(
    r"\b(?:next[ ](?:to|door[ ](?:at|to))|beside|behind|between|near|past|knock(?:ed)?[ ](?:at|on)"
    r"|(?:them|her|him|lady|man|woman|bloke|family|lot|neighbours?|people|couple|those)[ ]"
    r"(?:at|in|from|of)|liv(?:e|es|ed|ing)[ ](?:at|in))[ ]"
    rf"(?P<it>{_AFTER_NUMBER})(?![\w%]|[ ](?:bus|tram|on[ ]the)\b)"
    rf"|\b(?P<house>house[ ]{_AFTER_NUMBER}(?![\w%])"
    r"|\d{1,3}[a-d](?=[ ](?:upstairs|downstairs|next[ ]door|ha(?:ve|s|d)|keeps?)\b))"
)
_MEASURES_WORDS = """
a an and are as at bed beds bedroom bedroomed bedrooms but by car cars council day days dead
different five for four from full half hour hours i in is it km least lane lanes main metre
metres mile miles min mins minute minutes month months more mph my new no of off old on one open or
other our out over people per person point private quid room rooms same school second seconds
separate short shut side star storey story that the their them these third this those three through
times to town two up us very was way week weeks were which who with yard yards year years year's
empty single double
"""
_MEASURES = frozenset(_MEASURES_WORDS.split())
_HINT = re.compile(r"\d")


def find_doors(text: str) -> list[Find]:
    """Return addresses that how a number stands gives away, whatever letters they are in.

    Args:
        text: one text, its numbers in digits.
    """
    if not _HINT.search(text):
        return []
    return [Find(*span, "address") for span in _spans(text)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for shape in _SHAPES:
        for match in shape.finditer(text):
            if _may_be_a_street(match["name"]):
                yield match.span("it")
    for match in _ODD.finditer(text):
        if _is_odd(match["name"] or match["other"]):
            yield match.span("it" if match["it"] else "called")
    for match in _THE.finditer(text):
        yield match.span("it")
    for match in _DOOR.finditer(text):
        yield match.span("it" if match["it"] else "house")


def _may_be_a_street(name: str) -> bool:
    """Whether words may be a street's name: none is a measure, and not all are everyday ones."""
    words = name.lower().split()
    if not _MEASURES.isdisjoint(words):
        return False
    return any(word not in ORDINARY for word in words) or name[0].isupper()


def _is_odd(word: str) -> bool:
    lists, low = gazetteer(), word.lower()
    if "'" in low or "’" in low:
        return False  # "number 9 doesn't"
    return (
        low not in lists.words and low not in ORDINARY and low.removesuffix("s") not in lists.words
    )
