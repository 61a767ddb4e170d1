"""Real answers as the topics stage gets them: segments with noun phrases, and their vectors.

From `../shared/data` (never part of the repository): comments of NHS patients, customers' queries
and statements of five polis conversations. What was parsed and embedded once is kept in `out/`,
which git does not see.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.records import Encoder, Parsed, Table

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

KEPT = Path("out/benchmark_real.pickle")
PLAINLY = ("Negative experience & dissatisfaction", "Positive experience & gratitude")
NO_CODE = ("Not assigned", "Labelling not possible")


@dataclass(frozen=True)
class Answers:
    """Answers: who gave each, what it is about as people coded it ("" unknown), and its source."""

    texts: Sequence[str]
    people: Sequence[str]
    matters: Sequence[str]
    sources: Sequence[str]


@dataclass(frozen=True)
class Told:
    """Table SEGMENTS, a unit vector and a matter per segment, and the source of each."""

    segments: Table
    vectors: Floats
    matters: NDArray[np.str_]
    sources: NDArray[np.str_]

    def part(self, rows: Ints) -> Told:
        """Return some of the rows."""
        return Told(
            self.segments.iloc[rows].reset_index(drop=True),
            self.vectors[rows],
            self.matters[rows],
            self.sources[rows],
        )


@dataclass(frozen=True)
class _Assembled:
    documents: Table
    passages: Table
    parsed: Sequence[Parsed]


def answers(folder: Path) -> Answers:
    """Read every answer of the three kinds."""
    parts = [_nhs(folder), _banking(folder), *_polis(folder)]
    return Answers(
        [text for part in parts for text in part.texts],
        [person for part in parts for person in part.people],
        [matter for part in parts for matter in part.matters],
        [source for part in parts for source in part.sources],
    )


def _nhs(folder: Path) -> Answers:
    table = pd.read_csv(folder / "nhs_fft/nhs_fft_dev.csv", dtype=str, keep_default_na=False)
    start = list(table.columns).index("Not assigned")
    table = table[table["FFT answer"].str.strip() != ""]
    codes = (table.iloc[:, start:] == "1.0").drop(columns=list(NO_CODE))
    telling = codes.drop(columns=list(PLAINLY))
    alone = (telling.sum(axis=1) == 1).to_numpy()
    names = telling.columns.to_numpy()[telling.to_numpy().argmax(axis=1)]
    matters = np.where(alone, "nhs " + names.astype(str), "")
    people = [f"nhs-{person}" for person in table["Respondent ID"]]
    return Answers(table["FFT answer"].tolist(), people, matters.tolist(), ["nhs"] * len(table))


def _banking(folder: Path) -> Answers:
    table = pd.read_csv(folder / "banking77/train.csv")
    people = [f"bank-{number}" for number in range(len(table))]
    matters = ("bank " + table["category"]).tolist()
    return Answers(table["text"].tolist(), people, matters, ["bank"] * len(table))


def _polis(folder: Path) -> list[Answers]:
    found: list[Answers] = []
    for path in sorted((folder / "polis").glob("*/comments.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        name = path.parent.name
        people = [f"{name}-{author}" for author in table["author-id"]]
        number = len(table)
        found.append(
            Answers(table["comment-body"].tolist(), people, [""] * number, [name] * number)
        )
    return found


def told(folder: Path, kept: Path = KEPT) -> Told:
    """Return all real answers as segments with vectors; the second time from what was kept."""
    if kept.exists():
        return Told(*pickle.loads(kept.read_bytes()))  # noqa: S301 - written below
    whole = answers(folder)
    made = segments(whole)
    from listening.embeddings import load_encoder

    vectors = embedded(made, load_encoder(None))
    numbers = made["document_id"].astype(int).to_numpy()
    matters = np.array(whole.matters, dtype=np.str_)[numbers]
    sources = np.array(whole.sources, dtype=np.str_)[numbers]
    done = (made, vectors, matters, sources)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(done))
    return Told(*done)


def segments(whole: Answers) -> Table:
    """Cut answers into segments as the product does; a document's id is the answer's number."""
    from listening import language
    from listening.segments import segment

    parsed = language.parse(whole.texts, language.load_pipeline())
    ids = [str(number) for number in range(len(whole.texts))]
    documents = pd.DataFrame({"document_id": ids, "kind": "survey", "language": "en"})
    passages = pd.DataFrame(
        {
            "document_id": ids,
            "participant_id": list(whole.people),
            "role": "participant",
            "question": "",
            "voice": "verbatim",
            "start": 0,
            "end": [len(text) for text in whole.texts],
        }
    )
    return segment(_Assembled(documents, passages, parsed), language.detect).segments


def embedded(made: Table, encoder: Encoder) -> Floats:
    """Return a unit vector per segment, each distinct text embedded once; nil answers get zeros."""
    from listening.embeddings import embed

    spoken = made[~made["nil"]]
    found = embed(dict(zip(spoken["text_key"], spoken["text"], strict=True)), encoder, {}).vectors
    width = len(next(iter(found.values())))
    nothing = np.zeros(width, dtype=np.float32)
    keys = zip(made["text_key"], made["nil"], strict=True)
    return np.stack([nothing if nil else found[key] for key, nil in keys])


def read(told: Told, seed: int) -> Ints:
    """Return the topic of each segment as `discover` makes them, without their names."""
    from listening.topics.discovery import clustered
    from listening.topics.fitting import distinct_texts, meanings
    from listening.topics.index import TopicSettings

    texts = distinct_texts(told.segments, meanings(told.segments, told.vectors))
    of_text, _ = clustered(texts, TopicSettings(), seed)
    labels: Ints = np.append(of_text, -1)[texts.of_row]
    return labels
