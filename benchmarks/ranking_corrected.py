"""How often the ranges of a corrected order hold what is so, beside equal effort by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.ranking_compared import likely, texts
from benchmarks.ranking_coverage import CODES, HEAD, SETTINGS, Seen, commonest
from benchmarks.ranking_population import Population, pairs, people_table, population
from listening import embeddings
from listening.coding import Texts
from listening.priorities import rank
from listening.priorities.correction import Audit

#: people drawn, and how many of them are read
SIZES = ((400, 100), (1000, 200))


def table(shared: Path, redraws: int) -> list[str]:
    truth = commonest(population(shared, embeddings.load_encoder(), everybody=False))
    lines = [
        f"{len(truth.raised):,} respondents on whom no choice was made, {CODES} codes, from "
        f"{int(truth.raised.sum(axis=0).min())} to {int(truth.raised.sum(axis=0).max()):,} people "
        f"each. {redraws:,} draws with replacement; a part of the people is read, and the machine "
        f"learns from these alone; {SETTINGS.replicates:,} resamples each. Nominal is .95.",
        "",
        f"| people | read | way {HEAD}",
        "|---" * 11 + "|",
    ]
    said = texts(truth)
    for size, read in SIZES:
        for way, figures in _figures(truth, said, size, read, redraws).items():
            lines.append(f"| {size:,} | {read} | {way} {figures}")
            print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _figures(truth: Population, said: Texts, size: int, read: int, redraws: int) -> dict[str, str]:
    random = np.random.default_rng([size, read])
    corrected, alone = Seen(truth), Seen(truth)
    codes, everybody, few = truth.codes, people_table(size), people_table(read)
    for draw in range(redraws):
        rows = random.integers(0, len(truth.raised), size)
        chosen = np.sort(random.permutation(size)[:read])
        raised = truth.raised[rows] > 0
        known = np.zeros_like(raised)
        known[chosen] = raised[chosen]
        guess = likely(truth, said, rows, chosen, draw).ravel()
        audit = Audit(
            ("survey",),
            everybody.iloc[chosen][["participant_id"]].assign(probability=read / size),
            pairs(np.ones_like(raised)).assign(probability=guess),
        )
        corrected.add(rank(pairs(known), everybody, codes, SETTINGS, draw, audit=audit))
        alone.add(rank(pairs(raised[chosen]), few, codes, SETTINGS, draw))
    return {
        "corrected": corrected.figures,
        "those read alone (equal effort by hand)": alone.figures,
    }
