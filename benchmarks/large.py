"""The topics stage on a hundred thousand answers: seconds, memory, agreement with a small reading.

The answers are made from real ones (`benchmarks/made.py` says how). The stage runs in a process of
its own. Beside it, 5,000 people are drawn and read alone, by the way for few texts: their topics
are held against those that the large reading gave the same people, and, to know what such a
comparison can give at all, against a reading of 5,000 *other* people that places them by the
nearest middle. Before there was a way for many, that was what became of large material.

`python -m benchmarks.large ../shared/data [--count 100000] [--draws 3]`
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks import made, real, sections
from benchmarks.real import Ints, Told, read
from benchmarks.topics import mean_with_interval
from listening.topics.discovery import discover
from listening.topics.units import unit

PEOPLE = 5_000
FOLDER = Path("out")


def stage(path: Path) -> None:
    """Make the reading index of what a file holds, and print seconds and peak megabytes."""
    with path.open("rb") as file:
        told = Told(*pickle.load(file))  # noqa: S301 - written by this program
    before = _peak()
    start = time.perf_counter()
    index = discover(told.segments, told.vectors)
    seconds = time.perf_counter() - start
    labels = index.assignments["topic_id"].to_numpy(dtype=np.int64)
    np.save(path.with_suffix(".labels.npy"), labels)
    told_of = {
        "seconds": seconds,
        "cpu": time.process_time(),
        "peak_mb": _peak(),
        "before_mb": before,
        "topics": len(index.topics),
        "unstable": int((index.topics["flag"] == "unstable").sum()),
        "stability": float(index.topics["stability"].mean()),
        "names": index.topics["name"].head(12).tolist(),
    }
    print(json.dumps(told_of))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def nearest(labels: Ints, read_from: Told, placed: Told) -> Ints:
    """Return the topic whose middle in one reading is nearest to each segment of other people."""
    member = np.eye(int(labels.max()) + 1, dtype=np.float32)[labels[labels >= 0]]
    middles = unit(member.T @ read_from.vectors[labels >= 0])
    found: Ints = (placed.vectors @ middles.T).argmax(axis=1).astype(np.int64)
    return found


def agreements(told: Told, large: Ints, draws: int) -> dict[str, list[float]]:
    """Return what the module's docstring says, draw by draw."""
    from sklearn.metrics import adjusted_mutual_info_score as ami

    found: dict[str, list[float]] = {}

    def keep(name: str, one: np.ndarray, other: np.ndarray, rows: np.ndarray) -> None:
        found.setdefault(name, []).append(float(ami(one[rows], other[rows])))

    for seed in range(draws):
        order = np.random.default_rng([7, seed]).permutation(len(told.segments))
        mine, theirs = np.sort(order[:PEOPLE]), np.sort(order[PEOPLE : 2 * PEOPLE])
        own, other = told.part(mine), told.part(theirs)
        small, elsewhere = read(own, seed), nearest(read(other, seed), other, own)
        here = large[mine]
        every = small >= 0
        coded = every & (own.matters != "")
        keep("alone, and in the large reading", small, here, every)
        keep("alone, and placed by a reading of 5,000 others", small, elsewhere, every)
        keep("alone, and what people coded", small, own.matters, coded)
        keep("in the large reading, and what people coded", here, own.matters, coded)
        keep("placed by 5,000 others, and what people coded", elsewhere, own.matters, coded)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="../shared/data")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument(
        "--stage", action="store_true", help="read one file of answers, and no more"
    )
    asked = parser.parse_args()
    if asked.stage:
        stage(asked.data)
        return
    os.environ["HF_HUB_OFFLINE"] = "1"
    from listening.embeddings import load_encoder

    source = real.told(asked.data)
    whole = made.made(source, asked.count, load_encoder(None))
    told = whole.told
    path = FOLDER / "benchmark_large.pickle"
    with path.open("wb") as file:
        parts = (told.segments, told.vectors, told.matters, told.sources)
        pickle.dump(parts, file, protocol=5)
    command = [sys.executable, "-m", "benchmarks.large", "--stage", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cost = json.loads(done.stdout.splitlines()[-1])
    large = np.load(path.with_suffix(".labels.npy"))
    lines = [
        f"{asked.count:,} answers of as many made-up people, "
        f"{told.segments['text_key'].nunique():,} distinct texts, made from "
        f"{source.segments['text_key'].nunique():,} real sentences; the mean of two parts' vectors "
        f"has a cosine of {whole.likeness:.2f} with the true one, and the made vectors are as far "
        "off.",
        "",
        "| answers | seconds | processor seconds | peak MB | of it before the stage | topics "
        "| unstable | mean stability |",
        "|---" * 8 + "|",
        f"| {asked.count:,} | {cost['seconds']:.0f} | {cost['cpu']:.0f} | {cost['peak_mb']:.0f} "
        f"| {cost['before_mb']:.0f} | {cost['topics']} | {cost['unstable']} "
        f"| {cost['stability']:.2f} |",
        "",
        f"Of {PEOPLE:,} people, {asked.draws} draws (adjusted mutual information, 95 % interval):",
        "",
        "| their topics when read … | AMI |",
        "|---|---|",
    ]
    for name, values in agreements(told, large, asked.draws).items():
        mean, low, high = mean_with_interval(values)
        lines.append(f"| {name} | {mean:.3f} ({low:.3f} to {high:.3f}) |")
    sections.write("Large material", "python -m benchmarks.large ../shared/data", lines)
    print("\n".join(lines), *cost["names"], sep="\n")


if __name__ == "__main__":
    main()
