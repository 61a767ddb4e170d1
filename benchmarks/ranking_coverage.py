"""How often the ranking's ranges hold what is so in the whole population."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.ranking_population import (
    SIZES,
    TOP,
    Blank,
    Floats,
    Population,
    pairs,
    people_table,
    population,
)
from listening.priorities import Ranking, RankSettings, rank

SETTINGS = RankSettings(k=TOP, replicates=1000, status="reviewed")
CODES = 20
HEAD = (
    "| shares held | ranks held, one at a time | all ranks held by these at once | marginal sets "
    "| joint sets hold all ranks | mean joint set | calibration error of P(top 5) "
    "| of P ≥ .9 truly among the first 5 |"
)


def table(shared: Path, redraws: int) -> list[str]:
    truth = commonest(population(shared, Blank(), everybody=True))
    raised = truth.raised
    lines = [
        f"{len(raised):,} respondents, {CODES} codes, from {int(raised.sum(axis=0).min())} to "
        f"{int(raised.sum(axis=0).max()):,} people each. {redraws:,} draws with replacement of "
        f"each size, all of whose comments were coded by people; {SETTINGS.replicates:,} "
        "resamples each. Nominal is .95; the calibration error of P(top 5) is over ten bins of "
        "equal width.",
        "",
        f"| people {HEAD}",
        "|---" * 9 + "|",
    ]
    for size in SIZES:
        lines.append(_row(truth, size, redraws))
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def commonest(whole: Population) -> Population:
    """Return the same people with the codes alone that most of them raise."""
    kept = np.sort(whole.order[:CODES])
    names = tuple(whole.comments.codes[k] for k in kept)
    comments = type(whole.comments)(**{**vars(whole.comments), "codes": names})
    return Population(comments, whole.row_of, whole.raised[:, kept], whole.mentions[:, kept])


def _row(truth: Population, size: int, redraws: int) -> str:
    people, codes = people_table(size), truth.codes
    random = np.random.default_rng(size)
    seen = Seen(truth)
    for draw in range(redraws):
        rows = random.integers(0, len(truth.raised), size)
        seen.add(rank(pairs(truth.raised[rows] > 0), people, codes, SETTINGS, draw))
        if draw % 100 == 99:
            print(size, draw + 1, seen.figures, file=sys.stderr, flush=True)
    return f"| {size:,} {seen.figures}"


class Seen:
    """What rankings of draws said, held against the whole."""

    def __init__(self, truth: Population) -> None:
        self._share, self._ranks = truth.raised.mean(axis=0), truth.ranks
        self._place = {one.id: place for place, one in enumerate(truth.codes)}
        self._held: list[list[float]] = []
        self._said: list[float] = []
        self._were: list[bool] = []

    def add(self, found: Ranking) -> None:
        """Take one ranking."""
        self._held.append(_held(found, self._share, self._ranks, self._place))
        for one in found.priorities:
            self._said.append(one.p_top_k or 0.0)
            self._were.append(bool(self._ranks[self._place[one.theme.id]] <= TOP))

    @property
    def figures(self) -> str:
        """The cells under `HEAD`."""
        return _cells(np.mean(self._held, axis=0), np.array(self._said), np.array(self._were))


def _cells(figures: Floats, likely: Floats, true: NDArray[np.bool_]) -> str:
    bins = np.minimum((likely * 10).astype(int), 9)
    error = sum(
        abs(likely[bins == b].mean() - true[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    )
    sure = true[likely >= 0.9].mean() if (likely >= 0.9).any() else float("nan")
    return (
        f"| {figures[0]:.3f} | {figures[1]:.3f} | {figures[2]:.3f} | {figures[3]:.3f} "
        f"| {figures[4]:.3f} | {figures[5]:.1f} | {error:.3f} | {sure:.3f} |"
    )


def _held(
    found: Ranking, share: np.ndarray, ranks: np.ndarray, by_id: dict[str, int]
) -> list[float]:
    shares, single, marginal, joint, width = [], [], [], [], []
    for one in found.priorities:
        k = by_id[one.theme.id]
        shares.append(one.reach.interval[0] <= share[k] <= one.reach.interval[1])
        single.append(one.rank_interval[0] <= ranks[k] <= one.rank_interval[1])
        marginal.append(one.marginal[0] <= ranks[k] <= one.marginal[1])
        joint.append(one.joint[0] <= ranks[k] <= one.joint[1])
        width.append(one.joint[1] - one.joint[0] + 1)
    return [
        float(np.mean(shares)),
        float(np.mean(single)),
        float(all(single)),
        float(np.mean(marginal)),
        float(all(joint)),
        float(np.mean(width)),
    ]
