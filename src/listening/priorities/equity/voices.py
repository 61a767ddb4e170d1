"""How many people of each group and of the rest raised what, and how many voices they are.

People who speak together, in a focus group, hear one another; a note on thirty passers-by is one
officer's account. Counted as thirty people each, chance would look far too small. So wherever
chance is at stake, whoever belongs to one cluster counts as one voice of its size (Kish 1965):

    voices = (Σ w)² / Σ_c W_c²,  W_c = Σ of w over the group's members in cluster c.

That is the cautious end: it takes members of a cluster to be of one mind. Where everybody was heard
alone it is the number of people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from listening.priorities.counting import Counted, columns
from listening.priorities.groups import Attribute
from listening.priorities.nouns import Bools, Floats, Ints


@dataclass(frozen=True)
class Side:
    """One side of a comparison, all of shape (values of the attribute, themes).

    Attributes:
        raised: people who raised it.
        of: people who could.
        voices: how many separate voices they are.
    """

    raised: Floats
    of: Floats
    voices: Floats

    @property
    def shares(self) -> Floats:
        """`raised` / `of`; 0 where there is nobody."""
        return _ratio(self.raised, self.of)

    @property
    def effective(self) -> Floats:
        """How many of the voices raised it."""
        return self.shares * self.voices


@dataclass(frozen=True)
class Evidence:
    """What the groups of one attribute raised, each beside all others of whom it is known."""

    attribute: Attribute
    group: Side
    rest: Side


def evidence(counted: Counted, attribute: Attribute) -> Evidence:
    """Count each group of an attribute, and the rest: others of whom the attribute is known.

    Args:
        counted: what people found with those whom they read, each answer 0 or 1.
        attribute: the groups.
    """
    size, themes = len(attribute.values), len(counted.themes)
    member = attribute.member[counted.person]
    told = member >= 0
    raised = (
        np.bincount(
            member[told] * themes + counted.theme[told],
            weights=counted.people[counted.person[told]],
            minlength=size * themes,
        )
        .reshape(size, themes)
        .astype(np.float64)
    )
    distinct, column_of = columns(counted.eligible)
    parts = [_numbers(counted, attribute, able) for able in distinct.T]
    of, own, others = (np.stack(part, axis=1)[:, column_of] for part in zip(*parts, strict=True))
    rest = of.sum(axis=0) - of
    return Evidence(
        attribute,
        Side(raised, of, _ratio(of**2, own)),
        Side(raised.sum(axis=0) - raised, rest, _ratio(rest**2, others)),
    )


def _numbers(counted: Counted, attribute: Attribute, able: Bools) -> tuple[Floats, Floats, Floats]:
    """Return the people of each value, Σ W_c² of them, and Σ W_c² of the rest."""
    known = (attribute.member >= 0) & able
    return squares(
        counted.people[known],
        counted.cluster[known],
        attribute.member[known],
        len(attribute.values),
    )


def squares(people: Ints, cluster: Ints, member: Ints, size: int) -> tuple[Floats, Floats, Floats]:
    """Return the people of each of `size` groups, Σ W_c² of them, and Σ W_c² of the rest."""
    weight = people.astype(np.float64)
    names, within = np.unique(cluster, return_inverse=True)
    cells, place = np.unique(within * size + member, return_inverse=True)
    own = np.bincount(place, weights=weight, minlength=len(cells))
    whole = np.bincount(within, weights=weight, minlength=len(names))
    group, whole_of_cell = cells % size, whole[cells // size]
    alone = np.bincount(group, weights=own**2, minlength=size).astype(np.float64)
    shared = np.bincount(group, weights=own * whole_of_cell, minlength=size)
    of = np.bincount(member, weights=weight, minlength=size).astype(np.float64)
    return of, alone, (whole**2).sum() - 2 * shared + alone


def voices_of(people: Ints, cluster: Ints) -> float:
    """Return how many separate voices some people are."""
    if not len(people):
        return 0.0
    of, alone, _ = squares(people, cluster, np.zeros(len(people), dtype=np.int64), 1)
    return float(of[0] ** 2 / alone[0])


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
