"""Search over segments: by words and by meaning, put together by rank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.reading.words import Query, by_words
from listening.records import Table, Vector

#: Reciprocal rank fusion: 1 / (K + rank), summed; the constant is that of Cormack et al. (2009).
K = 60
#: By meaning is found what is nearer to the question than texts are on average, by as much as
#: their likenesses spread: every encoder has a range of its own, and something is always nearest.
CLEARLY = 1.0
#: with fewer texts a spread says nothing, and all are ranked
FEW = 30

Floats = NDArray[np.float32]

#: columns that `search` adds
FOUND = ("found_by", "score")


@dataclass(frozen=True)
class Asked:
    """What is looked for, and where.

    Attributes:
        query: the words.
        source_kind: only in such sources; empty for all.
        language: only in this language; empty for all.
        topic: only in the topic of this name; empty for all.
        most: how many are wanted.
    """

    query: Query
    source_kind: str = ""
    language: str = ""
    topic: str = ""
    most: int = 20


def search(
    segments: Table,
    asked: Asked,
    *,
    words: bool = True,
    vectors: Floats | None = None,
    meant: Vector | None = None,
) -> Table:
    """Find segments, best first. Answers that say there is nothing are never found.

    Args:
        segments: SEGMENTS with a column `topic_name`.
        asked: what is looked for.
        words: whether to look by words.
        vectors: unit vectors of the segments, n x d, zeros where none is known; with `meant`, to
            look by meaning as well.
        meant: unit vector of the question.

    Returns:
        The segments found, with `found_by` (`words`, `meaning` or `words and meaning`) and `score`.
    """
    fits = (~segments["nil"]).to_numpy(dtype=bool, copy=True)
    for column, wanted in (
        ("source_kind", asked.source_kind),
        ("language", asked.language),
        ("topic_name", asked.topic),
    ):
        if wanted:
            fits &= (segments[column] == wanted).to_numpy(dtype=bool)
    place = np.flatnonzero(fits)
    texts = segments["text"].to_numpy()[place].tolist()
    by = {}
    if words:
        shares = by_words(texts, asked.query)
        by["words"] = _best(shares, shares > 0)
    if vectors is not None and meant is not None:
        alike = vectors[place] @ meant
        by["meaning"] = _best(alike, _near(alike, vectors[place]))
    return _fused(segments, place, by, asked.most)


def _near(alike: Floats, vectors: Floats) -> NDArray[np.bool_]:
    """Say which texts are clearly nearer to the question than texts are on average."""
    known = np.asarray(vectors.any(axis=1), dtype=np.bool_)
    if known.sum() < FEW:
        return known
    bar = alike[known].mean() + CLEARLY * alike[known].std()
    return np.asarray(known & (alike >= bar), dtype=np.bool_)


def _best(values: NDArray[np.floating], found: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the positions that were found, best first; equal ones in their own order."""
    order = np.argsort(-values, kind="stable")
    return np.asarray(order[found[order]], dtype=np.int64)


def _fused(
    segments: Table, place: NDArray[np.int64], by: dict[str, NDArray[np.int64]], most: int
) -> Table:
    score = np.zeros(len(place))
    ways: list[list[str]] = [[] for _ in place]
    for way, order in by.items():
        score[order] += 1 / (K + 1 + np.arange(len(order)))
        for position in order.tolist():
            ways[position].append(way)
    best = [at for at in np.argsort(-score, kind="stable").tolist() if score[at] > 0][:most]
    rows = segments.iloc[place[best]].reset_index(drop=True)
    return rows.assign(
        found_by=pd.Series([" and ".join(ways[at]) for at in best], dtype="str"),
        score=score[best],
    )
