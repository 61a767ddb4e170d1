"""A hundred thousand answers made from real ones, for timing and for telling ways apart.

Three in ten repeat a real sentence, so that many are the words of several people. The others are
two real sentences joined with "and": of one code or intent where people coded them, and else of one
source and near each other. Each answer comes from a made-up person of its own. A hundred thousand
texts are not embedded: the vector of a joined text is the mean of its parts' vectors, weighted by
their words, and off by as much as such means are off. That is measured on joined texts which *are*
embedded, by resampling what their true vectors lie beside the means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.real import Floats, Ints, Told
from listening.records import Encoder
from listening.segments import text_key

#: Share of answers that repeat a real sentence.
REPEATED = 0.3
#: Joined texts that are embedded to see how far a mean lies from the truth.
CHECKED = 500
#: A partner without a code is one of this many nearest of its source.
NEAR = 20


@dataclass(frozen=True)
class Made:
    """Made answers, and the mean cosine of a joined text's mean with its true vector."""

    told: Told
    likeness: float


def made(real: Told, count: int, encoder: Encoder, seed: int = 0) -> Made:
    """Make answers (module's docstring).

    Args:
        real: real answers with vectors.
        count: how many to make.
        encoder: embeds `CHECKED` joined texts.
        seed: makes the same answers again.
    """
    random = np.random.default_rng(seed)
    words = np.array([len(text.split()) for text in real.segments["text"]], dtype=np.int64)
    short = (words >= 3) & (words <= 40)
    pool = np.flatnonzero(short & ~real.segments["nil"].to_numpy())
    first: Ints = random.choice(pool, count).astype(np.int64)
    second: Ints = np.where(
        random.random(count) < REPEATED, -1, _partners(real, pool, first, random)
    )
    joined: Ints = np.flatnonzero(second >= 0)
    texts = _texts(real, first, second)
    vectors = real.vectors[first].copy()
    vectors[joined] = _mean(real, words, first[joined], second[joined])
    checked = random.choice(joined, CHECKED, replace=False)
    truth = np.asarray(encoder.encode([texts[row] for row in checked]), dtype=np.float32)
    beside = truth - vectors[checked]
    likeness = float(np.einsum("nd,nd->n", truth, vectors[checked]).mean())
    off = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    drawn = random.integers(CHECKED, size=len(off))
    vectors[joined] = _unit(vectors[joined] + beside[drawn[[off[texts[row]] for row in joined]]])
    told = Told(
        _table(real, first, second, texts), vectors, real.matters[first], real.sources[first]
    )
    return Made(told, likeness)


def _partners(real: Told, pool: Ints, first: Ints, random: np.random.Generator) -> Ints:
    """Return a second sentence for each first one."""
    partner = np.full(len(first), -1, dtype=np.int64)
    for matter in np.unique(real.matters[pool]):
        if matter:
            own = pool[real.matters[pool] == matter]
            rows = np.flatnonzero(real.matters[first] == matter)
            partner[rows] = random.choice(own, len(rows))
    for source in np.unique(real.sources):
        own = pool[(real.matters[pool] == "") & (real.sources[pool] == source)]
        rows = np.flatnonzero((real.matters[first] == "") & (real.sources[first] == source))
        if len(rows) and len(own) > NEAR + 1:
            alike = real.vectors[own] @ real.vectors[own].T
            near = np.argpartition(-alike, NEAR, axis=1)[:, : NEAR + 1]
            place = np.searchsorted(own, first[rows])
            partner[rows] = own[near[place, random.integers(NEAR + 1, size=len(rows))]]
    return np.where(partner == first, -1, partner)


def _texts(real: Told, first: Ints, second: Ints) -> list[str]:
    texts: Sequence[str] = real.segments["text"].tolist()
    return [
        texts[a]
        if b < 0
        else f"{texts[a].rstrip(' .!?')}, and {texts[b][:1].lower()}{texts[b][1:]}"
        for a, b in zip(first, second, strict=True)
    ]


def _mean(real: Told, words: NDArray[np.int64], first: Ints, second: Ints) -> Floats:
    a, b = words[first, None], words[second, None]
    mean = (a * real.vectors[first] + b * real.vectors[second]) / (a + b)
    return _unit(mean.astype(np.float32))


def _unit(rows: Floats) -> Floats:
    scaled: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return scaled


def _table(real: Told, first: Ints, second: Ints, texts: Sequence[str]) -> pd.DataFrame:
    phrases = real.segments["phrases"].tolist()
    table = real.segments.iloc[first].reset_index(drop=True)
    number = [f"{n:06}" for n in range(len(first))]
    both = [
        tuple(dict.fromkeys((*phrases[a], *(phrases[b] if b >= 0 else ()))))
        for a, b in zip(first, second, strict=True)
    ]
    return table.assign(
        segment_id=[f"made-{n}.0" for n in number],
        document_id=[f"made-{n}" for n in number],
        participant_id=[f"person-{n}" for n in number],
        start=0,
        end=[len(text) for text in texts],
        text=texts,
        text_key=[text_key(text) for text in texts],
        phrases=pd.Series(both, dtype=object),
    )
