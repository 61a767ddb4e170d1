"""Codings as the store tells them, made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from listening.records import CODINGS, Table, table_of

PLAIN: Mapping[str, Any] = {
    "participant_id": "P1",
    "segment_id": "s1",
    "document_id": "d1",
    "source_kind": "survey",
    "question": "",
    "text": "The walls are wet",
    "start": 0,
    "end": 17,
    "whole": True,
    "code": "",
    "proposed": "",
    "memo": "",
    "severity": None,
    "coder": "ann",
    "origin": "human",
    "stream": "audit",
    "role": "blind",
    "hinted": False,
    "codebook": "town",
    "codebook_version": "1.0",
    "code_status": "active",
    "coded_at": "2026-03-02T10:00:00+00:00",
    "lead_time": 4.0,
    "batch": 1,
    "item": "i1",
}


def codings(*rows: Mapping[str, Any]) -> Table:
    """Return CODINGS of rows that say only what matters; an item is its segment's unless said."""
    told = [{**PLAIN, "item": f"i-{row.get('segment_id', 's1')}", **row} for row in rows]
    return table_of(told, CODINGS)


def readings(
    given: Sequence[Mapping[str, Iterable[str]]], people: Sequence[str] = (), **about: Any
) -> list[dict[str, Any]]:
    """Return rows of whole items by coder; every one is of somebody else unless `people` says."""
    return [
        {
            "participant_id": people[at] if people else f"P{at:04}",
            "segment_id": f"{about.get('prefix', 's')}{at:04}",
            "coder": coder,
            "code": code,
            **{name: value for name, value in about.items() if name != "prefix"},
        }
        for at, one in enumerate(given)
        for coder, codes in one.items()
        for code in (sorted(codes) or [""])
    ]
