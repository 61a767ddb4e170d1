"""Seconds to rake a sample and 2,000 resamples of it, by the number of people.

People of five attributes, of each of which three in a hundred are unknown, are made up at random.
`python -m benchmarks.raking`
"""

from __future__ import annotations

import os
import time

import numpy as np
import pandas as pd

from benchmarks import sections
from listening.priorities.weights import rake, rake_cells, rake_many
from listening.records import PARTICIPANTS, Table, table_of

SIZES = (1_000, 100_000)
REPLICATES = 2_000
VALUES = {"age": 5, "gender": 2, "tenure": 3, "ethnicity": 6, "place": 4}
#: beyond this a weight for everybody in every resample would fill the memory
ONE_BY_ONE = 5_000


def made_up(size: int) -> tuple[Table, Table]:
    chance = np.random.default_rng(1)
    drawn = {
        name: chance.choice(count, size, p=chance.dirichlet(np.full(count, 8)))
        for name, count in VALUES.items()
    }
    known = chance.random((size, len(VALUES))) > 0.03
    rows = [
        {
            "participant_id": f"p{i}", "source_kind": "survey", "place": "", "language": "en",
            "consent": "analysis", "people": 1, "date": "", "cluster": "",
            "attributes": {
                name: f"{name} {drawn[name][i]}" for j, name in enumerate(VALUES) if known[i, j]
            },
        }
        for i in range(size)
    ]  # fmt: skip
    living = [
        (name, f"{name} {value}", int(chance.integers(500, 2000)))
        for name, count in VALUES.items()
        for value in range(count)
    ]
    population = pd.DataFrame(living, columns=["attribute", "value", "count"])
    return table_of(rows, PARTICIPANTS), population


def row(size: int) -> str:
    participants, population = made_up(size)
    start = time.perf_counter()
    weighted = rake(participants, population)
    once = time.perf_counter() - start
    (frame,) = weighted.frames
    chance = np.random.default_rng(2)
    told = "–"
    if size <= ONE_BY_ONE:
        counts = chance.multinomial(size, np.full(size, 1 / size), size=REPLICATES)
        start = time.perf_counter()
        rake_many(counts, weighted)
        told = f"{time.perf_counter() - start:.2f}"
    masses = chance.multinomial(size, np.bincount(frame.cell) / size, size=REPLICATES)
    start = time.perf_counter()
    rake_cells(frame, masses.astype(float))
    cells = time.perf_counter() - start
    return f"| {size:,} | {frame.cells:,} | {once:.2f} | {told} | {cells:.2f} |"


def main() -> None:
    head = [
        "| people | combinations | the sample | everybody in each resample | combinations alone |",
        "|---|---|---|---|---|",
    ]
    note = f"{os.cpu_count()} cores, shared. Seconds; {REPLICATES:,} resamples."
    sections.write("Raking", "python -m benchmarks.raking", [note, "", *head, *map(row, SIZES)])
    print(f"Written: {sections.RESULTS}")


if __name__ == "__main__":
    main()
