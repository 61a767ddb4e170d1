"""When to stop coding: the figures of four rules, all of which must hold (METHOD.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.records import Table

#: Guest, Namey and Chen 2020: codes of the first events, and events in each run after them
BASE, RUN = 4, 2
SHUFFLES = 500
#: share of new codes below which a run brings nothing new
NEW_CODES = 0.05
#: agreement of successive models, likeness of successive orders, and batches in a row
KAPPA, TAU, BATCHES = 0.99, 0.9, 3
#: of the audit's intervals, as a share of people
HALF_WIDTH = 0.05

Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Verdict:
    """What one rule says.

    Attributes:
        rule: in words.
        figure: what was found; None where there is too little to tell.
        needed: what it must reach, in words.
        met: whether it does; None where that cannot be said yet.
    """

    rule: str
    figure: float | None
    needed: str
    met: bool | None


def new_codes(
    events: Sequence[frozenset[str]],
    seed: int,
    base: int = BASE,
    run: int = RUN,
    shuffles: int = SHUFFLES,
) -> Table:
    """Return the share of new codes in each run, averaged over orders of the events.

    An event is an interview, a group or one person's answers. The new codes of a run are divided by
    those of the base (Guest, Namey and Chen 2020); the order in which events were read is luck, so
    it is averaged over shuffles.

    Args:
        events: the codes of each event.
        seed: of the shuffles.
        base: events at the start whose codes are the measure.
        run: events in each run.
        shuffles: how many orders.

    Returns:
        events (read by the end of the run), ratio (mean), low and high (middle 95 % of orders); no
        row with fewer than base + run events, or where no event carries a code.
    """
    rng = np.random.default_rng(seed)
    runs = (len(events) - base) // run
    if runs < 1 or not any(events):
        return pd.DataFrame(columns=["events", "ratio", "low", "high"], dtype=float)
    orders = [[events[at] for at in rng.permutation(len(events))] for _ in range(shuffles)]
    ratios = np.array([_ratios(order, base, run, runs) for order in orders])
    return pd.DataFrame(
        {
            "events": base + run * np.arange(1, runs + 1),
            "ratio": ratios.mean(axis=0),
            "low": np.quantile(ratios, 0.025, axis=0),
            "high": np.quantile(ratios, 0.975, axis=0),
        }
    )


def _ratios(order: Sequence[frozenset[str]], base: int, run: int, runs: int) -> list[float]:
    seen = frozenset[str]().union(*order[:base])
    measure = max(len(seen), 1)
    ratios = []
    for start in range(base, base + run * runs, run):
        found = frozenset[str]().union(*order[start : start + run])
        ratios.append(len(found - seen) / measure)
        seen |= found
    return ratios


def kappa(first: Marks, second: Marks) -> float | None:
    """Return Cohen's κ of two models' suggestions on the stop set, all codes together.

    None where both suggest nothing, or both everything: they would agree by chance alone as well.

    Args:
        first: texts x codes of one model.
        second: of the next.
    """
    agree = float((first == second).mean())
    share, other = float(first.mean()), float(second.mean())
    chance = share * other + (1 - share) * (1 - other)
    return None if chance == 1 else (agree - chance) / (1 - chance)


def saturated(curves: Mapping[str, Table], unseen: Mapping[str, int]) -> Verdict:
    """Say whether new codes have become rare in every source and group.

    Args:
        curves: `new_codes` of each source and of each priority group, by its name.
        unseen: codes that only people read in part carry there, by the same name.
    """
    last = [float(curve["ratio"].iloc[-1]) for curve in curves.values() if len(curve)]
    worst = max(last, default=None)
    met: bool | None = None
    half_read = any(len(curve) and unseen.get(name) for name, curve in curves.items())
    if worst is not None and (worst >= NEW_CODES or half_read):
        met = False
    elif worst is not None and len(last) == len(curves):
        met = True
    return Verdict("new codes in the last run", worst, f"below {NEW_CODES:.0%} everywhere", met)


def models_agree(suggested: Sequence[Marks]) -> Verdict:
    """Say whether successive models suggest the same on the stop set.

    Args:
        suggested: texts x codes of the stop set after each batch, oldest first.
    """
    pairs = [kappa(first, second) for first, second in pairwise(suggested)][-BATCHES:]
    found = [one for one in pairs if one is not None]
    met = _in_a_row([one >= KAPPA for one in found])
    needed = f"at least {KAPPA} for {BATCHES} batches"
    return Verdict("agreement of successive models (κ)", min(found, default=None), needed, met)


def order_stands(rankings: Sequence[Mapping[str, float]], k: int) -> Verdict:
    """Say whether the first k codes stay the same and the order of all nearly so.

    Args:
        rankings: score of every code after each batch, oldest first; the highest ranks first.
        k: how many priorities are looked for.
    """
    pairs = list(pairwise(rankings))[-BATCHES:]
    found = [_tau(first, second) for first, second in pairs]
    same = [_first(first, k) == _first(second, k) for first, second in pairs]
    met = _in_a_row([one >= TAU and alike for one, alike in zip(found, same, strict=True)])
    needed = f"at least {TAU} and the same first {k} for {BATCHES} batches"
    return Verdict("likeness of successive orders (τ_b)", min(found, default=None), needed, met)


def _in_a_row(held: Sequence[bool]) -> bool | None:
    """Say whether enough batches held; a batch that did not is enough to say no."""
    if not all(held):
        return False
    return True if len(held) == BATCHES else None


def _tau(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    from scipy.stats import kendalltau

    codes = sorted({*first, *second})
    if len(codes) < 2:
        return 1.0
    scores = [[ranking.get(code, 0.0) for code in codes] for ranking in (first, second)]
    if any(len(set(row)) == 1 for row in scores):  # all tied: alike only if the other is too
        return float(all(len(set(row)) == 1 for row in scores))
    return float(kendalltau(*scores).statistic)


def _first(ranking: Mapping[str, float], k: int) -> set[str]:
    return set(sorted(ranking, key=lambda code: (-ranking[code], code))[:k])


def audit_narrow(intervals: Mapping[str, tuple[float, float]], unread: int) -> Verdict:
    """Say whether the audit's intervals are narrow, or everyone has been read.

    Args:
        intervals: low and high share of each of the first 2k codes; none without an audit.
        unread: people of whom not everything has been read.
    """
    widest = max(((high - low) / 2 for low, high in intervals.values()), default=None)
    met = None if widest is None else widest <= HALF_WIDTH + 1e-12
    met = True if unread == 0 else met
    needed = f"at most {100 * HALF_WIDTH:g} points, or everyone read"
    return Verdict("widest half-interval of the audit", widest, needed, met)


def together(told: Sequence[Verdict]) -> bool | None:
    """Say whether coding may stop: all rules are met; None where none says no, and one cannot say.

    Args:
        told: what each rule says.
    """
    if any(one.met is False for one in told):
        return False
    return None if any(one.met is None for one in told) else True
