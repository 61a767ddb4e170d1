"""In which wave something was heard: by the days that it may have been heard on."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

#: how long an ISO day is, and a month without its day
_DAY, _MONTH = 10, 7


def place(heard: str, begins: Sequence[date]) -> int | None:
    """Return the number of the wave in which something was heard, from 0.

    Args:
        heard: `2026-03-05`, or `2026-03` where the day is not known.
        begins: first days of all waves but the first, in order.

    Returns:
        None where no day is known, and of a month in which a wave ends and another begins.
    """
    try:
        if len(heard) == _DAY:
            first = last = date.fromisoformat(heard)
        elif len(heard) == _MONTH:
            first = date.fromisoformat(f"{heard}-01")
            last = first.replace(day=monthrange(first.year, first.month)[1])
        else:
            return None
    except ValueError:
        return None
    wave = bisect_right(begins, first)
    return wave if wave == bisect_right(begins, last) else None
