"""Smaller tables of the made-up programme's results."""

from __future__ import annotations

import pandas as pd

from listening.records import Reject, rejects_table
from tests.unit.report.fictional_passages import ATTACK, PASSAGES


def uncovered() -> pd.DataFrame:
    """Two passages that no code covers: of somebody who may be quoted, and not."""
    row = {
        "segment_id": "9f31c2aa10.21",
        "participant_id": "p000",
        "source_kind": "interview",
        "question": "What else?",
        "text": "The allotment gate has been chained since the flood.",
        "language": "en",
        "voice": "verbatim",
        "translated": False,
        "nearest_code": "neighbourhood",
        "probability": 0.21,
        "people": 4,
        "passages": 5,
        "quotable": True,
    }
    alone = {**row, "segment_id": "51cc09be42-81.0", "participant_id": "p001", "people": 1}
    alone |= {"text": f"Ferries {ATTACK}", "quotable": False, "passages": 1}
    return pd.DataFrame([row, alone])


def rejects() -> pd.DataFrame:
    """Empty answers, and a file of pictures."""
    empty = ("The answer is empty.", "Nothing; an empty answer says nothing.")
    return rejects_table(
        [
            *(Reject("survey_spring.csv", str(row), "answer", *empty) for row in range(12, 41)),
            Reject(
                "interview_7.pdf",
                "",
                "file",
                "interview_7.pdf holds pictures of pages, not text.",
                "Ask for the Word file that interview_7.pdf was printed from.",
            ),
        ]
    )


def reach() -> pd.DataFrame:
    """One officer who counted, and one who did not."""
    columns = "by value approached spoke declined share_spoke records without_approached in_files"
    rows = [
        ("", "", 120, 96, 15, 0.8, 3, 1, 179),
        ("officer", "Sorrel <b>Ames</b>", 120, 90, 15, 0.8, 2, 0, 100),
        ("officer", "", None, 6, None, None, 1, 1, 79),
        ("place", "Señal Court", 120, 96, 15, 0.8, 3, 1, 179),
    ]
    return pd.DataFrame(rows, columns=columns.split(), dtype=object)


def codings() -> pd.DataFrame:
    """One suggestion of the machine."""
    columns = "participant_id segment_id text code coder origin stream codebook_version coded_at "
    columns += "code_status question start end memo severity proposed"
    first = ("p000", PASSAGES[0][0], PASSAGES[0][-1], "housing")
    by = ("machine", "suggestion", "discovery", "1.0", "")
    return pd.DataFrame(
        [(*first, *by, "active", "What would help?", 0, 20, "", "", "")], columns=columns.split()
    )
