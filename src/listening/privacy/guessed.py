"""Names, institutions and public places that the learnt tagger finds beside what the rules find."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from listening.privacy import cues
from listening.privacy.dates import MONTHS
from listening.privacy.edits import Find
from listening.privacy.gazetteer import AMBIGUOUS, gazetteer
from listening.privacy.public import HEADS, Place
from listening.privacy.scan import CONTRACTED, Word
from listening.privacy.tagger import LEAST, Tagged

#: How likely a name must be: one that nothing else could be, one that is a town or, with a capital,
#: a word too, and one that is an ordinary word in small letters or lies in a public place's name.
LIKELY, FAIRLY, SURE = 0.4, 0.5, 0.92
_KINDS = {"name": "person"}
_MONTHS = frozenset(month.lower() for month in MONTHS) - {"may", "june"}
_NEVER = cues.BRANDS | cues.TONGUES | cues.ROLES
#: What is everybody's, whatever it is called.
_PUBLIC_WORDS = """
hospital hospitals infirmary university airport station council nhs jobcentre library museum police
court prison stadium market precinct
"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())


def find_guessed(
    tagged: Sequence[Tagged], words: Sequence[Word], places: Sequence[Place]
) -> tuple[list[Find], list[Place]]:
    """Return the people and institutions that the tagger takes a text to name, and public places.

    Args:
        tagged: what the tagger made of the text (`tag`).
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
        elif one.chance >= _needed(own, one.kind, placed, named):
            finds.append(Find(start, end, _KINDS.get(one.kind, one.kind)))
    return finds, further


def learnt(tagged: Sequence[Tagged], words: Sequence[Word]) -> set[str]:
    """Return names that are no words and no towns, to be looked for in the other texts too."""
    lists = gazetteer()
    return {
        key
        for key in _sure_names(tagged, words)
        if len(key) > 3 and key not in lists.towns and not _is_plain(key)
    }


def _sure_names(tagged: Sequence[Tagged], words: Sequence[Word]) -> set[str]:
    sure = [t for t in tagged if t.kind == "name" and t.chance >= SURE]
    return {words[i].key for t in sure for i in range(t.first, t.last + 1)} - _NEVER


def _needed(own: Sequence[Word], kind: str, placed: bool, named: AbstractSet[str]) -> float:
    """How likely a name must be: the more its words mean besides, the likelier."""
    keys = {word.key for word in own}
    if kind == "address" or not keys.isdisjoint(_NEVER if kind == "name" else _PUBLIC):
        return 1.0
    if placed:
        return SURE
    if kind != "name":
        return LIKELY
    if all(word.upper and word.key in named for word in own):
        return LEAST  # "Grace from the food bank, Grace Owusu"
    return max(map(_needed_of, own))


def _needed_of(word: Word) -> float:
    if len(word.key) < 2 or CONTRACTED.search(word.key) or word.key in _MONTHS:
        return SURE
    if word.key in cues.TITLES and not word.upper:
        return 1.0
    if _is_plain(word.key) or word.key in gazetteer().towns:
        return FAIRLY if word.upper and "-" not in word.key else SURE
    return LIKELY


def _is_plain(key: str) -> bool:
    """Whether a word means something besides being a name, or is made of such words."""
    words = gazetteer().words
    return key in AMBIGUOUS or all(piece in words for piece in key.split("-"))
