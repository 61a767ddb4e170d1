"""What no code covers: a few passages that stand for the many that fit no code.

A list of all of them is not read. Passages are chosen so that as many people as can be said
something much like one of them (medoids by greedy maximum coverage): typical, unlike each other, of
different people.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.records import UNCOVERED, Table

#: A code covers a passage from this probability on, as it is suggested from it on.
COVERED = 0.5
#: Most that are listed.
MOST = 20
#: Passages are much alike when they are so by this many spreads more than two people's usually are.
#: (Judgement; the spread is taken below the median, where nobody speaks of the same matter.)
ALIKE = 4.0
#: They are, whatever the spread, from here on.
SAME = 0.98
#: Shorter ones say too little to be read by themselves.
WORDS = 4
#: With more different passages than this, so many of them by lot choose for all.
AT_ONCE = 3_000
_BLOCK = 1_024

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


def uncovered(segments: Table, vectors: Floats, best: Table, people: Table) -> Table:
    """Return passages that stand for what no code covers, those of most people first.

    Args:
        segments: SEGMENTS of residents' words.
        vectors: their unit vectors, n x d.
        best: segment_id, code, probability: the likeliest code of each segment.
        people: participant_id, people: how many people a participant stands for.

    Returns:
        UNCOVERED: passages with the nearest code and its probability, and how many people, in how
        many passages, said something much like it; a passage counts for the one it is most like.
    """
    own = segments.merge(best.rename(columns={"code": "nearest_code"}), on="segment_id", how="left")
    own = own.assign(position=np.arange(len(own)))
    long = np.array([len(text.split()) >= WORDS for text in own["text"]], dtype=bool)
    left = own[(own["probability"] < COVERED) & long & ~own["nil"]].reset_index(drop=True)
    if left.empty:
        return pd.DataFrame(columns=list(UNCOVERED))
    found = np.asarray(vectors[left["position"].to_numpy()], dtype=np.float32)
    who, names = pd.factorize(left["participant_id"])
    stands = people.set_index("participant_id")["people"].reindex(names).fillna(1).to_numpy()
    some = _by_lot(left["text_key"].tolist())
    alike = found[some] @ found[some].T
    floor = _floor(alike, np.asarray(who[some]))
    chosen = some[_medoids(alike, floor, np.asarray(who[some]), stands)]
    return _table(left, found, chosen, floor, np.asarray(who), stands)


def _by_lot(keys: list[str]) -> Ints:
    """Return the position of the first of each text; of very many texts, always the same lot."""
    first: dict[str, int] = {}
    for position, key in enumerate(keys):
        first.setdefault(key, position)
    drawn = sorted(first, key=lambda key: hashlib.sha256(key.encode()).digest())[:AT_ONCE]
    return np.array(sorted(first[key] for key in drawn), dtype=np.int64)


def _floor(alike: Floats, who: Ints) -> float:
    """Return how alike two passages must be for one to stand for the other."""
    pairs = alike[who[:, None] != who]  # one person says much alike, and shows nothing
    if not len(pairs):
        return SAME
    low, middle = np.quantile(pairs, [0.16, 0.5])
    return min(float(middle + ALIKE * (middle - low)), SAME)


def _medoids(alike: Floats, floor: float, who: Ints, stands: NDArray[np.float64]) -> Ints:
    """Choose, one after another, the passage that is most like most people not yet stood for.

    A person weighs as many people as they stand for, however much they said; and is chosen once.
    """
    _, which, times = np.unique(who, return_inverse=True, return_counts=True)
    weight = (stands[who] / times[which]).astype(np.float32)
    reached = np.full(len(alike), floor, dtype=np.float32)
    free = np.ones(len(alike), dtype=bool)
    chosen: list[int] = []
    while len(chosen) < MOST and free.any():
        gain = np.where(free, weight @ np.maximum(alike - reached[:, None], 0), -1.0)
        best = int(np.argmax(gain))
        chosen.append(best)
        reached = np.maximum(reached, alike[best])
        free &= (who != who[best]) & (alike[best] < floor)
    return np.array(chosen, dtype=np.int64)


def _table(
    left: Table,
    found: Floats,
    chosen: Ints,
    floor: float,
    who: Ints,
    stands: NDArray[np.float64],
) -> Table:
    nearest = np.empty(len(found), dtype=np.int64)
    for start in range(0, len(found), _BLOCK):
        alike = found[start : start + _BLOCK] @ found[chosen].T
        best = alike.argmax(axis=1)
        nearest[start : start + _BLOCK] = np.where(alike.max(axis=1) >= floor, best, -1)
    nearest[chosen] = np.arange(len(chosen))
    counts = [int(stands[np.unique(who[nearest == one])].sum()) for one in range(len(chosen))]
    table = left.iloc[chosen].assign(
        people=counts, passages=[int((nearest == one).sum()) for one in range(len(chosen))]
    )
    order = np.argsort(-table["people"].to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)[list(UNCOVERED)]
