"""Which ranks a theme can really hold: Mogstad, Romano, Shaikh and Wilhelm's confidence sets.

Source: Inference for Ranks (Review of Economic Studies 2024). No Python port is published.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from listening.priorities.bootstrap import cluster_sums
from listening.priorities.counting import Counted, Sums
from listening.priorities.nouns import Floats, Ints

#: Draws of the normal that give the critical values: their own error is then below .02.
DRAWS = 10_000


@dataclass(frozen=True)
class RankSets:
    """Confidence sets of ranks; `joint` and `marginal` have shape (themes, 2).

    `tied[j, k]` says that j and k cannot be told apart at the joint level.
    """

    joint: Ints
    marginal: Ints
    tied: npt.NDArray[np.bool_]


def floor(counted: Counted, seen: Sums, slopes: Floats) -> Floats:
    """Return the variance to add where a source shows none, shape (themes,).

    When every cluster of a source says the same of a theme (none raised it, or all did), the
    bootstrap finds no variance at all, as if certain. There the variance of p̃ = (x + 1)/(n + 2),
    p̃(1 − p̃)/n, is put in its place, carried to the score by the source's slope. Of a corrected
    source n is the effective number that is left.
    """
    extra = np.zeros(len(counted.themes))
    for source in range(len(counted.kinds)):
        clusters = cluster_sums(counted, source)
        people = clusters.people[:, clusters.column]
        unknown = np.full(people.shape, np.nan)
        low, high = _ends_of(np.divide(clusters.raised, people, out=unknown, where=people > 0))
        size, square = people.sum(axis=0), (people**2).sum(axis=0)
        n = np.divide(size**2, square, out=np.zeros_like(size), where=square > 0)
        n = n * np.where(counted.known[source] > 0, counted.known[source], 1.0)
        smoothed = (np.clip(seen.shares[source], 0, 1) * n + 1) / (n + 2)
        variance = np.divide(smoothed * (1 - smoothed), n, out=np.zeros_like(n), where=n > 0)
        extra += (low == high) * slopes[source] ** 2 * variance
    return extra


def _ends_of(shares: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and highest share of each theme among clusters that could raise it."""
    there = ~np.isnan(shares)
    low = np.where(there, shares, np.inf).min(axis=0)
    return low, np.where(there, shares, -np.inf).max(axis=0)


def rank_sets(
    scores: Floats, covariance: Floats, alpha: float, random: np.random.Generator
) -> RankSets:
    """Find the ranks that cannot be ruled out at confidence 1 − alpha.

    Args:
        scores: θ̂, shape (themes,).
        covariance: of θ̂, shape (themes, themes).
        alpha: 1 minus the confidence.
        random: draws Z ~ N(0, covariance).

    Returns:
        The joint sets (the whole order at once), the marginal ones (one theme at a time), the ties.
    """
    size = len(scores)
    variance = np.diag(covariance)
    squared = variance[:, None] + variance[None, :] - 2 * covariance
    # Themes always raised together differ by nothing but rounding: no error, no difference.
    certain = squared <= 1e-12 * max(float(variance.max()), 1e-300)
    error = np.sqrt(np.where(certain, 1.0, squared))
    difference = scores[:, None] - scores[None, :]
    t = np.where(certain, np.where(difference > 0, np.inf, -np.inf), difference / error)
    t[difference == 0] = 0.0

    draws = _normal(covariance, random)
    largest = np.zeros(DRAWS)
    marginal = np.zeros((size, 2), dtype=np.int64)
    for j in range(size):
        apart = np.abs(draws - draws[:, [j]]) / error[j]
        apart[:, certain[j]] = 0.0
        each = apart.max(axis=1)
        largest = np.maximum(largest, each)
        marginal[j] = _ends(t[j], float(np.quantile(each, 1 - alpha)))
    critical = float(np.quantile(largest, 1 - alpha))
    joint = np.array([_ends(row, critical) for row in t], dtype=np.int64)
    tied = np.abs(t) <= critical
    np.fill_diagonal(tied, False)
    return RankSets(joint, marginal, tied)


def _ends(t: Floats, critical: float) -> tuple[int, int]:
    """Return 1 + how many are surely better, and the number less how many are surely worse."""
    return 1 + int((t < -critical).sum()), len(t) - int((t > critical).sum())


def _normal(covariance: Floats, random: np.random.Generator) -> Floats:
    """Draw N(0, covariance), which may be singular; shape (DRAWS, themes)."""
    values, vectors = np.linalg.eigh(covariance)
    # The symmetric root is unique: no machine's choice of eigenvectors' signs changes a draw.
    root = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    return np.asarray(random.standard_normal((DRAWS, len(covariance))) @ root)
