"""How surely a theme is among the first, told so that it cannot be turned back into counts."""

from __future__ import annotations

from listening.records.chances import WORDS, word

#: Nothing finer is told of P(top k) (METHOD §6).
STEP = 0.05
#: Levels: in steps of .05, in words, not at all.
STEPS, IN_WORDS, NOT_AT_ALL = 0, 1, 2


def inside(chance: float) -> float:
    """Keep a chance away from 0 and 1, which 2,000 resamples cannot tell from nearly so."""
    return min(max(chance, 0.0005), 0.9995)


def between(chance: float, level: int) -> tuple[float, float]:
    """Return the lowest and highest chance that would be told in the same way."""
    if level == NOT_AT_ALL:
        return 0.0, 1.0
    if level == STEPS:
        near = round(chance / STEP) * STEP
        low, high = near - STEP / 2, near + STEP / 2
    else:
        low = next(start for start, _ in WORDS if chance >= start)
        above = [start for start, _ in WORDS if start > low]
        high = min(above, default=1.0)
    chance = inside(chance)
    return (0.0 if low <= 0 else min(low, chance)), (1.0 if high >= 1 else max(high, chance))


def told(chance: float, level: int) -> float | str | None:
    """Return what is told: a multiple of .05, a word, or None."""
    if level == NOT_AT_ALL:
        return None
    if level == STEPS:
        return round(round(chance / STEP) * STEP, 2)
    return word(chance)
