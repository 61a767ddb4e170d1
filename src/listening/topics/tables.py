"""From labels to the tables of topics and assignments, with names and representative quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listening.records import (
    ASSIGNMENTS,
    NIL_TOPIC,
    TOPICS,
    UNASSIGNED_TOPIC,
    Table,
    empty,
    table_of,
)
from listening.topics.describing import description
from listening.topics.fitting import once
from listening.topics.index import TopicSettings
from listening.topics.naming import Named, name_topics

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: A quote is 6 to 40 words long if it can be, and in a resident's own unreplaced words: outside of
#: that it has to be this much nearer to the topic's middle (cosine).
LENGTH = (6, 40)
PENALTY = 0.15


@dataclass(frozen=True)
class Described:
    """Topics as tables.

    Attributes:
        topics: table TOPICS.
        assignments: table ASSIGNMENTS.
        quotes: segment ids of each topic's quotes.
        order: the label that each topic had before topics were put in order.
    """

    topics: Table
    assignments: Table
    quotes: dict[int, tuple[str, ...]]
    order: Ints


def describe(
    labels: Ints,
    stability: Floats,
    segments: Table,
    vectors: Floats,
    settings: TopicSettings,
    given: Sequence[str] = (),
) -> Described:
    """Count, name, order and exemplify topics.

    Args:
        labels: topic 0..K-1 of each segment, -1 for none; every topic has a segment.
        stability: one number per topic.
        segments: table SEGMENTS.
        vectors: the segments' unit vectors, shape (n, dimensions).
        settings: thresholds of the flags and how many quotes.
        given: for each topic a name to prefer (may be empty).
    """
    # Whoever says the same twice is heard once: repeating oneself names nothing.
    inside = np.flatnonzero((labels >= 0) & once(segments))
    own, near = segments.iloc[inside], vectors[inside]
    named = name_topics(
        labels[inside],
        own["text"].tolist(),
        own["phrases"].tolist(),
        own["participant_id"].tolist(),
        near,
        own["language"].tolist(),
        given,
    )
    people = segments["participant_id"].to_numpy(dtype=object)
    rows = [np.flatnonzero(labels == topic) for topic in range(len(named))]
    voices = [len(set(people[of])) for of in rows]
    order = sorted(range(len(named)), key=lambda i: (-voices[i], -len(rows[i]), named[i].name, i))
    quotes = {
        new: _quotes(segments, rows[old], vectors, settings.quotes) for new, old in enumerate(order)
    }
    text_of = dict(zip(segments["segment_id"].tolist(), segments["text"].tolist(), strict=True))
    topics = table_of(
        [
            {
                "topic_id": new,
                "name": named[old].name,
                "description": _description(own, labels[inside] == old, near, named[old]),
                "words": "; ".join(named[old].words),
                "segments": len(rows[old]),
                "people": voices[old],
                "stability": round(float(stability[old]), 3),
                "flag": _flag(voices[old], float(stability[old]), settings),
                "near": "",  # known once the topics are in order
                "example": text_of[quotes[new][0]],
            }
            for new, old in enumerate(order)
        ],
        TOPICS,
    )
    new_label = np.full(len(named) + 1, -1, dtype=np.int64)
    new_label[order] = np.arange(len(named))
    ordered = np.array(order, dtype=np.int64)
    return Described(topics, assignments(segments, new_label[labels], topics), quotes, ordered)


def _description(segments: Table, inside: NDArray[np.bool_], vectors: Floats, named: Named) -> str:
    own = segments[inside]
    heard = (own["voice"] != "observation").to_numpy()
    return description(
        own["text"][heard].tolist(),
        own["participant_id"][heard].tolist(),
        (own["voice"][heard] == "verbatim").tolist(),
        vectors[inside][heard],
        named.words,
    )


def assignments(segments: Table, labels: Ints, topics: Table) -> Table:
    """Return table ASSIGNMENTS; a segment without a topic is named `nil` or `unassigned`."""
    if segments.empty:
        return empty(ASSIGNMENTS)
    names = dict(zip(topics["topic_id"], topics["name"], strict=True))
    stability = dict(zip(topics["topic_id"], topics["stability"], strict=True))
    none = [NIL_TOPIC if nil else UNASSIGNED_TOPIC for nil in segments["nil"].tolist()]
    return table_of(
        [
            {
                "segment_id": segment,
                "topic_id": int(label),
                "topic_name": names[label] if label >= 0 else instead,
                "topic_stability": float(stability.get(label, 0.0)),
            }
            for segment, label, instead in zip(
                segments["segment_id"].tolist(), labels.tolist(), none, strict=True
            )
        ],
        ASSIGNMENTS,
    )


def _flag(voices: int, stability: float, settings: TopicSettings) -> str:
    """A topic of two people is that before it is anything else: its stability rests on them."""
    if voices < settings.voices_from:
        return "single_voice"
    return "unstable" if stability < settings.stable_from else ""


def _quotes(segments: Table, rows: Ints, vectors: Floats, most: int) -> tuple[str, ...]:
    """Return the segments nearest to the topic's middle, one per person and text."""
    own = segments.iloc[rows]
    near = vectors[rows] @ vectors[rows].mean(axis=0)
    fewest_words, most_words = LENGTH
    words = np.array([len(text.split()) for text in own["text"]])
    near = near - PENALTY * ((words < fewest_words) | (words > most_words))
    near = near - PENALTY * own["text"].str.contains("[", regex=False).to_numpy()
    near = near - PENALTY * (own["voice"] != "verbatim").to_numpy()
    said = zip(-near, own["segment_id"], own["participant_id"], own["text_key"], strict=True)
    chosen: list[str] = []
    seen: set[tuple[str, str]] = set()
    for _, segment, person, text in sorted(said):
        marks = {("person", person), ("text", text)}
        if not marks & seen:
            chosen.append(str(segment))
            seen |= marks
        if len(chosen) == most:
            break
    return tuple(chosen)
