"""How far a ranking can be trusted, on NHS comments that people coded: coverage, order, speed.

`nice -n 19 python -m benchmarks.ranking [FOLDER] [--redraws N] [--compared N] [--only PART ...]`

FOLDER is `../shared/data`. The respondents whose comments people coded are taken as a whole
population of whom everything is known. From it 60, 150, 400 and 1,000 are drawn again and again,
with replacement, and what the ranking says of each draw is held against the whole.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    ranking_compared,
    ranking_corrected,
    ranking_coverage,
    ranking_speed,
    sections,
)
from benchmarks.data import SHARED

COMMAND = "python -m benchmarks.ranking ../shared/data"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking")
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--redraws", type=int, default=1000)
    parser.add_argument("--compared", type=int, default=200, help="redraws in which texts are read")
    parser.add_argument("--only", nargs="*", help="parts to make, by how their titles begin")
    given = parser.parse_args(arguments)
    parts: dict[str, Callable[[], list[str]]] = {
        "speed": ranking_speed.table,
        "coverage": lambda: ranking_coverage.table(given.shared, given.redraws),
        "ranges of a corrected order": lambda: ranking_corrected.table(
            given.shared, given.compared // 2
        ),
        "corrected beside other ways": lambda: ranking_compared.table(given.shared, given.compared),
    }
    for title, make in parts.items():
        if not given.only or title.startswith(tuple(given.only)):
            command = f"{COMMAND} --redraws {given.redraws} --compared {given.compared}"
            sections.write(f"Ranking: {title}", command, make())


if __name__ == "__main__":
    main(sys.argv[1:])
