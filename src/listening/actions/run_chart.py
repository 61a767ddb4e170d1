"""The run chart: a measure over time about its median, and what may be read from it.

Rules of Perla, Provost & Murray (2011), "The run chart: a simple analytical tool for learning from
variation in healthcare processes", BMJ Quality & Safety 20:46-51. Their fourth, the astronomical
point, is a person's judgement and is left to the eye. Their table of runs (Swed & Eisenhart 1943)
is for points of which as many lie above the median as below; here the limits are worked out exactly
for the points that there are (`chance`). Where both can be compared they are a run apart at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from listening.actions.chance import runs_by_chance

#: no rule is used below this many points
FEWEST = 10
#: this many in a row on one side of the median, this many in a row going one way
SHIFT, TREND = 6, 5
#: fewer useful observations (points that are not on the median) are not judged by their runs
FEWEST_USEFUL = 10


@dataclass(frozen=True)
class RunChart:
    """What a run chart shows.

    Attributes:
        median: of all points.
        useful: how many points are not on it.
        runs: how many times in a row the points lie on one side of it.
        expected: fewest and most runs that chance alone makes; None with too few useful points.
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
                f"Runs are not judged: {self.useful} points lie off the median, and it takes "
                f"{FEWEST_USEFUL}."
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
        _expected(sides) if ruled else None,
        tuple((r[0][0], r[-1][0], r[0][1]) for r in runs if len(r) >= SHIFT) if ruled else (),
        tuple(_trends(values)) if ruled else (),
        ruled,
    )


def _expected(sides: Sequence[tuple[int, bool]]) -> tuple[int, int] | None:
    above = sum(up for _, up in sides)
    return runs_by_chance(above, len(sides) - above) if len(sides) >= FEWEST_USEFUL else None


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
