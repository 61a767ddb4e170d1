"""Items: what people code at once, cut from the documents that the chosen segments stand in.

A whole answer or note is one item. In a conversation the turn that holds a chosen segment is one,
with its neighbours for context; of whoever is audited it is the whole document, in parts.
"""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from listening.labelstudio.nouns import SPANS, WHOLE, Item, ItemTurn
from listening.records import CONVERSATIONS, STREAMS, Table

AUDIT = STREAMS[0]
#: turns of one part of an audited document at most; turns shown around an item, and their letters
MOST_TURNS, NEIGHBOURS, CONTEXT = 60, 2, 600
_KINDS = {
    "interview": "Interview",
    "focus_group": "Focus group",
    "street": "Street note",
    "survey": "Survey",
}
_MONTHS = tuple(calendar.month_name)
_OBSERVED = "observation"

_Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Turn:
    shown: ItemTurn
    question: str
    voice: str


@dataclass(frozen=True)
class _Document:
    id: str
    conversation: bool
    setting: str
    turns: tuple[_Turn, ...]

    def holding(self, start: int, end: int) -> int | None:
        """Return the number of the turn that holds a stretch of the text."""
        for number, turn in enumerate(self.turns):
            first = turn.shown.start
            if first <= start and end <= first + len(turn.shown.text):
                return number
        return None


def items_of(
    documents: Table, passages: Table, segments: Table, participants: Table, chosen: Table
) -> tuple[Item, ...]:
    """Return what is to be coded, each once, in the order in which it was chosen.

    Left out: what an officer saw, an answer that says nothing (unless its person is audited), and
    the words of people who are not among the participants.

    Args:
        documents: DOCUMENTS; those that are not chosen from are not looked at.
        passages: PASSAGES of these documents.
        segments: SEGMENTS.
        participants: PARTICIPANTS: whose words may be shown.
        chosen: SELECTIONS; within a batch the audit comes first, else in the order of the rows.
    """
    picked = _rows(chosen.sort_values("batch", kind="stable"))
    picked.sort(key=lambda row: (row["batch"], row["stream"] != AUDIT))
    known = segments[segments["segment_id"].isin(chosen["segment_id"])]
    by_id = {str(row["segment_id"]): row for row in _rows(known)}
    people = set(participants["participant_id"])
    wanted = documents["document_id"].isin(set(known["document_id"]))
    cut = _documents(_rows(documents[wanted]), passages, people)
    found: dict[str, Item] = {}
    whole: set[str] = set()
    for row in picked:
        segment = by_id.get(str(row["segment_id"]))
        if segment is None or not _coded(segment, row, people):
            continue
        document = cut[str(segment["document_id"])]
        if document.conversation and row["stream"] == AUDIT:
            if document.id in whole:
                continue  # it is there as a whole, for whoever of its people is audited
            whole.add(document.id)
        for item in _items(document, segment, row):
            earlier = found.get(item.key)
            blind = item.blind or bool(earlier and earlier.blind)
            found[item.key] = replace(earlier or item, blind=blind)
    return tuple(replace(item, order=n) for n, item in enumerate(found.values()))


def _rows(table: Table) -> list[_Row]:
    columns = [table[name].to_numpy(dtype=object).tolist() for name in table.columns]
    return [dict(zip(table.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _coded(segment: _Row, row: _Row, people: set[str]) -> bool:
    """Whether a segment is somebody's word that is to be read."""
    if segment["participant_id"] not in people or segment["voice"] == _OBSERVED:
        return False
    return row["stream"] == AUDIT or not segment["nil"]


def _documents(rows: Sequence[_Row], passages: Table, people: set[str]) -> dict[str, _Document]:
    within: dict[str, list[_Row]] = {str(row["document_id"]): [] for row in rows}
    for passage in _rows(passages[passages["document_id"].isin(set(within))]):
        within[str(passage["document_id"])].append(passage)
    return {
        str(row["document_id"]): _Document(
            str(row["document_id"]),
            row["kind"] in CONVERSATIONS,
            _setting(row),
            tuple(_turns(str(row["text"]), within[str(row["document_id"])], people)),
        )
        for row in rows
    }


def _turns(text: str, passages: Sequence[_Row], people: set[str]) -> Iterator[_Turn]:
    numbers: dict[str, int] = {}
    for passage in sorted(passages, key=lambda one: int(one["start"])):
        who, start, end = passage["participant_id"], int(passage["start"]), int(passage["end"])
        speaks = passage["role"] == "participant"
        if speaks and who not in people:
            continue  # nothing of whom the loop may not read is shown, not even as context
        seen = passage["voice"] == _OBSERVED
        if speaks and not seen:
            author = f"Resident {numbers.setdefault(str(who), len(numbers) + 1)}"
        else:
            author = "Officer, on what they saw" if seen else "Interviewer"
        holder = "" if seen or not speaks else str(who)
        beside = str(passage["beside"])
        shown = ItemTurn(author, text[start:end], start, holder, beside)
        yield _Turn(shown, str(passage["question"]), str(passage["voice"]))


def _items(document: _Document, segment: _Row, row: _Row) -> Iterator[Item]:
    """Return the items that a chosen segment gives."""
    number = document.holding(int(segment["start"]), int(segment["end"]))
    if number is None:
        return
    if document.conversation and row["stream"] == AUDIT:
        parts: Iterator[range] = _parts(document.turns)
    else:
        parts = iter([range(number, number + 1)])
    for part in parts:
        yield _item(document, part, row)


def _parts(turns: Sequence[_Turn]) -> Iterator[range]:
    """Cut a document in parts of about equal length, without those in which no resident speaks."""
    count = -(-len(turns) // MOST_TURNS)
    cuts = [len(turns) * n // count for n in range(count + 1)]
    for start, end in pairwise(cuts):
        if any(turn.shown.participant_id and turn.shown.text.strip() for turn in turns[start:end]):
            yield range(start, end)


def _item(document: _Document, part: range, row: _Row) -> Item:
    turns = document.turns[part.start : part.stop]
    shown = tuple(turn.shown for turn in turns)
    layout = SPANS if document.conversation else WHOLE
    first = next((turn for turn in turns if turn.shown.participant_id), turns[0])
    return Item(
        key=_key(document.id, layout, shown),
        document_id=document.id,
        layout=layout,
        turns=shown,
        question=first.question,
        setting=document.setting,
        voice=first.voice,
        before=_context(document.turns[max(0, part.start - NEIGHBOURS) : part.start], last=True),
        after=_context(document.turns[part.stop : part.stop + NEIGHBOURS], last=False),
        stream=str(row["stream"]),
        blind=bool(row["blind"]),
        probability=float(row["probability"]),
        batch=int(row["batch"]),
    )


def _key(document_id: str, layout: str, turns: Sequence[ItemTurn]) -> str:
    parts = [document_id, layout, *(f"{turn.start} {turn.text}" for turn in turns)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _context(turns: Sequence[_Turn], last: bool) -> str:
    """Return neighbouring turns in words; of a long one its end, or its beginning, alone."""
    return "\n".join(f"{turn.shown.author}: {_short(turn.shown.text, last)}" for turn in turns)


def _short(text: str, last: bool) -> str:
    if len(text) <= CONTEXT:
        return text
    return f"… {text[-CONTEXT:]}" if last else f"{text[:CONTEXT]} …"


def _setting(document: _Row) -> str:
    """Return kind of source, place, month and method in words."""
    date = str(document["date"])
    month = _MONTHS[int(date[5:7])] + " " + date[:4] if len(date) >= 7 else date
    parts = (_KINDS[str(document["kind"])], document["place"], month, document["method"])
    return " · ".join(str(part) for part in parts if part)
