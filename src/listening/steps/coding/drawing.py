"""Who reads what of the audit: everybody's items once, and some of them twice, drawn at random.

METHOD.md, section 5: at least 50 segments, and a tenth of them, are read by two coders, blind.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

#: units that two coders read at least, and the least share
FEWEST_DOUBLE, SHARE_DOUBLE = 50, 0.1


@dataclass(frozen=True)
class Drawn:
    """Who reads a group of items: what one person answered, or one conversation.

    Attributes:
        coders: who reads it, in the order in which they were drawn; two where it is drawn to be
            read twice.
        seed: of the draw.
    """

    coders: tuple[str, ...]
    seed: int

    @property
    def double(self) -> bool:
        """Whether two read it."""
        return len(self.coders) > 1


def to_double(units: int) -> int:
    """Return how many of so many units two coders read at least."""
    return min(units, max(FEWEST_DOUBLE, math.ceil(SHARE_DOUBLE * units)))


def draw(
    groups: Mapping[str, int],
    before: Mapping[str, Sequence[str]],
    coders: Sequence[str],
    needed: int,
    seed: int,
) -> dict[str, Drawn]:
    """Draw who reads the groups that nobody was given yet.

    Args:
        groups: units of each group, those given before among them.
        before: coders of the groups that were given before.
        coders: who may be given more, in any order.
        needed: units that two must have read in all.
        seed: of the order; the same groups and the same seed give the same.

    Returns:
        The new groups, in the order in which they were drawn.
    """
    load: dict[str, int] = defaultdict(int)
    double = 0
    for group, given in before.items():
        double += groups.get(group, 0) * (len(given) > 1)
        for coder in given:
            load[coder] += groups.get(group, 0)
    new = sorted(group for group in groups if group not in before)
    rng = np.random.default_rng(seed)
    found: dict[str, Drawn] = {}
    for place in rng.permutation(len(new)):
        group = new[place]
        # among those who have least, chance decides
        turn = [coders[n] for n in rng.permutation(len(coders))]
        readers = sorted(turn, key=lambda coder: load[coder])
        two = double < needed and len(readers) > 1
        given = tuple(readers[: 2 if two else 1])
        double += groups[group] * two
        for coder in given:
            load[coder] += groups[group]
        found[group] = Drawn(given, seed)
    return found
