"""Finds institutions by who works there, and chapels and mosques in small letters.

"Excluded from Wheelers Lane", "under Dr Bhattal at Bath Row", "goes new covenant church of god".
"""

from __future__ import annotations

import re

from listening.privacy.addresses import PROPER
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.institutions import BIG_NAME, CAPITALS, NOT_NAMED, STOPPING, taken
from listening.privacy.words import ORDINARY, Bag

#: A school after who works there and what is done there, where hardly anything else is meant.
_STRONG_PUPIL_WORDS = """
year reception gcses gcse teacher teachers head headteacher excluded expelled suspended bullied
uniform senco sixth blazer catchment pupils class dinner governor ehcp detention exams ofsted
"""
_STRONG_PUPILS = frozenset(_STRONG_PUPIL_WORDS.split())
_TAUGHT_AT = re.compile(
    r"\b(?:(?:went|gone|been|go)[ ]through|(?:excluded|expelled|suspended)[ ]from"
    r"|(?:senco|head(?:teacher)?|teachers?|tas?|governors?|cook|caretaker|dinner[ ]lad(?:y|ies)"
    r"|places?|class(?:es)?|form|reception|open[ ]day|uniform|blazer|detention|pupils"
    r"|year[ ][\w]{1,7})[ ](?:at|from|for)|catchment[ ](?:for|of))[ ]+"
    rf"{BIG_NAME}",
    re.IGNORECASE,
)
_SMALL_TAUGHT_AT = re.compile(
    r"\b(?:go(?:es|ing)?|went|is|are|was|start(?:s|ed)?|got|place|year[ ]\w{1,7}|teacher|head"
    r"|senco)[ ](?:to|at|from|into)[ ](?P<small>[a-z][a-z'’]{4,})\b"
    r"(?![ ](?:road|street|lane|park|market))"
)
#: "goes new covenant church of god": what churches call themselves, in small letters.
_SMALL_CHURCH = re.compile(
    r"\b(?:go(?:es|ing)?|went|to|at|from)[ ](?:to[ ])?(?:the[ ])?"
    r"(?P<it>(?!the\b)(?:[a-z]{3,}[ ]){1,3}"
    r"(?:church[ ]of[ ](?:god|christ)|assembl(?:y|ies)[ ]of[ ]god|tabernacle|ministries)"
    r"(?:[ ]of[ ]prophecy)?)\b"
)
#: "green lane masjid"
_SMALL_MASJID = re.compile(
    r"\b(?P<it>[a-z'’]{4,}(?:[ ][a-z'’]{4,})?[ ](?:masjid|gurdwara|mandir))\b"
)
#: "under Dr Bhattal at Bath Row": where a doctor with a name is seen.
_DOCTOR_AT = re.compile(
    rf"\b(?:Dr|Doctor)\.?[ ]{PROPER}(?:,)?[ ](?:at|from|over[ ]at|up[ ]at)[ ](?:[Tt]he[ ])?"
    rf"(?P<name>{CAPITALS})"
)
#: Schools in Wales: "Ysgol Maes y Coed".
_YSGOL = re.compile(r"\b(?P<it>Ysgol(?:[ ](?:(?:[yY]r?|o|ar|a)[ ])?[A-Z][\w'’-]*){1,4})")
_CHURCHES = frozenset(
    ["church", "assembly", "assemblies", "tabernacle", "ministries", "masjid", "gurdwara", "mandir"]
)


def find_taught(text: str, bag: Bag) -> list[Find]:
    """Return the schools, surgeries and faith centres that people and small words give away.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found = [] if bag.isdisjoint(_CHURCHES) else _small_holy(text)
    if "ysgol" in bag:
        found += [Find(*m.span("it"), "school") for m in _YSGOL.finditer(text)]
    if "dr" in bag or "doctor" in bag:
        for match in _DOCTOR_AT.finditer(text):
            found += taken(text, match, "surgery", False)
    return found if bag.isdisjoint(_STRONG_PUPILS) else found + _taught(text)


def _taught(text: str) -> list[Find]:
    """Schools by who works there; in small letters only by a word that no list holds."""
    found = []
    for match in _TAUGHT_AT.finditer(text):
        found += taken(text, match, "school", False)
    lists = gazetteer()
    for match in _SMALL_TAUGHT_AT.finditer(text):
        key = match["small"].replace("’", "'").removesuffix("'s")
        if key not in lists.words and key not in lists.towns and key not in lists.first:
            found.append(Find(*match.span("small"), "school"))
    return found


def _small_holy(text: str) -> list[Find]:
    found = [Find(*m.span("it"), "faith") for m in _SMALL_CHURCH.finditer(text)]
    for match in _SMALL_MASJID.finditer(text):
        *named, head = match["it"].split()
        while named and (named[0] in STOPPING or named[0] in NOT_NAMED):
            named.pop(0)
        if named and not (len(named) == 1 and named[0] in ORDINARY):
            start = match.end() - len(" ".join([*named, head]))
            found.append(Find(start, match.end(), "faith"))
    return found
