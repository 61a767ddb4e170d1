"""Peak memory of single parts of the way at 100,000 made-up answers, without a model.

Answers are 18 made-up words each, drawn as words of a language are: few of them often. Each part
runs in a process of its own; what its input takes is left out.

`python -m benchmarks.memory_parts [--count 100000]`
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import sections
from listening.records import Vectors

WORDS, VOCABULARY = 18, 6_000


def answers(count: int) -> list[str]:
    drawn = random.Random(0)  # noqa: S311 - nothing secret
    known = [
        "".join(drawn.choices(string.ascii_lowercase, k=drawn.randint(2, 9)))
        for _ in range(VOCABULARY)
    ]
    often = [1 / rank for rank in range(1, VOCABULARY + 1)]
    said = drawn.choices(known, weights=often, k=WORDS * count)
    return [" ".join(said[at : at + WORDS]) for at in range(0, len(said), WORDS)]


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


class Hashes:
    """Vectors out of hashes: as wide as the packaged model's, and at no cost."""

    name = "hashes@1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        raw = b"".join(hashlib.sha256(text.encode()).digest() * 12 for text in texts)
        rows = np.frombuffer(raw, dtype=np.uint8).reshape(len(texts), -1).astype(np.float32) - 127.5
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Models:
    encoder, encoder_name, pipeline = Hashes(), Hashes.name, None


def parses(texts: list[str]) -> Callable[[], object]:
    from listening.records import Parsed, Spans

    return lambda: [Parsed(t, Spans(m.span() for m in re.finditer(r"\w+", t))) for t in texts]


def campaigns(texts: list[str]) -> Callable[[], object]:
    import scipy.sparse.csgraph  # noqa: F401 - so that importing it is not measured

    from listening.topics.campaigns import campaigns as found

    ids = [f"{n:06}" for n in range(len(texts))]
    table = pd.DataFrame({"document_id": ids, "participant_id": ids, "segment_id": ids})
    table = table.assign(text=texts, source_kind="survey", question="", start=0)
    return lambda: found(table)


def vectors(texts: list[str]) -> Callable[[], object]:
    from listening import steps
    from listening.settings import Settings
    from listening.steps.discover import embed_segments

    def run() -> object:
        with tempfile.TemporaryDirectory() as folder:
            work = steps.open_work(Settings(home=Path(folder)), date(2026, 7, 1), Models())
            work.store.begin_run("run", 0, {})
            made = embed_segments(work, "run", table)
            work.store.close()
            return made

    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    table = pd.DataFrame({"text": texts, "nil": False, "text_key": keys})
    return run


PARTS = {
    "parses of the texts": parses,
    "campaigns": campaigns,
    "embedding, the store, one table of vectors": vectors,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--part", help="one part, and no more")
    asked = parser.parse_args()
    if asked.part:
        run = PARTS[asked.part](answers(asked.count))
        before = _status("VmRSS")
        made = run()
        print(json.dumps({"peak": _status("VmHWM") - before, "kept": made is not None}))
        return
    lines = [f"{asked.count:,} answers of {WORDS} words:", "", "| part | MB above its input |"]
    lines.append("|---|---|")
    for name in PARTS:
        command = [sys.executable, "-m", "benchmarks.memory_parts", "--part", name]
        command += ["--count", str(asked.count)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        lines.append(f"| {name} | {json.loads(done.stdout)['peak']:.0f} |")
    sections.write("Memory of parts", "python -m benchmarks.memory_parts", lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
