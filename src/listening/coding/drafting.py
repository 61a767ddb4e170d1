"""A draft codebook of the reading index: topics as codes to be, those of one matter together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.codebook import Codebook, Topic, from_topics
from listening.records import Table, Vectors

#: topics stand under one heading when their middles, less the middle of all, are this like
#: (cosine, average linkage): what topics join by when they are put together into themes
ALIKE = 0.4
#: different texts of a topic that are looked at
LOOKED_AT = 60


def texts_to_read(segments: Table) -> Table:
    """Return the segments that a draft is made of: different texts of topics, LOOKED_AT of each.

    Args:
        segments: segments.csv: text columns `topic_id` and `text`, and `voice` if there is one.
    """
    own = segments[pd.to_numeric(segments["topic_id"], errors="coerce") >= 0]
    if "voice" in own:
        own = own[own["voice"] != "observation"]  # an officer's, and nobody's words
    own = own[own["text"].str.strip() != ""].drop_duplicates(["topic_id", "text"])
    return own.groupby("topic_id").head(LOOKED_AT).reset_index(drop=True)


def draft(name: str, topics: Table, read: Table, vectors: Vectors) -> Codebook:
    """Return a draft codebook of a run's topics.

    Args:
        name: what the codebook is called.
        topics: topics.csv: text columns `topic_id`, `name`, `words`, `people`, `flag`.
        read: `texts_to_read(...)`.
        vectors: a unit vector for each, shape (n, dimensions).
    """
    kept = topics[topics["topic_id"].isin(read["topic_id"])].reset_index(drop=True)
    if not len(kept):
        return from_topics(name, [])
    places = [np.flatnonzero((read["topic_id"] == one).to_numpy()) for one in kept["topic_id"]]
    centred = vectors - vectors.mean(axis=0)
    groups = _groups(np.stack([centred[place].mean(axis=0) for place in places]))
    drafts = []
    for row, place, group in zip(kept.itertuples(index=False), places, groups, strict=True):
        typical = place[np.argsort(-(vectors[place] @ vectors[place].mean(axis=0)), kind="stable")]
        texts = tuple(read["text"].iloc[typical])
        flag = str(getattr(row, "flag", ""))
        drafts.append(
            Topic(str(row.name), str(row.words), texts, int(str(row.people)), flag, int(group))
        )
    return from_topics(name, drafts)


def _groups(middles: Vectors) -> NDArray[np.int64]:
    """Return the group of each topic; topics of one group are of one matter."""
    if len(middles) < 2:
        return np.zeros(len(middles), dtype=np.int64)
    from sklearn.cluster import AgglomerativeClustering

    lengths = np.linalg.norm(middles, axis=1, keepdims=True)
    joined = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - ALIKE, metric="cosine", linkage="average"
    )
    return np.asarray(joined.fit_predict(middles / np.where(lengths > 0, lengths, 1.0) + 1e-9))
