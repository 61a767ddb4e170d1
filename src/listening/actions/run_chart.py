"""The run chart: a measure over time about its median, and what may be read from it.

Rules of Perla, Provost & Murray (2011), "The run chart: a simple analytical tool for learning from
variation in healthcare processes", BMJ Quality & Safety 20:46-51. Their fourth, the astronomical
point, is a person's judgement and is left to the eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

#: no rule is used below this many points
FEWEST = 10
#: this many in a row on one side of the median, this many in a row going one way
SHIFT, TREND = 6, 5
#: useful observations (points that are not on the median) → fewest and most runs that chance alone
#: makes, at 5 %: table 1 of Perla et al., from Swed & Eisenhart (1943)
RUNS: dict[int, tuple[int, int]] = {
    10: (3, 9), 11: (3, 10), 12: (3, 11), 13: (4, 11), 14: (4, 12), 15: (5, 12), 16: (5, 13),
    17: (5, 13), 18: (6, 14), 19: (6, 15), 20: (6, 16), 21: (7, 16), 22: (7, 17), 23: (7, 17),
    24: (8, 18), 25: (8, 18), 26: (9, 19), 27: (10, 19), 28: (10, 20), 29: (10, 20), 30: (11, 21),
    31: (11, 22), 32: (11, 23), 33: (12, 23), 34: (12, 24), 35: (12, 24), 36: (13, 25),
    37: (13, 25), 38: (14, 26), 39: (14, 26), 40: (15, 27), 41: (15, 27), 42: (16, 28),
    43: (16, 28), 44: (17, 29), 45: (17, 30), 46: (17, 31), 47: (18, 31), 48: (18, 32),
    49: (19, 32), 50: (19, 33), 51: (20, 33), 52: (20, 34), 53: (21, 34), 54: (21, 35),
    55: (22, 35), 56: (22, 36), 57: (23, 36), 58: (23, 37), 59: (24, 38), 60: (24, 38),
}  # fmt: skip


@dataclass(frozen=True)
class RunChart:
    """What a run chart shows.

    Attributes:
        median: of all points.
        useful: how many points are not on it.
        runs: how many times in a row the points lie on one side of it.
        expected: fewest and most runs that chance alone makes; None where the table has no row.
        shifts: for each shift, its first and last point, from 0, and whether it lies above.
        trends: for each trend, its first and last point, and whether it goes up.
        ruled: whether there are enough points for rules; without, nothing above is looked for.
    """

    median: float
    useful: int
    runs: int
    expected: tuple[int, int] | None
    shifts: tuple[tuple[int, int, bool], ...]
    trends: tuple[tuple[int, int, bool], ...]
    ruled: bool

    @property
    def too_few(self) -> bool:
        """Whether there are fewer runs than chance makes."""
        return self.ruled and self.expected is not None and self.runs < self.expected[0]

    @property
    def too_many(self) -> bool:
        """Whether there are more runs than chance makes."""
        return self.ruled and self.expected is not None and self.runs > self.expected[1]

    @property
    def signal(self) -> bool:
        """Whether any rule says that it is more than chance."""
        return bool(self.shifts or self.trends or self.too_few or self.too_many)

    @property
    def said(self) -> list[str]:
        """Say in sentences what the chart shows, and what it cannot show."""
        if not self.ruled:
            return [f"Fewer than {FEWEST} points: look at them, and judge nothing by rules yet."]
        told = [
            f"Shift: points {first + 1} to {last + 1} lie {'above' if above else 'below'} the "
            f"median, {SHIFT} or more in a row."
            for first, last, above in self.shifts
        ]
        told += [
            f"Trend: points {first + 1} to {last + 1} go {'up' if up else 'down'} all the way."
            for first, last, up in self.trends
        ]
        if self.expected is None:
            told.append(
                f"Runs are not judged: {self.useful} points lie off the median, and the table is "
                f"for {min(RUNS)} to {max(RUNS)}."
            )
        elif self.too_few or self.too_many:
            word = "few" if self.too_few else "many"
            between = f"{self.expected[0]} to {self.expected[1]}"
            told.append(f"Too {word} runs: {self.runs}, where chance makes {between}.")
        if not self.signal:
            told.append("No rule says that this is more than chance.")
        return told


def run_chart(values: Sequence[float]) -> RunChart | None:
    """Read a run chart.

    Args:
        values: of the measure, in order of time.

    Returns:
        None without any point.
    """
    if not values:
        return None
    middle = float(median(values))
    sides = [(i, value > middle) for i, value in enumerate(values) if value != middle]
    runs = [list(run) for _, run in groupby(sides, key=lambda one: one[1])]
    ruled = len(values) >= FEWEST
    return RunChart(
        middle,
        len(sides),
        len(runs),
        RUNS.get(len(sides)) if ruled else None,
        tuple((r[0][0], r[-1][0], r[0][1]) for r in runs if len(r) >= SHIFT) if ruled else (),
        tuple(_trends(values)) if ruled else (),
        ruled,
    )


def _trends(values: Sequence[float]) -> list[tuple[int, int, bool]]:
    """Find points that go one way; a repeated value neither counts nor breaks."""
    moving = [0] + [i for i, (a, b) in enumerate(pairwise(values), 1) if a != b]
    steps = [(a, b, values[b] > values[a]) for a, b in pairwise(moving)]
    found = []
    for up, run in groupby(steps, key=lambda step: step[2]):
        way = list(run)
        if len(way) + 1 >= TREND:
            found.append((way[0][0], way[-1][1], up))
    return found
