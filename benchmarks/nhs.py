"""The NHS comments with their human codes, as `benchmarks.suggestions` reads them.

Traps (`../shared/data/README.md`): "None" and "nan" are words that people write; the question stays
beside its answer; rows marked `Not assigned` or `Labelling not possible` are nobody's codes; a
person's comments stay together in every split.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening import embeddings
from listening.codebook import Code, Codebook
from listening.coding import Texts
from listening.records import Encoder

Marks = NDArray[np.bool_]
Rows = NDArray[np.intp]

NOT_CODES = ("Not assigned", "Labelling not possible")
#: respondents set apart to choose by: they are never tested on
DEVELOPMENT = 0.4


@dataclass(frozen=True)
class Comments:
    """Coded comments.

    Attributes:
        texts: the comments with their vectors, questions and people.
        codes: names of the codes with enough positives.
        marks: comments x codes.
        sentiment: 1 (very positive) to 5 (very negative) by a person; 0 where none was given.
        development: which comments are of people set apart to choose by.
    """

    texts: Texts
    codes: tuple[str, ...]
    marks: Marks
    sentiment: NDArray[np.int_]
    development: Marks

    def sets(self, rows: Rows) -> list[frozenset[str]]:
        names = np.array(self.codes)
        return [frozenset(names[marks]) for marks in self.marks[rows]]


def read(shared: Path, encoder: Encoder, at_least: int = 20) -> Comments:
    table = pd.read_csv(shared / "nhs_fft" / "nhs_fft_dev.csv", dtype=str, keep_default_na=False)
    columns = list(table.columns[table.columns.get_loc(NOT_CODES[0]) :])
    refused = (table[list(NOT_CODES)] != "").any(axis=1)
    names = [name for name in columns if name not in NOT_CODES]
    marks = table[names] == "1.0"
    kept = ~refused & marks.any(axis=1) & (table["FFT answer"].str.strip() != "")
    table, marks = table[kept].reset_index(drop=True), marks[kept].reset_index(drop=True)
    codes = tuple(name for name in names if marks[name].sum() >= at_least)
    people = (table["Trust"] + " " + table["Respondent ID"]).tolist()
    said = table["FFT answer"].tolist()
    vectors = embed(said, encoder)
    questions = [" ".join(question.split()) for question in table["FFT question"]]
    sentiment = pd.to_numeric(table["Comment sentiment"], errors="coerce").fillna(0).astype(int)
    return Comments(
        Texts(said, vectors, questions, people),
        codes,
        marks[list(codes)].to_numpy(),
        sentiment.to_numpy(),
        _apart(people),
    )


def embed(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    done = embeddings.embed({text: text for text in texts}, encoder, {})
    return embeddings.stack([done.vectors[text] for text in texts])


def _apart(people: Sequence[str]) -> Marks:
    everyone = sorted(set(people))
    order = np.random.default_rng(0).permutation(len(everyone))
    chosen = {everyone[i] for i in order[: int(DEVELOPMENT * len(everyone))]}
    return np.array([person in chosen for person in people])


def folds(people: Sequence[str], seed: int, count: int = 5) -> NDArray[np.int_]:
    """Return the fold of each text: a person's texts share one."""
    everyone = sorted(set(people))
    drawn = np.random.default_rng(seed).permutation(len(everyone)) % count
    fold = dict(zip(everyone, drawn, strict=True))
    return np.array([fold[person] for person in people])


def codebook(shared: Path, comments: Comments) -> Codebook:
    """Return the framework's codes of the same names, with its definitions and quoted examples.

    An example that is one of the comments, stands in one or is nearly one, is left out: what is
    tested must not be taught. Codes with fewer than eight examples left are left out too.
    """
    table = pd.read_excel(
        shared / "nhs_fft" / "codebook.xlsx",
        sheet_name="MVP framework details",
        dtype=str,
        keep_default_na=False,
        engine="openpyxl",
    )
    said = "\n".join(_plain(text) for text in comments.texts.texts)
    lines = set(said.split("\n"))
    codes = []
    for number, row in table.iterrows():
        name = row["Sub-category"].strip()
        quoted = dict.fromkeys(_quoted(row["Longer-Examples"]) + _quoted(row["Examples"]))
        own = tuple(text for text in quoted if not _stands_in(_plain(text), said, lines))
        if name in comments.codes and len(own) >= 8:
            definition = " ".join(row["Sub-category description"].split())
            codes.append(Code(f"code-{number}", name, definition, examples=own))
    return Codebook("nhs", "NHS", "1.0", "en", "", tuple(codes))


_KINDS = re.compile(
    r"\b(?:positi?ve|negative|mixed|neutral|wishlist)\b"
    r"(?:\s*(?:/|or|and)\s*(?:wishlist|neutral|negative))?\s*:",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?<=[\w.!?…\s)\]])['’]\s*[,.;]?\s*(?=['‘])|\n")


def _quoted(cell: str) -> list[str]:
    """Return what a cell of examples quotes."""
    parts = [part for kind in _KINDS.split(cell) for part in _BETWEEN.split(kind)]
    return [text for part in parts if (text := part.strip(" \n\t,;'‘’\""))]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _stands_in(example: str, said: str, lines: set[str]) -> bool:
    if example in lines:
        return True
    words = example.split()
    pieces = [" ".join(words[at : at + 6]) for at in range(max(1, len(words) - 5))]
    return len(words) >= 5 and any(piece in said for piece in pieces)
