"""Suggestions for items, learnt from what people coded and from the codebook's own examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from listening.codebook import Codebook
from listening.coding import Learnt, Lesson, Texts, examples, learn, texts_of
from listening.labelstudio.nouns import SPANS, Item, Suggested
from listening.records import Span, Table, Vectors
from listening.steps.coding.coded import codings_of, known, settled, without_apart
from listening.steps.discover import embed_texts
from listening.steps.selecting import own_segments, vectors_of
from listening.steps.work import Work, content_key

_AUDIT = "audit"
#: codes that a note names at most
_LISTED = 5


@dataclass(frozen=True)
class Hints:
    """Suggestions for items.

    Attributes:
        of: by the item's key; an item without any is missing.
        learnt: whether anything could be learnt at all.
        notes: what a person should know.
    """

    of: Mapping[str, tuple[Suggested, ...]]
    learnt: bool
    notes: tuple[str, ...] = ()


class _Unit(NamedTuple):
    """A segment of a conversation, or the segments of a whole answer; of which item, and where."""

    key: str
    rows: list[int]
    span: Span | None


def hints(work: Work, run_id: str, book: Codebook, items: Sequence[Item]) -> Hints:
    """Suggest codes for items.

    The blind audit teaches nothing: it alone is used for estimates (METHOD.md, section 5). A
    resident's words are never the reason that a coder of somebody else's is shown.

    Args:
        work: the workplace.
        run_id: the run whose material it is.
        book: its codes in use are suggested.
        items: to suggest for.
    """
    if not items:
        return Hints({}, learnt=False)
    segments = own_segments(work, run_id)
    spoken = segments[~segments["nil"]].reset_index(drop=True)
    places = _Places(spoken, vectors_of(work, spoken))
    new = [unit for item in items for unit in _units(item, places)]
    known, codes = _coded(codings_of(work, run_id), places, book)
    lesson = _lesson(work, run_id, book)
    learnt = learn(places.texts(known), codes, places.texts(new), lesson, work.spread)
    if not learnt.codes:
        note = "No suggestions: no code has enough examples, coded or in the codebook."
        return Hints({}, learnt=False, notes=(note,))
    notes: tuple[str, ...] = ()
    if learnt.not_learnt:
        notes = (_never(learnt.not_learnt),)
    return Hints(_told(learnt, new, lesson, len(known)), learnt=True, notes=notes)


def _never(codes: Sequence[str]) -> str:
    """Say which codes are never suggested; of many, how many, with the first of them."""
    listed = ", ".join(codes[:_LISTED])
    if len(codes) > _LISTED:
        listed = f"{len(codes):,} codes, among them {listed}"
    return f"Never suggested, for want of examples: {listed}."


class _Places:
    """Segments that say something, by where they stand."""

    def __init__(self, spoken: Table, vectors: Vectors) -> None:
        self._at: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
        columns = ("document_id", "participant_id", "start", "end")
        places = zip(*(spoken[name].tolist() for name in columns), strict=True)
        for row, (document, who, start, end) in enumerate(places):
            self._at[document, who].append((start, end, row))
        self._texts = spoken["text"].tolist()
        self._questions = spoken["question"].tolist()
        self._people = spoken["participant_id"].tolist()
        self._vectors = vectors

    def within(self, document: str, who: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return start, end and row of somebody's segments that reach into a range."""
        own = self._at.get((document, who), ())
        return [one for one in own if one[0] < end and one[1] > start]

    def texts(self, units: Sequence[_Unit]) -> Texts:
        """Return units as texts; of what was said at once, the mean of its vectors."""
        first = [unit.rows[0] for unit in units]
        vectors = np.zeros((len(units), self._vectors.shape[1]), dtype=np.float32)
        for place, unit in enumerate(units):
            mean = self._vectors[unit.rows].mean(axis=0)
            vectors[place] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return Texts(
            [" ".join(self._texts[row] for row in unit.rows) for unit in units],
            vectors,
            [self._questions[row] for row in first],
            [self._people[row] for row in first],
        )


def _units(item: Item, places: _Places) -> list[_Unit]:
    found = []
    for turn in item.turns:
        if not turn.participant_id:
            continue
        end = turn.start + len(turn.text)
        inside = places.within(item.document_id, turn.participant_id, turn.start, end)
        if item.layout == SPANS:
            found += [_Unit(item.key, [row], Span(a, b)) for a, b, row in inside]
        elif inside:
            found.append(_Unit(item.key, [row for _, _, row in inside], None))
    return found


def _coded(
    codings: Table, places: _Places, book: Codebook
) -> tuple[list[_Unit], list[frozenset[str]]]:
    """Return what was coded outside of the audit, with the codes in use that stand there."""
    taught = known(codings[codings["stream"] != _AUDIT])
    codes = settled(taught)
    in_use = {code.id for code in book.in_use}
    units, told = [], []
    columns = ("segment_id", "document_id", "participant_id", "start", "end")
    rows = taught.drop_duplicates("segment_id")
    for segment, document, who, start, end in zip(*(rows[n] for n in columns), strict=True):
        if inside := places.within(document, who, int(start), int(end)):
            units.append(_Unit(segment, [row for _, _, row in inside], None))
            told.append(without_apart(codes[segment]) & in_use)
    return units, told


def _lesson(work: Work, run_id: str, book: Codebook) -> Lesson:
    texts = {content_key("codebook", text): text for text in texts_of(book)}
    found = embed_texts(work, run_id, texts)
    return examples(book, {text: found[key] for key, text in texts.items()})


def _told(
    learnt: Learnt, units: Sequence[_Unit], lesson: Lesson, coded: int
) -> dict[str, tuple[Suggested, ...]]:
    why = _like(learnt, lesson, coded)
    found: dict[str, list[Suggested]] = defaultdict(list)
    for row, column in np.argwhere(learnt.suggested).tolist():
        unit, code = units[row], learnt.codes[column]
        probability = round(float(learnt.probabilities[row, column]), 4)
        like = why.get((row, code), "")
        found[unit.key].append(Suggested(code, probability, unit.span, like))
    return {key: tuple(told) for key, told in found.items()}


def _like(learnt: Learnt, lesson: Lesson, coded: int) -> dict[tuple[int, str], str]:
    """Return the example of the codebook that each suggestion is most like, where one is near."""
    found: dict[tuple[int, str], str] = {}
    reasons = learnt.reasons
    columns = (reasons[name].tolist() for name in ("text", "code", "coded"))
    for row, code, place in zip(*columns, strict=True):
        if place >= coded:
            found.setdefault((row, code), lesson.texts.texts[place - coded])
    return found
