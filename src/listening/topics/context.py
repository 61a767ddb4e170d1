"""What a sentence of a conversation means beside those around it.

People answer in several sentences, and one of them alone ("I was there every day") tells little of
what is spoken of; human coders mark passages, not sentences. So for clustering, a segment of a
conversation takes in some of the meaning of its neighbours in the same person's turn. Survey
answers and notes stand for themselves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from listening.records import CONVERSATIONS, Table
from listening.topics.units import unit

Floats = NDArray[np.float32]

#: Weight of the n-th neighbour on either side, against 1 for the segment itself (judgement, after
#: reading the topics of three sets of real conversations with 0, 1, 2 and 4 neighbours).
WEIGHTS = (0.7, 0.49)


def in_context(segments: Table, vectors: Floats) -> Floats:
    """Return unit vectors of segments with some of their neighbours' meaning, in the rows' order.

    Args:
        segments: table SEGMENTS, in any order.
        vectors: the segments' unit vectors, shape (n, dimensions); rows of nil segments are zero.
    """
    spoken = segments["source_kind"].isin(CONVERSATIONS).to_numpy()
    if not spoken.any():
        return vectors
    order = np.lexsort((segments["start"], segments["document_id"].astype(str)))
    turns = segments.groupby(["document_id", "participant_id", "question"], sort=False).ngroup()
    turn, spoken, said = turns.to_numpy()[order], spoken[order], vectors[order]
    mixed = said.copy()
    for distance, weight in enumerate(WEIGHTS, start=1):
        same = (turn[distance:] == turn[:-distance]) & spoken[distance:]
        later = np.flatnonzero(same) + distance
        mixed[later] += weight * said[later - distance]
        mixed[later - distance] += weight * said[later]
    back: Floats = np.empty_like(mixed)
    back[order] = unit(mixed)
    return back
