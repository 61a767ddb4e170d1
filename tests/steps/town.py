"""A store with many people in it, laid out straight into its tables: reading them would be slow."""

from __future__ import annotations

import numpy as np
import pandas as pd

from listening.records import PARTICIPANTS, SEGMENTS, table_of
from listening.segments import text_key
from listening.steps import Work

RUN = "r1"
THEMES = {
    "housing": ("damp", "rent", "landlord", "mould", "repairs", "flat"),
    "buses": ("bus", "timetable", "late", "fare", "stop", "driver"),
    "parks": ("park", "grass", "trees", "swings", "bench", "pond"),
}


def lay_out(
    work: Work, survey: int = 300, interviews: int = 0, each: int = 3, first: int = 0
) -> dict[str, str]:
    """Keep people who each say so many things; return the theme of every segment.

    Args:
        work: an open workplace.
        survey: how many answer a survey.
        interviews: how many are interviewed.
        each: passages of each of them.
        first: number of the first person: a second call lays out later ones.
    """
    rng = np.random.default_rng(first)
    kinds = ["survey"] * survey + ["interview"] * interviews
    people = [(f"P{first + n:05d}", kind) for n, kind in enumerate(kinds)]
    segments, themes = [], {}
    for who, kind in people:
        for n in range(each):
            theme = str(rng.choice(list(THEMES)))
            said = " ".join(rng.choice(THEMES[theme], 4)) + f" number {rng.integers(50)}"
            themes[f"{who}-{n}"] = theme
            segments.append(_segment(f"{who}-{n}", who, kind, said))
    key = f"k{first}"
    from listening.store import KeptSource

    work.store.add_source(KeptSource(key, (), (), {}), f"file {key}")
    work.store.save(key, table_of(segments, SEGMENTS), SEGMENTS)
    work.store.save(key, table_of([_person(*one) for one in people], PARTICIPANTS), PARTICIPANTS)
    _join(work, key)
    return themes


def _join(work: Work, key: str) -> None:
    if not work.vault.read(f"runs/{RUN}"):
        work.store.begin_run(RUN, 0, {})
        work.vault.write(f"runs/{RUN}", {"names": {}, "paths": [], "rejects": []})
    work.store.note_run(RUN, sources=[*work.store.run(RUN).sources, key])


def _segment(segment: str, who: str, kind: str, said: str) -> dict[str, object]:
    return {
        "segment_id": segment,
        "document_id": f"d{who}",
        "participant_id": who,
        "source_kind": kind,
        "question": "",
        "start": 0,
        "end": len(said),
        "text": said,
        "language": "en",
        "voice": "verbatim",
        "nil": False,
        "text_key": text_key(said),
        "phrases": (),
    }


def _person(who: str, kind: str) -> dict[str, object]:
    return {
        "participant_id": who,
        "source_kind": kind,
        "place": "",
        "language": "en",
        "consent": "quotation",
        "people": 1,
        "date": "",
        "cluster": who,
        "attributes": {"tenure": "rents" if int(who[1:]) % 2 else "owns"},
    }


def coded(path: object, themes: dict[str, str], segments: pd.Series[str]) -> None:
    """Write codings of these segments: each has the code of its theme."""
    rows = [{"segment_id": one, "codes": themes[one]} for one in segments]
    pd.DataFrame(rows).to_csv(path, index=False)  # type: ignore[call-overload]
