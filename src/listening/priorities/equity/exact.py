"""Boschloo's exact test of two shares, for every table of two group sizes at once.

Source: Boschloo 1970, as `scipy.stats.boschloo_exact(alternative="two-sided")`, which the tests
hold it against. That takes 10 to 50 milliseconds for one table of fewer than a hundred a side; a
ranking asks for a thousand tables of a few dozen sizes, and tables of one size share their work.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import gammaln
from scipy.stats import binom

from listening.priorities.nouns import Floats, Ints

#: The common share is searched at this many points, evenly on the arcsine scale.
POINTS = 160
#: Tables that count as equal although rounding says otherwise.
TIE = 1e-9
#: A table of which Fisher's one-sided p-value is larger speaks for nothing: its p-value is 1.
CHANCE = 0.6


def boschloo(x: Ints, n: int, y: Ints, m: int) -> Floats:
    """Return the two-sided p-value of x of n against y of m, for many x and y.

    Args:
        x: how many of the first side raised it, shape (themes,).
        n: size of the first side.
        y: how many of the second side.
        m: size of the second side.
    """
    if n > m:
        return np.asarray(_table(m, n)[y, x])
    return np.asarray(_table(n, m)[x, y])


@lru_cache(maxsize=256)
def _table(n: int, m: int) -> Floats:
    """Return the p-values of all tables, shape (n + 1, m + 1)."""
    x, y = np.arange(n + 1), np.arange(m + 1)
    less, more = _fisher(n, m)
    angles = (np.arange(POINTS) + 0.5) / POINTS * np.pi / 2
    shares = np.sin(angles)[:, None] ** 2
    first, second = binom.pmf(x, n, shares), binom.pmf(y, m, shares)
    one_sided = np.minimum(_extreme(less, first, second), _extreme(more, first, second))
    return np.asarray(np.minimum(2 * one_sided, 1.0))


def _fisher(n: int, m: int) -> tuple[Floats, Floats]:
    """Return Fisher's one-sided p-values of all tables: x as small as this, and as large."""
    x, y = np.arange(n + 1)[:, None], np.arange(m + 1)[None, :]
    total = np.arange(n + m + 1)[None, :]
    others = total - x
    possible = (others >= 0) & (others <= m)
    logs = _choose(n, x) + _choose(m, np.clip(others, 0, m)) - _choose(n + m, total)
    chance = np.where(possible, np.exp(logs), 0.0)
    less = np.cumsum(chance, axis=0)
    more = np.cumsum(chance[::-1], axis=0)[::-1]
    return less[x, x + y], more[x, x + y]


def _choose(n: int, k: Ints) -> Floats:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def _extreme(statistic: Floats, first: Floats, second: Floats) -> Floats:
    """Return, for each table, the greatest chance of one that is as extreme or more."""
    flat = statistic.ravel()
    order = np.argsort(flat, kind="stable")
    # What lies this far from the edge is chance whatever the common share.
    order = order[: np.searchsorted(flat[order], CHANCE)]
    in_order = flat[order]
    # Equal tables count together: each looks up the sum at the last of its equals.
    last = np.searchsorted(in_order, in_order * (1 + TIE), side="right") - 1
    greatest = np.zeros(len(order))
    for one, other in zip(first, second, strict=True):
        chance = np.multiply.outer(one, other).ravel()[order]
        np.maximum(greatest, np.cumsum(chance), out=greatest)
    found = np.ones(flat.size)
    found[order] = greatest[last]
    return found.reshape(statistic.shape)
