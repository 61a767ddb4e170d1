"""Whether topics stay when nothing that matters has changed, and what extending keeps.

Draws of 150, 500 and 1,300 NHS comments and of nine tenths of the authors of three polis
conversations. Each draw is read from vectors that were made with another batch size and number of
threads, and agrees with the first reading by so much (adjusted Rand index over segments). Then a
twentieth more material comes in: `extend` places it, and beside it stands what a fresh reading of
everything does to the segments that were there before.

`python -m benchmarks.steadiness ../shared/data [--draws 10] [--only SET ...]`
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import real, sections
from benchmarks.real import Floats, Ints, Told
from benchmarks.topics import mean_with_interval
from listening.records import Table
from listening.topics import discover, extend, saved

#: batch size and threads; the first is what the others are held against
EMBEDDED = ((32, 1), (7, 1), (32, 2), (7, 2))
MORE = 0.05
COMMENTS = (150, 500, 1_300)
POLIS = ("bowling-green", "affordable-housing", "austria-climate")
KEPT = Path("out/benchmark_steadiness.jsonl")
VECTORS = Path("out/benchmark_steadiness.npz")


@dataclass(frozen=True)
class Draw:
    """Rows of the segments that are read first, and those that come in later."""

    rows: Ints
    more: Ints


def embedded(told: Told) -> list[Floats]:
    """Return the vectors of the segments for every way of embedding them."""
    if VECTORS.exists():
        with np.load(VECTORS) as kept:
            return [kept[f"v{n}"] for n in range(len(EMBEDDED))]
    import torch

    from listening import embeddings

    made = []
    for batch, threads in EMBEDDED:
        torch.set_num_threads(threads)
        encoder = _Batched(embeddings.load_encoder(None), batch)
        made.append(real.embedded(told.segments, encoder))
    np.savez(VECTORS, **{f"v{n}": vectors for n, vectors in enumerate(made)})
    return made


class _Batched:
    """The packaged model with another batch size."""

    def __init__(self, encoder: Any, batch: int) -> None:
        self.name = f"{encoder.name}, batches of {batch}"
        self._model, self._batch = encoder.model, batch

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors: Floats = self._model.encode(
            list(texts),
            batch_size=self._batch,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return vectors


def draws(told: Told, name: str, seed: int) -> Draw:
    """Draw comments, or authors of a conversation, and a twentieth as much that comes later."""
    kind, _, size = name.partition("-")
    number = COMMENTS.index(int(size)) if kind == "nhs" else len(COMMENTS) + POLIS.index(name)
    random = np.random.default_rng([number, seed])
    if kind == "nhs":
        own = np.flatnonzero(told.sources == "nhs")
        documents = told.segments["document_id"].to_numpy()
        units, most = documents, int(size)
    else:
        own = np.flatnonzero([name in source for source in told.sources])
        units = told.segments["participant_id"].to_numpy()
        most = round(0.9 * len(set(units[own])))
    order = random.permutation(np.unique(units[own].astype(str)))
    later = order[most : most + max(1, round(MORE * most))]
    return Draw(own[np.isin(units[own], order[:most])], own[np.isin(units[own], later)])


def measured(told: Told, vectors: Sequence[Floats], draw: Draw, seed: int) -> dict[str, float]:
    """Return the agreement of each way of embedding, of extending and of reading afresh."""
    own = told.segments.iloc[draw.rows].reset_index(drop=True)
    readings = [discover(own, some[draw.rows], seed=seed) for some in vectors]
    first = readings[0]
    row: dict[str, float] = {"segments": len(own), "topics": len(first.topics)}
    for (batch, threads), reading in zip(EMBEDDED[1:], readings[1:], strict=True):
        row[f"batch {batch}, {threads} thread{'s' * (threads > 1)}"] = _agreement(
            first.assignments, reading.assignments
        )
    both = np.sort(np.concatenate([draw.rows, draw.more]))
    everything = told.segments.iloc[both].reset_index(drop=True)
    longer = extend(saved(first), everything, vectors[0][both]).reading
    fresh = discover(everything, vectors[0][both], seed=seed)
    row["extended"] = _agreement(first.assignments, longer.assignments)
    row["read afresh"] = _agreement(first.assignments, fresh.assignments)
    return row


def _agreement(before: Table, after: Table) -> float:
    """Return the adjusted Rand index over the segments that have a topic in the first reading."""
    from sklearn.metrics import adjusted_rand_score

    placed = before[before["topic_id"] >= 0].set_index("segment_id")["topic_id"]
    now = after.set_index("segment_id")["topic_id"].reindex(placed.index)
    return float(adjusted_rand_score(placed, now))


def table(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return Markdown: means and 95 % intervals of each set."""
    frame = pd.DataFrame(rows)
    ways = [column for column in frame.columns if column not in ("set", "seed")]
    lines = [f"| set | draws | {' | '.join(ways)} |", "|---" * (len(ways) + 2) + "|"]
    for name, of in frame.groupby("set", sort=False):
        cells = [f"{of['segments'].mean():.0f}", f"{of['topics'].mean():.0f}"]
        for way in ways[2:]:
            mean, low, high = mean_with_interval(of[way])
            cells.append(f"{mean:.3f} ({low:.3f} to {min(high, 1.0):.3f}), least {of[way].min():.2f}")
        lines.append(f"| {name} | {len(of)} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--only", nargs="*")
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    whole = real.told(asked.data)
    told = whole.part(np.flatnonzero(whole.sources != "bank"))
    vectors = embedded(told)
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    kept = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    rows = [json.loads(line) for line in kept]
    done = {(row["set"], row["seed"]) for row in rows}
    names = [*(f"nhs-{number}" for number in COMMENTS), *POLIS]
    for seed in range(asked.draws):
        for name in names if not asked.only else asked.only:
            if (name, seed) not in done:
                told_of = measured(told, vectors, draws(told, name, seed), seed)
                rows.append({"set": name, "seed": seed, **told_of})
                with KEPT.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(rows[-1]) + "\n")
    rows.sort(key=lambda row: (names.index(row["set"]), row["seed"]))
    largest = max(float(np.abs(some - vectors[0]).max()) for some in vectors[1:])
    lines = [
        "Agreement with the first reading of the same draw (adjusted Rand index over segments); the "
        f"first is embedded in batches of {EMBEDDED[0][0]} on one thread. Numbers of the vectors "
        f"differ by {largest:.0e} at most.",
        "",
        *table(rows),
    ]
    sections.write("Steadiness of topics", "python -m benchmarks.steadiness ../shared/data", lines)


if __name__ == "__main__":
    main()
