"""What is everybody's, whatever it is called: services, shops, programmes, clubs, feasts, peoples.

A name of the list `public_names.txt`, or of a landmark, is nobody's own. What is guessed to be a
person or an institution and lies within one stays ("the Red Cross", "Forest School", "Premier
Inn"), as does a school or a church that a rule finds there. An employer goes all the same where
somebody works for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from listening.privacy import cues
from listening.privacy.gazetteer import Gazetteer, gazetteer
from listening.privacy.scan import Word
from listening.privacy.words import ORDINARY, WORD, Bag
from listening.records import Span

_SMALL = frozenset(["and", "of", "the", "The", "at", "in", "for", "or"])
_JOINED = frozenset([" ", "-", "'s ", "’s ", "' ", "’ "])


def may_be_everybodys(bag: Bag) -> bool:
    """Tell cheaply whether a text could name what is everybody's."""
    return not bag.isdisjoint(gazetteer().public)


def find_everybodys(text: str, words: Sequence[Word]) -> list[Span]:
    """Return the ranges of `text` that name what is everybody's, in any case of letters.

    Args:
        text: one text.
        words: its words (`words_of`).
    """
    lists = gazetteer()
    found = []
    for i, word in enumerate(words):
        first, _, rest = word.key.partition("-")
        following = rest or (words[i + 1].key if i + 1 < len(words) else "")
        for name in lists.public.get(first, ()):
            if len(name) > 1 and not following.startswith(name[1]):
                continue
            last = _matched(text, words, i, name, lists)
            if last is not None:
                found.append(Span(word.start, words[last].end))
                break
    return found


def is_everybodys(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
    """Tell whether a range names nothing but what is everybody's, and small words around it."""
    if not any(s.start < end and start < s.end for s in spans):
        return False
    own = [m for m in WORD.finditer(text, start, end) if not _is_covered(m.span(), spans)]
    return all(m[0] in _SMALL or (m[0] in ORDINARY and m[0].islower()) for m in own)


def _is_covered(span: tuple[int, int], spans: Sequence[Span]) -> bool:
    return any(s.start <= span[0] < s.end for s in spans)


def _matched(
    text: str, words: Sequence[Word], first: int, name: tuple[str, ...], lists: Gazetteer
) -> int | None:
    """Return the number of the last word of `name`, if it stands from word `first` on."""
    at, last = 0, first - 1
    while at < len(name):
        last += 1
        if last == len(words) or (
            last > first and text[words[last - 1].end : words[last].start] not in _JOINED
        ):
            return None
        for piece in words[last].key.split("-"):
            if at == len(name) or piece != name[at]:
                return None
            at += 1
    titled = first > 0 and words[first - 1].key in cues.TITLES
    if len(name) == 1 and (name[0] in lists.first or titled or words[first].possessive):
        return None  # "Chelsea" may be somebody, as "Mr Villa" is
    return last
