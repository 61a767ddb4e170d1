"""Finds employers and homes by what they are said to be before their names.

"An agency called Workforce Plus", "my employer, Vantage Foods, closed", "mum's in Ferndale, the
fees are ...", "six weeks on Primrose Ward".
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.institutions import BIG_NAME, CAPITALS, STOPPING, taken
from listening.privacy.words import ORDINARY, Bag, fold

WHOSE = r"(?:an?|the|my|our|his|her|their|this|that|some|these|one|cleaning|security|care)"
#: What employs people, and is hardly ever told of where one shops or eats.
_FIRM = (
    r"(?:agenc(?:y|ies)|company|firm|employers?|contractors?|factory|warehouse|laundry"
    r"|gangmaster|bosses|outfit)"
)
_FIRMS_WORDS = """
agency agencies company firm employer employers contractor contractors factory warehouse laundry
gangmaster bosses outfit
"""
_FIRMS = frozenset(_FIRMS_WORDS.split())
_WITH = r"(?:[ ](?:i|he|she|they|we)(?:['’](?:m|s|re)|[ ](?:am|is|are|was|were))[ ](?:with|at))?"
NAMED = r"(?:['’]s[ ]|[ ](?:is|was|were)[ ])?[ ]?(?:called|named)"
_BIG = re.compile(
    rf"\b{WHOSE}[ ](?:[\w'’-]{{2,14}}[ ]){{0,2}}?{_FIRM}{_WITH}(?:,|[ ]?{NAMED}|:)[ ]{BIG_NAME}"
    r"(?:[ ](?P<more>(?:n|&|Up|and)[ ][A-Z]\w+|Pro|Plus|UK|Ltd|Limited))?(?![ ](?:and"
    r"|or)[ ][A-Z]\w+[ ](?:and|or))",
    re.IGNORECASE,
)
_SMALL = re.compile(
    rf"\b{WHOSE}[ ](?:[\w'’-]{{2,14}}[ ]){{0,2}}?{_FIRM}{_WITH}[ ]?{NAMED}[ ]"
    r"(?P<it>(?-i:[a-z][\w'’&-]*(?:[ ][a-z][\w'’&-]*){0,4}))",
    re.IGNORECASE,
)
#: A ward with a name is a patient's where somebody lies on it; elsewhere it is a councillor's.
_WARD = re.compile(
    r"\b(?:on|onto|off|from|in"
    r"|to)[ ](?:the[ ])?(?P<it>(?-i:(?:[A-Z][\w'’-]+[ ]){1,2}(?:[Ww]ard|[Uu]nit|[Ss]uite)))\b"
)
_PATIENTS_WORDS = """
nurse nurses weeks discharged discharge patient patients visiting admitted sectioned died
operation consultant psychiatrist section hospital bed beds doctors stroke surgery overnight
"""
_PATIENTS = frozenset(_PATIENTS_WORDS.split())
_WARDS = frozenset(["ward", "unit", "suite"])
#: What many hospitals have, and no name of its own.
_UNNAMED_WORDS = """
stroke acute intensive care maternity labour children's surgical medical assessment burns eye
neonatal high dependency special cardiac renal day minor injuries emergency trauma mental health
psychiatric dementia discharge recovery cancer oncology palliative male female geriatric rehab
recycling industrial housing the this that our my pupil referral crime police family drug
alcohol
"""
_UNNAMED = frozenset(_UNNAMED_WORDS.split())
#: Hospitals of a few beds.
_COTTAGE = re.compile(
    r"(?:(?<=\s)|^)(?P<it>(?:(?-i:[A-Z][\w'’-]+)[ ]){1,2}(?:cottage|community|day"
    r"|private)[ ]hospital)\b",
    re.IGNORECASE,
)
_RELATIVES = (
    r"(?:mum|mam|mom|dad|nan|nana|nanna|gran|granny|grandad|grandma|mother|father|husband"
    r"|wife|uncle|auntie?"
    r"|sister|brother|in[ -]laws?|him|her)"
)
_TAKEN_IN = re.compile(
    rf"\b{_RELATIVES}(?:['’]s|[ ](?:is|was|went|moved|lives|lived|died|goes))?(?:[ ](?:now|been"
    rf"|still|back|up|over))?"
    rf"[ ](?:in|into|to|at)[ ](?:the[ ])?(?P<name>{CAPITALS})"
    rf"|\b(?:in|into)[ ]a[ ](?:care[ ]|nursing[ ])?home,[ ](?P<home>{CAPITALS})",
    re.IGNORECASE,
)
_CARED_WORDS = """
carer carers residential dementia respite fees matron care nursing alzheimer's staff home fall
grand funding funded
"""
_CARED = frozenset(_CARED_WORDS.split())


def find_called(text: str, bag: Bag) -> list[Find]:
    """Return the employers, homes and wards of `text` that what stands before them tells.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found: list[Find] = []
    if not bag.isdisjoint(_FIRMS):
        found += _firms(text)
    if not bag.isdisjoint(_WARDS) and not bag.isdisjoint(_PATIENTS):
        for match in _WARD.finditer(text):
            if not _UNNAMED.issuperset(match["it"].lower().split()[:-1]):
                found.append(Find(*match.span("it"), "clinic"))
    if "hospital" in bag:
        for match in _COTTAGE.finditer(text):
            if not (_UNNAMED | STOPPING).issuperset(match["it"].lower().split()[:-2]):
                found.append(Find(*match.span("it"), "clinic"))
    if not bag.isdisjoint(_CARED):
        for match in _TAKEN_IN.finditer(text):
            group = "name" if match["name"] else "home"
            if _is_a_home(match[group]):
                found.append(Find(*match.span(group), "care"))
    return found


def _firms(text: str) -> list[Find]:
    found = []
    for match in _BIG.finditer(text):
        if match["name"][0].isupper() and not is_public(match["name"]):
            end = match.end("more") if match["more"] else match.end("name")
            found += [f._replace(end=end) for f in taken(text, match, "employer", False)]
    for match in _SMALL.finditer(text):
        words = []
        for word in re.finditer(r"\S+", match["it"]):
            if word[0] in STOPPING and word[0] != "and":
                break
            words.append(word)
        while words and words[-1][0] == "and":
            words.pop()
        name = match["it"][: words[-1].end()] if words else ""
        if name and not is_public(name) and len(words) < 4:
            found.append(Find(match.start("it"), match.start("it") + len(name), "employer"))
    return found


def is_public(name: str) -> bool:
    """Whether a name is one of everybody's, as a whole or by its first word."""
    keys = tuple(fold(w) for w in name.split())
    return keys[0] in cues.BRANDS or keys in gazetteer().public.get(keys[0], ())


def _is_a_home(name: str) -> bool:
    """Whether a relative is in a home of that name, and in no town, hospital or month."""
    lists, keys = gazetteer(), [fold(w).removesuffix("'s") for w in name.split()]
    public = {"hospital", "infirmary", "university", "school", "street", "road", "park", "estate"}
    if keys[0] in cues.BRANDS | cues.TONGUES | cues.TITLES | cues.KIN or not public.isdisjoint(
        keys
    ):
        return False
    if tuple(keys) in lists.places.get(keys[0], ()) or keys[0] in lists.towns or is_public(name):
        return False
    return not all(key in ORDINARY for key in keys) and not any(
        key in lists.first for key in keys[:1]
    )
