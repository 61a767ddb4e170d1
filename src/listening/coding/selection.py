"""What to code next: a blind random audit of people, training batches, and discovery.

METHOD.md, section 5: only the audit is used for estimation, so its chances are known and it is
drawn from everybody; training and discovery pick what teaches most. Every row says its stream, its
chance and the seed that drew it, so that a selection can be logged and drawn again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.records import STREAMS, Table, Vectors

AUDIT, TRAINING, DISCOVERY = STREAMS
#: people audited in each source at least (all of them where there are fewer), and the least share
FEWEST_AUDITED, SHARE_AUDITED = 100, 0.2
#: medoids are coded until there are so many labels; then batches of so many
FIRST_LABELS, BATCH = 100, 20
#: share of assisted tasks that are given without suggestions
SHARE_BLIND = 0.2
#: a topic fed by fewer people is rare; one with less stability is unstable
FEW_PEOPLE, STEADY = 3, 0.5

Rows = NDArray[np.intp]
Array = NDArray[np.float64]

COLUMNS = ("segment_id", "participant_id", "stream", "pi", "blind", "reason", "seed")


def audit(people: Mapping[str, str], seed: int, audited: Mapping[str, int] | None = None) -> Table:
    """Draw the people whose every word is read against every code, at random within each source.

    Of n people of a source max(100, n/5) are drawn, or all. A larger draw of the same seed and the
    same people would hold these and more. People who came later are drawn among themselves, so
    that nobody has two chances: a fifth of them, or as many as are still lacking to 100.

    Args:
        people: kind of source of each participant.
        seed: of the draw.
        audited: how many were drawn before from each kind of source, among other people.

    Returns:
        participant_id, source_kind, stream, pi (the chance that the person had), blind, seed; in
        the order in which they were drawn.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for kind in sorted(set(people.values())):
        everyone = sorted(person for person, of in people.items() if of == kind)
        lacking = FEWEST_AUDITED - (audited or {}).get(kind, 0)
        count = min(len(everyone), max(lacking, math.ceil(SHARE_AUDITED * len(everyone))))
        drawn = rng.permutation(len(everyone))[:count]
        rows += [(everyone[one], kind, AUDIT, count / len(everyone), True, seed) for one in drawn]
    columns = ["participant_id", "source_kind", "stream", "pi", "blind", "seed"]
    return pd.DataFrame(rows, columns=columns)


def to_audit(share: float, correlation: float = 0.0, half_width: float = 0.05) -> int:
    """Return how many people to audit so that an interval is this narrow.

    METHOD.md, section 3: n = z² p(1 - p)(1 - ρ²)/E² at 95 %.

    Args:
        share: of people who raise the code, as far as is known.
        correlation: of suggestions with what people code, 0 where there are none.
        half_width: of the interval, as a share.
    """
    free = share * (1 - share) * (1 - correlation**2)
    return math.ceil(1.959964**2 * free / half_width**2)


def training(
    segments: Table,
    vectors: Vectors,
    coded: NDArray[np.bool_],
    margins: Array | None,
    seed: int,
) -> Table:
    """Choose the next training segments: medoids at first, then what the model is least sure of.

    Until 100 segments are coded: the segment nearest the centre of each of as many clusters as
    labels are lacking. Then batches of 20, one by one: the highest product of uncertainty and
    distance to everything coded or chosen (farthest-first), so that a batch does not ask the same
    twenty times.

    Args:
        segments: segment_id, participant_id; the audit's people are left out by the caller.
        vectors: unit vectors, one per segment.
        coded: which segments are coded.
        margins: how far the closest call of each segment is from its bar, at least 0; None before
            a model has learnt.
        seed: of the clusters.
    """
    left = np.flatnonzero(~coded)
    lacking = FIRST_LABELS - int(coded.sum())
    if not len(left):
        return _selected(segments, left, TRAINING, [], seed)
    if lacking > 0 or margins is None:
        chosen = _medoids(vectors, left, lacking if lacking > 0 else BATCH, seed)
        return _selected(segments, chosen, TRAINING, ["medoid"] * len(chosen), seed)
    doubt = 1 / (1 + np.asarray(margins) / max(float(np.median(margins[left])), 1e-9))
    chosen = _spread(vectors, left, np.flatnonzero(coded), doubt, BATCH)
    return _selected(segments, chosen, TRAINING, ["uncertain"] * len(chosen), seed)


def discovery(
    segments: Table, vectors: Vectors, coded: NDArray[np.bool_], seed: int, count: int = BATCH
) -> Table:
    """Choose what may be new: rare topics, unstable ones, and what is unlike everything coded.

    The three take turns. Within the first two the order is random. A segment without a topic is
    neither rare nor unstable for that.

    Args:
        segments: segment_id, participant_id, topic_id (-1 without one), topic_stability (a number,
            or empty).
        vectors: unit vectors, one per segment.
        coded: which segments are coded.
        seed: of the order.
        count: how many.
    """
    people = segments.groupby("topic_id")["participant_id"].transform("nunique").to_numpy()
    stability = pd.to_numeric(segments["topic_stability"], errors="coerce").fillna(0.0).to_numpy()
    placed = (segments["topic_id"].astype(str) != "-1").to_numpy()
    order = np.random.default_rng(seed).permutation(len(segments))
    order = order[~coded[order]]
    everything = np.ones(len(segments))
    new = _spread(vectors, np.sort(order), np.flatnonzero(coded), everything, count)
    turns = {
        "rare": [int(row) for row in order if placed[row] and people[row] < FEW_PEOPLE],
        "unstable": [int(row) for row in order if placed[row] and stability[row] < STEADY],
        "new": [int(row) for row in new],
    }
    chosen: dict[int, str] = {}
    while len(chosen) < count and any(turns.values()):
        for reason, rows in turns.items():
            fresh = next((row for row in rows if row not in chosen), None)
            turns[reason] = [] if fresh is None else rows[rows.index(fresh) + 1 :]
            if fresh is not None and len(chosen) < count:
                chosen[fresh] = reason
    rows_chosen = np.array(list(chosen), dtype=np.intp)
    return _selected(segments, rows_chosen, DISCOVERY, list(chosen.values()), seed)


def _medoids(vectors: Vectors, left: Rows, count: int, seed: int) -> Rows:
    from sklearn.cluster import KMeans

    if len(left) <= count:
        return left
    model = KMeans(count, n_init=1, random_state=seed).fit(vectors[left])
    distance = model.transform(vectors[left])
    members = [np.flatnonzero(model.labels_ == one) for one in range(count)]
    order = sorted((m for m in members if len(m)), key=lambda rows: (-len(rows), rows[0]))
    return np.array(
        [left[rows[distance[rows, model.labels_[rows[0]]].argmin()]] for rows in order],
        dtype=np.intp,
    )


def _spread(vectors: Vectors, left: Rows, known: Rows, doubt: Array, count: int) -> Rows:
    """Choose one by one the highest doubt x distance to the nearest that is known or chosen."""
    distance = np.full(len(left), 2.0)
    for start in range(0, len(known), 1024):
        block = vectors[left] @ vectors[known[start : start + 1024]].T
        distance = np.minimum(distance, 1 - block.max(axis=1))
    chosen: list[int] = []
    for _ in range(min(count, len(left))):
        worth = np.clip(distance, 0, None) * doubt[left]
        worth[np.isin(left, chosen)] = -1.0
        best = int(worth.argmax())
        chosen.append(int(left[best]))
        distance = np.minimum(distance, 1 - vectors[left] @ vectors[left[best]])
    return np.array(chosen, dtype=np.intp)


def _selected(
    segments: Table, chosen: Rows, stream: str, reasons: Sequence[str], seed: int
) -> Table:
    """Return the rows chosen; what is picked on purpose is certain (π = 1), a fifth of it blind."""
    blind = np.zeros(len(chosen), dtype=bool)
    count = math.ceil(SHARE_BLIND * len(chosen))
    blind[np.random.default_rng(seed).permutation(len(chosen))[:count]] = True
    picked = segments.iloc[chosen]
    return pd.DataFrame(
        {
            "segment_id": picked["segment_id"].to_numpy(),
            "participant_id": picked["participant_id"].to_numpy(),
            "stream": stream,
            "pi": 1.0,
            "blind": blind,
            "reason": list(reasons),
            "seed": seed,
        },
        columns=list(COLUMNS),
    )
