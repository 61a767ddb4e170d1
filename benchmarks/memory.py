"""Peak memory of a whole run per stage, as the corpus grows; and a hash of what came out.

Answers are two real short answers joined, so that each is distinct and reads like an answer.
Embedding is by a fast stand-in, a hashed bag of words: with the real model the seconds of
embedding would be all that one waits for, and its memory does not depend on how many texts follow.
Every size runs in a process of its own.

`python -m benchmarks.memory [COUNT ...] [--real] [--keep FILE]`
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import sections
from benchmarks.data import short_answers
from listening.records import Encoder, Vectors

COUNTS = (10_000, 30_000, 100_000)
CODEBOOK = Path("annotations/codebooks/north_westminster_six.toml")
PLACES = ("Alder", "Birch", "Cedar", "Damson", "Elm")
POOL = 10_000
#: the longest of the two answers that are joined, in words
LONGEST = 12


def answers(count: int, seed: int = 0) -> pd.DataFrame:
    """Return `count` distinct answers, with an id and a place each."""
    texts = short_answers(POOL, seed)["answer"].tolist()
    short = [text for text in texts if len(text.split()) <= LONGEST]
    random = np.random.default_rng(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        first, second = (short[n] for n in random.integers(len(short), size=2))
        made[f"{first.rstrip(' .!?')}. {second}"] = None
    place = [PLACES[n % len(PLACES)] for n in range(count)]
    return pd.DataFrame(
        {"id": [f"r{n}" for n in range(count)], "answer": list(made), "ward": place}
    )


@dataclass
class Bags:
    """A hashed bag of words of 384 dimensions, in the place of a model."""

    name: str = "bags@1"
    hashing: Any = field(default=None, repr=False)

    def encode(self, texts: Sequence[str]) -> Vectors:
        from sklearn.feature_extraction.text import HashingVectorizer

        self.hashing = self.hashing or HashingVectorizer(n_features=383, dtype=np.float32)
        counted = self.hashing.transform(texts).toarray()
        # a text without words has a direction, too
        rows = np.hstack([counted, np.full((len(counted), 1), 0.05, dtype=np.float32)])
        found: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return found


class Models:
    """The real pipeline and a stand-in for the encoder."""

    def __init__(self) -> None:
        from listening.language import load_pipeline

        self.pipeline = load_pipeline()
        self.encoder: Encoder = Bags()
        self.encoder_name = self.encoder.name


def run(table: Path, folder: Path, real: bool, url: str) -> None:
    """Take a table the whole way and print what each stage cost, and hashes of the results."""
    from listening import steps
    from listening.records import ReadOptions
    from listening.settings import Settings
    from listening.steps.work import PackagedModels, Request, silent

    settings = Settings(home=folder / "home", database_url=url)
    models = PackagedModels(settings) if real else Models()
    work = steps.open_work(settings, date(2026, 7, 1), models, silent)
    options = ReadOptions(
        text=("answer",), participant="id", attributes=("ward",), consent="analysis"
    )
    run_id = steps.begin(work, Request((table,), options, codebook=CODEBOOK))
    steps.ingest(work, run_id)
    steps.discover(work, run_id)
    told = steps.write_results(work, run_id, steps.prioritise(work, run_id), folder / "out")
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted((folder / "out").iterdir())
        if path.name != "run.json"
    }
    print(json.dumps({"stages": told["stages"], "hashes": hashes, "counts": told["counts"]}))


def measured(count: int, real: bool = False, url: str = "") -> dict[str, Any]:
    """Return what `run` printed of so many answers, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "answers.csv"
        answers(count).to_csv(table, index=False)
        command = [sys.executable, "-m", "benchmarks.memory", "--stage", str(table), "--url", url]
        done = subprocess.run(
            [*command, *(["--real"] if real else [])], check=True, stdout=subprocess.PIPE, text=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def lines(told: dict[int, dict[str, Any]]) -> list[str]:
    """Return the table: peak megabytes of each stage at each size, and what 1,000 more cost."""
    counts = sorted(told)
    by_stage = {count: {row["name"]: row for row in told[count]["stages"]} for count in counts}
    head = "".join(f" {count:,} |" for count in counts)
    made = [f"| stage |{head} MB a further 1,000 | seconds at {counts[-1]:,} |"]
    made.append("|---" * (len(counts) + 3) + "|")
    for name in by_stage[counts[-1]]:
        peaks = [by_stage[count].get(name, {"peak_mb": 0.0})["peak_mb"] for count in counts]
        grows = (peaks[-1] - peaks[0]) / max(1, counts[-1] - counts[0]) * 1000
        cells = "".join(f" {peak:.0f} |" for peak in peaks)
        seconds = by_stage[counts[-1]][name]["seconds"]
        made.append(f"| {name} |{cells} {grows:.1f} | {seconds:.0f} |")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--real", action="store_true", help="the real embedding model")
    parser.add_argument("--keep", type=Path, help="write what was measured here, as JSON")
    parser.add_argument("--url", default="", help="of another database than SQLite")
    parser.add_argument("--stage", type=Path, help="run one table, and no more")
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    if asked.stage:
        run(asked.stage, asked.stage.parent, asked.real, asked.url)
        return
    told = {count: measured(count, asked.real) for count in asked.counts}
    if asked.keep:
        asked.keep.write_text(json.dumps(told, indent=1), encoding="utf-8")
        print("\n".join(lines(told)))
        return
    note = "Peak resident megabytes of each stage, by how many distinct answers there are."
    sections.write("Memory", "python -m benchmarks.memory", [note, "", *lines(told)])


if __name__ == "__main__":
    main()
