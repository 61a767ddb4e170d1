"""The order under choices that somebody tries out: from shares by source, at once, with no people.

What is kept is a few figures a theme and a source, so a page can order themes anew as fast as a
slider moves. The script on the page computes the same (`web/static/listening/exploring.js`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from listening.priorities.counting import Counted, sums
from listening.priorities.nouns import SCHEMES, Floats, Ints, RankSettings
from listening.priorities.scoring import DEPTH_CAP, order, tidy

#: each source has the say that is given to it
OWN = "own"
#: how sources are combined
COMBINED = (*SCHEMES, OWN)
#: what of a source counts: its shares against its average theme, its plain shares, or one vote
#: a person shared among all that they raised
AVERAGE, PLAIN, ONE_VOTE = MEASURES = ("average", "plain", "one_vote")
#: the evidence that the order is made of; other ones are there where they say something else
USED, WEIGHTED, UNWEIGHTED, READ = EVIDENCE = ("used", "weighted", "unweighted", "read")


@dataclass(frozen=True)
class Choice:
    """What somebody tries out.

    Attributes:
        scheme: one of COMBINED.
        measure: one of MEASURES.
        evidence: one of EVIDENCE.
        fewest: sources with fewer participants are evidence and no voters.
        say: parts of the say by kind of source, for OWN.
    """

    scheme: str = "depth"
    measure: str = AVERAGE
    evidence: str = USED
    fewest: int = 10
    say: Mapping[str, float] = field(default_factory=dict)


def shares_for(
    counted: Counted, read: Counted, weighted: Counted, settings: RankSettings, lot: Ints
) -> dict[str, Any]:
    """Return what an order under any choice is made of, as plain types.

    Args:
        counted: the evidence that ranks; read: those who were read alone, where it was corrected.
        weighted: the uncorrected evidence with the weights that it has or could have.
        settings: the choices made.
        lot: the lot that breaks ties.
    """
    evidence = {USED: _evidence(counted)}
    plain = counted.unweighted
    if (plain.weight != weighted.weight).any():
        other = plain if settings.weights else replace(counted, weight=weighted.weight)
        evidence[UNWEIGHTED if settings.weights else WEIGHTED] = _evidence(other)
    if counted.corrected.any():
        evidence[READ] = _evidence(read)
    sizes = np.bincount(counted.source, minlength=len(counted.kinds))
    return {
        "sources": list(counted.kinds),
        "participants": sizes.tolist(),
        "themes": [theme.id for theme in counted.themes],
        "people": sums(plain).raised.sum(axis=0).tolist(),
        "lot": lot.tolist(),
        "fewest": settings.min_source,
        "evidence": evidence,
    }


def _evidence(counted: Counted) -> dict[str, Any]:
    seen = sums(counted)
    voted = sums(replace(counted, value=counted.vote))
    known = np.median(counted.known, axis=1)[:, None]
    return {
        "shares": seen.shares.tolist(),
        "votes": tidy(voted.shares).tolist(),
        "people": seen.people.tolist(),
        "effective": (seen.n_eff * known).tolist(),
    }


def reorder(told: Mapping[str, Any], choice: Choice) -> list[str]:
    """Return theme ids in their order under a choice; what makes no sense is left as it was.

    Args:
        told: what `shares_for` returned.
        choice: what is tried out.
    """
    found = told["evidence"].get(choice.evidence, told["evidence"][USED])
    shares, people = np.array(found["shares"]), np.array(found["people"])
    alpha = _say(told, found, choice)
    if choice.measure == ONE_VOTE:
        scores = (alpha * np.array(found["votes"])).sum(axis=0)
    elif choice.measure == PLAIN:
        scores = (alpha * shares).sum(axis=0)
    else:
        mean = _means(alpha, shares, people > 0, pooled=choice.scheme == "pooled")
        slopes = np.divide(alpha, mean, out=np.zeros_like(alpha), where=mean > 0)
        scores = (slopes * shares).sum(axis=0)
    places = order(tidy(scores), np.array(told["people"]), np.array(told["lot"]))
    return [told["themes"][place] for place in places]


def _say(told: Mapping[str, Any], found: Mapping[str, Any], choice: Choice) -> Floats:
    """Return each source's say in each theme, shape (sources, themes)."""
    people = np.array(found["people"])
    there = (people > 0).astype(np.float64)
    sizes = np.array(told["participants"])
    votes = (sizes >= choice.fewest).astype(np.float64)
    if choice.scheme == OWN:
        given = [max(0.0, float(choice.say.get(kind, 0.0))) for kind in told["sources"]]
        weight, votes = there * np.array(given)[:, None], np.ones_like(votes)
    elif choice.scheme == "pooled":
        weight, votes = people, np.ones_like(votes)
    elif choice.scheme == "equal":
        weight = there
    else:
        weight = np.sqrt(np.minimum(np.array(found["effective"]), DEPTH_CAP))
    weight = weight * (votes if votes.any() else np.ones_like(votes))[:, None]
    total = np.broadcast_to(weight.sum(axis=0, keepdims=True), weight.shape)
    return np.asarray(np.divide(weight, total, out=np.zeros_like(weight), where=total > 0))


def _means(alpha: Floats, shares: Floats, there: Any, *, pooled: bool) -> Floats:
    """Return the share of a source's average theme; of the whole pool where it is one pool."""
    if pooled:
        pool, asked = (alpha * shares).sum(axis=0), there.any(axis=0)
        mean = (pool * asked).sum() / max(int(asked.sum()), 1)
        return np.full_like(alpha, mean)
    asked = np.maximum(there.sum(axis=1, keepdims=True), 1)
    return np.broadcast_to((shares * there).sum(axis=1, keepdims=True) / asked, alpha.shape)
