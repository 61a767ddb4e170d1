"""Shares of small groups drawn towards everybody's, by as much as groups are alike.

Empirical Bayes with a beta-binomial (Casella 1985; the likelihood is Griffiths 1973): the share of
a theme in the groups of one attribute is taken to vary as Beta(M·p_k, M·(1 − p_k)) around the share
p_k of everybody of whom the attribute is known. One strength M for the attribute is fitted by
maximum likelihood over all its groups and themes; one for each theme would rest on a handful of
groups. The shrunk share is (x + M·p_k) / (n + M), with x and n in voices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

from listening.priorities.equity.voices import Side
from listening.priorities.nouns import Floats

#: M is looked for between 1 voice and so many that the groups are one.
STRENGTHS = np.geomspace(1.0, 10_000.0, 81)


@dataclass(frozen=True)
class Shrinkage:
    """What groups of an attribute are drawn towards.

    Attributes:
        mean: everybody's share of each theme, shape (themes,).
        strength: M: how many voices of everybody's are added to each group's own.
    """

    mean: Floats
    strength: float

    def shrunk(self, shares: Floats, voices: Floats | float) -> Floats:
        """Return the shares of groups drawn towards everybody's.

        Args:
            shares: of each theme, shape (…, themes).
            voices: how many voices they rest upon, of a shape that goes with it.
        """
        given = np.asarray(voices)
        return np.asarray((shares * given + self.strength * self.mean) / (given + self.strength))


def shrinkage(group: Side) -> Shrinkage:
    """Fit how far the groups of an attribute are to be drawn towards everybody's share."""
    of = group.of.sum(axis=0)
    mean = np.divide(group.raised.sum(axis=0), of, out=np.zeros_like(of), where=of > 0)
    varies = (mean > 0) & (mean < 1)
    x, n = group.effective[:, varies], group.voices[:, varies]
    if not varies.any() or (n > 0).any(axis=1).sum() < 2:
        return Shrinkage(mean, float(STRENGTHS[-1]))
    likelihoods = [_likelihood(x, n, mean[varies], strength) for strength in STRENGTHS]
    return Shrinkage(mean, float(STRENGTHS[int(np.argmax(likelihoods))]))


def _likelihood(x: Floats, n: Floats, mean: Floats, strength: float) -> float:
    """Return the log-likelihood of the beta-binomial, without what does not depend on strength."""
    a, b = strength * mean, strength * (1 - mean)
    return float((betaln(x + a, n - x + b) - betaln(a, b)).sum())
