"""Planted vectors: every code has a direction of its own, and texts lie near or between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from listening.codebook import OTHER, Code, Codebook, CounterExample
from listening.coding import texts_of
from listening.records import SEGMENTS, Table, Vectors, table_of

WIDTH = 32
CODES = ("parks", "buses", "lifts")


def towards(code: str, closeness: float = 0.8, seed: int = 0) -> np.ndarray:
    """A unit vector whose cosine with the direction of `code` is `closeness`."""
    direction = np.zeros(WIDTH)
    direction[CODES.index(code)] = 1.0
    rest = np.random.default_rng(seed).normal(size=WIDTH)
    rest[: len(CODES)] = 0.0
    rest *= np.sqrt(1 - closeness**2) / np.linalg.norm(rest)
    return (closeness * direction + rest).astype(np.float32)


def stacked(*vectors: np.ndarray) -> Vectors:
    return np.stack(vectors) if vectors else np.zeros((0, WIDTH), dtype=np.float32)


def book(examples: int = 12, codes: Sequence[str] = CODES, status: str = "active") -> Codebook:
    return Codebook(
        id="mill-town",
        name="Mill Town",
        version="1.0",
        language="en",
        source="",
        codes=tuple(
            Code(
                id=code,
                name=f"name of {code}",
                definition=f"definition of {code}",
                examples=tuple(f"{code} example {n}" for n in range(examples)),
                counter_examples=(CounterExample(f"unlike {code}", OTHER),),
                status=status if code == "lifts" else "active",
            )
            for code in codes
        ),
    )


def known(codebook: Codebook) -> dict[str, np.ndarray]:
    """Vectors of a codebook's texts: examples near their code, heads nearer, the rest nowhere."""
    found = {}
    for seed, text in enumerate(texts_of(codebook)):
        code = next((code for code in CODES if code in text and "unlike" not in text), "")
        nowhere = np.random.default_rng(seed).normal(size=WIDTH)
        nowhere[: len(CODES)] = 0.0
        close = 0.9 if "of" in text.split() else 0.6 + 0.03 * (seed % 10)
        alone = (nowhere / np.linalg.norm(nowhere)).astype(np.float32)
        found[text] = towards(code, close, seed) if code else alone
    return found


def said(*rows: tuple[str, str]) -> Table:
    """SEGMENTS from (participant, text); an empty text is a nil answer."""
    return table_of(
        [
            {
                "segment_id": f"s{n}",
                "document_id": "d",
                "participant_id": person,
                "source_kind": "interview",
                "question": "",
                "start": 0,
                "end": len(text),
                "text": text,
                "language": "en",
                "voice": "verbatim",
                "nil": not text,
                "text_key": text,
                "phrases": (),
            }
            for n, (person, text) in enumerate(rows)
        ],
        SEGMENTS,
    )
