"""How long a ranking takes, made-up people: 1,000 and 100,000 of them, 30 codes."""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

from benchmarks.ranking_population import pairs, people_table
from listening.priorities import RankSettings, Theme, rank
from listening.priorities.correction import Audit
from listening.priorities.eligibility import asked_of
from listening.records import Table

CODES = 30
#: codes that people can raise who were asked the short question
ASKED = tuple(f"c{k:02d}" for k in range(10))
#: name, whether an audit corrects it, whether there are groups and a list of questions
WAYS = (
    ("as people coded them", False, False),
    ("corrected by an audit", True, False),
    ("as people coded them, with groups", False, True),
)
SETTINGS = RankSettings(replicates=2000, status="reviewed")


def table() -> list[str]:
    lines = [
        f"{CODES} codes, {SETTINGS.replicates:,} resamples, made-up people; one thread. Seconds "
        "of the processor, which the clock shows where nothing else runs. Corrected: a "
        "tenth of the people read, every share an estimate, so that no two "
        "people are alike. Groups: three attributes of five groups each, compared with each "
        "other, and a list of questions by which a third of the people could raise ten codes "
        "alone.",
        "",
        "| people | counted | seconds |",
        "|---|---|---|",
    ]
    for size in (1_000, 100_000):
        for way, corrected, groups in WAYS:
            seconds = _seconds(size, corrected=corrected, groups=groups)
            lines.append(f"| {size:,} | {way} | {seconds:.1f} |")
            print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _seconds(size: int, *, corrected: bool, groups: bool) -> float:
    random = np.random.default_rng(0)
    raised = random.random((size, CODES)) < np.linspace(0.02, 0.3, CODES)
    people = people_table(size)
    codes = [Theme(f"c{k:02d}", f"c{k:02d}", "") for k in range(CODES)]
    audit = _audit(raised, random) if corrected else None
    said, heard = pairs(raised), None
    if groups:
        dealt = random.integers(0, 5, (size, 3))
        people["attributes"] = [{f"a{n}": f"v{one}" for n, one in enumerate(of)} for of in dealt]
        form = np.where(np.arange(size) % 3 == 0, "short", "open")
        heard = pd.DataFrame({"participant_id": people["participant_id"], "question": form})
        said = said[said["code"].isin(ASKED) | ~said["participant_id"].isin(_short(people))]
    start = time.process_time()
    asked = None if heard is None else asked_of(_questions(), heard, [code.id for code in codes])
    rank(said, people, codes, SETTINGS, 0, audit=audit, asked=asked)
    return time.process_time() - start


def _short(people: Table) -> pd.Series[str]:
    return people["participant_id"].iloc[::3]


def _questions() -> Table:
    return pd.DataFrame({"question": "short", "code": list(ASKED), "how": "spontaneous"})


def _audit(raised: np.ndarray, random: np.random.Generator) -> Audit:
    read = people_table(len(raised)).iloc[: len(raised) // 10][["participant_id"]]
    guesses = pairs(np.ones(raised.shape, dtype=bool))
    likely = np.clip(raised * 0.6 + 0.4 * random.random(raised.shape), 0, 1).ravel()
    return Audit(
        ("survey",),
        read.assign(probability=0.1).reset_index(drop=True),
        guesses.assign(probability=likely),
    )
