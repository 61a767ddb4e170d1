"""A conversation of two people in the store, sent to be coded, and what coders make of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, SEGMENTS, SELECTIONS, table_of
from listening.store import KeptSource, Store
from listening.store.coding import (
    KeptCoding,
    KeptItem,
    KeptProject,
    KeptReading,
    KeptTurn,
    ReadTask,
)

PROJECT, CODER, OTHER = "p/book/blind/spans", "ada@example.org", "ben@example.org"
#: a turn of two segments, then somebody else's
TEXT = "Our damp walls here are bl\nThe bus is late."


def keep_talk(store: Store, source: str = "k1", before: str = "") -> None:
    """Keep the conversation; `before` is what somebody else says first."""
    at = len(before)
    text = before + TEXT
    spans = [("P1", 0, 13), ("P1", 13, 26), ("P2", 27, 43)]
    store.add_source(KeptSource(source, (), (), {}), "file")
    document = {"document_id": "d1", "kind": "interview", "text": text}
    store.save(source, _table([document], DOCUMENTS), DOCUMENTS)
    turns = [("P1", 0, 26), ("P2", 27, 43)]
    passages = [
        {
            "document_id": "d1",
            "participant_id": who,
            "role": "participant",
            "voice": "verbatim",
            "start": start + at,
            "end": end + at,
        }
        for who, start, end in turns
    ]
    store.save(source, _table(passages, PASSAGES), PASSAGES)
    segments = [
        {
            "segment_id": f"d1.{n}",
            "document_id": "d1",
            "participant_id": who,
            "source_kind": "interview",
            "voice": "verbatim",
            "start": start + at,
            "end": end + at,
            "text": text[start + at : end + at],
            "nil": False,
            "text_key": str(n),
            "phrases": (),
        }
        for n, (who, start, end) in enumerate(spans)
    ]
    store.save(source, _table(segments, SEGMENTS), SEGMENTS)
    people = [
        {
            "participant_id": who,
            "source_kind": "interview",
            "consent": "quotation",
            "people": 1,
            "cluster": who,
            "attributes": {},
        }
        for who in ("P1", "P2")
    ]
    store.save(source, _table(people, PARTICIPANTS), PARTICIPANTS)
    if store.selections().empty:
        chosen = {
            "segment_id": "d1.0",
            "participant_id": "P1",
            "stream": "audit",
            "probability": 0.5,
            "blind": True,
            "why": "random",
            "batch": 1,
            "seed": 0,
            "day": "2026-07-01",
        }
        store.keep_selections(table_of([chosen], SELECTIONS), {"P1": "interview"}, 1)


def _table(rows: list[dict[str, Any]], schema: Any) -> pd.DataFrame:
    blank = dict.fromkeys(schema.columns, "")
    given = {n: c.default for n, c in schema.columns.items() if c.default is not None}
    return table_of([{**blank, **given, **row} for row in rows], schema)


def item(key: str = "shared", **changed: Any) -> KeptItem:
    told: dict[str, Any] = {
        "key": key,
        "document_id": "d1",
        "layout": "spans",
        "turns": (KeptTurn("Resident 1", 0, 26, "P1"), KeptTurn("Resident 2", 27, 43, "P2")),
        "participants": ("P1", "P2"),
        "stream": "audit",
        "blind": True,
        "probability": 0.5,
        "batch": 1,
        "order": 0,
    }
    return KeptItem(**{**told, **changed})


def send(store: Store, one: KeptItem | None = None, number: int | None = 1) -> None:
    """Keep a project with an item, and the number of its task where it has one."""
    one = one or item()
    store.loop.keep_project(KeptProject(PROJECT, 11, "blind", "spans", "", "book", "1"))
    store.loop.add_items(PROJECT, [one])
    store.loop.add_items(PROJECT, [one])
    if number is not None:
        store.loop.sending(PROJECT, [one.key])
        store.loop.sent(PROJECT, {one.key: number}, True)


def reading(coder: str, *codings: KeptCoding, memo: str = "") -> KeptReading:
    number = 5 if coder == CODER else 6
    return KeptReading(coder, number, "submitted", codings, memo, 12.5, "2026-07-01T09:59:00Z")


def page(task: int, *readings: KeptReading) -> ReadTask:
    return ReadTask(task, readings)
