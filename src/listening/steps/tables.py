"""Topics of a plain table, without the store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from listening import embeddings, language
from listening.errors import InvalidTable
from listening.records import SEGMENTS, Table, Vectors, table_of
from listening.segments import is_nil, text_key
from listening.steps.csvs import read_csv, write_csv
from listening.steps.work import Models, Progress, helping
from listening.topics import SavedReading, TopicSettings, discover, extend


def topics_of(
    path: Path, out: Path, earlier: Path | None, seed: int, models: Models, progress: Progress
) -> int:
    """Write topics.csv and segments.csv of a table of final segments; return how many topics.

    Where an earlier reading is extended, topic_changes.csv too.
    """
    before = _earlier(earlier) if earlier else None
    given = read_csv(path, ["participant_id", "text"])
    progress("language", 0, 0)
    segments = segments_of(given, models)
    progress("embed", 0, 0)
    vectors = _vectors(segments["text"].tolist(), models)
    progress("topics", 0, 0)
    if before:
        done = extend(before, segments, vectors)
        index = done.reading
        write_csv(out / "topic_changes.csv", done.changes)
    else:
        index = discover(segments, vectors, TopicSettings(), seed)
    told = index.assignments.drop(columns="segment_id").reset_index(drop=True)
    kept = given.drop(columns=[c for c in told.columns if c in given.columns])
    if "segment_id" not in kept.columns:
        kept.insert(0, "segment_id", segments["segment_id"])
    write_csv(out / "topics.csv", index.topics)
    write_csv(out / "segments.csv", pd.concat([kept, told], axis=1))
    return len(index.topics)


def _earlier(folder: Path) -> SavedReading:
    """Return the reading whose topics.csv and segments.csv lie in a folder.

    Raises:
        InvalidTable: it has no topics, or a topic's number or stability is no number.
    """
    topics = read_csv(folder / "topics.csv", ["topic_id", "name", "stability"])
    placed = read_csv(folder / "segments.csv", ["segment_id", "topic_id"])
    try:
        numbers = topics["topic_id"].astype(int)
        stability = topics["stability"].astype(float)
        topic_of = placed["topic_id"].astype(int)
    except ValueError:
        raise InvalidTable(
            "The earlier reading", "has a topic that is no number.", "Make that reading again."
        ) from None
    known = topic_of.isin(numbers)
    if not known.any():
        raise InvalidTable(
            "The earlier reading",
            "has no topics to extend.",
            "Make a fresh reading, without --extend.",
        )
    size = int(numbers.max()) + 1
    by_number = pd.DataFrame({"name": topics["name"].to_numpy(), "stability": stability.to_numpy()})
    by_number = by_number.set_index(numbers.to_numpy()).reindex(range(size))
    return SavedReading(
        tuple(by_number["name"].fillna("")),
        tuple(by_number["stability"].fillna(0.0)),
        np.zeros((size, size), dtype=np.float32),  # the tables do not tell it
        dict(zip(placed.loc[known, "segment_id"], topic_of[known], strict=True)),
    )


def segments_of(given: Table, models: Models) -> Table:
    """Return rows of participant_id and text as SEGMENTS: nothing is split, ids stay."""
    parsed = language.parse(given["text"].tolist(), models.pipeline, helping())
    spoken = language.detect(given["text"].tolist())
    ids = given["segment_id"] if "segment_id" in given else [str(n) for n in range(len(given))]
    questions = given["question"] if "question" in given else [""] * len(given)
    rows = [
        {
            "segment_id": segment_id,
            "document_id": "",
            "participant_id": person or f"row {position}",
            "source_kind": "survey",
            "question": question,
            "start": 0,
            "end": len(one.text),
            "text": one.text,
            "language": spoken[position],
            "voice": "verbatim",
            "nil": is_nil(one.text),
            "text_key": text_key(one.text),
            "phrases": tuple(one.text[a:b] for a, b in one.phrases),
        }
        for position, (segment_id, person, question, one) in enumerate(
            zip(ids, given["participant_id"], questions, parsed, strict=True)
        )
    ]
    return table_of(rows, SEGMENTS)


def _vectors(texts: Sequence[str], models: Models) -> Vectors:
    done = embeddings.embed({text: text for text in texts}, models.encoder, {})
    return embeddings.stack([done.vectors[text] for text in texts])
