"""Intensity and breadth: two figures that stand beside a theme's rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from listening.records import SEVERITIES, Table, check

#: How many people's worth of the mean over all themes is put with each theme's own (METHOD §2).
SHRINK = 5.0
#: Groups with fewer people are no ground for a share (METHOD §2).
FEWEST_OF_GROUP = 10


@dataclass(frozen=True)
class Intensity:
    """How grave a theme is, 0 to 3: the shrunk mean, and of how many people it is known."""

    figure: float
    people: int


def intensity(severities: Table, top: Callable[[str], str] | None = None) -> dict[str, Intensity]:
    """Return how grave coders found what people said of each code.

    A person counts once for a code, with the mean of what was marked on their passages: to say it
    again, or to be interviewed for longer, makes it no graver. The mean of a code's n_k people is
    drawn towards the mean s̄ over all people and codes:

        (n_k s̄_k + 5 s̄) / (n_k + 5)

    Of a broad code a person's figure is the gravest of those that they have under it.

    Args:
        severities: SEVERITIES, marked by people.
        top: the code for which a code counts, where some stand under others.

    Returns:
        By code; a code of which nobody marked a severity is not in it.

    Raises:
        InvalidTable: the table breaks its rules.
    """
    marked = check(severities, SEVERITIES)
    if marked.empty:
        return {}
    each = marked.groupby(["code", "participant_id"], sort=True)["severity"].mean()
    if top is not None:
        broad = each.index.get_level_values("code").map(top)
        each = each.groupby([broad, each.index.get_level_values("participant_id")]).max()
    overall = float(each.mean())
    return {
        str(code): Intensity((float(own.sum()) + SHRINK * overall) / (len(own) + SHRINK), len(own))
        for code, own in each.groupby(level="code", sort=True)
    }


def breadth(groups: Iterable[tuple[int, int]]) -> float | None:
    """Return how evenly a theme is raised over groups: 0 by one alone, 1 by all alike.

    B = (exp(H) − 1)/(G − 1), with H the entropy of p_g/Σp over the G groups of ten people or more,
    and p_g the share of a group who raised it.

    Args:
        groups: how many raised it, and of how many, in each group.

    Returns:
        None with fewer than two such groups, or where none of their people raised it.
    """
    shares = np.array([people / of for people, of in groups if of >= FEWEST_OF_GROUP])
    if len(shares) < 2 or shares.sum() == 0:
        return None
    parts = shares[shares > 0] / shares.sum()
    entropy = float(-(parts * np.log(parts)).sum())
    # one group alone gives exp(0) − 1, and rounding must not put it outside 0 to 1
    return min(1.0, max(0.0, (float(np.exp(entropy)) - 1) / (len(shares) - 1)))
