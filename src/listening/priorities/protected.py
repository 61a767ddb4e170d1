"""What matters most to the few: themes that a priority group puts first and the whole does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from listening.priorities.bootstrap import generator, ranks, replicate
from listening.priorities.counting import Counted, Sums, sums
from listening.priorities.equity.differences import Compared
from listening.priorities.equity.shrinkage import Shrinkage
from listening.priorities.groups import Attribute, members, plain
from listening.priorities.nouns import Bools, Floats, Ints, Protected, RankSettings
from listening.priorities.scoring import order, tidy

TOP = 3
SURE = 0.8
#: The bootstrap of the n-th priority group has purpose FIRST_PURPOSE + n.
FIRST_PURPOSE = 100


def subset(counted: Counted, chosen: Bools) -> Counted:
    """Return the evidence of some participants alone."""
    place = np.cumsum(chosen) - 1
    kept = chosen[counted.person]
    present = np.unique(counted.source[chosen])
    return replace(
        counted,
        kinds=tuple(counted.kinds[source] for source in present),
        source=np.searchsorted(present, counted.source[chosen]).astype(np.int64),
        people=counted.people[chosen],
        weight=counted.weight[chosen],
        cluster=counted.cluster[chosen],
        stratum=counted.stratum[chosen],
        eligible=counted.eligible[chosen],
        person=place[counted.person[kept]].astype(np.int64),
        theme=counted.theme[kept],
        value=counted.value[kept],
        vote=counted.vote[kept],
        known=counted.known[present],
        corrected=counted.corrected[present],
    )


def protected(
    counted: Counted,
    found: Mapping[str, Attribute],
    compared: Mapping[str, Compared],
    settings: RankSettings,
    *,
    overall: Ints,
    lot: Ints,
    seed: int,
) -> tuple[Protected, ...]:
    """List themes in a priority group's top three (P ≥ .8) yet outside the overall top k.

    Within a group everyone is one pool: it is too small to be split by source. Its themes are in
    order of their shares drawn towards everybody's (`equity.shrinkage`): where groups hardly
    differ, a small group's own top three is nearly everybody's.

    Args:
        counted: what people found with those whom they read, each answer 0 or 1.
        found: attributes of participants.
        compared: what `equity.compare` returned of these attributes.
        settings: k, replicates and the priority groups.
        overall: rank of each theme.
        lot: the lot that breaks ties.
        seed: of the bootstrap.
    """
    listed: list[Protected] = []
    for number, label in enumerate(settings.priority_groups):
        chosen = members(dict(found), label)
        if chosen is None or not compared[plain(label[0])].enough(label[1]):
            continue
        group = subset(counted, chosen).unweighted
        one = compared[plain(label[0])]
        voices = one.evidence.group.voices[one.row(label[1])]
        seeds = seed, FIRST_PURPOSE + number
        top, shares, sure = _top(group, settings, one.drawn, voices, lot, seeds)
        seen = sums(group)
        people, of = seen.raised.sum(axis=0), seen.people.sum(axis=0)
        listed += [
            Protected(
                attribute=label[0],
                value=label[1],
                theme=group.themes[theme],
                people=round(people[theme]),
                of=round(of[theme]),
                shrunk=float(shares[theme]),
                rank=int(overall[theme]),
                rank_in_group=place,
                p_top_3=float(sure[theme]),
            )
            for place, theme in enumerate(top, start=1)
            if people[theme] > 0 and sure[theme] >= SURE and overall[theme] > settings.k
        ]
    return tuple(listed)


def _top(
    group: Counted,
    settings: RankSettings,
    drawn: Shrinkage,
    voices: Floats,
    lot: Ints,
    seeds: tuple[int, int],
) -> tuple[Ints, Floats, Floats]:
    """Return the group's top three, its shrunk shares, and how often each is in the top three."""
    seen = sums(group)
    shares = _shrunk(seen, drawn, voices)
    resampled = _shrunk(replicate(group, settings.replicates, *seeds), drawn, voices)
    in_top = (ranks(resampled, generator(*seeds)) <= TOP).mean(axis=0)
    return order(shares, seen.raised.sum(axis=0), lot)[:TOP], shares, in_top


def _shrunk(sums_of: Sums, drawn: Shrinkage, voices: Floats) -> Floats:
    """Return the shares of a pool drawn towards everybody's, shape (…, themes)."""
    raised, people = sums_of.raised.sum(axis=-2), sums_of.people.sum(axis=-2)
    shares = np.divide(raised, people, out=np.zeros_like(raised), where=people > 0)
    return tidy(drawn.shrunk(shares, voices))
