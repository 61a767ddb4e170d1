"""How long a ranking takes, made-up people: 1,000 and 100,000 of them, 30 codes."""

from __future__ import annotations

import sys
import time

import numpy as np

from benchmarks.ranking_population import pairs, people_table
from listening.priorities import RankSettings, Theme, rank
from listening.priorities.correction import Audit

CODES = 30
SETTINGS = RankSettings(replicates=2000, status="reviewed")


def table() -> list[str]:
    lines = [
        f"{CODES} codes, {SETTINGS.replicates:,} resamples, made-up people; one thread of a busy "
        "machine. Corrected: a tenth of the people read, every share an estimate, so that no two "
        "people are alike.",
        "",
        "| people | counted | seconds |",
        "|---|---|---|",
    ]
    for size in (1_000, 100_000):
        for corrected in (False, True):
            seconds = _seconds(size, corrected=corrected)
            way = "corrected by an audit" if corrected else "as people coded them"
            lines.append(f"| {size:,} | {way} | {seconds:.1f} |")
            print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _seconds(size: int, *, corrected: bool) -> float:
    random = np.random.default_rng(0)
    raised = random.random((size, CODES)) < np.linspace(0.02, 0.3, CODES)
    people = people_table(size)
    codes = [Theme(f"c{k:02d}", f"c{k:02d}", "") for k in range(CODES)]
    audit = _audit(raised, random) if corrected else None
    said = pairs(raised)
    start = time.perf_counter()
    rank(said, people, codes, SETTINGS, 0, audit=audit)
    return time.perf_counter() - start


def _audit(raised: np.ndarray, random: np.random.Generator) -> Audit:
    read = people_table(len(raised)).iloc[: len(raised) // 10][["participant_id"]]
    guesses = pairs(np.ones(raised.shape, dtype=bool))
    likely = np.clip(raised * 0.6 + 0.4 * random.random(raised.shape), 0, 1).ravel()
    return Audit(
        ("survey",),
        read.assign(probability=0.1).reset_index(drop=True),
        guesses.assign(probability=likely),
    )
