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
#: Shorter texts lean one way or another by chance.
WORDS = 4
#: texts held in double length at once
_BLOCK = 8_192
#: How far from even a text must lie to speak one way: as far as directions spread over everything.
CLEARLY = 1.0
#: A theme has a usual direction when those who speak one way outnumber the others by this many
#: standard errors: what a coin does one time in twenty is no direction.
SURELY = 2.0

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class _Said:
    """What may be a negative case.

    Attributes:
        ids: segment ids.
        people: number of the person who said each.
        keys: text keys.
        subject: vectors without direction.
        lean: -1 where it clearly goes ill, 1 where it clearly goes well, else 0.
        fit: whether each may be shown.
        denied: whether each begins with a denial.
    """

    ids: NDArray[Any]
    people: NDArray[np.int64]
    keys: NDArray[Any]
    subject: Floats
    lean: NDArray[np.int64]
    fit: Bools
    denied: Bools


def contrary(
    segments: Table,
    vectors: Floats,
    evidence: Table,
    near: Table,
    denied: Bools,
    way: Direction,
) -> Table:
    """Return what may contradict each theme, the nearest in subject first.

    Most texts tell a matter and speak neither way. A theme's usual direction is that of most people
    who speak clearly one way in its evidence; where neither side outnumbers the other for sure, it
    has none. What clearly speaks the other way is opposite in direction; what begins with a denial
    denies, whatever the usual direction. Only such segments are looked at as are evidence, near by
    the codebook's own measure, or at least as near to the theme's middle as half its evidence. A
    person speaks once, and so do the same words.

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
        if len(shown):
            touching = np.asarray(also.get(code, shown), dtype=np.int64)
            found = _of_theme(said, shown, touching[touching >= 0])
            rows += [(str(code), *one) for one in found]
    return pd.DataFrame(rows, columns=list(CONTRARY)).astype(
        {"code": "str", "segment_id": "str", "why": "str", "likeness": float}
    )


def _said(segments: Table, vectors: Floats, denied: Bools, way: Direction) -> _Said:
    texts = segments["text"].tolist()
    long = np.array([len(text.split()) >= WORDS for text in texts], dtype=bool)
    fit = long & ~segments["nil"].to_numpy(dtype=bool) & vectors.any(axis=1)
    place = way.of(vectors)
    spread = float(place[fit].std()) if fit.any() else 0.0
    lean = np.sign(place) * (np.abs(place) >= CLEARLY * max(spread, 1e-6))
    return _Said(
        segments["segment_id"].to_numpy(),
        np.asarray(pd.factorize(segments["participant_id"])[0], dtype=np.int64),
        segments["text_key"].to_numpy(),
        way.without(vectors),
        np.asarray(lean, dtype=np.int64),
        np.asarray(fit, dtype=np.bool_),
        denied,
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
    usual = _usual(said.lean[shown], said.people[shown])
    middle = (said.subject[shown] * voice[:, None]).sum(axis=0)
    likeness = _likeness(said.subject, middle / max(float(np.linalg.norm(middle)), 1e-9))
    close = likeness >= np.median(likeness[shown])
    close[shown] = close[touching] = True
    turned = (said.lean == -usual) & (usual != 0)
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


def _likeness(subject: Floats, middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine of each subject with a middle, and hold few of them in double length."""
    blocks = [subject[start : start + _BLOCK] @ middle for start in range(0, len(subject), _BLOCK)]
    return np.concatenate(blocks)


def _one_vote_each(people: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return a weight for each segment: those of one person weigh 1 together."""
    _, which, times = np.unique(people, return_inverse=True, return_counts=True)
    return np.asarray(1 / times[which], dtype=np.float64)


def _usual(lean: NDArray[np.int64], people: NDArray[np.int64]) -> int:
    """Return which way most people speak who speak one way: -1, 1, or 0 for neither for sure."""
    _, which = np.unique(people, return_inverse=True)
    each = np.sign(np.bincount(which, weights=lean))
    more, ways = float(each.sum()), float(np.abs(each).sum())
    return int(np.sign(more)) if ways and abs(more) >= SURELY * ways**0.5 else 0
