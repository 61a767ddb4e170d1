"""Finds public places: districts, estates, roads, parks, stations and the like, which stay.

They are evidence about a place. A release generalises them, so the result says where they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from listening.privacy import cues
from listening.privacy.gazetteer import Gazetteer, gazetteer
from listening.privacy.known import Known
from listening.privacy.scan import Scan, Word
from listening.privacy.words import ORDINARY, Bag

#: kind → the nouns that end such a place's name.
_HEADS = {
    "estate": "estate house court tower towers point heights lodge mansions flats buildings",
    "road": "road rd street avenue ave lane close drive crescent terrace way walk mews grove hill "
    "rise row square parade broadway bypass roundabout flyover underpass",
    "park": "park gardens common heath green fields moor woods wood marshes marsh canal beach "
    "cemetery allotments reserve recreation meadow meadows lake lido river downs",
    "station": "station junction interchange airport docks wharf pier",
    "other": "market library hospital infirmary centre hall cinema theatre stadium arena museum "
    "university prison bridge baths precinct arcade tunnel hotel pub arms village ward hub site",
}
#: Every kind that a place can have; a name of the lists is a district.
PLACE_KINDS = ("district", *_HEADS)
HEADS = {noun: kind for kind, nouns in _HEADS.items() for noun in nouns.split()}
#: These end a name only where they have a capital of their own.
_CAPITAL_HEADS_WORDS = """
farm town end vale gate corner quarter island quay quays dock yard bank top side basin marina
bottoms mill cross rec bay harbour docks meads sands fold hollow viaduct barracks arches circle
reach
"""
_CAPITAL_HEADS = frozenset(_CAPITAL_HEADS_WORDS.split())
HEADS |= dict.fromkeys(_CAPITAL_HEADS, "district")
#: Those that end a name in small letters too.
_SPOKEN_WORDS = """
estate road street avenue lane crescent park station hospital market gardens infirmary square
precinct arcade roundabout cemetery baths library bridge
"""
_SPOKEN = frozenset(_SPOKEN_WORDS.split())
#: Ordinary words that small-letter names of roads and stations are made of.
_ROADY_WORDS = """
station church high park school market mill hill green london king queen north south east west old
new great victoria albert union bank chapel college
"""
_ROADY = frozenset(_ROADY_WORDS.split())
#: With a capital and "the" before them: estates and corners that have such a name.
_CALLED_THE_WORDS = """
grange meadows maltings manor priory abbey hollow willows limes elms oaks beeches firs poplars
laurels cedars pines orchard orchards paddock paddocks croft dell ridings mount spinney copse levels
shambles quays triangle arcade precinct broadway rec common heath village lanes hyde avenue mall
hawthorns glade drive crescent
"""
_CALLED_THE = frozenset(_CALLED_THE_WORDS.split())
#: Hospitals that everybody knows by their letters: "the RVI".
_LETTERED = frozenset(
    ["rvi", "qe", "qmc", "bri", "lgi", "uch", "jr", "qeh", "rvh", "pri", "ari", "uhw"]
)
_NOT_A_PLACE_AFTER = cues.KIN | cues.DEEDS | {"family", "lot", "kids", "boys", "girls", "twins"}
#: Between a place's name and its noun.
_MIDDLE_WORDS = """
shopping leisure community sports bus train tube railway retail business industrial housing council
youth civic town police fire swimming cricket football children's health community tram trading
"""
_MIDDLES = frozenset(_MIDDLE_WORDS.split())
_WITHIN = frozenset({" ", ". ", "'s ", "’s "})
#: "the A1", "on the M62", "A58"
_ROAD_NUMBER = re.compile(
    r"(?<![\w/-])(?:(?<=the )|(?<=on )|(?<=off )|(?<=along )|(?<=up )|(?<=down ))"
    r"(?P<it>[AaMm]\d{1,4}(?:\(M\))?)(?![\w/-])"
)
_BETWEEN = frozenset({" ", "-", "'s ", "’s ", "' ", "’ "})
_WATERS = frozenset(["river", "lake", "loch", "lough", "canal", "mount", "port", "isle"])
_SAINTS = frozenset({"st", "saint", "saints"})
_TOWARDS = cues.PLACING | cues.LOCATIVES | {"down", "up", "along", "by", "past", "between"}
_TO = frozenset(["in", "to", "from", "near", "round", "through"])
_HERE = frozenset({"in", "around", "round", "near", "outside", "across", "to", "from"})
_DETERMINERS_WORDS = """
the a an my our your their his her this that every each some no
"""
_DETERMINERS = frozenset(_DETERMINERS_WORDS.split())
#: What begins the name of a public place and ends it, for one look at a text's bag of words.
_HEAD_WORDS = frozenset(HEADS)


class Place(NamedTuple):
    """A range of a text that names a public place, and of what kind (a key of `_HEADS`)."""

    start: int
    end: int
    kind: str


def find_public(text: str, bag: Bag, words: list[Word]) -> list[Place]:
    """Return the public places that `text` names, in order, none inside another.

    Args:
        text: one text.
        bag: its words without accents (`bag_of`).
        words: its words as they stand (`words_of`).
    """
    lists = gazetteer()
    scan = Scan(text, words, lists, Known(), frozenset())
    headed = not bag.isdisjoint(_HEAD_WORDS)
    found: list[Place] = []
    for i, word in enumerate(scan.words):
        if not word.upper and word.key in lists.plain and word.key not in HEADS:
            if scan.before(i) in _TO and word.key in lists.places:
                found += _of_plain_words(scan, i, lists)
            continue
        place = _headed(scan, i) if headed and word.key in HEADS else None
        if place is None and word.key.partition("-")[0] in lists.places:
            place = _listed(scan, i, lists)
        if place is None and word.upper:
            place = _placed(scan, i)
        if place is not None:
            found.append(place)
    found += [Place(*m.span("it"), "road") for m in _ROAD_NUMBER.finditer(text)]
    return _outermost(found)


def may_place(text: str, bag: Bag) -> bool:
    """Tell cheaply whether a text of plain small-letter words could name a public place."""
    if not bag.isdisjoint(_SPOKEN) or _ROAD_NUMBER.search(text):
        return True
    known = _landmarks()
    return any(bag >= rest for first in bag & known.keys() for rest in known[first])


@cache
def _landmarks() -> dict[str, list[frozenset[str]]]:
    """Return the landmarks' words by the first of them."""
    found: dict[str, list[frozenset[str]]] = {}
    for name in gazetteer().landmarks:
        found.setdefault(name[0], []).append(frozenset(name))
    return found


def _outermost(found: list[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: (p.start, -p.end)):
        if kept and place.start < kept[-1].end:
            if place.end > kept[-1].end:  # "Poplar High" + "High Street": one place
                kept[-1] = Place(kept[-1].start, place.end, place.kind)
            continue
        kept.append(place)
    return kept


def _headed(scan: Scan, i: int) -> Place | None:
    """A name before a noun that says what it is: "Angell Town estate", "Rye Lane"."""
    head = scan.words[i]
    if head.key in _CAPITAL_HEADS and not head.upper:
        return None
    first = i
    if i > 1 and not head.upper and scan.gap(i) == " " and scan.words[i - 1].key in _MIDDLES:
        first -= 1  # "Lewisham shopping centre"
    middle = first
    while first > 0 and scan.gap(first) in _WITHIN and _is_of_name(scan, first - 1, i):
        first -= 1
    name = range(first, middle)
    if not name:
        return _spoken(scan, i)
    lone = len(name) == 1 and scan.initial(first)
    plain = all(scan.words[j].key in ORDINARY for j in name)
    if not head.upper and (plain or (lone and scan.words[first].key in scan.lists.words)):
        return None  # "Council estate", "Every street"
    return Place(scan.words[first].start, head.end, HEADS[head.key])


def _is_of_name(scan: Scan, j: int, head: int) -> bool:
    word = scan.words[j]
    if not word.upper or word.key in _DETERMINERS or word.key in cues.TITLES:
        return False
    if scan.gap(j + 1) == ". " and word.key not in _SAINTS:
        return False
    if word.possessive and not (scan.words[head].upper or scan.before(j) in _SAINTS):
        return False  # "Dave's house"
    return word.key != "i" and not (scan.initial(j) and word.key in _TOWARDS)


def _spoken(scan: Scan, i: int) -> Place | None:
    """The same in small letters, after a word that leads to a place: "off commercial road"."""
    head = scan.words[i]
    if head.key not in _SPOKEN or head.upper:
        return None
    for length in (1, 2):
        first = i - length
        if first < 0 or not all(scan.gap(j) == " " for j in range(first + 1, i + 1)):
            return None
        keys = [scan.words[j].key for j in range(first, i)]
        if keys[0] in _DETERMINERS or (keys[0] in ORDINARY and keys[0] not in _ROADY):
            return None
        if keys[0] in scan.lists.towns and keys[0] not in scan.lists.words:
            return Place(scan.words[first].start, head.end, HEADS[head.key])
        if not first or scan.gap(first) != " ":
            continue
        if scan.words[first - 1].key in _TOWARDS or (
            scan.words[first - 1].key == "the" and keys[0] not in scan.lists.words
        ):
            return Place(scan.words[first].start, head.end, HEADS[head.key])
    return None


def _listed(scan: Scan, i: int, lists: Gazetteer) -> Place | None:
    """A place of the lists: "Bethnal Green", "Kirkcaldy"."""
    word = scan.words[i]
    pieces = tuple(word.key.split("-"))
    for name in lists.places[pieces[0]]:
        last = i + (0 if len(pieces) > 1 else len(name) - 1)
        if last >= len(scan.words):
            continue
        if len(pieces) > 1:
            matched = name == pieces
        else:
            matched = all(scan.words[i + k].key == part for k, part in enumerate(name)) and all(
                scan.gap(j) in _BETWEEN for j in range(i + 1, last + 1)
            )
        if matched and _is_meant(scan, i, last, lists):
            end = scan.words[_further(scan, last)].end
            return Place(word.start, end, _kind_of(name, lists))
    return None


def _of_plain_words(scan: Scan, i: int, lists: Gazetteer) -> list[Place]:
    """A listed place of several ordinary words, in small letters: "to small heath"."""
    return [
        Place(scan.words[i].start, scan.words[i + len(name) - 1].end, _kind_of(name, lists))
        for name in lists.places[scan.words[i].key]
        if len(name) > 1
        and tuple(word.key for word in scan.words[i : i + len(name)]) == name
        and all(scan.joined(j) for j in range(i + 1, i + len(name)))
    ][:1]


def _kind_of(name: tuple[str, ...], lists: Gazetteer) -> str:
    return HEADS.get(name[-1], "other") if name in lists.landmarks else "district"


def _further(scan: Scan, last: int) -> int:
    """Take a capitalised word after a town with it: "Manchester Victoria"."""
    i = last + 1
    if i >= len(scan.words) or not (scan.words[last].upper and scan.gap(i) == " "):
        return last
    word = scan.words[i]
    named = word.key in scan.lists.sure or word.key in ORDINARY or word.key == "i"
    return last if named or not word.upper or word.possessive else i


def _is_meant(scan: Scan, first: int, last: int, lists: Gazetteer) -> bool:
    """Whether a listed place's name is meant as one, and not as a person's name or a word."""
    word = scan.words[first]
    keys = [w.key for w in scan.words[first : last + 1]]
    leads = scan.before(first) in _TOWARDS or scan.before(first) == "the"
    if len(keys) > 1:
        alien = any(key not in lists.words for key in keys)
        return all(scan.words[j].upper for j in range(first, last + 1)) or leads or alien
    doubtful = word.key in lists.names or word.key in lists.words
    placed = scan.before(first) in cues.PLACING
    if word.key in ORDINARY or (doubtful and scan.after(first) in cues.DEEDS and not placed):
        return word.upper and leads and not doubtful
    if scan.before(first) in cues.TITLES:
        return False
    if word.upper:
        after_name = first > 0 and scan.joined(first) and scan.words[first - 1].key in lists.sure
        return leads if doubtful else not after_name
    placed = placed or scan.before(first) in {"from", "to"}
    return placed and word.key not in lists.words and len(word.key) > 3


def _placed(scan: Scan, i: int) -> Place | None:
    """An unheard-of name that is spoken of like a place: "up in Gipton", "the Ferrier"."""
    word, before = scan.words[i], scan.before(i)
    if before in _WATERS and scan.words[i - 1].upper and word.key not in ORDINARY:
        return Place(scan.words[i - 1].start, word.end, "park")
    if i + 1 < len(scan.words) and scan.joined(i + 1) and scan.words[i + 1].upper:
        return None
    if before == "the" and (word.key in _CALLED_THE or _is_unheard_of(scan, i)):
        return Place(word.start, word.end, "other")
    if before == "the" and word.key in _LETTERED and word.end - word.start == len(word.key):
        return Place(word.start, word.end, "other")
    if before in _HERE and _is_gone_to(scan, i):
        return Place(word.start, word.end, "district")
    return None


def _is_unheard_of(scan: Scan, i: int) -> bool:
    """Whether word i after "the" is no person's name, nobody's family and no word."""
    key = scan.words[i].key
    plural = key.endswith("s") and key[:-1] in scan.lists.names
    named = key in scan.lists.first or plural or scan.after(i) in _NOT_A_PLACE_AFTER
    return scan.strange(i) and not named


def _is_gone_to(scan: Scan, i: int) -> bool:
    """Whether word i after "in" or "to" is a name that no person is known to bear."""
    word = scan.words[i]
    if not scan.strange(i) or word.possessive or word.key in scan.lists.names:
        return False
    if scan.after(i) in cues.DEEDS:
        return False
    towards = scan.before(i) in {"to", "from"}
    return not (towards and scan.before(i - 1) in cues.DEALINGS | cues.KIN | {"it"})
