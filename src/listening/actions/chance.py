"""How many runs chance alone makes: the exact distribution of Wald & Wolfowitz (1940).

Of points that lie above and below a line in an order that means nothing, every order is as likely
as any other. How many runs they make is then counted and looked up in no table.

Wald, A. & Wolfowitz, J. (1940), "On a test whether two samples are from the same population",
Annals of Mathematical Statistics 11:147-162.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb

#: on each side, one time in forty: 2.5 %, as in the published tables of run charts
ONE_IN = 40


def orders_with(runs: int, above: int, below: int) -> int:
    """Return in how many orders of so many points above and below a line there are so many runs."""
    half, odd = divmod(runs, 2)
    if runs < 2 or min(above, below) < 1:
        return int(runs == 1 and (above == 0) != (below == 0))
    if not odd:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(
        below - 1, half
    )


@lru_cache(maxsize=256)
def runs_by_chance(above: int, below: int) -> tuple[int, int]:
    """Return the fewest and the most runs that are no surprise.

    Fewer than the fewest occur by chance alone at most one time in forty, and so do more than the
    most.

    Args:
        above: how many points lie above the line, at least one.
        below: how many lie below it, at least one.
    """
    rare = comb(above + below, above) / ONE_IN
    most_there_are = 2 * min(above, below) + (above != below)
    fewest, seen = 2, orders_with(2, above, below)
    while seen <= rare:
        fewest += 1
        seen += orders_with(fewest, above, below)
    most, seen = most_there_are, orders_with(most_there_are, above, below)
    while seen <= rare:
        most -= 1
        seen += orders_with(most, above, below)
    return fewest, most
