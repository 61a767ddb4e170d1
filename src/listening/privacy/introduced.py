"""Names that the words before them give away: "my name is", "Mrs", "my neighbour", "our"."""

from __future__ import annotations

from collections.abc import Sequence

from listening.privacy import cues
from listening.privacy.gazetteer import AMBIGUOUS, FAMILIAR
from listening.privacy.scan import Scan
from listening.privacy.words import ORDINARY, Bag
from listening.records import Entity

#: spaCy's labels of peoples and countries, and of bodies: none of a person.
GROUPS = frozenset({"NORP", "GPE", "LOC", "LANGUAGE"})
BODIES = frozenset({"ORG", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})

#: Roles besides kin: "our volunteer Hilde", "my eldest, Ravi".
_ROLES_WORDS = """
volunteer champion eldest youngest foreman tutor caseworker postie barber lodger flatmate housemate
classmate interpreter chaplain
"""
_KIN = cues.KIN | frozenset(_ROLES_WORDS.split())
_INTRODUCING = cues.TITLES | _KIN
_CALLED = _KIN | {"is", "was", "who", "he", "she", "lady", "lad", "somebody", "someone"}
_NAMING = frozenset({"name's", "named", "name", "names"})
_POINTING = frozenset({"it's", "that's", "its", "thats"})
_MYSELF = frozenset({"i'm", "im"})
_CUE_WORDS = """
name names called named call calls m im am me it that thats its this our is was for
"""
_CUES = cues.TITLES | _KIN | cues.ADDRESSING | frozenset(_CUE_WORDS.split())
#: Names that "our" goes before without meaning anybody.
_VIRTUE_WORDS = """
charity faith grace honor hope joy mercy patience prudence trinity may will bill art page mark
summer autumn miles heart park church hall hill wood woods sky rose lily ivy
"""
_VIRTUES = frozenset(_VIRTUE_WORDS.split())
_OURS_DO = cues.DEEDS | cues.BEING | {"got", "can't", "cant", "won't", "wont", "isn't"}


def may_introduce(bag: Bag, plain: Bag) -> bool:
    """Tell cheaply whether a text can introduce a name that no list holds.

    Args:
        bag: the text's words (`bag_of`).
        plain: English words that are nobody's name.
    """
    return not bag.isdisjoint(_CUES) and not bag <= plain


def mark_introduced(scan: Scan, entities: Sequence[Entity]) -> None:
    """Note in `scan.cued` the words that those before them introduce as names."""
    groups = [e for e in entities if e.label in GROUPS]
    bodies = [e for e in entities if e.label in BODIES]
    scan.cued.update(i for i in scan.candidates if i and _is_cued(scan, i, groups, bodies))


def _is_cued(scan: Scan, i: int, groups: Sequence[Entity], bodies: Sequence[Entity]) -> bool:
    word = scan.words[i]
    before = scan.before(i) if word.key not in _INTRODUCING else ""
    if not before:
        return False
    if before in cues.TITLES and _is_titled(scan, i):
        return True
    if _is_introduced(scan, i) and _may_be_introduced(scan, i):
        return True
    if any(g.start < word.end and word.start < g.end for g in groups):
        return False  # "I'm Somali", "my neighbour Lambeth Council"
    inside = any(b.start < word.end and word.start < b.end for b in bodies)
    return _is_led_up_to(scan, i, inside)


def _is_led_up_to(scan: Scan, i: int, inside_body: bool) -> bool:
    """Whether "I'm", "my neighbour", "ask" or "me and" leads up to word i."""
    word, before, earlier = scan.words[i], scan.before(i), scan.before(i - 1)
    given, strange = _may_be_given(scan, i), scan.strange(i)
    if before in _KIN and word.key not in ORDINARY:
        own = earlier in cues.POSSESSIVES or scan.words[i - 1].upper
        return own and (strange or given)
    myself = before in _MYSELF or (before == "am" and earlier == "i")
    besides = before in cues.ADDRESSING or (before in cues.AND and earlier in {"me", "i"})
    besides = besides and not inside_body  # "ask Citizens Advice"
    if before in cues.AND and earlier == "me" and not word.upper and len(word.key) > 3:
        return scan.foreign(i)  # "me and jowita"
    return (myself or besides) and (strange or (word.upper and given))


def _may_be_given(scan: Scan, i: int) -> bool:
    """Whether word i is a first name, in small letters only one that is no ordinary word."""
    word = scan.words[i]
    if word.key not in scan.lists.first:
        return any(p in scan.lists.sure for p in scan.pieces(i))
    if word.upper:
        return word.key not in ORDINARY or word.key in AMBIGUOUS
    return word.key not in scan.lists.words or word.key in FAMILIAR


def _may_be_introduced(scan: Scan, i: int) -> bool:
    small = not scan.words[i].upper and len(scan.words[i].key) > 3
    ours = scan.before(i) == "our"
    if scan.words[i].upper and scan.words[i].key in scan.lists.towns:
        return scan.before(i) in _NAMING | {"me", "him", "her", "is"}  # "they call me Sochi"
    return ours or _may_be_given(scan, i) or scan.strange(i) or (small and scan.foreign(i))


def _is_titled(scan: Scan, i: int) -> bool:
    word, title = scan.words[i], scan.before(i)
    ordinary = word.key in ORDINARY and not word.upper  # "Mrs Cope" is a name, "mrs and" none
    if title in cues.SURE_TITLES and not ordinary and len(word.key) > 2:
        return True
    listed = word.key in scan.lists.names
    if not word.upper:
        spoken = title in cues.SPOKEN_TITLES and len(word.key) > 2
        return spoken and ((listed and word.key not in scan.lists.words) or scan.foreign(i))
    missed = title == "miss" and scan.initial(i - 1)  # "Miss Brixton market already"
    return (listed and word.key not in ORDINARY) or (scan.strange(i) and not missed)


def _is_introduced(scan: Scan, i: int) -> bool:
    """Whether the two words before word i say that a name follows."""
    word, before, earlier = scan.words[i], scan.before(i), scan.before(i - 1)
    if before == "our":
        return _is_one_of_ours(scan, i)
    if before in {"is", "was"} and earlier == "it":
        return word.upper or scan.after(i) in {"from", "that", "who"}
    pointing = before in _POINTING or (before == "is" and earlier == "this")
    return (
        before in _NAMING
        or (before == "called" and (earlier in _CALLED or word.upper))
        or (before in {"is", "was"} and (earlier in _KIN or earlier in {"name", "names"}))
        or (before in {"me", "him", "her"} and earlier in {"call", "calls"})
        or (before == "said" and earlier in {"i", "he", "she"} and word.key in FAMILIAR)
        or (before == "for" and earlier in {"ask", "asked"})
        or (pointing and (word.upper or word.key in scan.lists.spoken))
    )


def _is_one_of_ours(scan: Scan, i: int) -> bool:
    """Whether "our jade" names a child: an ambiguous name in small letters, and what it does."""
    key = scan.words[i].key
    if key not in AMBIGUOUS or key in _VIRTUES or key in ORDINARY:
        return False
    return scan.after(i) in _OURS_DO
