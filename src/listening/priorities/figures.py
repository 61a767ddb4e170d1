"""Figures as results write them: the same to the last digit, and no percentage of a handful."""

from __future__ import annotations

#: "x of n people" alone when fewer people than this were asked (METHOD §1).
FOR_A_PERCENTAGE = 20


def figure(value: float) -> float:
    """Round to 6 decimals, so that equal inputs give equal bytes; never −0."""
    return round(float(value), 6) + 0.0


def part(people: int, of: int) -> float | None:
    """Return the share, or None when too few were asked for a percentage to mean anything."""
    return figure(people / of) if of >= FOR_A_PERCENTAGE else None
