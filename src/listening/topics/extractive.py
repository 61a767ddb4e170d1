"""What is said of a topic is said in its own people's words: the check, and what joins words."""

from __future__ import annotations

from collections.abc import Iterable

from listening.topics.terms import words_of

#: What joins two phrases of residents, or marks a place that everybody speaks of.
JOINERS = frozenset({"and", "in", "general"})


def words_there(texts: Iterable[str]) -> frozenset[str]:
    """Return every word of the texts, in small letters."""
    return frozenset(word for text in set(texts) for word in words_of(text))


def stands(line: str, words: frozenset[str]) -> bool:
    """Say whether every word of a name or description is one of the words, joiners apart."""
    return all(word in words or word in JOINERS for word in words_of(line))
