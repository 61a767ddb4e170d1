"""The order under other choices than the one made: what a leader could have decided otherwise."""

from __future__ import annotations

from dataclasses import replace

from listening.priorities.counting import Counted, sums
from listening.priorities.nouns import SCHEMES, Floats, Ints, RankSettings
from listening.priorities.scoring import one_vote_each, order, say, score, voters


def sensitivity(
    counted: Counted,
    votes: Ints,
    lot: Ints,
    settings: RankSettings,
    *,
    read: Counted,
    weighted: Counted,
) -> dict[str, tuple[str, ...]]:
    """Return theme ids in their order under each way of ranking, by the way's name.

    Args:
        counted: the evidence, weighted where the ranking is.
        votes: which sources vote.
        lot: the lot that breaks ties.
        settings: the choices made.
        weighted: the uncorrected evidence with the weights that it has or could have.
        read: those who were read alone, where a source was corrected; else the same evidence.
    """
    seen, known = sums(counted), counted.known
    ways: dict[str, Floats] = {}
    for scheme in SCHEMES:
        chosen, _ = voters(counted, replace(settings, scheme=scheme))
        ways[scheme] = score(seen, chosen, scheme, known=known)
    ways["unscaled"] = score(seen, votes, settings.scheme, scaled=False, known=known)
    ways["one_vote_each"] = one_vote_each(counted, say(seen, votes, settings.scheme, known))
    plain = counted.unweighted
    if (plain.weight != weighted.weight).any():
        other = plain if settings.weights else replace(counted, weight=weighted.weight)
        way = "unweighted" if settings.weights else "weighted"
        ways[way] = score(sums(other), votes, settings.scheme, known=known)
    if counted.corrected.any():
        ways["audited_alone"] = score(sums(read), votes, settings.scheme)
    people = sums(plain).raised.sum(axis=0)
    return {
        way: tuple(counted.themes[theme].id for theme in order(scores, people, lot))
        for way, scores in ways.items()
    }
