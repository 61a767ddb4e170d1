"""Finds persons' names: known ones, common ones, cued ones, and what spaCy takes for a person.

No single source is enough. On short survey answers most of what the small spaCy model calls a
person is an ordinary word at the start of a sentence; so its word is taken only where spelling and
surroundings agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from listening.privacy import cues
from listening.privacy.gazetteer import AMBIGUOUS, FAMILIAR, gazetteer
from listening.privacy.known import Known
from listening.privacy.runs import runs
from listening.privacy.scan import Scan, Word
from listening.privacy.words import ORDINARY, Bag
from listening.records import Entity, Span

_INTRODUCING = cues.TITLES | cues.KIN
_FAMILIAR = cues.KIN | cues.FAMILIAR
_CALLED = cues.KIN | {
    "is",
    "was",
    "who",
    "he",
    "she",
    "lady",
    "lad",
    "somebody",
    "someone",
    "named",
}
_NAMING = frozenset({"name's", "named", "name", "names"})
_POINTING = frozenset({"it's", "that's", "its", "thats"})
_MYSELF = frozenset({"i'm", "im"})
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "my", "no", "every"})
_UNSURE_MONTHS = frozenset({"may", "april", "june", "august", "summer", "jan"})
#: After a word that begins a sentence and that no list of words holds.
_BEING = frozenset({"is", "was", "has", "had", "and", "who"})
_NEVER = cues.BRANDS | cues.TONGUES
_AND = frozenset({"and", "or", "n"})
_CUE_WORDS = (
    cues.TITLES
    | cues.KIN
    | cues.ADDRESSING
    | frozenset(
        "name names called named call calls m im am me it that thats its this our is was for".split()
    )
)
#: A capital inside a sentence, or one with a possessive: worth a closer look.
_CAPITAL = re.compile(r"[^\W\d_,;:'’\"“)][,;:]?[ ]['\"“‘(]?[^\W\d_a-z]|[^\W\d_a-z]\w+['’]s\b")
_GROUPS = frozenset({"NORP", "GPE", "LOC", "LANGUAGE"})
_BODIES = frozenset({"ORG", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})


def find_people(
    text: str,
    bag: Bag,
    words: list[Word],
    entities: Sequence[Entity],
    places: Sequence[Span],
    known: Known,
    learned: frozenset[str],
) -> list[Span]:
    """Return the ranges of `text` that name a person.

    Args:
        text: one text.
        bag: its words without accents (`bag_of`).
        words: its words as they stand (`words_of`).
        entities: spaCy's entities of it.
        places: ranges that name a public place, in which only a known or a cued name is one.
        known: names known for it from its file.
        learned: names that a cue gave away elsewhere in the batch (`learn`).
    """
    scan = Scan(text, words, gazetteer(), known, learned)
    _mark(scan, bag, entities)
    if not scan.named:
        return []
    _join(scan)
    for i, word in enumerate(words):
        if i in scan.named and any(p.start < word.end and word.start < p.end for p in places):
            own = i in scan.cued or any(p in known.parts for p in scan.pieces(i))
            if not own:
                scan.named.discard(i)
    return runs(scan)


def learn(text: str, bag: Bag, words: list[Word], entities: Sequence[Entity]) -> set[str]:
    """Return unusual names that a cue in `text` gives away, to be looked for in the other texts."""
    if bag.isdisjoint(_CUE_WORDS):
        return set()
    scan = Scan(text, words, gazetteer(), Known(), frozenset())
    _mark_cued(scan, entities)
    found = {words[i].key for i in scan.cued if scan.foreign(i)}
    return {key for key in found if len(key) > 3 and key not in scan.lists.names}


def _mark(scan: Scan, bag: Bag, entities: Sequence[Entity]) -> None:
    if not bag.isdisjoint(_CUE_WORDS):
        _mark_cued(scan, entities)
    capital = _CAPITAL.search(scan.text)
    if (
        capital
        or not bag.isdisjoint(scan.lists.telling)
        or not bag.isdisjoint(scan.known.letters)
        or not bag.isdisjoint(scan.learned)
    ):
        bodies = [e for e in entities if e.label in _BODIES or e.label in _GROUPS]
        scan.named.update(i for i in range(len(scan.words)) if _is_listed(scan, i))
        if capital:
            scan.named.update(i for i in range(len(scan.words)) if _is_unheard_of(scan, i, bodies))
    for person in entities:
        if person.label == "PERSON":
            scan.named.update(_trusted(scan, person))
    scan.named |= scan.cued
    again = {scan.words[i].key for i in scan.named if scan.foreign(i)}
    if again:
        scan.named.update(i for i, w in enumerate(scan.words) if w.upper and w.key in again)


def _mark_cued(scan: Scan, entities: Sequence[Entity]) -> None:
    groups = [e for e in entities if e.label in _GROUPS]
    bodies = [e for e in entities if e.label in _BODIES]
    scan.cued.update(i for i in range(1, len(scan.words)) if _is_cued(scan, i, groups, bodies))


def _is_listed(scan: Scan, i: int) -> bool:
    """Whether word i is a known name, a learned one, or a common one that stands like a name."""
    word, pieces, lists = scan.words[i], scan.pieces(i), scan.lists
    if any(p in scan.known.parts for p in pieces):
        plain = word.key in ORDINARY or word.key in AMBIGUOUS
        return not plain or (word.upper and (not scan.initial(i) or _beside_known(scan, i)))
    if word.key in scan.learned:
        return word.upper or word.key not in lists.words
    sure = word.key in lists.sure or (len(pieces) > 1 and any(p in lists.sure for p in pieces))
    if word.key in _NEVER or (not sure and word.key not in lists.names):
        return False
    if not sure:
        acts = word.key not in lists.words and scan.after(i) in cues.DEEDS | _BEING
        telling = word.possessive or acts or not scan.initial(i)
        return word.upper and telling and _stands_like_a_person(scan, i)
    if word.upper:
        short = word.end - word.start < 4 and scan.text[word.start : word.end].isupper()
        return not short  # "a TIA" is no Tia
    if scan.text[word.start].isupper():
        return True  # the text shouts
    if word.key in lists.spoken or (scan.before(i) in _FAMILIAR and len(word.key) > 2):
        return True
    return scan.before(i) in cues.SPOKEN_NICKNAMES


def _beside_known(scan: Scan, i: int) -> bool:
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(scan.words)]
    return any(scan.words[j].upper and scan.words[j].key in scan.known.parts for j in around)


def _stands_like_a_person(scan: Scan, i: int) -> bool:
    """Whether a name that is also a word or a place, or a family name, is meant as a person's."""
    key, before = scan.words[i].key, scan.before(i)
    first = key in scan.lists.first
    if key in ORDINARY or before in _DETERMINERS:
        return False
    if key in scan.lists.words and not (first and key in AMBIGUOUS):
        return False
    if before in cues.PLACING and not scan.words[i].possessive:
        return False
    if key in scan.lists.towns:
        return first and before not in cues.LOCATIVES
    return True


def _is_unheard_of(scan: Scan, i: int, bodies: Sequence[Entity]) -> bool:
    """Whether word i is a capitalised word that no list holds, and stands where a person would."""
    word = scan.words[i]
    if not word.upper or not scan.strange(i):
        return False
    before, after = scan.before(i), scan.after(i)
    theirs = word.possessive and before in {"at", "round", "near", "outside"}
    if after in cues.PLACE_NOUNS or before in _DETERMINERS:
        return False
    if before in cues.PLACING:
        return theirs
    acts = after in cues.DEEDS
    if scan.initial(i):
        return acts or after in _BEING
    if before in {"to", "from", "of"} and not acts:
        return scan.before(i - 1) in cues.DEALINGS | cues.KIN
    return acts or not any(b.start < word.end and word.start < b.end for b in bodies)


def _is_cued(scan: Scan, i: int, groups: Sequence[Entity], bodies: Sequence[Entity]) -> bool:
    """Whether the words before word i introduce a name ("my name is", "Mrs", "my neighbour")."""
    word = scan.words[i]
    before = scan.before(i) if word.key not in _INTRODUCING else ""
    if not before:
        return False
    if before in cues.TITLES and _is_titled(scan, i):
        return True
    given = _may_be_given(scan, i)
    strange = scan.strange(i)
    if _is_introduced(scan, i):
        ours = before == "our"
        return (
            given or strange or ours or (not word.upper and len(word.key) > 3 and scan.foreign(i))
        )
    if any(g.start < word.end and word.start < g.end for g in groups):
        return False  # "I'm Somali", "my neighbour Lambeth Council"
    earlier = scan.before(i - 1)
    if before in _MYSELF or (before == "am" and earlier == "i"):
        return strange or (word.upper and given)
    if before in cues.KIN and word.key not in ORDINARY:
        own = earlier in cues.POSSESSIVES or scan.words[i - 1].upper
        return own and (strange or given)
    besides = before in cues.ADDRESSING or (before in _AND and earlier in {"me", "i"})
    if besides and any(o.start < word.end and word.start < o.end for o in bodies):
        return False  # "ask Citizens Advice"
    return besides and (strange or (word.upper and given))


def _may_be_given(scan: Scan, i: int) -> bool:
    """Whether word i is a first name, in small letters only one that is no ordinary word."""
    word = scan.words[i]
    if word.key not in scan.lists.first:
        return any(p in scan.lists.sure for p in scan.pieces(i))
    if word.upper:
        return word.key not in ORDINARY or word.key in AMBIGUOUS
    return word.key not in scan.lists.words or (word.key in FAMILIAR)


def _is_titled(scan: Scan, i: int) -> bool:
    word, title = scan.words[i], scan.before(i)
    if title in cues.SURE_TITLES and word.key not in ORDINARY and len(word.key) > 2:
        return True
    if not word.upper:
        spoken = title in cues.SPOKEN_TITLES and len(word.key) > 2
        named = word.key in scan.lists.names and word.key not in scan.lists.words
        return spoken and (named or scan.foreign(i))
    if word.key in scan.lists.names and word.key not in ORDINARY:
        return True
    missed = title == "miss" and scan.initial(i - 1)  # "Miss Brixton market already"
    return scan.strange(i) and not missed


def _is_introduced(scan: Scan, i: int) -> bool:
    before, earlier = scan.before(i), scan.before(i - 1)
    if before == "called":
        return earlier in _CALLED or scan.words[i].upper
    if before in _NAMING or (before == "is" and earlier in {"name", "names"}):
        return True
    if before in {"is", "was"} and (earlier in cues.KIN or earlier == "it"):
        told = scan.after(i) in {"from", "that", "who"}
        return scan.words[i].upper or (told and earlier == "it") or earlier in cues.KIN
    if before == "our":
        return _is_one_of_ours(scan, i)
    if before in {"me", "him", "her"}:
        return earlier in {"call", "calls"}
    if before == "for":
        return earlier in {"ask", "asked"}
    pointing = before in _POINTING or (before == "is" and earlier == "this")
    return pointing and (scan.words[i].upper or scan.words[i].key in scan.lists.spoken)


#: Names that "our" and "my" go before without meaning anybody.
_VIRTUES = frozenset(
    "charity faith grace honor hope joy mercy patience prudence trinity may will bill art page mark "
    "summer autumn miles heart park church hall hill wood woods trinity sky rose lily ivy".split()
)


def _is_one_of_ours(scan: Scan, i: int) -> bool:
    """Whether "our jade" names a child: an ambiguous name in small letters, and what it does."""
    key, after = scan.words[i].key, scan.after(i)
    if key not in AMBIGUOUS or key in _VIRTUES or key in ORDINARY:
        return False
    return after in cues.DEEDS | _BEING | {"got", "can't", "cant", "won't", "wont", "isn't"}


def _join(scan: Scan) -> None:
    """Take what "and" or a comma joins to a name for a name too, where it is spelt like one."""
    for step in (1, -1):
        order = range(len(scan.words)) if step > 0 else range(len(scan.words) - 1, -1, -1)
        for i in order:
            if i in scan.named or not _could_be_joined(scan, i):
                continue
            neighbours = _joined_to(scan, i)
            if any(j in scan.named for j in neighbours):
                scan.named.add(i)


def _joined_to(scan: Scan, i: int) -> list[int]:
    found = []
    if scan.before(i) in cues.SPOKEN_NICKNAMES and scan.before(i - 1) in _AND:
        found += [i - 3]
    if i >= 2 and scan.words[i - 1].key in _AND and scan.joined(i) and scan.joined(i - 1):
        found.append(i - 2)
    after = i + 2
    if after < len(scan.words) and scan.words[i + 1].key in _AND:
        found += [after] if scan.joined(after) and scan.joined(i + 1) else []
    if i >= 1 and scan.gap(i) in {", ", " & "}:
        found.append(i - 1)
    if i + 1 < len(scan.words) and scan.gap(i + 1) in {", ", " & "}:
        found.append(i + 1)
    return found


def _could_be_joined(scan: Scan, i: int) -> bool:
    word = scan.words[i]
    if word.key in ORDINARY or word.key in scan.lists.towns or word.key in cues.PLACE_NOUNS:
        return False
    if word.upper:
        listed = word.key in scan.lists.first and not scan.initial(i)
        return listed or (scan.strange(i) and word.key in scan.lists.names)
    nicknamed = scan.before(i) in cues.SPOKEN_NICKNAMES
    unlike = word.key not in scan.lists.words or word.key in FAMILIAR or nicknamed
    return word.key in scan.lists.first and unlike


def _trusted(scan: Scan, entity: Entity) -> list[int]:
    """Return the words of spaCy's person that are believed to be a name."""
    inside = [
        i
        for i, w in enumerate(scan.words)
        if w.start < entity.end and w.end > entity.start and w.key not in cues.TITLES
    ]
    names = [i for i in inside if scan.words[i].upper and _is_spelt_like_a_name(scan, i)]
    given = [i for i in inside if scan.words[i].upper and _is_given(scan, i)]
    if given and not _is_doubtful(scan, given, inside):
        return [
            i
            for i in inside
            if i in names or (i in given and scan.words[i].key not in _UNSURE_MONTHS)
        ]
    if given or not names or len(names) < len(inside):
        return []
    if len(names) == 1 and scan.before(names[0]) in _DETERMINERS:
        return []  # "the Edwardian school"
    lone = len(names) == 1 and (scan.initial(names[0]) or scan.before(names[0]) in cues.LOCATIVES)
    return [] if lone else names


def _is_doubtful(scan: Scan, given: list[int], inside: list[int]) -> bool:
    """Whether a lone name that is a word too begins the sentence, or follows an article."""
    if len(inside) > 1 or scan.words[given[0]].key in scan.lists.sure:
        return False
    i = given[0]
    if scan.before(i) in _DETERMINERS:
        return True
    return scan.initial(i) and not scan.words[i].possessive and scan.after(i) not in cues.DEEDS


def _is_given(scan: Scan, i: int) -> bool:
    key = scan.words[i].key
    if key not in scan.lists.first:
        return False
    return key in scan.lists.sure or key in AMBIGUOUS


def _is_spelt_like_a_name(scan: Scan, i: int) -> bool:
    word = scan.words[i]
    return scan.strange(i) and not scan.text[word.start : word.end].isupper()
