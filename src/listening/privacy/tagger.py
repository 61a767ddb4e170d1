"""Finds names that no list holds, by a tagger learnt from invented speech.

A conditional random field weighs what stands around a word (`features`). It is trained by
`python -m benchmarks.name_tagger`, which writes the same weights each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from listening.privacy.features import features
from listening.privacy.scan import Word

if TYPE_CHECKING:
    import pycrfsuite

#: What the tagger tells apart; everything else is no name.
KINDS = ("name", "school", "surgery", "faith", "employer", "address", "place")
MODEL = files("listening.privacy").joinpath("lists", "names.crfsuite")
_PLACE = ("B-place", "I-place")
#: Between two words, and never inside a name: the ends of a sentence.
_NEW_SENTENCE = frozenset(["g=!", "g=?", "g=:", "g=;"])
#: A word less likely than this to be part of a name is left out.
LEAST = 0.1


class Tagged(NamedTuple):
    """Words that the tagger takes for one name.

    Attributes:
        first: number of the first word.
        last: number of the last one.
        kind: what it is (`KINDS`).
        chance: how likely its least likely word is of a name that must go, or of a place.
    """

    first: int
    last: int
    kind: str
    chance: float


def tag(text: str, words: Sequence[Word]) -> list[Tagged]:
    """Return what the tagger takes for names in `text`, in order, none inside another.

    Args:
        text: one text.
        words: its words (`words_of`).
    """
    if not words:
        return []
    field = _field()
    rows = features(text, words)
    field.tagger.set(rows)
    found: list[Tagged] = []
    for i, label in enumerate(field.tagger.tag()):
        part, _, kind = label.partition("-")
        named = 1 - field.tagger.marginal("O", i)
        if not kind and named < LEAST:
            continue  # most words of a text: asked for nothing more
        place = sum(field.tagger.marginal(name, i) for name in _PLACE)
        goes = named - place
        if not kind and goes < LEAST:
            continue
        kind = kind or "name"
        chance = place if kind == "place" else goes
        goes_on = found and found[-1].last == i - 1 and found[-1].kind == kind
        if part != "B" and goes_on and _NEW_SENTENCE.isdisjoint(rows[i]):
            found[-1] = found[-1]._replace(last=i, chance=min(chance, found[-1].chance))
        else:
            found.append(Tagged(i, i, kind, chance))
    return found


class _Field(NamedTuple):
    tagger: pycrfsuite.Tagger
    weights: bytes  # the tagger reads them where they lie, so they must not be let go


@cache
def _field() -> _Field:
    import pycrfsuite

    weights = MODEL.read_bytes()
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    return _Field(tagger, weights)
