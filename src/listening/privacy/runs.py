"""Joins neighbouring parts of names to whole names, and leaves out what belongs to a place."""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.scan import JOIN, Scan
from listening.privacy.words import ORDINARY
from listening.records import Span

_NO_SURNAMES = ORDINARY | cues.BRANDS | cues.KIN | cues.TITLES | cues.DEEDS
#: Ordinary words that a first name hardly goes before unless they are surnames.
_ORDINARY_SURNAMES_WORDS = """
baker barber bird bishop black brown bush butcher butler carpenter cash church clay cook day dean
field fisher fox frost gardener golden green hall hill hope house hunt king knight lane law long
love low marsh mason miller moon page park parsons penny price rice rich rose short singer sharp
small smart stone street summers sweet taylor thatcher turner walker wall ward waters way webb west
white winter wood wright young
"""
_ORDINARY_SURNAMES = frozenset(_ORDINARY_SURNAMES_WORDS.split())
_NUMBER_AFTER = re.compile(r"[ ]\d")


def runs(scan: Scan) -> list[Span]:
    """Return the names that the marked words of `scan` make up."""
    found, i = [], 0
    while i < len(scan.words):
        if i not in scan.named:
            i += 1
            continue
        last = _extend(scan, i)
        if not _belongs_to_place(scan, i, last):
            found.append(Span(scan.words[_first(scan, i)].start, scan.words[last].end))
        i = last + 1
    return found


def _first(scan: Scan, i: int) -> int:
    """Return the first word of the name that is marked from word i on."""
    if _is_initial_letter(scan, i - 1):
        return i - 1
    if i > 0 and scan.gap(i) == " " and _makes_a_nickname(scan, i):
        return i - 1
    return i


def _makes_a_nickname(scan: Scan, i: int) -> bool:
    adjective, name = scan.words[i - 1], scan.words[i]
    if adjective.key in {"umm", "abu"}:
        return True
    if adjective.upper:
        return adjective.key in cues.NICKNAMES or _is_a_by_name(scan, i - 1)
    return not name.upper and adjective.key in cues.SPOKEN_NICKNAMES


def _is_a_by_name(scan: Scan, i: int) -> bool:
    """Whether word i, with a capital inside a sentence, belongs to the name: "Tatty Joe"."""
    key, following = scan.words[i].key, scan.words[i + 1].key
    if scan.initial(i) or scan.words[i].possessive or not scan.words[i + 1].upper:
        return False
    return (
        following in scan.lists.sure
        and key not in _NO_SURNAMES | cues.TONGUES | cues.HONOURED | cues.PLACE_NOUNS
        and key not in scan.lists.towns
        and len(key) > 2
    )


def _extend(scan: Scan, first: int) -> int:
    """Return the last word of the name that begins with word `first`."""
    last = first
    while last + 1 < len(scan.words) and not scan.words[last].possessive:
        following = last + 1
        if not JOIN.fullmatch(scan.gap(following)):
            break
        word = scan.words[following]
        dotted = "." in scan.gap(following)
        if dotted and scan.words[last].end - scan.words[last].start > 1:
            break
        if following in scan.named or _continues(scan, following):
            last = following
        elif word.key in cues.PARTICLES and _particle_leads_on(scan, following):
            last = following + 1
        else:
            break
    return last


def _continues(scan: Scan, i: int) -> bool:
    word = scan.words[i]
    if word.key in scan.known.short:
        return True
    if word.key.partition("'")[0] == "i" or word.key in cues.PLACE_NOUNS:
        return False
    if not word.upper:
        listed = word.key in scan.lists.family and word.key not in scan.lists.words
        alien = len(word.key) > 3 and scan.foreign(i)
        return (listed or alien) and not scan.words[i - 1].upper
    single = word.end - word.start == 1
    before = scan.words[i - 1]
    # a name that nobody listed is one where the file or "my name is" says so ("Oriel Quince")
    told = i - 1 in scan.cued or any(p in scan.known.parts for p in scan.pieces(i - 1))
    after_first = before.upper and (told or before.key in scan.lists.sure)
    plain = word.key in _NO_SURNAMES and word.key not in _ORDINARY_SURNAMES
    if after_first and not plain and not scan.text[word.start : word.end].isupper():
        return True  # "Hetty Cavendish": a surname may be a town or a word
    family = word.key in scan.lists.names and word.key not in ORDINARY
    return single or family or scan.strange(i)


def _particle_leads_on(scan: Scan, i: int) -> bool:
    after = i + 1
    if after >= len(scan.words) or not JOIN.fullmatch(scan.gap(after)):
        return False
    return after in scan.named or scan.strange(after)


def _is_initial_letter(scan: Scan, i: int) -> bool:
    if i < 0 or not re.fullmatch(r"\.?[ ]", scan.gap(i + 1)):
        return False
    word = scan.words[i]
    single = word.end - word.start == 1 and word.upper
    return single and word.key not in {"i", "a"}


def _belongs_to_place(scan: Scan, first: int, last: int) -> bool:
    """Whether a run of names is a piece of a public name ("Victoria Park", "Kingsley ward")."""
    whole = {p for i in range(first, last + 1) for p in scan.pieces(i)}
    if scan.known.is_whole(whole) or any(i in scan.cued for i in range(first, last + 1)):
        return False
    return scan.before(first) in cues.HONOURED or _place_follows(scan, first, last)


def _place_follows(scan: Scan, first: int, last: int) -> bool:
    unsure = first == last and scan.lists.unsure(scan.words[last].key)
    after = last + 1
    if unsure and _NUMBER_AFTER.match(scan.text, scan.words[last].end):
        return True  # "Rowan 1", a ward
    if after >= len(scan.words) or not re.fullmatch(r"(?:['’][sS])?[ ]", scan.gap(after)):
        return False
    word = scan.words[after]
    if word.upper or unsure:
        return word.key in cues.PLACE_NOUNS
    return not scan.words[last].possessive and word.key in cues.LOWER_PLACE_NOUNS
