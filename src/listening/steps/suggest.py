"""Suggestions for a table of segments, learnt from coded rows, a codebook or both; no store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from listening import embeddings
from listening.codebook import load as load_codebook
from listening.coding import Learnt, Lesson, Texts, examples, learn, texts_of
from listening.coding.learn import MINIMUM_POSITIVES
from listening.errors import InvalidTable, NothingToDo
from listening.records import Table, Vectors
from listening.steps.codebooks import codebook_text
from listening.steps.csvs import read_csv, write_csv
from listening.steps.marking import write_marks
from listening.steps.work import Models, Progress

COLUMNS = ("segment_id", "code", "probability", "bar", "suggested", "why")


def suggest_for(
    to: Path,
    coded: Path | None,
    codebook: Path | None,
    out: Path,
    models: Models,
    progress: Progress,
) -> list[str]:
    """Write suggestions.csv; return what a person should know about it.

    Where the coded rows hold marks (`steps.marking`), marks.csv and mark_checks.csv beside it.

    Raises:
        InvalidTable: two rows share a segment_id, or a mark is not on its scale.
        NothingToDo: a table has no rows, or no code has enough examples, coded or in the codebook.
    """
    new = read_csv(to, ["segment_id", "text"])
    if new.empty:
        raise NothingToDo(to.name, "has no rows.", "Give the rows to suggest for with --to.")
    if not new["segment_id"].is_unique:
        raise InvalidTable(
            to.name, "has the same segment_id in several rows.", "Give every row an id of its own."
        )
    known = read_csv(coded, ["text", "codes"]) if coded else new.iloc[:0].assign(codes="")
    if coded and codebook is None and known.empty:
        raise NothingToDo(
            coded.name, "has no rows to learn from.", "Code some rows, or give a --codebook."
        )
    progress("embed", 0, 0)
    lesson = _lesson(codebook, models) if codebook else None
    coded_texts, new_texts = _texts(known, "coded", models), _texts(new, "new", models)
    progress("match", 0, 0)
    told = write_marks(out, known, coded_texts, new["segment_id"].tolist(), new_texts)
    codes = [frozenset(code.strip() for code in cell.split(";")) - {""} for cell in known["codes"]]
    learnt = learn(coded_texts, codes, new_texts, lesson)
    if not learnt.codes:
        raise NothingToDo(
            "No code can be suggested:",
            f"every code has fewer than {MINIMUM_POSITIVES} examples, or stands on every row.",
            "Code more rows, or give a codebook with examples with --codebook.",
        )
    names = [*_names(known), *(lesson.names if lesson else ())]
    write_csv(out, _table(new["segment_id"].tolist(), learnt, names))
    return [*_notes(learnt, codes, lesson), *told]


def _lesson(codebook: Path, models: Models) -> Lesson:
    book = load_codebook(codebook_text(codebook), codebook.name)
    texts = texts_of(book)
    return examples(book, dict(zip(texts, _vectors(texts, models), strict=True)))


def _texts(table: Table, whose: str, models: Models) -> Texts:
    """Return rows as texts to learn from; a row without a participant is one person."""
    said = table["text"].tolist()
    asked = table["question"].tolist() if "question" in table else [""] * len(table)
    people = table["participant_id"].tolist() if "participant_id" in table else [""] * len(table)
    alone = [person or f"{whose} row {row}" for row, person in enumerate(people)]
    return Texts(said, _vectors(said, models), asked, alone)


def _vectors(texts: Sequence[str], models: Models) -> Vectors:
    done = embeddings.embed({text: text for text in texts}, models.encoder, {})
    return embeddings.stack([done.vectors[text] for text in texts])


def _names(known: Table) -> list[str]:
    """Name coded rows by their segment, or by their place in the file where that is not told."""
    ids = known["segment_id"].tolist() if "segment_id" in known else [""] * len(known)
    return [segment or f"row {row}" for row, segment in enumerate(ids, 2)]


def _table(segments: Sequence[str], learnt: Learnt, names: Sequence[str]) -> Table:
    why: dict[tuple[int, str], list[str]] = {}
    reasons = learnt.reasons
    rows = zip(*(reasons[column].tolist() for column in reasons.columns), strict=True)
    for row, code, coded, similarity in rows:
        why.setdefault((row, code), []).append(f"{names[coded]} ({similarity:.2f})")
    places = [(row, code) for row in range(len(segments)) for code in learnt.codes]
    probabilities = learnt.probabilities.reshape(-1)
    table = pd.DataFrame(
        {
            "segment_id": [segments[row] for row, _ in places],
            "code": [code for _, code in places],
            "probability": probabilities.round(6),
            "bar": np.tile(learnt.bars, len(segments)).round(6),
            "suggested": learnt.suggested.reshape(-1).astype(int),
            "why": ["; ".join(why.get(place, ())) for place in places],
        },
        columns=list(COLUMNS),
    )
    return table.sort_values(["segment_id", "code"], ignore_index=True)


def _notes(learnt: Learnt, codes: Sequence[frozenset[str]], lesson: Lesson | None) -> list[str]:
    notes = []
    if learnt.not_learnt:
        notes.append(
            f"Never suggested, because fewer than {MINIMUM_POSITIVES} examples show what they are "
            f"or every row carries them: {', '.join(learnt.not_learnt)}."
        )
    counts = Counter(code for row in codes for code in row)
    thin = [code for code in learnt.codes if counts[code] < MINIMUM_POSITIVES]
    if lesson is not None and codes and thin:
        notes.append(
            f"Fewer than {MINIMUM_POSITIVES} coded rows, so learnt from the codebook's examples "
            f"above all: {', '.join(thin)}."
        )
    return notes
