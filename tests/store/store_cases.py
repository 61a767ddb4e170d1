"""Fictional rows of every table that is kept, with what databases tend to spoil."""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, PLACES, SEGMENTS, Table, table_of

TEXTS = (
    "",
    "More benches by the pond.",
    "The lift 🛗 is broken again 👩🏽‍🦽, every week!",
    "نحتاج إلى حديقة آمنة للأطفال",
    "אין מספיק ספסלים",
    "naïve café — “quotes”, 'single', \\back\\slash and %s {x} ? :name",
    "two\nlines\tand a tab",
    "NULL",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 outside the first plane",
)


def documents() -> Table:
    return table_of(
        [
            {
                "document_id": f"doc-{n}",
                "kind": "interview",
                "place": text,
                "date": "2026-03",
                "language": "Somali, with some English put in by the daughter",
                "method": "",
                "text": text,
            }
            for n, text in enumerate(TEXTS)
        ],
        DOCUMENTS,
    )


def passages() -> Table:
    return table_of(
        [
            {
                "document_id": "doc-1",
                "participant_id": "P00001" if n % 2 else "",
                "role": "participant" if n % 2 else "interviewer",
                "question": text,
                "voice": "verbatim",
                "start": n * 1000,
                "end": n * 1000 + len(text),
            }
            for n, text in enumerate(TEXTS)
        ],
        PASSAGES,
    )


def places() -> Table:
    return table_of(
        [
            {"document_id": f"doc-{n}", "start": n, "end": n + 4, "kind": kind}
            for n, kind in enumerate(("district", "estate", "park"))
        ],
        PLACES,
    )


def participants() -> Table:
    return table_of(
        [
            {
                "participant_id": f"P{n:05d}",
                "source_kind": "street",
                "place": text,
                "language": "",
                "consent": "analysis",
                "people": n + 1,
                "date": "",
                "cluster": f"a group with a long name of its own, number {n}, by the old mill pond",
                "attributes": {"estate": text, "age": "", "حي": "جنوب"} if n else {},
            }
            for n, text in enumerate(TEXTS)
        ],
        PARTICIPANTS,
    )


def segments(many: int = len(TEXTS)) -> Table:
    return table_of(
        [
            {
                "segment_id": f"doc-1.{n}",
                "document_id": "doc-1",
                "participant_id": f"P{n // 5:05d}",
                "source_kind": "survey",
                "question": "What matters most to you?",
                "start": n,
                "end": n + 7,
                "text": TEXTS[n % len(TEXTS)],
                "language": "en",
                "voice": "paraphrase",
                "nil": n % 3 == 0,
                "text_key": f"{n:064x}",
                "phrases": ("the pond", "🛗", "حديقة") if n % 2 else (),
            }
            for n in range(many)
        ],
        SEGMENTS,
    )


EVERY_TABLE: tuple[tuple[Table, pa.DataFrameSchema], ...] = (
    (documents(), DOCUMENTS),
    (passages(), PASSAGES),
    (places(), PLACES),
    (participants(), PARTICIPANTS),
    (segments(), SEGMENTS),
)


def one_segment(**changed: Any) -> Table:
    return segments(1).assign(**changed)
