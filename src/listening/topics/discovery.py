"""The way from segments to a reading index, and from topics to candidate themes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from listening.errors import InvalidTable
from listening.records import TOPICS, Table, Vectors, empty
from listening.topics.consensus import Clusters, consensus, number_of_runs, number_of_topics
from listening.topics.fitting import Texts, assign, choose, distinct_texts, meanings
from listening.topics.index import Merge, ReadingIndex, TopicSettings
from listening.topics.many import consensus_of_many
from listening.topics.mapped import mapped
from listening.topics.merging import groups, joined_stability, largest_names, likeness
from listening.topics.naming import is_unnamed
from listening.topics.neighbours import among_neighbours
from listening.topics.tables import assignments, describe

Ints = NDArray[np.int64]

#: Themes that a council reads at one sitting.
FEWEST, MOST = 6, 20
#: A theme of fewer than this share of all people does not stand alone (of 30 people: 3).
VOICES = 0.1


def discover(
    segments: Table, vectors: Vectors, settings: TopicSettings | None = None, seed: int = 0
) -> ReadingIndex:
    """Find topics by consensus clustering and name them in residents' words (METHOD.md §4).

    The same segments in any order, the same vectors and seed give the same topics to the byte.

    Args:
        segments: table SEGMENTS.
        vectors: a unit vector per segment, in their order, shape (n, dimensions); rows of nil
            segments are not looked at.
        settings: defaults of METHOD.md when left out.
        seed: makes the same choice of samples again.

    Raises:
        InvalidTable: there is not one vector per segment.
    """
    settings = settings or TopicSettings()
    _check(segments, vectors)
    meant = meanings(segments, vectors)
    texts = distinct_texts(segments, meant)
    if len(texts.vectors) < settings.cluster_from:
        nowhere = np.full(len(segments), -1, dtype=np.int64)
        none = empty(TOPICS)
        return ReadingIndex(none, assignments(segments, nowhere, none), reading_list=True)
    of_text, found = clustered(texts, settings, seed)
    labels = np.append(of_text, -1)[texts.of_row]  # -1, left out, stays -1
    del texts  # its vectors are many, and naming needs the room
    done = describe(labels, found.stability, segments, vectors, settings)
    together = found.together[np.ix_(done.order, done.order)]
    tree = _tree(found, done.order)
    index = ReadingIndex(done.topics, done.assignments, tree, done.quotes, False, together)
    return mapped(index, meant)


def clustered(texts: Texts, settings: TopicSettings, seed: int) -> tuple[Ints, Clusters]:
    """Return the cluster of every distinct text, and the clusters of those that were fitted."""
    fitted, speakers = choose(texts, settings, seed)
    number, vectors = len(fitted), texts.vectors[fitted]
    topics = number_of_topics(number)
    if number > settings.pairs_at_most:
        found = consensus_of_many(vectors, speakers, topics, settings.runs_of_many, seed)
    else:
        runs = number_of_runs(number, settings)
        found = consensus(among_neighbours(vectors), speakers, topics, runs, seed)
    return assign(texts, fitted, found.labels), found


def themes(
    index: ReadingIndex,
    segments: Table,
    vectors: Vectors,
    target: int | None = None,
    settings: TopicSettings | None = None,
) -> ReadingIndex:
    """Merge topics into candidate themes: fewer, broader, named after their largest topics.

    Args:
        index: what `discover` returned for these segments.
        segments: table SEGMENTS.
        vectors: the segments' unit vectors, shape (n, dimensions).
        target: how many themes; by default at most 20 and at least 6 or half of the topics,
            and what is not of one matter stays apart.
        settings: the same as for `discover`.

    Returns:
        An index whose topics are the themes. Its tree is empty: themes are for people to merge.
        A reading list comes back as it is.
    """
    settings = settings or TopicSettings()
    _check(segments, vectors)
    if index.reading_list:
        return index
    topics = len(index.topics)
    fewest = max(FEWEST, min(MOST, topics // 2)) if target is None else max(1, target)
    most = MOST if target is None else fewest
    voices = index.topics["people"].to_numpy()
    everybody = segments["participant_id"].nunique()
    few = min(settings.voices_from, max(1, round(VOICES * everybody)))  # in a meeting of five: one
    small = frozenset(np.flatnonzero(voices < few).tolist())
    unnamed = frozenset(np.flatnonzero(index.topics["name"].map(is_unnamed)).tolist())
    of_topic = _positions(index)
    alike = likeness(of_topic, meanings(segments, vectors))
    sizes = index.topics["segments"].to_numpy()
    weights = sizes * index.topics["stability"].to_numpy()
    theme = groups(alike, index.together, weights, fewest, most, small, unnamed)
    stability = joined_stability(index.together, sizes, theme)
    labels = np.append(theme, -1)[of_topic]
    given = largest_names(index.topics, theme, alike)
    done = describe(labels, stability, segments, vectors, settings, given)
    return ReadingIndex(done.topics, done.assignments, (), done.quotes)


def typicality(index: ReadingIndex, vectors: Vectors) -> NDArray[np.float32]:
    """Return how near each segment lies to its topic's middle: cosine, 0 without a topic.

    Args:
        index: what `discover` or `themes` returned for these segments.
        vectors: the segments' unit vectors, shape (n, dimensions).
    """
    labels = _positions(index)
    near = np.zeros(len(labels), dtype=np.float32)
    for topic in range(len(index.topics)):
        rows = np.flatnonzero(labels == topic)
        middle = vectors[rows].mean(axis=0)
        near[rows] = vectors[rows] @ middle / max(float(np.linalg.norm(middle)), 1e-12)
    return np.clip(near, 0.0, 1.0)


def _positions(index: ReadingIndex) -> Ints:
    """Return each segment's row in the table of topics, -1 for none: a number may be missing."""
    row = {topic: position for position, topic in enumerate(index.topics["topic_id"])} | {-1: -1}
    return index.assignments["topic_id"].map(row).to_numpy(dtype=np.int64)


def _tree(found: Clusters, order: Ints) -> tuple[Merge, ...]:
    """Return the merges with topics numbered as in the table."""
    number = len(order)
    new = {int(old): i for i, old in enumerate(order)} | {
        node: node for node in range(number, 2 * number - 1)
    }
    return tuple(Merge(new[int(a)], new[int(b)], round(h, 6)) for a, b, h in found.merges)


def _check(segments: Table, vectors: Vectors) -> None:
    if len(segments) != len(vectors):
        raise InvalidTable(
            "The vectors of the segments",
            f"are {len(vectors)} for {len(segments)} segments.",
            "Embed the segments again.",
        )
