"""Finds churches and schools by their dedication, and institutions by what they are called.

"St Wilfrid's had a leak", "all souls did a lunch", "a playgroup called Tiny Treasures", "Drs Sen
and Moss", "the Quaker Meeting House": no head noun and no verb before them is needed.
"""

from __future__ import annotations

import re

from listening.privacy.addresses import PROPER
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import ORDINARY, Bag

#: What makes a public place of a dedication.
_NOT_BEFORE = (
    r"(?![\w'’]|[ ]+(?i:estate|park|road|street|lane|avenue|area|way|end|hospital|hospice"
    r"|station|day"
    r"|flats|ward|square|close|hill|green|place|court|house|gardens|crescent|terrace|carnival|quay"
    r"|market|centre|shopping|cross|bridge|roundabout|gate|row|drive|stadium|infirmary)\b)"
)
#: What may end such a name.
_SORT = (
    r"(?:[ ](?i:c[ ]?of[ ]?e|cofe|r\.?c\.?|catholic|ce|church|parish|primary|juniors?|infants?|high"
    r"|academy|school|nursery|methodist|baptist)\b)*"
)
_SAINT = re.compile(
    rf"\b(?P<it>(?:St\.?|Saint)[ ]{PROPER}(?:(?:[ ](?:and"
    rf"|&)[ ]St\.?)?[ ]{PROPER})?(?<=['’]s){_SORT})"
    rf"{_NOT_BEFORE}(?![ ][A-Z])"
)
_SORTED_SAINT = re.compile(
    r"\b(?P<it>st\.?[ ][a-z]{3,}['’]?s?[ ](?:c[ ]?of[ ]?e|cofe|rc|catholic|primary|juniors|infants)"
    rf"{_SORT})\b",
    re.IGNORECASE,
)
#: Dedications of several words, in small letters too.
_DEDICATION = re.compile(
    r"\b(?P<it>(?:all[ ](?:souls|saints|hallows)|holy[ ](?:trinity|nativity|cross|family|rood"
    r"|spirit"
    r"|name|redeemer|apostles|innocents|rosary|souls)|sacred[ ]heart|corpus[ ]christi|christ[ ]the"
    r"[ ](?:king|redeemer|saviour)|(?:the[ ])?immaculate[ ](?:conception|heart)|our[ ]lady[ ]of"
    r"[ ](?:the[ ]|good[ ]|perpetual[ ])?[a-z]{4,}|(?-i:Christ[ ]Church|Good[ ]Shepherd))"
    rf"{_SORT})\b{_NOT_BEFORE}",
    re.IGNORECASE,
)
_HOUSES_OF_PRAYER = re.compile(
    rf"\b(?P<it>(?:(?:{PROPER}[ ])?(?:Quaker|Friends['’]?)[ ]Meeting[ ]House"
    rf"|(?:{PROPER}[ ])?Kingdom"
    rf"[ ]Hall|(?:[Tt]he[ ])?(?:{PROPER}[ ]){{1,2}}(?:Centre|House|Hall|Fellowship)(?=[ ](?:is"
    rf"|was|[’']s)?[ ]?"
    r"where[ ](?:i|we|he|she|they)[ ](?:\w+[ ])?(?:pray|worship)|[ ](?:do|does|did|has|have|holds?)"
    r"[ ](?:the[ ]|our[ ])?(?:friday[ ]|sunday[ ])?(?:prayers?|worship|mass|jummah)))"
    r"(?!\w))"
)
_CALLED = re.compile(
    r"\b(?P<head>playgroup|nursery|preschool|school|academy|primary|church|chapel|mosque|temple"
    r"|gurdwara|fellowship|surgery|practice|doctors)(?:[ ](?:is|was|he|she|they|we)){0,2}"
    rf"[ ]called[ ](?:[Tt]he[ ])?(?P<it>{PROPER}(?:[ ](?:(?:of|the|and)[ ])*{PROPER}){{0,3}})",
)
_HEADED_AT = re.compile(
    rf"\b(?P<it>(?:High|Grammar|Comp|Academy|Juniors|Infants)[ ]at[ ]{PROPER})\b"
)
#: "al manar", "An-Noor": what mosques are called, in small letters too.
_MOSQUES_TEXT = """
manar noor nur huda hidaya hidayah furqan falah rahma rahman aqsa hikmah emaan iman khair islah
haramain taqwa mahdi hijrah kawthar madina medina ansar quba zahra
"""
_MOSQUES = frozenset(_MOSQUES_TEXT.split())
_MOSQUE = re.compile(
    rf"\b(?P<it>(?:a[lrnst]|ash)[ -](?:{'|'.join(sorted(_MOSQUES))}))\b", re.IGNORECASE
)
_DOCTORS = re.compile(rf"\bDrs\.?[ ](?P<it>{PROPER}(?:(?:,|,?[ ](?:and|&))[ ]{PROPER})*)")
_SURGERIES = frozenset(["surgery", "practice", "doctors"])
_CHURCHES = frozenset(["church", "chapel", "mosque", "temple", "gurdwara", "fellowship"])
_PUPILS_TEXT = """
school schools kids kid son daughter lad lads boy boys girl girls child children class year teacher
teachers pupils exams gcses uniform nursery grandson granddaughter twins reception blazer gates head
"""
_PUPILS = frozenset(_PUPILS_TEXT.split())
_BEGINNINGS_TEXT = (
    "st saint souls saints hallows holy sacred corpus christ immaculate lady shepherd"
)
_BEGINNINGS = frozenset(_BEGINNINGS_TEXT.split())
_SCHOOLED = re.compile(r"\b(?:primary|juniors?|infants?|high|academy|school|nursery)$")
_SICK = frozenset(["hospital", "ward", "a&e", "infirmary", "hospice"])
#: Districts and hospitals named after saints, which are public.
_PUBLIC = frozenset(
    f"st {name}'s"
    for name in [
        "ann",
        "paul",
        "mary",
        "george",
        "john",
        "james",
        "peter",
        "thomas",
        "anne",
        "werburgh",
    ]
)
_HEADS = frozenset(
    ["called", "drs", "quaker", "friends", "kingdom", "prayers", "prayer", "worship"]
)
_OTHERS = _HEADS | {
    "pray",
    "mass",
    "jummah",
    "high",
    "grammar",
    "comp",
    "academy",
    "juniors",
    "infants",
}


def find_dedicated(text: str, bag: Bag) -> list[Find]:
    """Return the churches, schools and surgeries of `text` that only their names give away.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found = [] if bag.isdisjoint(_BEGINNINGS) else _dedicated(text, bag)
    if not bag.isdisjoint(_MOSQUES):
        found += [Find(*m.span("it"), "faith") for m in _MOSQUE.finditer(text)]
    if bag.isdisjoint(_OTHERS):
        return found
    found += [Find(*m.span("it"), "faith") for m in _HOUSES_OF_PRAYER.finditer(text)]
    found += [Find(*m.span("it"), "school") for m in _HEADED_AT.finditer(text)]
    found += [Find(*m.span("it"), "surgery") for m in _DOCTORS.finditer(text)]
    for match in _CALLED.finditer(text):
        if match["it"].lower() not in ORDINARY:
            found.append(Find(*match.span("it"), _kind_of(match["head"])))
    return found


def _dedicated(text: str, bag: Bag) -> list[Find]:
    kind = "faith" if bag.isdisjoint(_PUPILS) else "school"
    found = []
    for match in _SAINT.finditer(text):
        name = match["it"].replace(".", "").replace("’", "'").lower()
        if name not in _PUBLIC and bag.isdisjoint(_SICK):
            own = "school" if _SCHOOLED.search(name) else kind
            found.append(Find(*match.span("it"), own))
    for pattern in (_SORTED_SAINT, _DEDICATION):
        for match in pattern.finditer(text):
            if _is_whole(match["it"]):
                found.append(Find(*match.span("it"), kind))
    return found


def _is_whole(name: str) -> bool:
    """Whether a dedication is one: "holy cross" is, "st of" is none."""
    words = name.lower().split()
    saint = words[0].rstrip(".") == "st"
    return not saint or words[1] not in ORDINARY or words[1] in gazetteer().names


def _kind_of(head: str) -> str:
    if head in _SURGERIES:
        return "surgery"
    return "faith" if head in _CHURCHES else "school"
