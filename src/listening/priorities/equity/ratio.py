"""The ratio of two shares: the score test that they are equal, and the score interval.

Sources: Koopman 1984; Miettinen and Nurminen 1985, as statsmodels
`confint_proportions_2indep(compare="ratio", method="score")`, against which the tests hold it.
Its search for the ends fails where everybody of one side raised a theme (12 of 80 against 80 of 80
gives .575 to .575 for a ratio of .15), so the ends are found by bisection here.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from listening.priorities.nouns import Floats

#: A ratio beyond e^±20 is 0 or without bound.
_FURTHEST = 20.0
_HALVINGS = 42


def score_test(x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """Return the two-sided p-value that x of n and y of m are the same share.

    All are arrays of one shape; numbers may be effective ones, and need not be whole.
    """
    return np.asarray(2 * norm.sf(np.abs(_score(np.ones_like(x), x, n, y, m))))


def interval(x: Floats, n: Floats, y: Floats, m: Floats, alpha: float) -> tuple[Floats, Floats]:
    """Return the ends of the interval of (x / n) / (y / m).

    The lower end is 0 where nobody of the first side raised it, the upper one infinite where nobody
    of the second side did; where nobody at all did, both, for nothing is known.
    """
    z = float(norm.ppf(1 - alpha / 2))
    low = _end(x, n, y, m, z)
    high = _end(x, n, y, m, -z)
    return np.where(x > 0, low, 0.0), np.where(y > 0, high, np.inf)


def _end(x: Floats, n: Floats, y: Floats, m: Floats, z: float) -> Floats:
    """Find where the score, which falls as the ratio grows, equals z."""
    below = np.full(x.shape, -_FURTHEST)
    above = np.full(x.shape, _FURTHEST)
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        higher = _score(np.exp(middle), x, n, y, m) > z
        below, above = np.where(higher, middle, below), np.where(higher, above, middle)
    return np.asarray(np.exp((below + above) / 2))


def _score(ratio: Floats, x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """Return the score statistic of a ratio, both shares being what is likeliest under it."""
    total = n + m
    b = -(n * ratio + x + m + y * ratio)
    root = np.sqrt(np.maximum(b * b - 4 * total * ratio * (x + y), 0.0))
    second = np.clip((-b - root) / (2 * total * ratio), 0.0, 1.0)
    first = np.clip(ratio * second, 0.0, 1.0)
    variance = first * (1 - first) / n + ratio**2 * second * (1 - second) / m
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (x / n - ratio * y / m) / np.sqrt(variance * total / (total - 1))
    # 0 of 0: the ratio is what was seen, and nothing speaks against it.
    return np.asarray(np.where(np.isnan(found), 0.0, found))
