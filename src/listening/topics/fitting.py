"""Which texts are clustered, and where the others go.

Each distinct text is clustered once, whoever said it; a person brings at most ten, chosen to differ
from each other, so that one long interview does not make the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listening.records import Table
from listening.topics.context import in_context
from listening.topics.index import TopicSettings
from listening.topics.places import without_places
from listening.topics.terms import without_descriptors
from listening.topics.units import unit
from listening.topics.vocabulary import vocabulary

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Texts:
    """The distinct texts that may be clustered, in the order of their keys.

    Ordering by key, not by row, makes the result the same in whatever order files were read.

    Attributes:
        of_row: number of the text in each segment's row, -1 where the row is left out.
        vectors: a unit vector per text, shape (n, dimensions).
        said_by: the participants who said each text.
    """

    of_row: Ints
    vectors: Floats
    said_by: tuple[tuple[str, ...], ...]


def meanings(segments: Table, vectors: Floats) -> Floats:
    """Return the vectors that decide which topic a segment belongs to.

    Names of the place that all speak of are taken out, and a segment of a conversation is read
    beside its neighbours. What a topic is called, and who is quoted, goes by the words themselves.

    Args:
        segments: table SEGMENTS.
        vectors: the segments' unit vectors, shape (n, dimensions).
    """
    rows = np.flatnonzero(_say_something(segments) & once(segments))
    own = segments.iloc[rows]
    known = vocabulary(
        *(tuple(own[name].tolist()) for name in ("text", "phrases", "participant_id", "language"))
    )
    return in_context(segments, without_places(vectors, known.found, rows, known.places))


def once(segments: Table) -> NDArray[np.bool_]:
    """Say of each segment whether the person says it for the first time."""
    again: NDArray[np.bool_] = segments.duplicated(["participant_id", "text_key"]).to_numpy()
    return ~again


def _say_something(segments: Table) -> NDArray[np.bool_]:
    """Say of each segment whether it is an answer, and has two letters outside of brackets."""
    pairs = zip(segments["nil"].tolist(), segments["text"].tolist(), strict=True)
    return np.array(
        [not nil and sum(map(str.isalpha, without_descriptors(text))) >= 2 for nil, text in pairs],
        dtype=bool,
    )


def distinct_texts(segments: Table, vectors: Floats) -> Texts:
    """Find the distinct texts that say something: not nil, and two letters outside of brackets."""
    keys = segments["text_key"].to_numpy(dtype=object)
    people = segments["participant_id"].to_numpy(dtype=object)
    says = _say_something(segments)
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        if says[row]:
            rows.setdefault(str(key), []).append(row)
    of_row = np.full(len(segments), -1, dtype=np.int64)
    first: list[int] = []
    said_by: list[tuple[str, ...]] = []
    for number, key in enumerate(sorted(rows)):
        of_row[rows[key]] = number
        first.append(rows[key][0])
        said_by.append(tuple(sorted({str(people[row]) for row in rows[key]})))
    return Texts(of_row, vectors[np.array(first, dtype=np.int64)], tuple(said_by))


def choose(texts: Texts, settings: TopicSettings, seed: int) -> tuple[Ints, list[list[int]]]:
    """Choose the texts to cluster, and tell who brought them.

    Where few people speak long, everybody brings more than ten, the same number each. Above
    `fit_at_most` texts a random sample of people is taken.

    Returns:
        The texts' numbers, ascending, and for each the numbers of the people who brought it.
    """
    own: dict[str, list[int]] = {}
    for number, people in enumerate(texts.said_by):
        for person in people:
            own.setdefault(person, []).append(number)
    people_ids = sorted(own)
    cap = _cap(own, settings)
    brought = [farthest_first(texts.vectors, own[person], cap) for person in people_ids]
    by: dict[int, list[int]] = {}
    order = np.random.default_rng(seed).permutation(len(people_ids))
    for drawn in map(int, order):
        fresh = sum(text not in by for text in brought[drawn])
        if len(by) + fresh > settings.fit_at_most:
            break
        for text in brought[drawn]:
            by.setdefault(text, []).append(drawn)
    chosen = sorted(by)
    return np.array(chosen, dtype=np.int64), [sorted(by[text]) for text in chosen]


def _cap(own: dict[str, list[int]], settings: TopicSettings) -> int:
    cap = settings.per_person
    longest = max(len(texts) for texts in own.values())
    while cap < longest and _brought(own, cap) < settings.fit_at_least:
        cap += 1
    return cap


def _brought(own: dict[str, list[int]], cap: int) -> int:
    return sum(min(cap, len(texts)) for texts in own.values())


def farthest_first(vectors: Floats, numbers: Sequence[int], most: int) -> list[int]:
    """Choose at most `most` of the numbered vectors: the middle one, then ever the farthest.

    Args:
        vectors: unit vectors.
        numbers: which of them to choose from.
        most: how many to choose.
    """
    if len(numbers) <= most:
        return list(numbers)
    own = vectors[list(numbers)]
    chosen = [int(np.argmax(own @ own.mean(axis=0)))]
    nearest = own @ own[chosen[0]]
    while len(chosen) < most:
        nearest[chosen[-1]] = np.inf
        chosen.append(int(np.argmin(nearest)))
        nearest = np.maximum(nearest, own @ own[chosen[-1]])
    return [numbers[i] for i in chosen]


def assign(texts: Texts, fitted: Ints, labels: Ints) -> Ints:
    """Return the cluster of every text: its own where fitted, else the nearest centroid's."""
    number = int(labels.max()) + 1
    member = np.eye(number, dtype=np.float32)[labels]
    centroids = unit(member.T @ texts.vectors[fitted])
    everywhere: Ints = np.argmax(texts.vectors @ centroids.T, axis=1).astype(np.int64)
    everywhere[fitted] = labels
    return everywhere
