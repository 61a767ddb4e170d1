"""Fictional residents of a fictional town, for tests of topics."""

from __future__ import annotations

import hashlib

import numpy as np

from listening.records import SEGMENTS, Table, Vectors, table_of

SUBJECTS = {
    "bus times": "The {} bus times are no use to anyone who works in {} before eight",
    "damp and mould": "There is damp and mould on every wall of my {} flat near {}",
    "parking": "Parking on the {} side of {} is a daily fight",
    "GP appointments": "It takes {} weeks to get GP appointments since {} closed",
    "dog mess": "Dog mess all over the {} path behind {} and never a bin",
    "youth clubs": "Youth clubs for the {} kids were shut when {} was sold",
}
FIRST = ["early", "late", "new", "old", "north", "south", "upper", "lower", "two", "three"]
SECOND = ["Alder Row", "Birch Hill", "the mill", "the market", "the station", "Cedar Court"]


def segment(
    number: int, person: str, text: str, phrases: tuple[str, ...] = (), nil: bool = False
) -> dict[str, object]:
    """Return one row of SEGMENTS: a whole survey answer."""
    return {
        "segment_id": f"d{number}.0",
        "document_id": f"d{number}",
        "participant_id": person,
        "source_kind": "survey",
        "question": "What would you change?",
        "start": 0,
        "end": len(text),
        "text": text,
        "language": "en",
        "voice": "verbatim",
        "nil": nil,
        "text_key": hashlib.sha256(text.lower().encode()).hexdigest(),
        "phrases": phrases,
    }


def planted(each: int = 40, people: int = 120, spread: float = 0.12) -> tuple[Table, Vectors]:
    """Return `each` segments on each of six subjects, with vectors around six directions."""
    random = np.random.default_rng(7)
    middles = np.linalg.qr(random.standard_normal((32, len(SUBJECTS))))[0].T
    rows, vectors = [], []
    for number, (subject, pattern) in enumerate(SUBJECTS.items()):
        for i in range(each):
            text = f"{pattern.format(FIRST[i % 10], SECOND[i % 6])}, I said so {number} {i}"
            person = f"p{(number * each + i) % people:03}"
            rows.append(segment(len(rows), person, text, (f"the {subject}",)))
            vector = middles[number] + spread * random.standard_normal(32)
            vectors.append(vector / np.linalg.norm(vector))
    return table_of(rows, SEGMENTS), np.array(vectors, dtype=np.float32)


def subject_of(segments: Table) -> list[str]:
    """Return the planted subject of every segment."""
    return [of[0].removeprefix("the ") for of in segments["phrases"]]
