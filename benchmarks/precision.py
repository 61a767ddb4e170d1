"""bfloat16 beside full precision: seconds, and whether the same texts stay nearest.

`python -m benchmarks.precision [--count 2000]`; the answers are those of `benchmarks.memory`.
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

from benchmarks import sections
from benchmarks.memory import answers
from listening.records import Vectors

#: neighbours of each text that are compared
NEAREST = 10


def nearest(vectors: Vectors) -> np.ndarray:
    """Return of each text which others lie nearest, nearest first."""
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    return np.argsort(-alike, axis=1, kind="stable")[:, :NEAREST]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    from listening.embeddings import BFLOAT16, load_encoder

    texts = answers(asked.count)["answer"].tolist()
    made: dict[str, tuple[float, Vectors]] = {}
    for precision in ("", BFLOAT16):
        encoder = load_encoder(None, precision)
        encoder.encode(texts[:32])
        start = time.perf_counter()
        vectors = encoder.encode(texts)
        made[precision] = (time.perf_counter() - start, vectors)
    (full_s, full), (half_s, half) = made.values()
    ours, theirs = nearest(full), nearest(half)
    shared = np.mean(
        [len(np.intersect1d(a, b)) / NEAREST for a, b in zip(ours, theirs, strict=True)]
    )
    cosine = np.mean((full * half).sum(axis=1))
    lines = [
        f"{len(texts):,} distinct answers, packaged model. Seconds say little where processors are "
        "busy with other work.",
        "",
        "| | seconds | times as fast | mean cosine with full | same nearest | same ten nearest |",
        "|---|---|---|---|---|---|",
        f"| full | {full_s:.1f} | 1.00 | 1 | 100 % | 100 % |",
        f"| bfloat16 | {half_s:.1f} | {full_s / half_s:.2f} | {cosine:.5f} "
        f"| {np.mean(ours[:, 0] == theirs[:, 0]):.1%} | {shared:.1%} |",
    ]
    sections.write("Precision of embeddings", "python -m benchmarks.precision", lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
