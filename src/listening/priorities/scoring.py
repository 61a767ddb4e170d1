"""One number per theme from sources of different depth: the score E_k, and orders by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from listening.priorities.counting import Counted, Sums, sums
from listening.priorities.nouns import Bools, Floats, Ints, RankSettings, Scheme

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


def say(seen: Sums, votes: Ints, scheme: Scheme, known: Floats | None = None) -> Floats:
    """Return α, each source's say in each theme, shape (…, sources, themes).

    It sums to 1 over the sources that vote and in which somebody could raise the theme; it is 0
    throughout where there is none.

    Args:
        seen: the sums within sources.
        votes: one 0 or 1 per source.
        scheme: how sources are weighed.
        known: `Counted.known`; a source of which only a part was read says as much less as the
            middle theme's effective number of people is smaller.
    """
    there = (seen.people > 0).astype(np.float64)
    if scheme == "pooled":
        weight = seen.people
    elif scheme == "equal":
        weight = there
    else:
        part = 1.0 if known is None else np.median(known, axis=1)[:, None]
        weight = np.sqrt(np.minimum(seen.n_eff * part, DEPTH_CAP))
    weight = weight * votes[:, None]
    total = np.broadcast_to(weight.sum(axis=-2, keepdims=True), weight.shape)
    return np.asarray(np.divide(weight, total, out=np.zeros_like(weight), where=total > 0))


def slopes(
    seen: Sums,
    votes: Ints,
    scheme: Scheme,
    *,
    scaled: bool = True,
    known: Floats | None = None,
) -> Floats:
    """Return g such that E_k = Σ_s g_sk · p_ks, shape (…, sources, themes).

    g_sk = α_sk / p̄_s, with p̄_s the mean over the themes that somebody of the source could raise;
    in the pooled scheme p̄ is that of the whole pool, so that the order is the order by distinct
    people. A source in which nobody raised anything moves no theme. With `scaled=False` every p̄
    is 1.
    """
    alpha = say(seen, votes, scheme, known)
    if not scaled:
        return alpha
    there = np.asarray(seen.people > 0)
    if scheme == "pooled":
        pool = (alpha * seen.shares).sum(axis=-2)
        asked = np.asarray(there.any(axis=-2))
        mean = _mean(pool, asked)[..., None, :]
    else:
        mean = _mean(seen.shares, there)
    mean = np.broadcast_to(mean, alpha.shape)
    return np.asarray(np.divide(alpha, mean, out=np.zeros_like(alpha), where=mean > 0))


def _mean(shares: Floats, there: Bools) -> Floats:
    """Return the mean share over the themes that could be raised, shape (…, 1)."""
    asked = np.maximum(there.sum(axis=-1, keepdims=True), 1)
    return np.asarray((shares * there).sum(axis=-1, keepdims=True) / asked)


def score(
    seen: Sums,
    votes: Ints,
    scheme: Scheme,
    *,
    scaled: bool = True,
    known: Floats | None = None,
) -> Floats:
    """Return E_k, shape (…, themes)."""
    gradient = slopes(seen, votes, scheme, scaled=scaled, known=known)
    return tidy((gradient * seen.shares).sum(axis=-2))


def one_vote_each(counted: Counted, alpha: Floats) -> Floats:
    """Return Σ_s α_sk · f_ks, where each person's one vote is split over the themes they raised.

    f_ks = mean over people of y_ik / Σ_j y_ij, and 0 for a person who raised none.

    Args:
        counted: the evidence.
        alpha: as `say` returns it.
    """
    voted = sums(replace(counted, value=counted.vote))
    return tidy((alpha * voted.shares).sum(axis=0))


def tidy(scores: Floats) -> Floats:
    """Drop the noise of floating point, which would break ties by the order of addition."""
    return np.round(scores, 12)


def order(scores: Floats, people: Floats, lot: Ints) -> Ints:
    """Return positions of themes, best first: by score, then people, then the drawn lot."""
    return np.asarray(np.lexsort((lot, -people, -scores)), dtype=np.int64)
