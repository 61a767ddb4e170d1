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


def floor(counted: Counted, sums: Sums, slopes: Floats) -> Floats:
    """Return the variance to add where a source shows none, shape (themes,).

    When every cluster of a source says the same of a theme (none raised it, or all did), the
    bootstrap finds no variance at all, as if certain. There the variance of p̃ = (x + 1)/(n + 2),
    p̃(1 − p̃)/n, is put in its place, carried to the score by the source's slope.
    """
    extra = np.zeros(len(counted.themes))
    for source in range(len(counted.kinds)):
        table = cluster_sums(counted, source)
        share = table[:, :-2] / table[:, -2:-1]
        constant = (share == share[0]).all(axis=0)
        sizes = table[:, -2].astype(np.float64)
        n = sizes.sum() ** 2 / (sizes**2).sum()
        p = sums.raised[source] / sums.people[source]
        smoothed = (p * n + 1) / (n + 2)
        extra += constant * slopes[source] ** 2 * smoothed * (1 - smoothed) / n
    return extra


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
