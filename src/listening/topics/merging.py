"""Joining topics into themes: what is said of one matter, and fell together in the runs."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from listening.records import Table
from listening.topics.fallbacks import NO_NAME, is_unnamed
from listening.topics.scoring import centred
from listening.topics.terms import are_apart
from listening.topics.units import unit

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Two topics are of one matter when their middles, less the middle of all, are this like (cosine).
#: Read on four data sets: "ambulance" and "paramedics" have .68, "sidewalks" and "traffic" .50,
#: "fairness ordinance" and "waste water" .37, "drugs" and "taxes" .35. The tree's heights do not
#: tell these apart: all lie over .86.
ALIKE = 0.4
#: Topics more alike than this are one, and one name is enough.
SAME = 0.9
#: What a join of the mean topic costs where joins are forced (cosine).
HEAVY = 0.15
#: Topics whose texts fell together in less than this share of the runs stay apart.
TOGETHER = 0.02


def likeness(labels: Ints, vectors: Floats) -> Floats:
    """Return how alike the topics' middles are, less the middle of all: cosine, shape (K, K).

    Args:
        labels: topic of each segment, -1 for none; every topic has a segment.
        vectors: the segments' unit vectors, shape (n, dimensions).
    """
    inside = labels >= 0
    own, apart = labels[inside], centred(vectors[inside])
    member = np.eye(int(own.max()) + 1, dtype=np.float32)[own]
    middles = unit(member.T @ apart)
    alike: Floats = middles @ middles.T
    return alike


def groups(
    alike: Floats,
    together: Floats,
    weights: NDArray[np.float64],
    fewest: int,
    most: int,
    small: frozenset[int] = frozenset(),
    unnamed: frozenset[int] = frozenset(),
) -> Ints:
    """Return the group 0, 1, … of each topic.

    Topics of one matter join, the most alike first, until `fewest` groups are left; what is not
    alike stays apart. Topics without a name that are like no other make one group, so that no clear
    topic drowns in what has nothing in common. If that leaves more than `most`, light groups join
    the group that they are most like. Topics of one or two people join the most like.

    Args:
        alike: how alike two topics are, shape (K, K).
        together: share of runs in which two topics' texts fell together, shape (K, K).
        weights: how much each topic would be missed: its segments x its stability.
        fewest: how many groups to leave at least.
        most: how many to leave at most.
        small: topics of too few people to stand alone.
        unnamed: topics whose words gave no name.
    """
    number = len(alike)
    large = [topic for topic in range(number) if topic not in small] or list(range(number))
    parts = [[topic] for topic in large]
    related = np.where(together >= TOGETHER, alike, np.minimum(alike, 0.0))
    for topic in unnamed:  # what is clear does not drown in a larger topic without a name
        smaller = weights < weights[topic]
        related[topic, smaller] = related[smaller, topic] = -1.0
    while len(parts) > fewest and (join := _next(parts, related, weights, forced=False)):
        _join(parts, *join)
    nothing = [part for part in parts if unnamed.issuperset(part)]
    parts = [part for part in parts if part not in nothing]
    most -= bool(nothing)
    while len(parts) > most and (join := _next(parts, alike, weights, forced=True)):
        _join(parts, *join)
    parts += [[topic for part in nothing for topic in part]] if nothing else []
    named = parts[: len(parts) - bool(nothing)] or parts
    for topic in sorted(set(range(number)) - set(large)):
        max(named, key=lambda part: _mean(alike, [topic], part)).append(topic)
    group = np.zeros(number, dtype=np.int64)
    for part, members in enumerate(sorted(map(sorted, parts))):
        group[members] = part
    return group


def _join(parts: list[list[int]], a: int, b: int) -> None:
    parts[a] = parts[a] + parts[b]
    del parts[b]


def _next(
    parts: list[list[int]], related: Floats, weights: NDArray[np.float64], forced: bool
) -> tuple[int, int] | None:
    """Return the two groups to join, in order, or nothing if none are of one matter.

    Where a join is forced, what is not alike joins with a light group rather than with a heavy one.
    """
    pairs = [(a, b) for b in range(len(parts)) for a in range(b)]
    near = {(a, b): _mean(related, parts[a], parts[b]) for a, b in pairs}
    best = max(pairs, key=lambda pair: (near[pair], (-pair[0], -pair[1])), default=None)
    if best is None or near[best] >= ALIKE:
        return best
    heavy = [float(weights[part].sum() / weights.mean()) for part in parts]

    def cost(pair: tuple[int, int]) -> tuple[float, tuple[int, int]]:
        return HEAVY * min(heavy[pair[0]], heavy[pair[1]]) - near[pair], pair

    return min(pairs, key=cost) if forced else None


def _mean(matrix: Floats, some: list[int], others: list[int]) -> float:
    return float(matrix[np.ix_(some, others)].mean())


def joined_stability(together: Floats, sizes: Ints, group: Ints) -> Floats:
    """Return each group's mean share of runs over its pairs of segments."""
    pairs = np.outer(sizes, sizes).astype(np.float64)
    np.fill_diagonal(pairs, sizes * np.maximum(sizes - 1, 0))
    member = np.eye(int(group.max()) + 1)[group]
    total = np.diag(member.T @ (pairs * together) @ member)
    weight = np.diag(member.T @ pairs @ member)
    mean = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return np.clip(mean, 0.0, 1.0).astype(np.float32)


def _head(name: str) -> str:
    """Return what a name begins with: "traffic flow" of "traffic flow, drivers and lights"."""
    return re.split(r", | and | \(", name, maxsplit=1)[0]


def largest_names(topics: Table, group: Ints, alike: Floats) -> list[str]:
    """Return each group's name: its largest topic's, and the next one's if it is half as large.

    Args:
        topics: table TOPICS.
        group: the group 0, 1, … of each topic.
        alike: how alike two topics are, shape (K, K).
    """
    names: list[str] = []
    for number in range(int(group.max()) + 1):
        own = topics[group == number].sort_values(["people", "segments"], ascending=False)
        own = own[~own["name"].map(is_unnamed)]
        if own.empty:
            names.append(NO_NAME)
            continue
        first, *others = own[own["people"] >= own["people"].max() / 2].itertuples()
        also = [
            f"{_head(first.name)} and {_head(other.name)}"
            for other in others
            if ALIKE <= alike[first.Index, other.Index] < SAME
            and are_apart(first.name, _head(other.name))
        ]
        names.append(also[0] if also else first.name)
    return names
