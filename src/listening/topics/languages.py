"""What is known of the languages of segments: their empty words, and which is the commonest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module

#: Languages that write every noun with a capital.
CAPITAL_NOUNS = frozenset({"de", "lb"})
_UNKNOWN = frozenset({"", "unsure"})
#: spaCy's codes where they are others than the detector's.
_CODES = {"no": "nb", "nn": "nb"}


@lru_cache(maxsize=100)
def stop_words(language: str) -> frozenset[str]:
    """Return spaCy's stop words of a language, in small letters; none of one it has no list of.

    No model is needed for them.
    """
    code = _CODES.get(language, language)
    if code in _UNKNOWN or not code.isalpha():
        return frozenset()
    try:
        module = import_module(f"spacy.lang.{code}.stop_words")
    except ImportError:
        return frozenset()
    return frozenset(word.lower().replace("’", "'") for word in module.STOP_WORDS)


def is_known(language: str) -> bool:
    """Say whether a segment's language was detected."""
    return language not in _UNKNOWN


def commonest(languages: Sequence[str]) -> str:
    """Return the language of most segments; empty where none is known."""
    known = Counter(filter(is_known, languages))
    return min(known, key=lambda language: (-known[language], language), default="")


def settled(languages: Sequence[str], people: Sequence[str]) -> list[str]:
    """Return the segments' languages; who is unsure is taken to speak as elsewhere, or as most do.

    Args:
        languages: of the segments, empty or "unsure" where they are not known.
        people: who said each.
    """
    spoken: dict[str, list[str]] = {}
    for language, person in zip(languages, people, strict=True):
        spoken.setdefault(person, []).append(language)
    most = commonest(languages)
    of = {person: commonest(own) or most for person, own in spoken.items()}
    pairs = zip(languages, people, strict=True)
    return [language if is_known(language) else of[person] for language, person in pairs]
