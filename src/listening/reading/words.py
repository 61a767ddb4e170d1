"""Finding by words: all words of what was asked, in any spelling of case and accent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: letters and figures; in scripts of South and South-East Asia signs for vowels are of the word
_SIGN = r"[\w\u0900-\u0963\u0966-\u109f]"
_WORD = re.compile(rf"{_SIGN}+(?:['’]{_SIGN}+)*")
#: what stands between quotation marks, straight or curly; a mark that is never closed is none
_PHRASE = re.compile(r'"([^"]*)"|“([^“”]*)”')


@dataclass(frozen=True)
class Query:
    """What somebody looks for.

    Attributes:
        text: as it was asked, without the quotation marks: what is compared by meaning.
        runs: words that must stand beside each other in this order; a single word is a run of one.
    """

    text: str
    runs: tuple[tuple[str, ...], ...]


def query(asked: str) -> Query:
    """Read what was asked: words, and "phrases" in quotation marks."""
    phrases = [found[1] or found[2] or "" for found in _PHRASE.finditer(asked)]
    rest = _PHRASE.sub(" ", asked)
    runs = [tuple(words_of(phrase)) for phrase in phrases]
    runs += [(word,) for word in words_of(rest)]
    plain = re.sub(r'["“”]', " ", asked)
    return Query(" ".join(plain.split()), tuple(dict.fromkeys(run for run in runs if run)))


def words_of(text: str) -> list[str]:
    """Return the words of a text, without case and accents; `don’t` is one word."""
    return [word.replace("’", "'") for word in _WORD.findall(folded(text))]


def folded(text: str) -> str:
    """Return a text without case and accents: `Café` is `cafe`."""
    # twice, as Unicode's compatibility caseless matching has it (D146): "℠" comes apart as capitals
    apart = text
    for _ in range(2):
        apart = unicodedata.normalize("NFKD", apart.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def by_words(texts: Sequence[str], asked: Query) -> NDArray[np.float64]:
    """Return how much of each text is what was asked; 0 where a word or phrase is missing.

    Returns:
        One figure per text: the words that were asked for as a share of its words.
    """
    found = np.zeros(len(texts))
    if not asked.runs:
        return found
    # a first look without splitting: nearly every text is ruled out by it
    needed = [word for run in asked.runs for word in run]
    for position, text in enumerate(texts):
        flat = folded(text).replace("’", "'")
        if all(word in flat for word in needed):
            words = words_of(text)
            counts = [_count(words, run) for run in asked.runs]
            if all(counts):
                hits = sum(n * len(run) for n, run in zip(counts, asked.runs, strict=True))
                found[position] = hits / len(words)
    return found


def _count(words: Sequence[str], run: tuple[str, ...]) -> int:
    size = len(run)
    ends = len(words) - size + 1
    return sum(tuple(words[start : start + size]) == run for start in range(ends))
