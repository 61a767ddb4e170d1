"""The control chart of one theme over three or more waves: p-chart, or Laney's p′."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from listening.priorities.nouns import Floats

#: Fewer waves have limits at most, and no run rules.
FEWEST_WAVES = 3
FOR_RUN_RULES = 10
#: At this level shares spread more than chance between people would make them.
OVERDISPERSED = 0.05
#: Mean moving range of a standard normal.
_D2 = 1.128

BEYOND = "one point beyond the limits"
TWO_OF_THREE = "two of three in a row beyond two thirds of the way to the same limit"
FOUR_OF_FIVE = "four of five in a row beyond one third of the way to the same limit"
EIGHT = "eight in a row on the same side of the mean"
#: Western Electric, Statistical Quality Control Handbook, 1956: (how many, of how many, beyond
#: how many sigmas on one side); the first is Shewhart's own.
_RULES = ((1, 1, 3.0, BEYOND), (2, 3, 2.0, TWO_OF_THREE), (4, 5, 1.0, FOUR_OF_FIVE),
          (8, 8, 0.0, EIGHT))  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One wave on the chart.

    Attributes:
        share: of the wave.
        n: its effective number of people.
        limits: within which chance alone keeps it; None where n is below 4/p̄.
        signals: the rules that it breaks.
    """

    share: float
    n: float
    limits: tuple[float, float] | None
    signals: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """The chart: `kind` is `p` or `laney`; `sigma_z` is Laney's, 1 on a p-chart."""

    kind: str
    mean: float
    sigma_z: float
    points: tuple[Point, ...]
    run_rules: bool


def chart(shares: Sequence[float], sizes: Sequence[float]) -> Chart | None:
    """Lay out the control chart of a theme.

    Limits are p̄ ± 3 √(p̄(1 − p̄)/n_i), for waves with n_i ≥ 4/p̄. Where shares spread more than
    chance between people would make them (Σz² beyond the 95 % quantile of χ²), the limits are
    Laney's, wider by σ_z, the mean moving range of z over 1.128 (Laney 2002, Quality Engineering
    14(4)), and never narrower. Under ten waves only single points are looked at.

    Args:
        shares: of each wave, in order.
        sizes: effective people of each wave.

    Returns:
        None with fewer than three waves.
    """
    if len(shares) < FEWEST_WAVES:
        return None
    p, n = np.asarray(shares, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    mean = float((p * n).sum() / n.sum())
    if not 0 < mean < 1:
        points = tuple(Point(float(x), float(m), None, ()) for x, m in zip(p, n, strict=True))
        return Chart("p", mean, 1.0, points, run_rules=False)
    error = np.sqrt(mean * (1 - mean) / n)
    z = (p - mean) / error
    spread = float((z**2).sum()) > float(chi2.ppf(1 - OVERDISPERSED, len(p) - 1))
    moving = float(np.mean([abs(b - a) for a, b in pairwise(z)])) / _D2
    sigma = max(1.0, moving) if spread else 1.0
    enough = n >= 4 / mean
    with_rules = len(p) >= FOR_RUN_RULES
    signals = _signals(z / sigma, enough, with_rules=with_rules)
    points = tuple(
        Point(
            float(p[i]),
            float(n[i]),
            _limits(mean, 3 * sigma * float(error[i])) if enough[i] else None,
            signals[i],
        )
        for i in range(len(p))
    )
    return Chart("laney" if sigma > 1 else "p", mean, sigma, points, with_rules)


def _limits(mean: float, width: float) -> tuple[float, float]:
    return max(0.0, mean - width), min(1.0, mean + width)


def _signals(
    z: Floats, enough: npt.NDArray[np.bool_], *, with_rules: bool
) -> list[tuple[str, ...]]:
    """Name at each point the rules whose pattern ends there; points without limits are no part."""
    found: list[tuple[str, ...]] = []
    rules = _RULES if with_rules else _RULES[:1]
    usable = np.flatnonzero(enough)
    for i in range(len(z)):
        broken = []
        if enough[i]:
            until = usable[usable <= i]
            broken = [name for many, of, sigmas, name in rules if _ends(z[until], many, of, sigmas)]
        found.append(tuple(broken))
    return found


def _ends(z: Floats, many: int, of: int, sigmas: float) -> bool:
    """Say whether `many` of the last `of` lie beyond on one side, the last one among them."""
    last = z[-of:]
    if len(last) < of:
        return False
    return any(
        int((side * last > sigmas).sum()) >= many and side * last[-1] > sigmas for side in (-1, 1)
    )
