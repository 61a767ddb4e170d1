"""Whether topics stay when nothing that matters has changed, and what extending keeps.

Draws of 150, 500 and 1,300 of 2,000 NHS comments and of nine tenths of the authors of three polis
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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import real, sections
from benchmarks.real import Floats, Ints, Told
from benchmarks.topics import mean_with_interval
from listening.records import Table
from listening.topics import SavedReading, extend

#: Batch size and threads. The first is what the others are held against: it is how `real` embeds,
#: among all that it embeds, so that batches are others even where their size is the same.
EMBEDDED = ((32, 2), (32, 1), (7, 1))
POOL = 2_000
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


def pool(whole: Told) -> Told:
    """Return the segments of 2,000 comments and of the three conversations."""
    documents = whole.segments["document_id"].to_numpy().astype(str)
    comments = np.unique(documents[whole.sources == "nhs"])
    some = np.random.default_rng(11).permutation(comments)[:POOL]
    polis = np.array([any(name in source for name in POLIS) for source in whole.sources])
    return whole.part(np.flatnonzero(np.isin(documents, some) | polis))


def embedded(told: Told) -> list[Floats]:
    """Return the vectors of the segments for every way of embedding them."""
    if VECTORS.exists():
        with np.load(VECTORS) as kept:
            return [told.vectors, *(kept[f"v{n}"] for n in range(1, len(EMBEDDED)))]
    import torch

    from listening import embeddings

    made = [told.vectors]
    for batch, threads in EMBEDDED[1:]:
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
        documents = told.segments["document_id"].to_numpy().astype(str)
        units, most = documents, int(size)
    else:
        own = np.flatnonzero([name in source for source in told.sources])
        units = told.segments["participant_id"].to_numpy().astype(str)
        most = round(0.9 * len(set(units[own])))
    order = random.permutation(np.unique(units[own]))
    later = order[most : most + max(1, round(MORE * most))]
    return Draw(own[np.isin(units[own], order[:most])], own[np.isin(units[own], later)])


def measured(told: Told, vectors: Sequence[Floats], draw: Draw, seed: int) -> dict[str, float]:
    """Return the agreement of each way of embedding, of extending and of reading afresh."""
    from sklearn.metrics import adjusted_rand_score as agreement

    own = told.part(draw.rows)
    first = real.read(own, seed)
    placed = first >= 0
    row: dict[str, float] = {"segments": len(first), "topics": int(first.max()) + 1}
    for (batch, threads), some in zip(EMBEDDED[1:], vectors[1:], strict=True):
        other = real.read(replace(own, vectors=some[draw.rows]), seed)
        name = f"batch {batch}, {threads} thread{'s' * (threads > 1)}"
        row[name] = float(agreement(first[placed], other[placed]))
    everything = told.part(np.concatenate([draw.rows, draw.more]))
    fresh = real.read(everything, seed)[: len(first)]
    longer = _extended(own.segments, first, everything)[: len(first)]
    row["extended"] = float(agreement(first[placed], longer[placed]))
    row["read afresh"] = float(agreement(first[placed], fresh[placed]))
    return row


def _extended(segments: Table, labels: Ints, everything: Told) -> Ints:
    topics = int(labels.max()) + 1
    kept = SavedReading(
        tuple(f"topic {topic}" for topic in range(topics)),
        (1.0,) * topics,
        np.eye(topics, dtype=np.float32),
        {
            segment: int(topic)
            for segment, topic in zip(segments["segment_id"], labels, strict=True)
            if topic >= 0
        },
    )
    longer = extend(kept, everything.segments, everything.vectors).reading
    found: Ints = longer.assignments["topic_id"].to_numpy(dtype=np.int64)
    return found


def table(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return Markdown: means and 95 % intervals of each set."""
    frame = pd.DataFrame(rows)
    ways = [column for column in frame.columns if column not in ("set", "seed")]
    lines = [f"| set | draws | {' | '.join(ways)} |", "|---" * (len(ways) + 2) + "|"]
    for name, of in frame.groupby("set", sort=False):
        cells = [f"{of['segments'].mean():.0f}", f"{of['topics'].mean():.0f}"]
        for way in ways[2:]:
            mean, low, high = mean_with_interval(of[way])
            cells.append(
                f"{mean:.3f} ({low:.3f} to {min(high, 1.0):.3f}), least {of[way].min():.2f}"
            )
        lines.append(f"| {name} | {len(of)} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--only", nargs="*")
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    told = pool(real.told(asked.data))
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
        "Agreement with the first reading of the same draw (adjusted Rand index over segments); "
        f"the first is embedded in batches of {EMBEDDED[0][0]} on {EMBEDDED[0][1]} threads. "
        f"Numbers of the vectors differ by {largest:.0e} at most.",
        "",
        *table(rows),
    ]
    sections.write("Steadiness of topics", "python -m benchmarks.steadiness ../shared/data", lines)


if __name__ == "__main__":
    main()
