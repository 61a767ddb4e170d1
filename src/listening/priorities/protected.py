"""What matters most to the few: themes that a priority group puts first and the whole does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from listening.priorities.bootstrap import generator, ranks, replicate
from listening.priorities.counting import Counted, sums
from listening.priorities.groups import Attribute, members
from listening.priorities.nouns import Floats, Ints, Protected, RankSettings
from listening.priorities.scoring import order, score

#: A smaller group is too few to say what its top three are (METHOD §7).
ENOUGH = 10
TOP = 3
SURE = 0.8
#: The bootstrap of the n-th priority group has purpose FIRST_PURPOSE + n.
FIRST_PURPOSE = 100


def subset(counted: Counted, chosen: npt.NDArray[np.bool_]) -> Counted:
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
    settings: RankSettings,
    *,
    overall: Ints,
    lot: Ints,
    seed: int,
) -> tuple[Protected, ...]:
    """List themes in a priority group's top three (P ≥ .8) yet outside the overall top k.

    Within a group everyone is one pool: it is too small to be split by source.

    Args:
        counted: the evidence.
        found: attributes of participants.
        settings: k, replicates and the priority groups.
        overall: rank of each theme.
        lot: the lot that breaks ties.
        seed: of the bootstrap.
    """
    listed: list[Protected] = []
    for number, label in enumerate(settings.priority_groups):
        chosen = members(dict(found), label)
        if chosen is not None and int(chosen.sum()) >= ENOUGH:
            group = subset(counted, chosen)
            people = sums(group).raised.sum(axis=0)
            top, sure = _top(group, settings, lot, (seed, FIRST_PURPOSE + number))
            listed += [
                Protected(
                    attribute=label[0],
                    value=label[1],
                    theme=group.themes[theme],
                    people=int(people[theme]),
                    of=int(group.people.sum()),
                    rank=int(overall[theme]),
                    rank_in_group=place,
                    p_top_3=float(sure[theme]),
                )
                for place, theme in enumerate(top, start=1)
                if people[theme] > 0 and sure[theme] >= SURE and overall[theme] > settings.k
            ]
    return tuple(listed)


def _top(
    group: Counted, settings: RankSettings, lot: Ints, seeds: tuple[int, int]
) -> tuple[Ints, Floats]:
    """Return the group's top three, and each theme's share of resamples in the top three."""
    everyone = np.ones(len(group.kinds), dtype=np.int64)
    seen, drawn = sums(group), replicate(group, settings.replicates, *seeds)
    shares = score(seen, everyone, "pooled", scaled=False)
    resampled = score(drawn, everyone, "pooled", scaled=False)
    in_top = (ranks(resampled, generator(*seeds)) <= TOP).mean(axis=0)
    return order(shares, seen.raised.sum(axis=0), lot)[:TOP], in_top
