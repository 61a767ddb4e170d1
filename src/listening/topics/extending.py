"""Extending a reading: new material is placed in the topics that people already know.

A fresh reading of nearly the same material cuts it anew, and whoever had begun to read by topics
starts again. So what was placed stays where it was; a new text goes to the topic whose middle it is
nearest to, if it fits there as well as the topic's own texts do; and what fits nowhere makes a
topic of its own where enough people say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandera.pandas as pa
from numpy.typing import NDArray

from listening.records import TEXT, Table, Vectors, table_of
from listening.topics.fitting import Texts, distinct_texts, meanings
from listening.topics.index import ReadingIndex, TopicSettings
from listening.topics.mapped import mapped
from listening.topics.merging import TOGETHER
from listening.topics.tables import assignments, describe
from listening.topics.units import unit

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: A text fits a topic when at most this share of the topic's own texts lie farther from its middle.
FARTHEST = 0.05
#: Fewer texts than this tell nothing of how far a topic reaches: then all topics' together do.
FEW = 8

KEPT, NEW, GONE = "kept", "new", "gone"

#: topic_changes.csv: what became of every topic.
CHANGES = pa.DataFrameSchema(
    {
        "topic_id": pa.Column(int, checks=[pa.Check.ge(0)]),
        "name": pa.Column(TEXT, coerce=True),
        "change": pa.Column(TEXT, checks=[pa.Check.isin((KEPT, NEW, GONE))], coerce=True),
        "segments_before": pa.Column(int, checks=[pa.Check.ge(0)]),
        "segments": pa.Column(int, checks=[pa.Check.ge(0)]),
        "people_before": pa.Column(int, checks=[pa.Check.ge(0)]),
        "people": pa.Column(int, checks=[pa.Check.ge(0)]),
    },
    strict=True,
    name="topic changes",
)


@dataclass(frozen=True, eq=False)
class SavedReading:
    """What is kept of a reading so that it can be extended.

    Attributes:
        names: of the topics 0..K-1; an empty one is given afresh.
        stability: of the topics, shape (K,).
        together: share of runs in which the texts of two topics fell together, shape (K, K).
        topic_of: topic of every segment that had one, by its id.
    """

    names: tuple[str, ...]
    stability: tuple[float, ...]
    together: Floats
    topic_of: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Extended:
    """A reading that was extended, and what changed (table CHANGES)."""

    reading: ReadingIndex
    changes: Table


def saved(reading: ReadingIndex) -> SavedReading:
    """Return what must be kept of a reading to extend it later.

    A number whose topic is gone stays taken: it has no name, and nothing fell together with it.
    """
    placed = reading.assignments[reading.assignments["topic_id"] >= 0]
    numbers = reading.topics["topic_id"].to_numpy(dtype=np.int64)
    size = int(numbers.max(initial=-1)) + 1
    names, stability = np.full(size, "", dtype=object), np.zeros(size)
    together = np.zeros((size, size), dtype=np.float32)
    names[numbers] = reading.topics["name"]
    stability[numbers] = reading.topics["stability"]
    together[np.ix_(numbers, numbers)] = reading.together
    return SavedReading(
        tuple(map(str, names)),
        tuple(stability.tolist()),
        together,
        dict(zip(placed["segment_id"], placed["topic_id"].astype(int), strict=True)),
    )


def extend(
    before: SavedReading,
    segments: Table,
    vectors: Vectors,
    settings: TopicSettings | None = None,
) -> Extended:
    """Place what is new in the topics of an earlier reading (module's docstring).

    Args:
        before: the earlier reading; one of its topics at least must still have a segment.
        segments: table SEGMENTS of the old and the new material. What is gone since is let go.
        vectors: a unit vector per segment, shape (n, dimensions).
        settings: as for `discover`.

    Returns:
        The reading, in which a topic keeps its number, its stability and, where somebody in it
        still says it, its name. New topics are numbered on; their stability is unknown and stands
        as 0, so that they are flagged and read first.
    """
    settings = settings or TopicSettings()
    meant = meanings(segments, vectors)
    texts = distinct_texts(segments, meant)
    topics = segments["segment_id"].map(before.topic_of).fillna(-1)
    known: Ints = np.asarray(topics, dtype=np.int64)
    of_text = _placed(texts, known)
    first_new = len(before.names)
    of_text = _place(texts, of_text, first_new, settings)
    labels = np.append(of_text, -1)[texts.of_row]
    labels[known >= 0] = known[known >= 0]
    reading = mapped(_described(before, labels, segments, vectors, settings), meant)
    return Extended(reading, _changes(before, known, labels, segments, reading.topics))


def _placed(texts: Texts, known: Ints) -> Ints:
    """Return the topic that every distinct text had, -1 where it is new."""
    of_text = np.full(len(texts.vectors), -1, dtype=np.int64)
    rows = np.flatnonzero((texts.of_row >= 0) & (known >= 0))[::-1]  # the first one said decides
    of_text[texts.of_row[rows]] = known[rows]
    return of_text


def _place(texts: Texts, of_text: Ints, first_new: int, settings: TopicSettings) -> Ints:
    """Return a topic for every text: one that it fits, a new one, or else the nearest."""
    old, new = np.flatnonzero(of_text >= 0), np.flatnonzero(of_text < 0)
    if not len(new):
        return of_text
    in_use, own = np.unique(of_text[old], return_inverse=True)
    member = np.eye(len(in_use), dtype=np.float32)[own]
    middles = unit(member.T @ texts.vectors[old])
    likeness = texts.vectors[new] @ middles.T
    nearest = likeness.argmax(axis=1)
    own_likeness = np.einsum("nd,nd->n", texts.vectors[old], middles[own])
    strange = new[likeness.max(axis=1) < _reach(own_likeness, own)[nearest]]
    done = of_text.copy()
    done[new] = in_use[nearest]
    for number, members in enumerate(_fresh(texts, strange, old, own, settings)):
        done[members] = first_new + number
    return done


def _reach(likeness: Floats, own: Ints) -> Floats:
    """Return, for each topic, the likeness to its middle below which a text does not fit."""
    everywhere = np.quantile(likeness, FARTHEST)
    return np.array(
        [
            np.quantile(likeness[own == topic], FARTHEST)
            if (own == topic).sum() >= FEW
            else everywhere
            for topic in range(int(own.max()) + 1)
        ],
        dtype=np.float32,
    )


def _fresh(
    texts: Texts, strange: Ints, old: Ints, own: Ints, settings: TopicSettings
) -> list[Ints]:
    """Return groups of texts that fit nowhere and are as alike as a topic's texts are.

    Each is said by as many people as a topic that is no single voice.
    """
    if len(strange) < 2:
        return []
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    vectors = texts.vectors[strange]
    apart = np.clip(1.0 - (vectors @ vectors.T).astype(np.float64), 0.0, None)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform((apart + apart.T) / 2, checks=False), "average")
    labels = fcluster(tree, 1.0 - _alike_within(texts.vectors[old], own), "distance")
    groups = [strange[labels == label] for label in range(1, int(labels.max()) + 1)]
    heard = [len({who for text in group for who in texts.said_by[text]}) for group in groups]
    return [g for g, people in zip(groups, heard, strict=True) if people >= settings.voices_from]


def _alike_within(vectors: Floats, own: Ints) -> float:
    """Return the mean cosine of two texts of one topic, for the topic in the middle."""
    member = np.eye(int(own.max()) + 1, dtype=np.float32)[own]
    sizes = member.sum(axis=0)
    total = (np.square(member.T @ vectors)).sum(axis=1) - sizes
    pairs = sizes * (sizes - 1)
    return float(np.median(total[pairs > 0] / pairs[pairs > 0])) if (pairs > 0).any() else 1.0


def _described(
    before: SavedReading,
    labels: Ints,
    segments: Table,
    vectors: Floats,
    settings: TopicSettings,
) -> ReadingIndex:
    """Return the index of these labels; a topic's number stays, though others are larger now."""
    in_use = np.unique(labels[labels >= 0])
    dense = np.full(len(labels), -1, dtype=np.int64)
    dense[labels >= 0] = np.searchsorted(in_use, labels[labels >= 0])
    names = [*before.names, *[""] * (int(in_use.max()) + 1 - len(before.names))]
    known = np.array([*before.stability, *[0.0] * (len(names) - len(before.stability))])
    given = [names[topic] for topic in in_use]
    done = describe(dense, known[in_use], segments, vectors, settings, given)
    number = in_use[done.order]  # of the topics in the order of `done`
    topics = done.topics.assign(topic_id=number, name=_names(done.topics, number, before.names))
    topics = topics.sort_values("topic_id", ignore_index=True)
    return ReadingIndex(
        topics,
        assignments(segments, labels, topics),
        (),
        {int(number[new]): quotes for new, quotes in done.quotes.items()},
        False,
        _together(before, in_use),
    )


def _names(topics: Table, number: Ints, before: tuple[str, ...]) -> list[str]:
    """Return the names: an old topic keeps its own, and a new one does not take it."""
    taken = {name.casefold() for name in before if name}
    names: list[str] = []
    for topic, name, words in zip(number, topics["name"], topics["words"], strict=True):
        if topic < len(before) and before[topic]:
            names.append(before[topic])
        elif name.casefold() in taken:
            more = next((word for word in words.split("; ") if word.casefold() not in taken), "")
            names.append(f"{name} ({more or topic})")
        else:
            names.append(name)
    return names


def _together(before: SavedReading, in_use: Ints) -> Floats:
    """Return the shares of the topics in use; of a new one nobody knows, so it may join others."""
    size = int(in_use.max()) + 1
    whole = np.full((size, size), TOGETHER, dtype=np.float32)
    known = len(before.names)
    whole[:known, :known] = before.together
    return whole[np.ix_(in_use, in_use)]


def _changes(
    before: SavedReading, known: Ints, labels: Ints, segments: Table, topics: Table
) -> Table:
    people = segments["participant_id"].to_numpy(dtype=object)
    now = dict(zip(topics["topic_id"], topics["name"], strict=True))
    had = dict(enumerate(before.names))
    return table_of(
        [
            {
                "topic_id": topic,
                "name": now.get(topic) or had[topic],
                "change": GONE if topic not in now else KEPT if topic in had else NEW,
                "segments_before": int((known == topic).sum()),
                "segments": int((labels == topic).sum()),
                "people_before": len(set(people[known == topic])),
                "people": len(set(people[labels == topic])),
            }
            for topic in sorted({*(n for n, name in had.items() if name), *now})
        ],
        CHANGES,
    )
