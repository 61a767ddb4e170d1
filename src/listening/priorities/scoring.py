"""One number per theme from sources of different depth: the score E_k, and orders by it."""

from __future__ import annotations

import numpy as np

from listening.priorities.counting import Counted, Sums
from listening.priorities.nouns import Floats, Ints, RankSettings, Scheme

#: Beyond 400 effective people a source's own error no longer matters beside who was not asked.
DEPTH_CAP = 400.0


def voters(counted: Counted, settings: RankSettings) -> tuple[Ints, bool]:
    """Say which sources vote: 1 for a voter, 0 for evidence alone.

    The number that counts is of participants: one note about thirty passers-by is one account.

    Returns:
        One 0 or 1 per source, and whether all vote only because all are too small.
    """
    if settings.scheme == "pooled":
        return np.ones(len(counted.kinds), dtype=np.int64), False
    sizes = np.bincount(counted.source, minlength=len(counted.kinds))
    large = (sizes >= settings.min_source).astype(np.int64)
    if large.any():
        return large, False
    return np.ones_like(large), True


def say(sums: Sums, votes: Ints, scheme: Scheme) -> Floats:
    """Return α, each source's say, shape (…, sources), summing to 1 over those that vote."""
    if scheme == "pooled":
        weight = sums.people
    elif scheme == "equal":
        weight = np.ones_like(sums.people)
    else:
        weight = np.sqrt(np.minimum(sums.people**2 / sums.squares, DEPTH_CAP))
    weight = weight * votes
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def slopes(sums: Sums, votes: Ints, scheme: Scheme, *, scaled: bool = True) -> Floats:
    """Return g such that E_k = Σ_s g_s · p_ks, shape (…, sources).

    g_s = α_s / p̄_s; in the pooled scheme p̄ is that of the whole pool, so that the order is the
    order by distinct people. A source in which nobody raised anything moves no theme. With
    `scaled=False` every p̄ is 1.
    """
    alpha = say(sums, votes, scheme)
    if not scaled:
        return alpha
    mean = np.mean(sums.raised, axis=-1) / sums.people
    if scheme == "pooled":
        mean = np.broadcast_to((alpha * mean).sum(axis=-1, keepdims=True), mean.shape)
    return np.asarray(np.divide(alpha, mean, out=np.zeros_like(alpha), where=mean > 0))


def score(sums: Sums, votes: Ints, scheme: Scheme, *, scaled: bool = True) -> Floats:
    """Return E_k, shape (…, themes)."""
    gradient = slopes(sums, votes, scheme, scaled=scaled)
    shares = sums.raised / sums.people[..., None]
    return tidy((gradient[..., None] * shares).sum(axis=-2))


def one_vote_each(counted: Counted, votes: Ints, alpha: Floats) -> Floats:
    """Return Σ_s α_s · f_ks, where each person's one vote is split over the themes they raised.

    f_ks = mean over people of y_ik / Σ_j y_ij, and 0 for a person who raised none.
    """
    sources, themes = len(counted.kinds), len(counted.themes)
    number = np.bincount(counted.person, minlength=len(counted.people))
    vote = counted.people[counted.person] / number[counted.person]
    cell = counted.source[counted.person] * themes + counted.theme
    given = np.bincount(cell, weights=vote, minlength=sources * themes).reshape(sources, themes)
    people = np.bincount(counted.source, weights=counted.people, minlength=sources)
    return tidy(((alpha * votes)[:, None] * given / people[:, None]).sum(axis=0))


def tidy(scores: Floats) -> Floats:
    """Drop the noise of floating point, which would break ties by the order of addition."""
    return np.round(scores, 12)


def order(scores: Floats, people: Floats, lot: Ints) -> Ints:
    """Return positions of themes, best first: by score, then people, then the drawn lot."""
    return np.asarray(np.lexsort((lot, -people, -scores)), dtype=np.int64)
