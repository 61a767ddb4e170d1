"""Finds homes that have a name instead of a street: hostels, refuges, farms, cottages.

A tower block without a flat's number stays, being a public place; a hostel or a refuge goes, since
whoever is said to live there can be found there.
"""

from __future__ import annotations

import re

from listening.privacy.addresses import PROPER
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import ORDINARY, Bag

_WHOSE = (
    r"(?:(?:young[ ]persons?['’]?s?|young[ ]people['’]?s|women['’]?s|men['’]?s|homeless|bail"
    r"|probation|student|hostel)[ ])?"
)
_HEAD = (
    r"(?:hostel|refuge|foyer|night[ ]shelter|almshouses?|sheltered[ ]housing|supported[ ]living"
    r"|supported[ ]housing|extra[ ]care|travell?ers['’]?[ ]site)"
)
_HOSTEL = re.compile(
    rf"(?P<it>(?P<name>(?:St\.?[ ])?(?:(?-i:{PROPER})[ ]){{1,4}}){_WHOSE}{_HEAD})\b", re.IGNORECASE
)
_SMALL_HOSTEL = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|put|placed|housed|moved|room|bed|stuck|im|i['’]?m)"
    r"(?:[ ](?:me|us|him|her|them|now|still|back))?[ ](?:in|into|at|to)[ ](?:the[ ])?"
    rf"(?P<it>(?P<name>(?:[a-z'’-]{{3,16}}[ ]){{1,3}}?){_WHOSE}{_HEAD})\b"
)
#: Before "hostel", and no name of its own.
_PLAIN_WORDS = """
the a an my our his her their this that some any another women's men's womens mens women men youth
homeless young people's persons person's council bail probation student asylum seekers' night winter
local new old same first last big mixed family families' housing hotel domestic violence the
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
#: A house and its letter before two words with capitals: "61c Whitehill Pend".
_LETTERED = re.compile(
    r"(?<![\w£$€.:/-])(?P<it>\d{1,3}[ ]?[a-dA-D],?[ ]"
    rf"(?P<name>{PROPER}(?:[ ]{PROPER}){{1,3}}))(?![ ](?i:school|primary|academy|bus))"
)
_COUNTED = re.compile(
    r"\b(?:year|class|form|bus|route|junction|set|group|band|room|zone|gate|platform|ward|number"
    r"|grade|level|section|band|step|stage|tier|bay|in)[ ]$",
    re.IGNORECASE,
)
_ROOF = (
    r"(?:[Ff]armhouse|[Cc]ottages?|[Bb]ungalow|[Ss]teading|[Vv]icarage|[Rr]ectory|[Mm]anse"
    r"|[Ss]mallholding|Farm|Barn|Croft|Lodge|Smithy|Forge|Mill)"
)
_LIVED = (
    r"\b(?i:farm(?:s|ed|ing)?|liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|born|grew[ ]up|home|addr(?:ess)?"
    r"|rent(?:s|ed|ing)?|we['’]?re|i['’]?m)[ ](?:(?:is|out|up|down|over)[ ])?(?i:at|in|by|to)?[ ]?"
)
_FARM = re.compile(
    rf"{_LIVED}(?P<it>(?:[Tt]he[ ])?(?P<name>{PROPER}(?:[ ]{PROPER}){{0,2}}[ ]){_ROOF}"
    rf"(?:,[ ](?:{PROPER}[ ]?){{1,3}})?)\b(?![ ](?i:estate|road|street|lane|park|school|surgery))"
)
#: Who farms somewhere lives there.
_FARMED = re.compile(
    r"\b[Ff]arm(?:s|ed|ing)?[ ](?:(?:up|out|down|over)[ ])?(?:at|by)[ ]"
    rf"(?P<it>(?P<name>{PROPER}(?:[ ]{PROPER}){{0,3}})(?:,[ ](?:{PROPER}[ ]?){{1,2}})?)(?<![ ])"
)
#: A number and two capitals after what says that somebody lives there: "Lives 48 Garthland Brae".
_NOTED = re.compile(
    r"\b(?i:lives|lived|living|rents|rented|renting|resident[ ]of|tenant[ ](?:of|at|in)"
    r"|addr(?:ess)?|housed|staying|stays)[ ]?(?::|at|in|is|given[ ]as|to)?[ ]"
    rf"(?P<it>\d{{1,4}}[a-dA-D]?,?[ ]{PROPER}(?:[ ]{PROPER}){{1,3}})"
)
_HOSTELS_WORDS = """
hostel refuge foyer shelter almshouse almshouses sheltered supported extra site
"""
_HOSTELS = frozenset(_HOSTELS_WORDS.split())
_FARMS = frozenset(["farm", "farms", "farmed", "farming"])
_ROOF_WORDS = """
farmhouse cottage cottages bungalow steading vicarage rectory manse smallholding farm barn
croft lodge smithy forge mill
"""
_ROOFS = frozenset(_ROOF_WORDS.split())
_DIGIT = re.compile(r"\d[ ]?[a-dA-D]?,?[ ][A-Z]")


def find_homes(text: str, bag: Bag) -> list[Find]:
    """Return the homes of `text` that have a name, and those that a shorthand tells.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found = []
    if not bag.isdisjoint(_HOSTELS):
        found += [_hostel(m) for m in (*_HOSTEL.finditer(text), *_SMALL_HOSTEL.finditer(text))]
    if not bag.isdisjoint(_ROOFS | _FARMS):
        found += [
            Find(*m.span("it"), "address")
            for m in (*_FARM.finditer(text), *_FARMED.finditer(text))
            if _is_own(m["name"])
        ]
    if _DIGIT.search(text):
        found += [
            Find(*m.span("it"), "address")
            for m in _LETTERED.finditer(text)
            if not _COUNTED.search(text, max(0, m.start() - 12), m.start()) and _is_own(m["name"])
        ]
        found += [Find(*m.span("it"), "address") for m in _NOTED.finditer(text)]
    return [find for find in found if find is not None]


def _hostel(match: re.Match[str]) -> Find | None:
    """Take the words before "hostel" that are its name, if there is one."""
    words = list(re.finditer(r"\S+", match["name"]))
    while words and (words[0][0].lower() in _PLAIN or words[0][0].lower() in ORDINARY):
        words.pop(0)
    if not words or all(word[0].lower() in _PLAIN for word in words):
        return None
    return Find(match.start("name") + words[0].start(), match.end("it"), "address")


def _is_own(name: str) -> bool:
    """Whether a house's name is one of its own, and no town's and no everyday word."""
    words = name.lower().split()
    whole = tuple(words)
    return words[0] not in ORDINARY and whole not in gazetteer().places.get(words[0], ())
