"""Finds persons' names: known ones, common ones, cued ones, and what spaCy takes for a person.

No single source is enough. On short survey answers most of what the small spaCy model calls a
person is an ordinary word at the start of a sentence; so its word is taken only where spelling and
surroundings agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from listening.privacy import cues, gazetteer
from listening.privacy.known import Known
from listening.privacy.words import ORDINARY, WORD, Bag
from listening.records import Entity, Span

_POSSESSIVES = frozenset({"'s", "’s", "'S", "’S"})
_CONTRACTED = re.compile(r"'(?:ve|d|ll|re|m|t|em|all)$")
#: What may stand between two words of one sentence; a full stop only after a title or an initial.
_NEAR = re.compile(r"[ \t]{1,2}|,[ ]|:[ ]|\.[ ]?|[ ]?[-–][ ]?|\n?[ ]?[\"'“‘(]")
_JOIN = re.compile(r"[ \t]{1,2}|\.[ ]?")
_NUMBER_AFTER = re.compile(r"[ ]\d")
_START = re.compile(r"(?:^|[.!?:;…\n•*\-–—\d)\"“])[\s\"'“‘(\[]*$")

NAMES = gazetteer.FIRST_NAMES | gazetteer.SURNAMES
_INTRODUCING = cues.TITLES | cues.KIN
_FAMILIAR = cues.KIN | cues.FAMILIAR
_CALLED = cues.KIN | {"is", "was", "who", "he", "she"}
_SURE_FIRST_NAMES = gazetteer.FIRST_NAMES - gazetteer.AMBIGUOUS - ORDINARY
_UNSURE_MONTHS = frozenset({"may", "april", "june", "august", "summer", "jan"})
UNSURE = gazetteer.AMBIGUOUS | (NAMES & ORDINARY)
_NOT_A_NAME = ORDINARY | gazetteer.PLACES | cues.TITLES | cues.ROLES | cues.PLACE_NOUNS
_CUE_WORDS = (
    cues.TITLES
    | cues.KIN
    | cues.ADDRESSING
    | {"name", "names", "called", "named", "m", "im", "am", "me"}
)


class _Word(NamedTuple):
    start: int
    end: int
    key: str
    upper: bool  # begins with a capital that says something (the text does not shout)
    possessive: bool


def _words(text: str) -> list[_Word]:
    capitals = sum(map(str.isupper, text))
    shouting = capitals > 12 and capitals > 2 * sum(map(str.islower, text))
    found = []
    for match in WORD.finditer(text):
        word, start = match.group(), match.start()
        possessive = word[-2:] in _POSSESSIVES
        bare = word[:-2] if possessive else word
        key = bare.lower().replace("’", "'")
        upper = not shouting and bare[0].isupper()
        found.append(_Word(start, start + len(bare), key, upper, possessive))
    return found


@dataclass
class _Scan:
    """One text under the lens: its words, and which of them are parts of names."""

    text: str
    known: Known
    learned: frozenset[str]
    words: list[_Word]
    named: set[int] = field(default_factory=set)
    cued: set[int] = field(default_factory=set)

    def gap(self, i: int) -> str:
        """The characters between word i - 1 and word i."""
        return self.text[self.words[i - 1].end : self.words[i].start]

    def near(self, i: int) -> bool:
        """Whether word i - 1 stands right before word i in the same sentence."""
        if i <= 0 or not _NEAR.fullmatch(self.gap(i)):
            return False
        return "." not in self.gap(i) or self.words[i - 1].key in cues.TITLES

    def before(self, i: int) -> str:
        """The word right before word i, or nothing."""
        return self.words[i - 1].key if self.near(i) else ""

    def initial(self, i: int) -> bool:
        """Whether word i begins a sentence, so that its capital says nothing."""
        return bool(_START.search(self.text[max(0, self.words[i].start - 8) : self.words[i].start]))

    def pieces(self, i: int) -> list[str]:
        """The parts of word i, which hyphens join."""
        return self.words[i].key.split("-")

    def strange(self, i: int) -> bool:
        """A capitalised word that is no ordinary word, place, role or abbreviation."""
        word = self.words[i]
        if not word.upper or word.key in _NOT_A_NAME or _CONTRACTED.search(word.key):
            return False
        length = word.end - word.start
        return length > 1 and not (length < 6 and self.text[word.start : word.end].isupper())


def find_people(
    text: str, bag: Bag, entities: Sequence[Entity], known: Known, learned: frozenset[str]
) -> list[Span]:
    """Return the ranges of `text` that name a person.

    Args:
        text: one text.
        bag: its words (`bag_of`).
        entities: spaCy's entities of it.
        known: names known for it from its file.
        learned: names that a cue gave away elsewhere in the batch (`learn`).
    """
    scan = _mark(text, bag, entities, known, learned)
    return [] if scan is None else _runs(scan)


def learn(text: str, bag: Bag, entities: Sequence[Entity]) -> set[str]:
    """Return unusual names that a cue in `text` gives away, to be looked for in the other texts."""
    scan = _mark(text, bag, entities, Known(), frozenset(), cues_only=True)
    if scan is None:
        return set()
    found = {scan.words[i].key for i in scan.cued}
    return {key for key in found if len(key) > 3 and key not in NAMES and key not in _NOT_A_NAME}


def _mark(
    text: str,
    bag: Bag,
    entities: Sequence[Entity],
    known: Known,
    learned: frozenset[str],
    cues_only: bool = False,
) -> _Scan | None:
    cued = not bag.isdisjoint(_CUE_WORDS)
    listed = not cues_only and not (
        bag.isdisjoint(NAMES) and bag.isdisjoint(known.letters) and bag.isdisjoint(learned)
    )
    persons = [] if cues_only else [e for e in entities if e.label == "PERSON"]
    if not (cued or listed or persons):
        return None
    scan = _Scan(text, known, learned, _words(text))
    groups = [e for e in entities if e.label in {"NORP", "GPE", "LOC", "LANGUAGE"}]
    organisations = [e for e in entities if e.label in {"ORG", "FAC", "PRODUCT", "EVENT"}]
    for i in range(len(scan.words)):
        if cued and _is_cued(scan, i, groups, organisations):
            scan.cued.add(i)
        if listed and _is_listed(scan, i):
            scan.named.add(i)
    for person in persons:
        scan.named.update(_trusted(scan, person))
    scan.named |= scan.cued
    return scan


def _is_listed(scan: _Scan, i: int) -> bool:
    """Whether word i is a known name, a learned one, or a common one that stands like a name."""
    word, pieces = scan.words[i], scan.pieces(i)
    if any(p in scan.known.parts for p in pieces):
        plain = word.key in ORDINARY or word.key in gazetteer.AMBIGUOUS
        return not plain or (word.upper and (not scan.initial(i) or _beside_known(scan, i)))
    if word.key in scan.learned:
        return word.upper
    if word.key not in NAMES and not any(p in _SURE_FIRST_NAMES for p in pieces):
        return False
    if word.key in UNSURE or word.key not in gazetteer.FIRST_NAMES:
        telling = word.possessive or not scan.initial(i)
        return word.upper and telling and _stands_like_a_person(scan, i)
    if word.upper:
        short = word.end - word.start < 4 and scan.text[word.start : word.end].isupper()
        return not short  # "a TIA" is no Tia
    shouting = scan.text[word.start].isupper()
    return shouting or (scan.before(i) in _FAMILIAR and len(word.key) > 2)


def _beside_known(scan: _Scan, i: int) -> bool:
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(scan.words)]
    return any(scan.words[j].upper and scan.words[j].key in scan.known.parts for j in around)


def _stands_like_a_person(scan: _Scan, i: int) -> bool:
    """Whether a name that is also a word or a place is meant as a name."""
    key, before = scan.words[i].key, scan.before(i)
    if key in ORDINARY or (key in UNSURE and key not in gazetteer.FIRST_NAMES):
        return False
    if before in {"the", "a", "an", "in", "at", "on", "near", "around", "outside"}:
        return False
    return not (key in gazetteer.PLACES and before in cues.LOCATIVES)


def _is_cued(
    scan: _Scan, i: int, groups: Sequence[Entity], organisations: Sequence[Entity]
) -> bool:
    """Whether the words before word i introduce a name ("my name is", "Mrs", "my neighbour")."""
    word = scan.words[i]
    before = scan.before(i) if _may_be_cued(scan, i) else ""
    if not before:
        return False
    if before in cues.TITLES:
        return _is_titled(scan, i)
    given = word.key in gazetteer.FIRST_NAMES and (word.upper or word.key not in UNSURE)
    if _is_introduced(scan, i):
        return given or scan.strange(i)
    if any(g.start < word.end and word.start < g.end for g in groups):
        return False  # "I'm Somali", "my neighbour Lambeth Council"
    earlier = scan.before(i - 1)
    myself = before in {"i'm", "im"} or (before == "am" and earlier == "i")
    theirs = before in cues.KIN and earlier in cues.POSSESSIVES and word.key not in ORDINARY
    besides = before in cues.ADDRESSING or (before == "and" and earlier in {"me", "i"})
    if besides and any(o.start < word.end and word.start < o.end for o in organisations):
        return False  # "ask Citizens Advice"
    return (myself or theirs or besides) and (scan.strange(i) or (word.upper and given))


def _may_be_cued(scan: _Scan, i: int) -> bool:
    """The common case, told without looking around."""
    word = scan.words[i]
    if i == 0 or word.key in _INTRODUCING:
        return False
    return word.upper or word.key in NAMES or scan.words[i - 1].key in cues.SURE_TITLES


def _is_titled(scan: _Scan, i: int) -> bool:
    word, title = scan.words[i], scan.before(i)
    if title in cues.SURE_TITLES and word.key not in ORDINARY and len(word.key) > 2:
        return True
    if word.key in gazetteer.SURNAMES and (word.upper or word.key not in UNSURE):
        return True
    missed = title == "miss" and scan.initial(i - 1)  # "Miss Brixton market already"
    return scan.strange(i) and not missed


def _is_introduced(scan: _Scan, i: int) -> bool:
    before, earlier = scan.before(i), scan.before(i - 1)
    if before == "called":
        return earlier in _CALLED
    return before in {"named", "name"} or (before == "is" and earlier == "name")


def _trusted(scan: _Scan, entity: Entity) -> list[int]:
    """Return the words of spaCy's person that are believed to be a name."""
    inside = [
        i
        for i, w in enumerate(scan.words)
        if w.start < entity.end and w.end > entity.start and w.key not in cues.TITLES
    ]
    names = [i for i in inside if scan.words[i].upper and _is_spelt_like_a_name(scan, i)]
    given = [
        i for i in inside if scan.words[i].upper and scan.words[i].key in gazetteer.FIRST_NAMES
    ]
    if given:
        return [
            i
            for i in inside
            if i in names or (i in given and scan.words[i].key not in _UNSURE_MONTHS)
        ]
    if not names or len(names) < len(inside):
        return []
    lone = len(names) == 1 and (scan.initial(names[0]) or scan.before(names[0]) in cues.LOCATIVES)
    return [] if lone else names


def _is_spelt_like_a_name(scan: _Scan, i: int) -> bool:
    word = scan.words[i]
    return scan.strange(i) and not scan.text[word.start : word.end].isupper()


def _runs(scan: _Scan) -> list[Span]:
    """Join neighbouring parts to whole names and leave out those that belong to a place."""
    found, i = [], 0
    while i < len(scan.words):
        if i not in scan.named:
            i += 1
            continue
        last = _extend(scan, i)
        if not _belongs_to_place(scan, i, last):
            first = i - 1 if _is_initial_letter(scan, i - 1) else i
            found.append(Span(scan.words[first].start, scan.words[last].end))
        i = last + 1
    return found


def _extend(scan: _Scan, first: int) -> int:
    """Return the last word of the name that begins with word `first`."""
    last = first
    while last + 1 < len(scan.words) and not scan.words[last].possessive:
        following = last + 1
        if not _JOIN.fullmatch(scan.gap(following)):
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


def _continues(scan: _Scan, i: int) -> bool:
    word = scan.words[i]
    if word.key in scan.known.short:
        return True
    if not word.upper or word.key == "i":
        return False
    if word.key in cues.PLACE_NOUNS:
        return False
    single = word.end - word.start == 1
    return single or word.key in gazetteer.SURNAMES or scan.strange(i)


def _particle_leads_on(scan: _Scan, i: int) -> bool:
    after = i + 1
    if after >= len(scan.words) or not _JOIN.fullmatch(scan.gap(after)):
        return False
    return after in scan.named or scan.strange(after)


def _is_initial_letter(scan: _Scan, i: int) -> bool:
    if i < 0 or not re.fullmatch(r"\.?[ ]", scan.gap(i + 1)):
        return False
    word = scan.words[i]
    single = word.end - word.start == 1 and word.upper
    return single and word.key not in {"i", "a"}


def _belongs_to_place(scan: _Scan, first: int, last: int) -> bool:
    """Whether a run of names is a piece of a public name ("Victoria Park", "Kingsley ward")."""
    whole = {p for i in range(first, last + 1) for p in scan.pieces(i)}
    if scan.known.is_whole(whole) or any(i in scan.cued for i in range(first, last + 1)):
        return False
    return scan.before(first) in cues.HONOURED or _place_follows(scan, first, last)


def _place_follows(scan: _Scan, first: int, last: int) -> bool:
    unsure = first == last and scan.words[last].key in UNSURE
    after = last + 1
    if unsure and _NUMBER_AFTER.match(scan.text, scan.words[last].end):
        return True  # "Rowan 1", a ward
    if after >= len(scan.words) or not re.fullmatch(r"(?:['’][sS])?[ ]", scan.gap(after)):
        return False
    word = scan.words[after]
    if word.upper or unsure:
        return word.key in cues.PLACE_NOUNS
    return not scan.words[last].possessive and word.key in cues.LOWER_PLACE_NOUNS
