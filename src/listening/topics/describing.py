"""One line on a topic in its own people's words: its most central short passage, or two joined.

Nothing is written by a machine. A line is what somebody said, whole or from one comma or full stop
to another (marked with "…"); where it is short, what another person said is joined to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.topics.terms import words_of
from listening.topics.units import unit

Floats = NDArray[np.float32]

JOINED = " · "
#: A passage of so many words says something and is read at a glance; two of them make a line.
FEWEST, MOST = 4, 20
#: A passage of up to so many words takes a second beside it.
SHORT = 11
#: What is cut out of a longer passage, or holds a stand-in for a name, must be this much nearer to
#: the topic's middle; what holds a word that marks the topic may be this much farther (cosine).
CUT, REPLACED, MARKED = 0.1, 0.15, 0.05
#: A second passage more like the first than this says it again (cosine of the whole passages).
AGAIN = 0.75

_ENDS = re.compile(r"(?<=[.!?;:,])\s+|\s+[–—-]\s+|\s*[\r\n]+\s*")


class _Piece(NamedTuple):
    """A candidate: how good it is, its text, the position of its segment, and its words."""

    worth: float
    text: str
    position: int
    words: int


def description(
    texts: Sequence[str],
    people: Sequence[str],
    verbatim: Sequence[bool],
    vectors: Floats,
    marks: Sequence[str],
) -> str:
    """Return one line on a topic; empty where nobody says anything short enough.

    Args:
        texts: of the topic's segments.
        people: who said each.
        verbatim: whether they are residents' own words; an officer's note speaks only where no
            resident's own words do.
        vectors: the segments' unit vectors, shape (n, dimensions).
        marks: the words that mark the topic.
    """
    if not texts:  # an officer's observations alone
        return ""
    near = vectors @ unit(vectors.mean(axis=0, keepdims=True))[0]
    marking = {word for mark in marks for word in words_of(mark)}
    own = [i for i, is_own in enumerate(verbatim) if is_own] or list(range(len(texts)))
    cut = {text: list(_parts(text, marking)) for text in dict.fromkeys(texts[i] for i in own)}
    found = [_piece(part, i, float(near[i])) for i in own for part in cut[texts[i]]]
    found.sort(key=lambda piece: (-piece.worth, piece.text, piece.position))
    if not found:
        return ""
    first = found[0]
    if first.words > SHORT:
        return first.text
    others = (
        piece
        for piece in found
        if piece.words <= SHORT
        and people[piece.position] != people[first.position]
        and float(vectors[piece.position] @ vectors[first.position]) < AGAIN
    )
    second = next(others, None)
    return f"{first.text}{JOINED}{second.text}" if second else first.text


class _Part(NamedTuple):
    """A passage or a part of one: its text, its words, and what is told of it."""

    text: str
    words: int
    cut: bool
    replaced: bool
    marked: bool


def _piece(part: _Part, position: int, near: float) -> _Piece:
    worth = near - CUT * part.cut - REPLACED * part.replaced + MARKED * part.marked
    return _Piece(worth, part.text, position, part.words)


def _parts(text: str, marking: set[str]) -> Iterator[_Part]:
    """Return the passage if it is short, or else those of its parts that are."""
    whole = " ".join(text.split())
    parts = [whole] if len(whole.split()) <= MOST else _ENDS.split(text.strip())
    for number, part in enumerate(parts):
        words = words_of(part)
        if not FEWEST <= len(words) <= MOST:
            continue
        cut = len(parts) > 1
        bare = " ".join(part.split()).rstrip(" .,;:")
        before = "… " if cut and number else ""
        after = " …" if cut and number < len(parts) - 1 else ""
        marked = not marking.isdisjoint(words)
        yield _Part(f"{before}{bare}{after}", len(words), cut, "[" in part, marked)
