"""Resampling people within sources: how the score and the ranks would vary with who was asked.

What is resampled is the cluster (a focus group, or one participant). Clusters with the same sums
are collapsed into one pattern with a multiplicity, and multiplicities are drawn from the
multinomial: exactly the bootstrap, at the cost of the distinct patterns rather than of the people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from listening.priorities.counting import Counted, Sums, columns
from listening.priorities.nouns import Floats, Ints
from listening.records import KINDS

#: Numbers held at once while drawing: 16 MB of multiplicities, whatever the number of people.
CELLS = 2_000_000

#: Weights of a source's participants in each resample, from how often each was drawn in it:
#: (replicates, participants) to the same shape; what weighs nobody again is no function.
Reweigh = Callable[[Ints], Floats]


@dataclass(frozen=True)
class Weights:
    """Raking weights of participants.

    Attributes:
        values: shape (n,); only their relations within a source matter.
        again: by kind of source, how its participants, in their order, are weighted anew.
    """

    values: Floats
    again: Mapping[str, Reweigh]


def generator(seed: int, *purpose: int) -> np.random.Generator:
    """Return the random numbers of one purpose, so that no purpose disturbs another's."""
    return np.random.default_rng([seed, *purpose])


@dataclass(frozen=True)
class Clusters:
    """The sums of each cluster of a source.

    Themes that the same people could raise share their sums of people: `column` says which column
    of `people` and `squares` is a theme's.

    Attributes:
        raised: Σ w·y, shape (clusters, themes).
        people: Σ w, shape (clusters, columns).
        squares: Σ w², shape (clusters, columns).
        column: shape (themes,).
        stratum: shape (clusters,).
    """

    raised: Floats
    people: Floats
    squares: Floats
    column: Ints
    stratum: Ints

    @property
    def table(self) -> Floats:
        """All sums side by side, clean of the noise of adding up."""
        table = np.column_stack([self.raised, self.people, self.squares])
        return np.asarray(np.round(table, 9) + 0.0)

    def sums(self, drawn: Floats) -> Sums:
        """Return sums of rows of `table`, shape (…, themes), as those of each theme."""
        themes, columns = self.raised.shape[1], self.people.shape[1]
        people, squares = drawn[..., themes:-columns], drawn[..., -columns:]
        return Sums(drawn[..., :themes], people[..., self.column], squares[..., self.column])


def replicate(
    counted: Counted,
    replicates: int,
    seed: int,
    purpose: int,
    reweigh: Mapping[str, Reweigh] | None = None,
) -> Sums:
    """Draw the bootstrap: clusters within source and stratum.

    Args:
        counted: the evidence.
        replicates: how many resamples.
        seed: of everything drawn.
        purpose: what the draws are for.
        reweigh: by kind of source, how its participants are weighted again in each resample.

    Returns:
        Sums of each replicate, shape (replicates, sources, themes).
    """
    shape = (replicates, len(counted.kinds), len(counted.themes))
    drawn = Sums(np.zeros(shape), np.zeros(shape), np.zeros(shape))
    for source, kind in enumerate(counted.kinds):
        # From 1: numpy pads a seed with zeros, so that (seed, purpose, 0) is (seed, purpose).
        random = generator(seed, purpose, 1 + KINDS.index(kind))
        again = (reweigh or {}).get(kind)
        if again is None:
            clusters = cluster_sums(counted, source)
            found = clusters.sums(_draw(clusters, replicates, random))
        else:
            found = _reweighed(counted, source, replicates, random, again)
        for whole, part in zip(drawn, found, strict=True):
            whole[:, source] = part
    return drawn


def cluster_sums(counted: Counted, source: int) -> Clusters:
    """Return the sums of each cluster of a source.

    A source made of a single cluster has nothing to resample: its members are resampled instead,
    which understates how alike they may be (`single_cluster` says when).
    """
    rows = np.flatnonzero(counted.source == source)
    within, first = _clusters(counted, source, rows)
    size, themes = len(first), len(counted.themes)
    position = np.full(len(counted.people), -1)
    position[rows] = within
    here = position[counted.person] >= 0
    person = counted.person[here]
    cell = position[person] * themes + counted.theme[here]
    said = counted.weight[person] * counted.value[here]
    raised = np.bincount(cell, weights=said, minlength=size * themes)
    able, column = _columns(counted, rows)
    weight = counted.weight[rows]
    people, squares = (
        np.column_stack(
            [np.bincount(within, weights=one * w, minlength=size) for one in able.T]
        ).astype(np.float64)
        for w in (weight, weight**2)
    )
    stratum = counted.stratum[rows][first]
    said = raised.reshape(size, themes).astype(np.float64)
    return Clusters(said, people, squares, column, stratum)


def _clusters(counted: Counted, source: int, rows: Ints) -> tuple[Ints, Ints]:
    """Return each participant's cluster, and the first participant of each."""
    names = counted.cluster[rows]
    if single_cluster(counted, source):
        names = np.arange(len(rows))
    _, first, within = np.unique(names, return_index=True, return_inverse=True)
    return within, first


def _columns(counted: Counted, rows: Ints) -> tuple[Floats, Ints]:
    """Return who could raise the themes, shape (participants, columns), and each theme's column."""
    distinct, column = columns(counted.eligible[rows])
    return distinct.astype(np.float64), column


def single_cluster(counted: Counted, source: int) -> bool:
    """Say whether everyone of a source belongs to one cluster."""
    return len(np.unique(counted.cluster[counted.source == source])) == 1


def patterns(table: npt.NDArray[np.number[Any]]) -> tuple[Floats, Ints]:
    """Return the distinct rows of `table` in order of their numbers, and how often each occurs."""
    # Big-endian bytes of numbers from 0 sort as the numbers do, and much faster than rows.
    rows = np.ascontiguousarray(table.astype(">f8"))
    keys = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return np.asarray(table[first], dtype=np.float64), counts.astype(np.int64)


def _draw(clusters: Clusters, replicates: int, random: np.random.Generator) -> Floats:
    table = clusters.table
    drawn = np.zeros((replicates, table.shape[1]))
    for stratum in np.unique(clusters.stratum):
        values, counts = patterns(table[clusters.stratum == stratum])
        size = int(counts.sum())
        step = max(1, CELLS // len(values))
        for start in range(0, replicates, step):
            stop = min(replicates, start + step)
            multiplicity = random.multinomial(size, counts / size, size=stop - start)
            drawn[start:stop] += multiplicity.astype(np.float64) @ values
    return drawn


def _reweighed(
    counted: Counted, source: int, replicates: int, random: np.random.Generator, again: Reweigh
) -> Sums:
    """Resample a source whose participants are weighted again in each resample."""
    rows = np.flatnonzero(counted.source == source)
    within, first = _clusters(counted, source, rows)
    said, people = counted.raised[rows], counted.people[rows].astype(np.float64)
    able, column = _columns(counted, rows)
    parts: list[tuple[Floats, Floats, Floats]] = []
    step = max(1, CELLS // len(rows))
    for start in range(0, replicates, step):
        size = min(replicates, start + step) - start
        times = np.zeros((size, len(first)), dtype=np.int64)
        for stratum in np.unique(counted.stratum[rows][first]):
            of = np.flatnonzero(counted.stratum[rows][first] == stratum)
            times[:, of] = random.multinomial(len(of), np.full(len(of), 1 / len(of)), size=size)
        drawn = times[:, within]
        weight = again(drawn) * people
        parts.append(((drawn * weight) @ said, (drawn * weight) @ able, (drawn * weight**2) @ able))
    raised, whole, squares = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Sums(raised, whole[:, column], squares[:, column])


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
