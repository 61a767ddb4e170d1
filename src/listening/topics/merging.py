"""Joining topics into themes: what is said of one matter, and fell together in the runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from listening.records import Table
from listening.topics.fallbacks import is_unnamed
from listening.topics.scoring import centred
from listening.topics.terms import are_apart

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Two topics are of one matter when their middles, less the middle of all, are this like (cosine).
#: Read on four data sets: "ambulance" and "paramedics" have .66, "roads" and "police" .34, "minimum
#: wage" and "internet" .19. The tree's heights do not tell these apart: all lie over .89.
ALIKE = 0.3
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
    middles = member.T @ apart
    middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-12)
    alike: Floats = middles @ middles.T
    return alike


def groups(
    alike: Floats,
    together: Floats,
    people: Ints,
    fewest: int,
    most: int,
    small: frozenset[int] = frozenset(),
    unnamed: frozenset[int] = frozenset(),
) -> Ints:
    """Return the group 0, 1, … of each topic.

    Topics of one matter join, the most alike first, until `fewest` groups are left; what is not
    alike stays apart. If that leaves more than `most`, the group of fewest people joins the group
    that it is most like, where it does least harm. Topics of one or two people join the most like.
    Topics without a name make one group, so that no clear topic drowns in what has nothing in
    common.

    Args:
        alike: how alike two topics are, shape (K, K).
        together: share of runs in which two topics' texts fell together, shape (K, K).
        people: how many people speak on each topic.
        fewest: how many groups to leave at least.
        most: how many to leave at most.
        small: topics of too few people to stand alone.
        unnamed: topics that have nothing in common.
    """
    number = len(alike)
    alone = small | unnamed
    parts = [[topic] for topic in range(number) if topic not in alone]
    parts = parts or [[topic] for topic in range(number) if topic not in unnamed]
    related = np.where(together >= TOGETHER, alike, np.minimum(alike, 0.0))
    rest = bool(unnamed)
    while len(parts) + rest > fewest and len(parts) > 1:
        a, b = _next(parts, related, people, forced=len(parts) + rest > most)
        if a == b:
            break
        parts[a] = parts[a] + parts[b]
        del parts[b]
    if unnamed:
        parts.append(sorted(unnamed))
    named = [part for part in parts if not unnamed & set(part)] or parts
    for topic in sorted(set(range(number)) - {topic for part in parts for topic in part}):
        max(named, key=lambda part: _mean(alike, [topic], part)).append(topic)
    group = np.zeros(number, dtype=np.int64)
    for part, members in enumerate(sorted(map(sorted, parts))):
        group[members] = part
    return group


def _next(parts: list[list[int]], related: Floats, people: Ints, forced: bool) -> tuple[int, int]:
    """Return the two groups to join, the first before the second; equal numbers for none."""
    pairs = [(a, b) for b in range(len(parts)) for a in range(b)]
    near = {(a, b): _mean(related, parts[a], parts[b]) for a, b in pairs}
    best = max(pairs, key=lambda pair: (near[pair], (-pair[0], -pair[1])))
    if near[best] >= ALIKE:
        return best
    if not forced:
        return 0, 0
    least = min(range(len(parts)), key=lambda part: (people[parts[part]].sum(), part))
    own = [pair for pair in pairs if least in pair]
    return max(own, key=lambda pair: (near[pair], (-pair[0], -pair[1])))


def _mean(matrix: Floats, some: list[int], others: list[int]) -> float:
    return float(matrix[np.ix_(some, others)].mean())


def joined_stability(
    together: Floats, sizes: Ints, group: Ints
) -> Floats:
    """Return each group's mean share of runs over its pairs of segments."""
    pairs = np.outer(sizes, sizes).astype(np.float64)
    np.fill_diagonal(pairs, sizes * np.maximum(sizes - 1, 0))
    member = np.eye(int(group.max()) + 1)[group]
    total = np.diag(member.T @ (pairs * together) @ member)
    weight = np.diag(member.T @ pairs @ member)
    mean = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return np.clip(mean, 0.0, 1.0).astype(np.float32)


def largest_names(topics: Table, group: Ints) -> list[str]:
    """Return each group's name: its largest topic's, and the next one's if it is half as large.

    Args:
        topics: table TOPICS.
        group: the group 0, 1, … of each topic.

    Returns:
        A name for each group; empty where none of its topics has one.
    """
    names: list[str] = []
    for number in range(int(group.max()) + 1):
        own = topics[(group == number) & ~topics["name"].map(is_unnamed).to_numpy()]
        own = own.sort_values(["people", "segments", "name"], ascending=[False, False, True])
        large = own.loc[own["people"] >= own["people"].max() / 2, "name"].tolist()
        first = large[0] if large else ""
        also = [name for name in large[1:] if are_apart(first, name)]
        short = also and not any(" and " in name for name in (first, also[0]))
        names.append(f"{first} and {also[0]}" if short else first)
    return names
