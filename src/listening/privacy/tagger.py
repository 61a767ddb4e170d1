"""Finds names that no list holds, by what was learnt from invented speech.

A conditional random field weighs what stands around a word (`features`). Where it sees the least
chance of a name, the encoder reads the passage and decides (`context`): it takes longer and knows
more. `python -m benchmarks.name_tagger` and `benchmarks.name_context` train them; each writes the
same weights each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from listening.privacy.context import LABELS, Chances, Context, Passage, load_context
from listening.privacy.features import features
from listening.privacy.scan import Word

MODEL = files("listening.privacy").joinpath("lists", "names.crfsuite")
_PLACE = [LABELS.index("B-place"), LABELS.index("I-place")]
_INSTITUTIONS = [j for j, label in enumerate(LABELS) if label[2:] not in {"", "name", "place"}]
#: Between two words, and never inside a name: the ends of a sentence.
_NEW_SENTENCE = frozenset(["g=!", "g=?", "g=:", "g=;"])
#: A word less likely than this to be part of a name is left out.
LEAST = 0.1
#: A passage is read by the encoder where the field thinks one of its words this likely a name.
ASKED = 0.02
#: An institution that the field is this sure of is one, whatever the context makes of it.
STUBBORN = 0.92
#: A word that the context thinks less likely than this to be of a name names nobody.
UNLIKELY = 0.02
#: Words of a passage: a sentence may end it from the first number on, and the second ends it.
ENOUGH, MOST = 24, 60
#: Between the words of one firm's name: "Dhillon Cash and Carry".
_WITHIN = frozenset(["and", "of", "the", "n"])
_NEVER_LAST = frozenset(
    ["and", "or", "but", "so", "the", "a", "of", "to", "at", "in", "is", "was", "with", "for"]
)
_ENDS = frozenset(["g=.", "g=!", "g=?"])

Rows = Sequence[Sequence[str]]


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


class Told(NamedTuple):
    """What the tagger makes of a text.

    Attributes:
        names: what it takes for names, in order, none inside another.
        nobody: numbers of the words that it read in their passage and that name nobody.
    """

    names: Sequence[Tagged] = ()
    nobody: frozenset[int] = frozenset()


class Tagger(NamedTuple):
    """What was learnt: the field, and the context, without which the field decides alone."""

    field: Any
    held: bytes  # the field reads its weights where they lie, so they must not be let go
    context: Context | None

    def tag(self, texts: Sequence[tuple[str, Sequence[Word]]]) -> list[Told]:
        """Return what is taken for names in each text.

        Args:
            texts: each with its words (`words_of`).
        """
        rows = [features(text, words) for text, words in texts]
        found = [self._at_first(some) for some in rows]
        nobody: list[set[int]] = [set() for _ in rows]
        if self.context:
            unsure = [
                (i, first, end)
                for i, some in enumerate(rows)
                for first, end in _passages(some)
                if (found[i][first:end, 0] <= 1 - ASKED).any()
            ]
            read = [_passage(*texts[i], rows[i], first, end) for i, first, end in unsure]
            for (i, first, end), told in zip(unsure, self.context.chances(read), strict=True):
                found[i][first:end] = _both(found[i][first:end], told)
                unlikely = np.flatnonzero(told[:, 0] > 1 - UNLIKELY) + first
                nobody[i].update(unlikely.tolist())
        return [
            Told(_trimmed(_names(some, chances), words), frozenset(other))
            for (_, words), some, chances, other in zip(texts, rows, found, nobody, strict=True)
        ]

    def _at_first(self, rows: Rows) -> Chances:
        """What the field alone thinks (words, `LABELS`): most words are surely of no name."""
        found = np.tile(_NOBODY, (len(rows), 1))
        if not rows:
            return found
        self.field.set(rows)
        known = [(j, label) for j, label in enumerate(LABELS) if label in self.field.labels()]
        for i in range(len(rows)):
            if self.field.marginal("O", i) <= 1 - ASKED:
                for j, label in known:
                    found[i, j] = self.field.marginal(label, i)
        return found


_NOBODY = np.eye(1, len(LABELS), dtype=np.float32)[0]


@cache
def load_tagger(field: Path | None = None) -> Tagger:
    """Load the field; the packaged one together with the packaged context."""
    import pycrfsuite

    held = Path(field or str(MODEL)).read_bytes()
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(held)
    return Tagger(tagger, held, None if field else load_context())


def _passages(rows: Rows) -> list[tuple[int, int]]:
    """Cut a text into passages, where sentences end as far as there are such places."""
    cuts = [0]
    for i, row in enumerate(rows):
        size = i - cuts[-1]
        if size >= MOST or (size >= ENOUGH and not _ENDS.isdisjoint(row[:4])):
            cuts.append(i)
    return list(zip(cuts, [*cuts[1:], len(rows)], strict=True))


def _passage(text: str, words: Sequence[Word], rows: Rows, first: int, end: int) -> Passage:
    start = words[first - 1].end if first else 0
    stop = words[end].start if end < len(words) else len(text)
    own = [
        word._replace(start=word.start - start, end=word.end - start) for word in words[first:end]
    ]
    return Passage(text[start:stop], own, rows[first:end])


def _both(field: Chances, told: Chances) -> Chances:
    """Take the context's word, save for institutions that the field is sure of."""
    institution = field[:, _INSTITUTIONS].sum(axis=1)
    surer = _goes(field) > _goes(told)
    return np.where(((institution >= STUBBORN) & surer)[:, None], field, told)


def _goes(chances: Chances) -> Chances:
    """How likely each word is of a name that must go."""
    goes: Chances = 1 - chances[:, 0] - chances[:, _PLACE].sum(axis=1)
    return goes


def _names(rows: Rows, chances: Chances) -> list[Tagged]:
    found: list[Tagged] = []
    best, must_go = chances.argmax(axis=1).tolist(), _goes(chances).tolist()
    for i in np.flatnonzero(1 - chances[:, 0] >= LEAST).tolist():
        part, _, kind = LABELS[best[i]].partition("-")
        place = float(chances[i, _PLACE].sum())
        goes = must_go[i]
        if not kind and goes < LEAST:
            continue
        kind = kind or "name"
        chance = place if kind == "place" else goes
        goes_on = found and found[-1].last == i - 1 and part != "B"
        alike = goes_on and (found[-1].kind == kind or _is_one(part, kind, found[-1].kind))
        if alike and _NEW_SENTENCE.isdisjoint(rows[i]):
            found[-1] = found[-1]._replace(last=i, chance=min(chance, found[-1].chance))
        else:
            found.append(Tagged(i, i, kind, chance))
    return found


def _trimmed(names: Sequence[Tagged], words: Sequence[Word]) -> list[Tagged]:
    """Leave out what no name ends with: "riverside and"."""
    found = []
    for one in names:
        last = one.last
        while last > one.first and words[last].key in _NEVER_LAST:
            last -= 1
        found.append(one._replace(last=last))
    return _joined(found, words)


def _joined(names: Sequence[Tagged], words: Sequence[Word]) -> list[Tagged]:
    """Join two parts of an institution's name that a small word stands between."""
    found: list[Tagged] = []
    for one in names:
        last = found[-1] if found else None
        if (
            last
            and last.kind == one.kind not in {"name", "place"}
            and one.first == last.last + 2
            and words[last.last + 1].key in _WITHIN
        ):
            found[-1] = last._replace(last=one.last, chance=max(last.chance, one.chance))
        else:
            found.append(one)
    return found


def _is_one(part: str, kind: str, before: str) -> bool:
    """Whether a word inside a name belongs to the one before, whatever it would be by itself."""
    return part == "I" and "place" not in (kind, before)
