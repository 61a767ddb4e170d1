"""Finds persons' names: known ones, common ones, cued ones, and what spaCy takes for a person.

No single source is enough. On short survey answers most of what the small spaCy model calls a
person is an ordinary word at the start of a sentence; so its word is taken only where spelling and
surroundings agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from listening.privacy import cues
from listening.privacy.gazetteer import AMBIGUOUS, FAMILIAR, SHAPES, gazetteer
from listening.privacy.introduced import BODIES, GROUPS, mark_introduced
from listening.privacy.known import Known
from listening.privacy.runs import runs
from listening.privacy.scan import Scan, Word
from listening.privacy.words import ORDINARY, Bag
from listening.records import Entity, Span

_FAMILIAR = cues.KIN | cues.FAMILIAR
_DETERMINERS_WORDS = """
the a an this that these those my no every
"""
_DETERMINERS = frozenset(_DETERMINERS_WORDS.split())
_ARTICLES = frozenset(["a", "an", "the", "every"])
_EVES = frozenset({"christmas", "year's", "years"})
_UNSURE_MONTHS = frozenset({"may", "april", "june", "august", "summer", "jan"})
_NEVER = cues.BRANDS | cues.TONGUES
#: Names that are months where a word of `cues.WHEN` stands beside them.
_MONTHS = frozenset({"jan", "april", "may", "june", "august", "avril"})
#: Cars, peoples and labels of numbers, which no list of words holds.
_THING_WORDS = """
corsa astra fiesta mondeo punto micra polo yaris clio qashqai vectra zafira passat berlingo vivaro
kangoo picasso octavia fabia roma nino tel dob ref brp nhs
"""
_THINGS = frozenset(_THING_WORDS.split())
#: A capital inside a sentence, or one with a possessive: worth a closer look.
CAPITAL = re.compile(r"[^\W\d_][,;:]?[ ]['\"“‘(]?(?!I\b)[^\W\d_a-z]|[^\W\d_a-z]\w+['’]s\b")
_SHORT_TITLES = frozenset({"mr", "mrs", "ms", "cllr"})


def find_people(
    text: str,
    words: list[Word],
    entities: Sequence[Entity],
    places: Sequence[Span],
    known: Known,
    learned: frozenset[str],
) -> list[Span]:
    """Return the ranges of `text` that name a person.

    Args:
        text: one text.
        words: its words (`words_of`).
        entities: spaCy's entities of it.
        places: ranges that name a public place, in which only a known or a cued name is one.
        known: names known for it from its file.
        learned: names that a cue gave away elsewhere in the batch (`learn`).
    """
    scan = Scan(text, words, gazetteer(), known, learned)
    _mark(scan, entities)
    if not scan.named:
        return []
    _join(scan)
    for i, word in enumerate(words):
        if i in scan.named and any(p.start < word.end and word.start < p.end for p in places):
            own = i in scan.cued or any(p in known.parts for p in scan.pieces(i))
            if not own:
                scan.named.discard(i)
    return runs(scan)


def may_name(text: str, bag: Bag, known: Known, learned: frozenset[str]) -> bool:
    """Tell cheaply whether `text` could name a person or an unheard-of place at all."""
    return (
        not bag <= gazetteer().plain
        or CAPITAL.search(text) is not None
        or not bag.isdisjoint(_SHORT_TITLES)
        or not bag.isdisjoint(known.letters)
        or not bag.isdisjoint(learned)
    )


def learn(text: str, words: list[Word], entities: Sequence[Entity]) -> set[str]:
    """Return unusual names that a cue in `text` gives away, to be looked for in the other texts."""
    scan = Scan(text, words, gazetteer(), Known(), frozenset())
    mark_introduced(scan, entities)
    found = {words[i].key for i in scan.cued if scan.foreign(i)}
    return {key for key in found if len(key) > 3 and key not in scan.lists.names}


def _mark(scan: Scan, entities: Sequence[Entity]) -> None:
    mark_introduced(scan, entities)
    bodies = [e for e in entities if e.label in BODIES or e.label in GROUPS]
    scan.named.update(i for i in scan.candidates if _is_listed(scan, i))
    scan.named.update(i for i in scan.candidates if _is_unheard_of(scan, i, bodies))
    for person in entities:
        if person.label == "PERSON":
            scan.named.update(_trusted(scan, person))
    scan.named |= scan.cued
    scan.named -= {i for i in scan.named - scan.cued if _is_a_thing(scan, i)}
    again = {scan.words[i].key for i in scan.named if scan.foreign(i)}
    if again:
        scan.named.update(i for i, w in enumerate(scan.words) if w.upper and w.key in again)


def _is_a_thing(scan: Scan, i: int) -> bool:
    """Whether word i is a month, a car, a people or a number's label: "till Jan", "Reg is"."""
    key = scan.words[i].key
    if key in scan.known.parts:
        return False
    if key in _MONTHS:
        return scan.before(i) in cues.WHEN or scan.after(i) in cues.WHEN
    return key in _THINGS or (key == "reg" and scan.after(i) in {"is", "was", "number", "plate"})


def _is_listed(scan: Scan, i: int) -> bool:
    """Whether word i is a known name, a learned one, or a common one that stands like a name."""
    if any(p in scan.known.parts for p in scan.pieces(i)):
        plain = scan.words[i].key in ORDINARY or scan.words[i].key in AMBIGUOUS
        if not plain or not scan.words[i].upper:
            return not plain
        return not scan.initial(i) or _beside_known(scan, i) or _is_addressed(scan, i)
    return _is_common(scan, i)


def _is_addressed(scan: Scan, i: int) -> bool:
    """Whether somebody is spoken to, or of, by word i: "Joy, do you think so?", "Sky said it"."""
    word = scan.words[i]
    return (
        scan.text[word.end : word.end + 1] in {",", ":", "?", "!"}
        or word.possessive
        or scan.after(i) in cues.DEEDS
    )


def _is_common(scan: Scan, i: int) -> bool:
    """Whether word i is a learned name, or a common one that stands like a name."""
    word, pieces, lists = scan.words[i], scan.pieces(i), scan.lists
    if word.key in scan.learned:
        return word.upper or word.key not in lists.words
    if word.key in FAMILIAR and _is_any(scan, i):
        return False  # "a good bobby"
    if word.key in lists.sure or (len(pieces) > 1 and any(p in lists.sure for p in pieces)):
        return word.key not in _NEVER and _is_written_like_a_name(scan, i)
    if SHAPES.match(word.key) and scan.foreign(i) and scan.english:
        return True
    if word.key not in lists.names or word.key in _NEVER or not word.upper:
        return False
    acts = word.key not in lists.words and scan.after(i) in cues.DEEDS | cues.BEING
    telling = word.possessive or acts or not scan.initial(i) or scan.lettered(i)
    return telling and _stands_like_a_person(scan, i)


def _is_written_like_a_name(scan: Scan, i: int) -> bool:
    """Whether a first name has its capital, or needs none where it stands."""
    word = scan.words[i]
    written = scan.text[word.start : word.end]
    if word.upper:
        return not (len(written) < 4 and written.isupper())  # "a TIA" is no Tia
    if not scan.english and not written[0].isupper():
        return False  # "mehr", "allen"
    if written[0].isupper() or word.key in scan.lists.spoken:
        return True  # the text shouts, or is all in small letters
    before = scan.before(i)
    return before in cues.SPOKEN_NICKNAMES or (before in _FAMILIAR and len(word.key) > 2)


def _is_any(scan: Scan, i: int) -> bool:
    """Whether an article goes before word i, or before a small-letter word before it."""
    earlier = scan.before(i - 1) if not scan.words[i].upper and scan.before(i) in ORDINARY else ""
    return scan.before(i) in _ARTICLES | {"your"} or earlier in {"a", "an"}


def _beside_known(scan: Scan, i: int) -> bool:
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(scan.words)]
    return any(scan.words[j].upper and scan.words[j].key in scan.known.parts for j in around)


def _stands_like_a_person(scan: Scan, i: int) -> bool:
    """Whether a name that is also a word or a place, or a family name, is meant as a person's."""
    key, before = scan.words[i].key, scan.before(i)
    first = key in scan.lists.first
    if key in ORDINARY or before in _DETERMINERS or (key == "eve" and before in _EVES):
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
    if before in _DETERMINERS or after in cues.PLACE_NOUNS or before in cues.PLACING:
        family = before == "the" and _is_a_family(scan, i)
        return family or (word.possessive and before in {"at", "round", "near", "outside"})
    acts = after in cues.DEEDS or after in cues.HAVING or before in cues.PRESENTING
    if scan.initial(i):
        told = scan.text[word.end : word.end + 1] == ":" or scan.lettered(i)
        return told or acts or after in cues.BEING or after in cues.CARRYING_ON
    if before in {"to", "from", "of"} and not acts:
        visited = word.possessive and before == "to"  # "I went round to Phyllida's"
        return visited or scan.before(i - 1) in cues.DEALINGS | cues.KIN | {"it"}
    return acts or not any(b.start < word.end and word.start < b.end for b in bodies)


def _is_a_family(scan: Scan, i: int) -> bool:
    """Whether word i is a family name in the plural: "the Patels"."""
    key = scan.words[i].key
    return key.endswith("s") and key[:-1] in scan.lists.family and key[:-1] not in scan.lists.words


def _join(scan: Scan) -> None:
    """Take what "and" or a comma joins to a name for a name too, where it is spelt like one."""
    for step in (1, -1):
        for i in scan.candidates[::step]:
            if i in scan.named or not _could_be_joined(scan, i):
                continue
            neighbours = _joined_to(scan, i)
            if any(j in scan.named for j in neighbours):
                scan.named.add(i)


def _joined_to(scan: Scan, i: int) -> list[int]:
    found = []
    if scan.before(i) in cues.SPOKEN_NICKNAMES and scan.before(i - 1) in cues.AND:
        found += [i - 3]
    if i >= 2 and scan.words[i - 1].key in cues.AND and scan.joined(i) and scan.joined(i - 1):
        found.append(i - 2)
    after = i + 2
    if after < len(scan.words) and scan.words[i + 1].key in cues.AND:
        found += [after] if scan.joined(after) and scan.joined(i + 1) else []
    if i >= 1 and scan.gap(i) in {", ", " & "}:
        found.append(i - 1)
    if i + 1 < len(scan.words) and scan.gap(i + 1) in {", ", " & "}:
        found.append(i + 1)
    return found


def _could_be_joined(scan: Scan, i: int) -> bool:
    word = scan.words[i]
    if word.key in ORDINARY or word.key in cues.PLACE_NOUNS:
        return False
    if word.key in scan.lists.towns:  # "chantelle and jordan had a baby"
        return word.key in scan.lists.first and scan.after(i) in cues.DEEDS | cues.BEING
    if word.upper:
        listed = word.key in scan.lists.first and not scan.initial(i)
        return listed or scan.strange(i) or _is_unlike_a_word(scan, i)
    nicknamed = scan.before(i) in cues.SPOKEN_NICKNAMES
    unlike = word.key not in scan.lists.words or word.key in FAMILIAR or nicknamed
    return word.key in scan.lists.first and unlike


def _is_unlike_a_word(scan: Scan, i: int) -> bool:
    key = scan.words[i].key
    return key in scan.lists.first and key not in AMBIGUOUS


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
