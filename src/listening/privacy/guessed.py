"""Names, institutions and public places that the learnt tagger finds beside what the rules find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from listening.privacy import cues
from listening.privacy.dates import MONTHS
from listening.privacy.edits import Find
from listening.privacy.features import THEMED
from listening.privacy.gazetteer import AMBIGUOUS, gazetteer
from listening.privacy.institutions import STOPPING
from listening.privacy.people import CAPITAL
from listening.privacy.public import HEADS, Place
from listening.privacy.scan import CONTRACTED, MEDICINE, Word
from listening.privacy.tagger import LEAST, Tagged
from listening.privacy.words import ORDINARY, Bag

#: How likely a name must be: one that nothing else could be; one that, with a capital, is a word
#: too; a family name that is a town; a word in small letters; what lies in a place's name.
LIKELY, FAIRLY, RATHER, SURE, CERTAIN, NEVER = 0.4, 0.55, 0.6, 0.6, 0.92, 2.0
#: How likely a name must be to be looked for in every other text.
SPREAD = 0.84
#: How likely somebody's employer must be where it is everybody's besides: a shop, a chain.
EMPLOYED = 0.75
_WORKED_AT = frozenset(["at", "for", "with", "by"])
#: Longer words are not looked at for a slip: that takes time with the square of their length.
LONGEST_SLIP = 25
_KINDS = {"name": "person"}
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_MONTHS = frozenset(short for month in MONTHS for short in (month.lower(), month[:3].lower())) - {
    "may",
    "june",
}
#: What numbers are called: "my reg was", "Tel:".
_CALLED = frozenset(["reg", "ref", "tel", "nino", "case", "badge", "corsa"])
_NOBODY = cues.BRANDS | cues.TONGUES | cues.ROLES | _CALLED | {"roma"}
#: What is everybody's, whatever it is called.
_PUBLIC_WORDS = """
hospital hospitals infirmary university ambulance airport station council nhs jobcentre library
museum uni police court prison stadium market precinct
"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())
#: What many services are called, and no institution's own name.
_GENERIC_WORDS = """
mental health service services urgent emergency care centre national continuing visitor team unit
community physiotherapy nhs ward clinic treatment support home crisis department district general
the of and a my our social housing primary secondary school schools nursery high church mosque
temple chapel parish sunday surgery practice doctor doctors gp gps medical family group meat food
factory warehouse local private college sixth form office call citizens advice fantastic excellent
great good lovely sexual memory flu covid walk pharmacy chemist dentist dental optician opticians
nursing residential hospice respite clinics close park street road day children childrens adult
adults red cross women women's
"""
#: What hardly bears a town's bare name, as a school does.
_HARDLY_TOWNS = frozenset(["faith", "employer", "surgery"])
#: Words that speak of living somewhere.
_HOMES = frozenset(["live", "lives", "lived", "living", "address", "flat", "number"])
_SAID = (
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|hundred)"
)
_NUMBER = re.compile(rf"\d|\b{_SAID}\b", re.IGNORECASE)
#: "number 14 on", "flat 3b," before the words of an address.
_NUMBER_BEFORE = re.compile(
    r"(?<![\w£$€.:/-])(?P<it>(?:(?:flat|apartment|apt|unit|room|number|no\.?|block)[ ])?"
    rf"(?:\d{{1,4}}[ ]?[a-h]?|{_SAID}(?:(?:[ -]|[ ]and[ ]){_SAID}){{0,3}}(?:[ ][a-h])?),?[ ]"
    r"(?:(?:on|at|in|of)[ ])?(?:the[ ])?)$",
    re.IGNORECASE,
)
#: What has a number and is nobody's home.
_WARD = re.compile(
    r"\b(?:ward|bay|bed|route|bus|junction|platform|year|class|clinic|theatre)[ ]$", re.IGNORECASE
)
#: How products and services are written, and nobody's name: "GoFundMe", "the PTs".
_ODD_CAPITALS = re.compile(r"\b(?:[A-Z]{2,}[a-z]|[A-Z][a-z]+[A-Z][a-z]+[A-Z])")
_GENERIC = frozenset(_GENERIC_WORDS.split())


def may_guess(text: str, bag: Bag) -> bool:
    """Tell cheaply whether the tagger could find anything in `text`.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    return (
        not bag <= gazetteer().plain
        or not bag.isdisjoint(THEMED)
        or CAPITAL.search(text) is not None
        or (not bag.isdisjoint(_HOMES) and _NUMBER.search(text) is not None)
    )


def may_be_theirs(one: Tagged, words: Sequence[Word]) -> bool:
    """Tell whether something everybody's is spoken of as somebody's employer."""
    if one.kind != "employer" or one.chance < EMPLOYED or not one.first:
        return False
    return words[one.first - 1].key in _WORKED_AT


def find_guessed(
    text: str, tagged: Sequence[Tagged], words: Sequence[Word], places: Sequence[Place]
) -> tuple[list[Find], list[Place]]:
    """Return the people and institutions that the tagger takes a text to name, and public places.

    Args:
        text: one text.
        tagged: what the tagger made of it (`tag`).
        words: its words (`words_of`).
        places: the public places found by rule.
    """
    finds, further = [], []
    named = _sure_names(tagged, words)
    for one in tagged:
        own = words[one.first : one.last + 1]
        start, end = own[0].start, own[-1].end
        placed = any(p.start < end and start < p.end for p in places)
        if one.kind == "place":
            if one.chance >= FAIRLY and not placed:
                further.append(Place(start, end, HEADS.get(own[-1].key, "district")))
        elif one.kind == "address":
            whole = _with_number(text, start, end)
            if one.chance >= FAIRLY and whole:
                finds.append(Find(*whole, "address"))
        elif one.chance >= _needed(own, one.kind, placed, named) and not (
            one.kind == "name"
            and (_ODD_CAPITALS.search(text, start, end) or _is_a_month(words, one))
        ):
            if one.kind != "name":
                start, end = _whole(text, words, one)
            finds.append(Find(start, end, _KINDS.get(one.kind, one.kind)))
    return finds, further


def _is_a_month(words: Sequence[Word], one: Tagged) -> bool:
    if one.first != one.last or words[one.first].key not in _MONTHS | {"may", "june"}:
        return False
    return one.first > 0 and words[one.first - 1].key in cues.WHEN


def _whole(text: str, words: Sequence[Word], one: Tagged) -> tuple[int, int]:
    """Take the capitalised words beside an institution's with them: "Sugar and" before "Spice"."""
    first, last = one.first, one.last
    if not words[first].upper:
        return words[first].start, words[last].end
    while first and _belongs(text, words, first - 1, first):
        first -= 1
    while last + 1 < len(words) and _belongs(text, words, last + 1, last + 1):
        last += 1
    return words[first].start, words[last].end


def _belongs(text: str, words: Sequence[Word], i: int, second: int) -> bool:
    """Whether word i, on one side of the gap before word `second`, is of the same name."""
    word = words[i]
    if not word.upper or text[words[second - 1].end : words[second].start] != " ":
        return False
    sentence = i == 0 or text[words[i - 1].end : word.start].strip() != ""
    plain = _NOBODY | _MONTHS | _DAYS | cues.TITLES | cues.KIN | STOPPING | {"i"}
    return not sentence and word.key not in plain and not CONTRACTED.search(word.key)


def _with_number(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Take the number of an address before its street with it; without one it is no address."""
    before = _NUMBER_BEFORE.search(text, max(0, start - 40), start)
    if before:
        ward = _WARD.search(text, max(0, before.start("it") - 12), before.start("it"))
        return None if ward else (before.start("it"), end)
    return (start, end) if _NUMBER.search(text, start, end) else None


def learnt(tagged: Sequence[Tagged], words: Sequence[Word]) -> set[str]:
    """Return names that are no words and no towns, to be looked for in the other texts too."""
    lists = gazetteer()
    return {
        key
        for key in _sure_names(tagged, words)
        if len(key) > 3 and key not in lists.towns and not _is_plain(key)
    }


def _sure_names(tagged: Sequence[Tagged], words: Sequence[Word]) -> set[str]:
    sure = [t for t in tagged if t.kind == "name" and t.chance >= SPREAD]
    return {words[i].key for t in sure for i in range(t.first, t.last + 1)} - _NOBODY


def _needed(own: Sequence[Word], kind: str, placed: bool, named: AbstractSet[str]) -> float:
    """How likely a name must be: the more its words mean besides, the likelier."""
    keys = {word.key for word in own}
    if not keys.isdisjoint(_NOBODY if kind == "name" else _PUBLIC):
        return NEVER
    if kind != "name" and (keys <= _GENERIC or max(map(len, keys)) < 3):
        return NEVER  # nameless
    if placed:
        whole = tuple(word.key for word in own)
        towns = gazetteer().towns
        listed = whole[0] in towns or whole in gazetteer().places.get(whole[0], ())
        town = kind in _HARDLY_TOWNS and listed
        return NEVER if town else CERTAIN
    if kind != "name":
        return LIKELY
    if all(word.upper and word.key in named for word in own):
        return LEAST  # "Grace from the food bank, Grace Owusu"
    return max(map(_needed_of, own))


def _needed_of(word: Word) -> float:
    if len(word.key) < 2 or CONTRACTED.search(word.key) or word.key in _MONTHS:
        return SURE
    if MEDICINE.search(word.key) or (word.key in cues.TITLES and not word.upper):
        return NEVER
    lists, key = gazetteer(), word.key
    if _is_plain(key) or key in lists.towns:
        if not word.upper or not (key in AMBIGUOUS or key in lists.names):
            return SURE
        return FAIRLY if key in lists.first or key not in lists.towns else RATHER
    if key not in lists.names and len(key) < LONGEST_SLIP and _is_a_slip(key):
        return SURE
    return LIKELY


@lru_cache(maxsize=50_000)
def _is_a_slip(key: str) -> bool:
    """Whether a word is one letter away from an English one: more likely mistyped than a name."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    halves = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    near = {a + b[1:] for a, b in halves if b}
    near |= {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    near |= {a + c + b[1:] for a, b in halves if b for c in letters}
    near |= {a + c + b for a, b in halves for c in letters}
    known = gazetteer().words if len(key) > 4 else ORDINARY
    return not near.isdisjoint(known) or any(a in ORDINARY and b in ORDINARY for a, b in halves)


def _is_plain(key: str) -> bool:
    """Whether a word means something besides being a name, or is made of such words."""
    words = gazetteer().words
    return key in AMBIGUOUS or all(piece in words for piece in key.split("-"))
