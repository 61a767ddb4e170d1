"""The codings that count, as the table that everything else reads: ranges become segments."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.records import CODINGS, Table, check
from listening.store.frames import batches, objects

_SEGMENT = (
    "segment_id",
    "document_id",
    "participant_id",
    "source_kind",
    "question",
    "start",
    "end",
    "text",
)
_AUDIT, _TRAINING = "audit", "training"
_SUBMITTED, _UNFINISHED = "submitted", "unfinished"


@dataclass
class _Segment:
    """A segment, or a whole item that goes by the id of its first."""

    segment_id: str
    document_id: str
    participant_id: str
    source_kind: str
    question: str
    start: int
    end: int
    text: str


def codings(alias: str, sources: Sequence[str] | None = None) -> Table:
    """Return every coding that counts (`CODINGS`), by reading and place.

    Each unit of a reading of which something was refused has a row more, that says so.

    Args:
        alias: of the store's connection.
        sources: those whose documents are told of; all without them.
    """
    readings = list(
        objects(alias, "CodingReading")
        .filter(current=True, state__in=(_SUBMITTED, _UNFINISHED))
        .select_related("item__project")
        .order_by("item__project", "item__order", "pk")
    )
    documents = sorted({reading.item.document_id for reading in readings})
    segments, texts = _segments(alias, documents, sources)
    marks = _marks(alias, [reading.pk for reading in readings])
    audited = set(
        objects(alias, "Selection").filter(stream=_AUDIT).values_list("participant_id", flat=True)
    )
    rows = [
        row
        for reading in readings
        for row in _rows(
            reading,
            segments.get(reading.item.document_id, []),
            texts.get(reading.item.document_id, ""),
            marks[reading.pk],
            audited,
        )
    ]
    frame = pd.DataFrame(rows, columns=list(CODINGS.columns))
    types = {name: one.dtype.type for name, one in CODINGS.columns.items() if name != "severity"}
    return check(frame.astype({**types, "severity": "Int64"}), CODINGS)


def _segments(
    alias: str, documents: Sequence[str], sources: Sequence[str] | None
) -> tuple[dict[str, list[_Segment]], dict[str, str]]:
    """Return the segments and the texts of documents, each in its newest reading."""
    found: dict[str, list[_Segment]] = defaultdict(list)
    texts: dict[str, str] = {}
    newest: dict[str, str] = {}
    allowed = None if sources is None else set(sources)
    for batch in batches(list(documents)):
        rows = objects(alias, "Document").filter(document_id__in=batch).order_by("pk")
        for document, source, text in rows.values_list("document_id", "source_id", "text"):
            if allowed is None or source in allowed:
                newest[document], texts[document] = source, text
        own = objects(alias, "Segment").filter(document_id__in=batch)
        own = own.exclude(voice="observation").exclude(participant_id="")
        for source, *row in own.order_by("start", "pk").values_list("source_id", *_SEGMENT):
            one = _Segment(*row)
            if newest.get(one.document_id) == source:
                found[one.document_id].append(one)
    return found, texts


def _marks(alias: str, readings: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for batch in batches(list(readings)):
        rows = objects(alias, "Coding").filter(reading_id__in=batch)
        for row in rows.order_by("start", "end", "pk"):
            found[row.reading_id].append(row)
    return found


def _rows(
    reading: Any, segments: Sequence[_Segment], text: str, marks: Sequence[Any], audited: set[str]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of one reading."""
    item, memo = reading.item, reading.memo
    whole = item.layout == "whole"
    units = _whole(item, segments, text) if whole else _within(item, segments)
    on = _units_of(marks, units)
    for place, unit in enumerate(units):
        told_of = [_coded(one, unit) for one in on[place]]
        if reading.state == _UNFINISHED:
            told_of.append(_nothing(unit) | {"code_status": _UNFINISHED})
        for told in told_of or [_nothing(unit)]:
            # the memo of a whole item stands once
            told["memo"] = "\n".join(part for part in (told["memo"], memo) if part)
            memo = ""
            yield {**told, **_about(reading, unit, whole, audited)}


def _units_of(marks: Sequence[Any], units: Sequence[_Segment]) -> dict[int, list[Any]]:
    """Return the codings of each unit, by its place.

    One that lies on no unit ("mm" is no segment) goes to the nearest of the same person.
    """
    found: dict[int, list[Any]] = defaultdict(list)
    for mark in marks:
        own = [n for n, unit in enumerate(units) if unit.participant_id == mark.participant_id]
        for place in [n for n in own if _on(mark, units[n])] or _nearest(mark, units, own):
            found[place].append(mark)
    return found


def _nearest(mark: Any, units: Sequence[_Segment], own: Sequence[int]) -> list[int]:
    def away(place: int) -> int:
        return int(max(units[place].start - mark.end, mark.start - units[place].end))

    return sorted(own, key=away)[:1]


def _on(mark: Any, unit: _Segment) -> bool:
    return bool(
        mark.participant_id == unit.participant_id
        and mark.start < unit.end
        and mark.end > unit.start
    )


def _whole(item: Any, segments: Sequence[_Segment], text: str) -> list[_Segment]:
    """Return the one unit of a whole answer."""
    (_, start, end, who) = item.turns[0]
    inside = [one for one in _overlapping(segments, start, end) if one.participant_id == who]
    if not inside:
        return []
    first = inside[0]
    return [
        _Segment(
            first.segment_id,
            first.document_id,
            first.participant_id,
            first.source_kind,
            first.question,
            start,
            end,
            text[start:end],
        )
    ]


def _within(item: Any, segments: Sequence[_Segment]) -> list[_Segment]:
    """Return the segments of the people who speak in an item's turns."""
    return [
        one
        for _, start, end, who in item.turns
        if who
        for one in _overlapping(segments, start, end)
        if one.participant_id == who
    ]


def _overlapping(segments: Sequence[_Segment], start: int, end: int) -> Sequence[_Segment]:
    """Return the segments that reach into a range; they are in order and no two overlap."""
    first = bisect_left(segments, start + 1, key=lambda one: one.end)
    last = bisect_left(segments, end, key=lambda one: one.start)
    return segments[first:last]


def _coded(mark: Any, unit: _Segment) -> dict[str, Any]:
    on = _on(mark, unit)
    return {
        "start": max(mark.start, unit.start) if on else unit.start,
        "end": min(mark.end, unit.end) if on else unit.end,
        "code": mark.code,
        "proposed": mark.proposed,
        "memo": mark.memo,
        "severity": mark.severity,
        "code_status": mark.status,
    }


def _nothing(unit: _Segment) -> dict[str, Any]:
    return {
        "start": unit.start,
        "end": unit.end,
        "code": "",
        "proposed": "",
        "memo": "",
        "severity": None,
        "code_status": "active",
    }


def _about(reading: Any, unit: _Segment, whole: bool, audited: set[str]) -> dict[str, Any]:
    item, project = reading.item, reading.item.project
    stream = item.stream
    if stream == _AUDIT and unit.participant_id not in audited:
        # somebody else's words in the conversation of a person who was drawn
        stream = _TRAINING
    return {
        "participant_id": unit.participant_id,
        "segment_id": unit.segment_id,
        "document_id": unit.document_id,
        "source_kind": unit.source_kind,
        "question": unit.question,
        "text": unit.text,
        "whole": whole,
        "coder": reading.coder,
        "origin": "human",
        "stream": stream,
        "role": project.role,
        "hinted": item.hinted,
        "codebook": reading.codebook,
        "codebook_version": reading.version,
        "coded_at": reading.coded_at,
        "lead_time": reading.lead_time,
        "batch": item.batch,
        "item": item.key,
    }
