"""Who differs: each group against all others, and how much of it chance would do as well.

A group is compared when it and the rest are each at least ten separate voices (METHOD §7). The test
is exact while all tables of its size can be counted, and the score test beyond; false discoveries
are held to one in ten over every group and theme together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import false_discovery_control, hypergeom

from listening.priorities.counting import Counted
from listening.priorities.equity.exact import boschloo
from listening.priorities.equity.ratio import interval, score_test
from listening.priorities.equity.shrinkage import Shrinkage, shrinkage
from listening.priorities.equity.voices import Evidence, evidence
from listening.priorities.groups import Attribute, plain
from listening.priorities.nouns import Bools, Floats, Ints, Theme

#: Fewer voices on either side are too few for any claim.
ENOUGH = 10
#: The share of claimed differences that may be chance (METHOD §7).
Q = 0.10
#: Boschloo's test is used while so many tables can be made of two sizes (140 against 140).
MOST_TABLES = 20_000
#: The score test needs so many people expected in every cell; Fisher's exact test serves below.
EXPECTED = 10.0


@dataclass(frozen=True)
class Compared:
    """One attribute's groups against the rest, all arrays of shape (values, themes).

    Attributes:
        themes: what they raised.
        evidence: the people and voices of both sides.
        tested: whether both sides have enough voices, and anybody at all raised the theme.
        p: two-sided p-value; NaN where not tested.
        q: the least rate of false discoveries at which the difference is claimed; NaN likewise.
        alpha: 1 minus the confidence of intervals.
    """

    themes: tuple[Theme, ...]
    evidence: Evidence
    tested: Bools
    p: Floats
    q: Floats
    alpha: float

    @property
    def differs(self) -> Bools:
        """Whether a difference is claimed."""
        return np.asarray(np.nan_to_num(self.q, nan=1.0) <= Q)

    @cached_property
    def ends(self) -> tuple[Floats, Floats]:
        """The interval of the ratio of shares, its upper end infinite where it has no bound."""
        group, rest = self.evidence.group, self.evidence.rest
        low, high = (np.full(self.tested.shape, np.nan) for _ in range(2))
        sides = (group.effective, group.voices, rest.effective, rest.voices)
        x, n, y, m = (side[self.tested] for side in sides)
        low[self.tested], high[self.tested] = interval(x, n, y, m, self.alpha)
        return low, high

    @cached_property
    def drawn(self) -> Shrinkage:
        """What small groups' shares are drawn towards."""
        return shrinkage(self.evidence.group)

    def row(self, value: str) -> int:
        """Return the place of a group among the values, by its matching spelling."""
        return [plain(one) for one in self.evidence.attribute.values].index(plain(value))

    def enough(self, value: str) -> bool:
        """Whether a group is ten separate voices: people of one focus group say what it says."""
        return bool(self.evidence.group.voices[self.row(value)].max(initial=0) >= ENOUGH)

    @property
    def shrunk(self) -> Floats:
        """Shares of the groups drawn towards everybody's."""
        group = self.evidence.group
        return self.drawn.shrunk(group.shares, group.voices)


def compare(counted: Counted, found: Mapping[str, Attribute], alpha: float) -> dict[str, Compared]:
    """Compare every group with the rest.

    Args:
        counted: what people found with those whom they read, each answer 0 or 1.
        found: attributes by their matching spelling.
        alpha: 1 minus the confidence of the intervals.

    Returns:
        By the attribute's matching spelling.
    """
    compared = {
        key: _compared(counted.themes, evidence(counted, one), alpha) for key, one in found.items()
    }
    family = [one.p[one.tested] for one in compared.values()]
    p = np.concatenate(family) if family else np.empty(0)
    # Whether a difference is claimed depends on all that was looked at.
    q = false_discovery_control(p) if len(p) else p
    done = 0
    for one in compared.values():
        count = int(one.tested.sum())
        one.q[one.tested] = q[done : done + count]
        done += count
    return compared


def _compared(themes: tuple[Theme, ...], given: Evidence, alpha: float) -> Compared:
    group, rest = given.group, given.rest
    raised = (group.raised + rest.raised) > 0
    tested = (group.voices >= ENOUGH) & (rest.voices >= ENOUGH) & raised
    p = np.full(tested.shape, np.nan)
    if tested.any():
        sides = (group.effective, group.voices, rest.effective, rest.voices)
        p[tested] = p_values(*(side[tested] for side in sides))
    return Compared(themes, given, tested, p, np.full(tested.shape, np.nan), alpha)


def p_values(x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """Return the two-sided p-values of x of n against y of m voices, all of one shape."""
    whole = _whole(x, n, y, m)
    sizes, of = np.unique(whole[1::2], axis=1, return_inverse=True)
    p = np.ones(x.shape)
    for place, (first, second) in enumerate(sizes.T.tolist()):
        here = of.reshape(-1) == place
        raised, others = whole[0, here], whole[2, here]
        if (first + 1) * (second + 1) <= MOST_TABLES:
            p[here] = boschloo(raised, first, others, second)
        else:
            p[here] = _large(raised, first, others, second)
    return p


def _whole(x: Floats, n: Floats, y: Floats, m: Floats) -> Ints:
    """Return whole numbers, shape (4, …): where they must be rounded, towards no difference."""
    both = (x + y) / (n + m)
    sizes = [np.floor(side + 1e-9) for side in (n, m)]
    rows = []
    for share, size in zip((x / n, y / m), sizes, strict=True):
        exact = share * size
        towards = np.where(share > both, np.floor(exact + 1e-9), np.ceil(exact - 1e-9))
        rows += [towards, size]
    return np.asarray(rows, dtype=np.int64)


def _large(x: Ints, n: int, y: Ints, m: int) -> Floats:
    """Test by score where all four expected cells are large, and by Fisher where one is small."""
    both = x + y
    sizes = [np.full(x.shape, float(size)) for size in (n, m)]
    p = score_test(x.astype(np.float64), sizes[0], y.astype(np.float64), sizes[1])
    fewest = np.minimum(both, n + m - both) * min(n, m) / (n + m)
    rare = fewest < EXPECTED
    below = hypergeom.cdf(x[rare], n + m, n, both[rare])
    above = hypergeom.cdf(y[rare], n + m, m, both[rare])
    p[rare] = np.minimum(2 * np.minimum(below, above), 1.0)
    return p
