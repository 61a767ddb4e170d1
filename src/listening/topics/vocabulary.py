"""What residents' texts may be called after, found once for topics and themes alike."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from listening.topics import terms as term
from listening.topics.places import find_places
from listening.topics.terms import Key, Terms


class Vocabulary(NamedTuple):
    """The terms of texts.

    Attributes:
        found: the terms of each text.
        forms: how each term is written.
        adjectives: words mostly used so.
        verbs: words mostly used so.
        places: names of the place that everybody speaks of, with the name to write.
    """

    found: list[Terms]
    forms: dict[Key, str]
    adjectives: frozenset[str]
    verbs: frozenset[str]
    places: dict[Key, str]


@lru_cache(maxsize=1)
def vocabulary(
    texts: tuple[str, ...], phrases: tuple[tuple[str, ...], ...], people: tuple[str, ...]
) -> Vocabulary:
    """Find the terms of texts, their noun phrases being given, and who said each."""
    found = term.extract(texts, phrases)
    forms = term.shown(found, texts)
    places = find_places(found, forms, texts, people)
    return Vocabulary(found, forms, term.adjectives(texts), term.verbs(texts), places)
