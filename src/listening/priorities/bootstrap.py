"""Resampling people within sources: how the score and the ranks would vary with who was asked.

What is resampled is the cluster (a focus group, or one participant). Clusters with the same sums
are collapsed into one pattern with a multiplicity, and multiplicities are drawn from the
multinomial: exactly the bootstrap, at the cost of the distinct patterns rather than of the people.
"""

from __future__ import annotations

import numpy as np

from listening.priorities.counting import Counted, Sums
from listening.priorities.nouns import Floats, Ints
from listening.records import KINDS

#: Numbers held at once while drawing: 16 MB of multiplicities, whatever the number of people.
CELLS = 2_000_000


def generator(seed: int, *purpose: int) -> np.random.Generator:
    """Return the random numbers of one purpose, so that no purpose disturbs another's."""
    return np.random.default_rng([seed, *purpose])


def replicate(counted: Counted, replicates: int, seed: int, purpose: int) -> Sums:
    """Draw the bootstrap.

    Returns:
        Sums of each replicate, shape (replicates, sources, themes).
    """
    width = len(counted.themes) + 2
    drawn = np.zeros((replicates, len(counted.kinds), width))
    for source, kind in enumerate(counted.kinds):
        table = cluster_sums(counted, source)
        # From 1: numpy pads a seed with zeros, so that (seed, purpose, 0) is (seed, purpose).
        random = generator(seed, purpose, 1 + KINDS.index(kind))
        drawn[:, source] = _draw(table, replicates, random)
    return Sums(drawn[..., :-2], drawn[..., -2], drawn[..., -1])


def cluster_sums(counted: Counted, source: int) -> Ints:
    """Return the sums of each cluster of a source: Σ w·y per theme, Σ w, Σ w².

    A source made of a single cluster has nothing to resample: its members are resampled instead,
    which understates how alike they may be (`single_cluster` says when).
    """
    rows = np.flatnonzero(counted.source == source)
    within = counted.cluster[rows]
    if single_cluster(counted, source):
        within = np.arange(len(rows))
    names, within = np.unique(within, return_inverse=True)
    size, themes = len(names), len(counted.themes)
    position = np.full(len(counted.people), -1)
    position[rows] = within
    here = position[counted.person] >= 0
    cell = position[counted.person[here]] * themes + counted.theme[here]
    weights = counted.people[counted.person[here]]
    raised = np.bincount(cell, weights=weights, minlength=size * themes)
    people = np.bincount(within, weights=counted.people[rows], minlength=size)
    squares = np.bincount(within, weights=counted.people[rows] ** 2, minlength=size)
    table = np.column_stack([raised.reshape(size, themes), people, squares])
    return np.rint(table).astype(np.int64)


def single_cluster(counted: Counted, source: int) -> bool:
    """Say whether everyone of a source belongs to one cluster."""
    return len(np.unique(counted.cluster[counted.source == source])) == 1


def patterns(table: Ints) -> tuple[Ints, Ints]:
    """Return the distinct rows of `table` in order of their numbers, and how often each occurs."""
    # Big-endian bytes of non-negative integers sort as the numbers do, and much faster than rows.
    rows = np.ascontiguousarray(table.astype(">i8"))
    keys = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return table[first], counts.astype(np.int64)


def _draw(table: Ints, replicates: int, random: np.random.Generator) -> Floats:
    distinct, counts = patterns(table)
    size = len(table)
    values = distinct.astype(np.float64)
    drawn = np.empty((replicates, table.shape[1]))
    step = max(1, CELLS // len(distinct))
    for start in range(0, replicates, step):
        stop = min(replicates, start + step)
        multiplicity = random.multinomial(size, counts / size, size=stop - start)
        drawn[start:stop] = multiplicity.astype(np.float64) @ values
    return drawn


def ranks(scores: Floats, random: np.random.Generator) -> Ints:
    """Rank each row of `scores`, 1 for the largest; ties are broken by a fresh draw in each row."""
    lots = np.argsort(random.random(scores.shape), axis=1)
    by_lot = np.take_along_axis(-scores, lots, axis=1)
    places = np.take_along_axis(lots, np.argsort(by_lot, axis=1, kind="stable"), axis=1)
    ranked = np.empty_like(places)
    np.put_along_axis(ranked, places, np.arange(1, scores.shape[1] + 1)[None, :], axis=1)
    return ranked


def rank_intervals(ranked: Ints, at: Ints, alpha: float) -> Ints:
    """Return the middle 1 − alpha of each theme's ranks, stretched to hold its own rank.

    Args:
        ranked: ranks of each replicate, shape (replicates, themes).
        at: the rank each theme was given.
        alpha: 1 minus the confidence.

    Returns:
        Lowest and highest rank, shape (themes, 2).
    """
    ends = np.quantile(ranked, [alpha / 2, 1 - alpha / 2], axis=0, method="inverted_cdf")
    low, high = ends.astype(np.int64)
    return np.column_stack([np.minimum(low, at), np.maximum(high, at)])
