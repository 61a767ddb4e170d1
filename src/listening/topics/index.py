"""What the topics stage hands on: topics, which segment belongs to which, and how topics join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.records import Table


@dataclass(frozen=True)
class TopicSettings:
    """Settings of METHOD.md §4; every one is a default that may be changed.

    Attributes:
        runs: how many k-means runs vote at least.
        most_runs: how many vote at most.
        votes: in between, the runs are as many as give this many votes of a text.
        runs_of_many: how many vote above `pairs_at_most` texts, where each has more to go by.
        per_person: how many texts of one person are clustered; the rest are assigned afterwards.
        fit_at_least: where few people speak long, everyone brings more, the same number each, until
            this many texts are clustered: ten each of twelve interviews would map none of them.
        pairs_at_most: up to this many distinct texts the runs vote on pairs of texts, and memory
            grows with their square; above it they vote on pairs of pieces (`many`).
        fit_at_most: how many distinct texts are clustered at all.
        cluster_from: with fewer distinct texts nothing is clustered: they are read.
        stable_from: topics below this stability are flagged `unstable`.
        voices_from: topics with fewer people are flagged `single_voice`.
        quotes: how many representative segments a topic gets, each from another person.
    """

    runs: int = 60
    most_runs: int = 200
    votes: int = 100_000
    runs_of_many: int = 30
    per_person: int = 10
    fit_at_least: int = 500
    pairs_at_most: int = 5_000
    fit_at_most: int = 1_000_000
    cluster_from: int = 100
    stable_from: float = 0.5
    voices_from: int = 3
    quotes: int = 3


class Merge(NamedTuple):
    """One join of the tree: two nodes and the mean share of runs in which they were apart.

    Topics are nodes 0..K-1; the i-th merge of a tree makes node K + i (as in scipy).
    """

    left: int
    right: int
    apart: float


@dataclass(frozen=True, eq=False)
class ReadingIndex:
    """The machine's index for reading: never the ranked objects (METHOD.md §4).

    Attributes:
        topics: table TOPICS, ordered by people, then segments, then name.
        assignments: table ASSIGNMENTS, one row per segment given, in that order.
        tree: K - 1 merges, the closest topics first.
        quotes: for each topic, its most representative segments, the best first.
        reading_list: there are too few texts to cluster; every segment is to be read.
        together: mean share of runs in which the texts of two topics fell together, shape (K, K).
        positions: of the topics on a flat map, within 1 of its middle, shape (K, 2); the two
            directions mean nothing. None of themes.
    """

    topics: Table
    assignments: Table
    tree: tuple[Merge, ...] = ()
    quotes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    reading_list: bool = False
    together: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    positions: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2)))
