"""From themes to what may speak against them, and to what no code covers."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from listening import coding, embeddings, reading
from listening.records import Table
from listening.steps.discover import Suggested, embed_texts
from listening.steps.work import Indexed, Work, content_key


def negative_cases(
    work: Work, run_id: str, found: Indexed, heard: Table, evidence: Table, near: Table
) -> dict[str, list[dict[str, Any]]]:
    """Return what may contradict each theme, as `priorities.document` takes it.

    Args:
        work: the workplace.
        run_id: the run.
        found: segments with their vectors.
        heard: PARTICIPANTS who are counted.
        evidence: segment_id, code: what shows that a theme was raised.
        near: segment_id, code: what may be of a theme.
    """
    if evidence.empty:
        return {}
    way = way_of(work, run_id)
    with work.stage(run_id, "negative cases"):
        own = (found.segments["voice"] != "observation").to_numpy()
        segments, vectors = found.segments, found.vectors
        if not own.all():
            segments, vectors = segments[own], vectors[own].reshape(-1, vectors.shape[1])
        told = reading.contrary(segments, vectors, evidence, near, coding.denials(segments), way)
        return _cases(told, segments, heard)


def way_of(work: Work, run_id: str) -> reading.Direction:
    """Return the axis of direction of the encoder in use; its sentences are embedded once."""
    keyed = {content_key("opposite", text): text for pair in reading.sentences() for text in pair}
    vectors = embed_texts(work, run_id, keyed)
    by_text = {text: vectors[key] for key, text in keyed.items()}
    ill, well = zip(*reading.sentences(), strict=True)
    return reading.direction(
        embeddings.stack([by_text[text] for text in ill]),
        embeddings.stack([by_text[text] for text in well]),
    )


def _cases(told: Table, segments: Table, heard: Table) -> dict[str, list[dict[str, Any]]]:
    columns = ["segment_id", "participant_id", "text", "voice", "source_kind", "question"]
    rows = told.merge(segments[columns], on="segment_id").merge(
        heard[["participant_id", "consent", "attributes"]], on="participant_id"
    )
    cases: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.to_dict("records"):
        case = {name: row[name] for name in ("text", "voice", "source_kind", "attributes")}
        case |= {name: row[name] for name in ("segment_id", "question", "why")}
        cases[str(row["code"])].append(case | {"quotable": row["consent"] == "quotation"})
    return dict(cases)


def not_covered(
    work: Work, run_id: str, found: Indexed, heard: Table, suggested: Suggested | None
) -> Table | None:
    """Return passages that stand for what no code covers; None without a codebook."""
    if suggested is None:
        return None
    with work.stage(run_id, "uncovered"):
        counted = found.segments["participant_id"].isin(heard["participant_id"])
        own = (counted & (found.segments["voice"] != "observation")).to_numpy()
        table = reading.uncovered(
            found.segments[own], found.vectors[np.flatnonzero(own)], suggested.best, heard
        )
    consent = dict(zip(heard["participant_id"], heard["consent"], strict=True))
    quotable = [consent[person] == "quotation" for person in table["participant_id"]]
    return table.assign(quotable=pd.Series(quotable, index=table.index, dtype=bool))
