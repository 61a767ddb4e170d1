"""Negative cases: what is near to a theme in subject and speaks the other way, or denies it.

They are for a person to read. A machine cannot tell what contradicts; it can say where to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.reading.direction import Direction, Floats
from listening.records import Table

CONTRARY = ("code", "segment_id", "why", "likeness")
#: shown for a theme: more are not read
CONTRARY_MOST = 5
#: What fewer people than this say has no usual direction.
VOICES = 3
#: Shorter texts lean one way or another by chance.
WORDS = 4
#: How far from the usual direction a text must lie: as far as directions spread over everything.
CLEARLY = 1.0

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class _Said:
    """What may be a negative case.

    Attributes:
        ids: segment ids.
        people: number of the person who said each.
        keys: text keys.
        subject: vectors without direction.
        lean: place on the axis.
        fit: whether each may be shown.
        denied: whether each begins with a denial.
        spread: of the places of all that are fit.
    """

    ids: NDArray[Any]
    people: NDArray[np.int64]
    keys: NDArray[Any]
    subject: Floats
    lean: NDArray[np.floating[Any]]
    fit: Bools
    denied: Bools
    spread: float


def contrary(
    segments: Table,
    vectors: Floats,
    evidence: Table,
    near: Table,
    denied: Bools,
    way: Direction,
) -> Table:
    """Return what may contradict each theme, the nearest in subject first.

    A theme's usual direction is the median of the people who raised it. What lies on the other side
    of even, and clearly away from the usual, is opposite in direction; what begins with a denial
    denies. Only such segments are looked at as are evidence, near by the codebook's own measure, or
    at least as near to the theme's middle as half its evidence. A person speaks once, and so do the
    same words.

    Args:
        segments: SEGMENTS of residents' words.
        vectors: their unit vectors, n x d; zeros for nil answers.
        evidence: segment_id, code: what shows that a theme was raised.
        near: segment_id, code: what may be of a theme, evidence or not.
        denied: whether each segment begins with a denial of what was asked.
        way: the axis of direction of the encoder that made the vectors.

    Returns:
        code, segment_id, why (`denial` or `direction`) and likeness (cosine of its subject with the
        theme's); by code, at most `CONTRARY_MOST` each.
    """
    said = _said(segments, vectors, denied, way)
    places = pd.Index(said.ids)
    rows: list[tuple[str, str, str, float]] = []
    also = {code: places.get_indexer(own["segment_id"]) for code, own in near.groupby("code")}
    for code, own in evidence.groupby("code", sort=True):
        shown = places.get_indexer(own["segment_id"])
        shown = shown[shown >= 0]
        shown = shown[said.fit[shown]]
        if len(np.unique(said.people[shown])) >= VOICES:
            touching = np.asarray(also.get(code, shown), dtype=np.int64)
            found = _of_theme(said, shown, touching[touching >= 0])
            rows += [(str(code), *one) for one in found]
    return pd.DataFrame(rows, columns=list(CONTRARY)).astype(
        {"code": "str", "segment_id": "str", "why": "str", "likeness": float}
    )


def _said(segments: Table, vectors: Floats, denied: Bools, way: Direction) -> _Said:
    long = np.array([len(text.split()) >= WORDS for text in segments["text"]], dtype=bool)
    fit = long & ~segments["nil"].to_numpy(dtype=bool) & vectors.any(axis=1)
    lean = way.of(vectors)
    return _Said(
        segments["segment_id"].to_numpy(),
        np.asarray(pd.factorize(segments["participant_id"])[0], dtype=np.int64),
        segments["text_key"].to_numpy(),
        way.without(vectors),
        lean,
        np.asarray(fit, dtype=np.bool_),
        denied,
        float(lean[fit].std()) if fit.any() else 0.0,
    )


def _of_theme(
    said: _Said, shown: NDArray[np.int64], touching: NDArray[np.int64]
) -> Iterator[tuple[str, str, float]]:
    """Yield id, why and likeness of a theme's negative cases.

    Args:
        said: everything.
        shown: positions of the theme's evidence.
        touching: positions of what may be of the theme.
    """
    voice = _one_vote_each(said.people[shown])
    usual = _weighted_median(said.lean[shown], voice)
    middle = (said.subject[shown] * voice[:, None]).sum(axis=0)
    likeness = said.subject @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    close = likeness >= np.median(likeness[shown])
    close[shown] = close[touching] = True
    other_side = np.sign(said.lean) == -np.sign(usual)
    turned = other_side & (np.abs(said.lean - usual) >= CLEARLY * said.spread)
    found = np.flatnonzero(close & said.fit & (turned | said.denied))
    heard: set[Any] = set()
    left = CONTRARY_MOST
    for at in found[np.argsort(-likeness[found], kind="stable")].tolist():
        who, words = ("person", int(said.people[at])), ("words", str(said.keys[at]))
        if not left:
            return
        if heard.isdisjoint((who, words)):
            heard |= {who, words}
            left -= 1
            why = "denial" if said.denied[at] else "direction"
            yield str(said.ids[at]), why, float(likeness[at])


def _one_vote_each(people: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return a weight for each segment: those of one person weigh 1 together."""
    _, which, times = np.unique(people, return_inverse=True, return_counts=True)
    return np.asarray(1 / times[which], dtype=np.float64)


def _weighted_median(values: NDArray[np.floating[Any]], weight: NDArray[np.float64]) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
