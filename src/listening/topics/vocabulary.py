"""What residents' texts may be called after, found once for topics and themes alike."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from listening.topics import terms as term
from listening.topics.languages import settled
from listening.topics.places import find_places
from listening.topics.terms import Key, Terms


class Vocabulary(NamedTuple):
    """The terms of texts.

    Attributes:
        found: the terms of each text.
        forms: how each term is written.
        capitals: how words are written inside sentences where that is not in small letters.
        adjectives: words mostly used so.
        verbs: words mostly used so.
        places: names of the place that everybody speaks of, with the name to write.
    """

    found: list[Terms]
    forms: dict[Key, str]
    capitals: dict[str, str]
    adjectives: frozenset[str]
    verbs: frozenset[str]
    places: dict[Key, str]


@lru_cache(maxsize=1)
def vocabulary(
    texts: tuple[str, ...],
    phrases: tuple[tuple[str, ...], ...],
    people: tuple[str, ...],
    languages: tuple[str, ...] = (),
) -> Vocabulary:
    """Find the terms of texts, given their noun phrases, who said each and in which language."""
    found = term.extract(texts, phrases, settled(languages or ("",) * len(texts), people))
    capitals = term.capitals(texts)
    forms = term.shown(found, capitals)
    places = find_places(found, forms, texts, people)
    return Vocabulary(found, forms, capitals, term.adjectives(texts), term.verbs(texts), places)
