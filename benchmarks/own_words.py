"""How long a lead waits who saves an action: whether its texts repeat what a resident said.

Made-up people say one passage each, of 25 words drawn by lot from those of the bundled survey, so
that nearly every run of words is somebody's own. They are laid into a store; a text of eighty words
is looked up with nothing at hand, and then in the index that is made with the results. Processor
time of this process, the median of three; the index is made once, beside the pages.

`python -m benchmarks.own_words [--count 100000 300000]`
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import sections
from benchmarks.leading import SURVEY, empty_rows
from listening.records import SEGMENTS
from listening.segments import text_key
from listening.settings import Settings
from listening.steps import PackagedModels, Work
from listening.steps.kept_folder import BOOK, results_folder
from listening.steps.own_words import index_files, own_words
from listening.steps.work import open_work
from listening.store import KeptSource

LONG, WRITTEN, AGAIN = 25, 80, 3


def lay_out(work: Work, count: int, seed: int = 0) -> list[str]:
    """Keep what made-up people say; return it."""
    survey = pd.read_csv(SURVEY, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    words = np.array(" ".join(survey[survey.columns[2]]).split())
    drawn = np.random.default_rng(seed).integers(0, len(words), (count, LONG))
    texts = [" ".join(row) for row in words[drawn]]
    ids = pd.Series([f"P{n:06d}" for n in range(count)])
    told = empty_rows(SEGMENTS, count) | {"segment_id": ids + "-0", "text": texts}
    told |= {"document_id": "d" + ids, "participant_id": ids, "source_kind": "survey"}
    told |= {"text_key": [text_key(text) for text in texts], "voice": "verbatim"}
    work.store.add_source(KeptSource("survey", (), (), {}), "file survey")
    work.store.save("survey", pd.DataFrame(told | {"nil": False, "language": "en"}), SEGMENTS)
    return texts


def measured(count: int, home: Path) -> str:
    """Return a row of the table."""
    settings = Settings(home=home)
    work = open_work(settings, date(2026, 7, 1), PackagedModels(settings))
    texts = lay_out(work, count)
    print(f"{count:,} laid out", file=sys.stderr, flush=True)
    said = " ".join(texts[count // 2].split()[:8])
    rest = [" ".join(text.split()[:5]) for text in texts[:: count // 15]]
    written = {"told": " and ".join([said, *rest])[: WRITTEN * 8]}
    before, found = timed(lambda: own_words(work, written))
    start = time.process_time()
    files = index_files(work)
    made = time.process_time() - start
    folder = results_folder(work) / "made"
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    work.vault.write(BOOK, {"folder": "made"})
    after, again = timed(lambda: own_words(work, written))
    if not found or found != again:
        raise SystemExit("The index does not find what looking through finds.")
    size = sum(map(len, files.values())) / 1e6
    work.store.close()
    return f"| {count:,} | {before:.1f} | {after:.3f} | {made:.0f} | {size:.0f} |"


def timed(ask: Callable[[], dict[str, str]]) -> tuple[float, dict[str, str]]:
    """Return the processor time that an answer takes, and the answer."""
    took = []
    for _ in range(AGAIN):
        start = time.process_time()
        answer = ask()
        took.append(time.process_time() - start)
    return statistics.median(took), answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, nargs="+", default=[100_000, 300_000])
    parser.add_argument("--print", action="store_true", help="print and write nothing")
    asked = parser.parse_args()
    lines = [
        "| passages | looked through, seconds | in the index, seconds | making it, seconds | MB |",
        "|---|---|---|---|---|",
    ]
    for count in asked.count:
        with tempfile.TemporaryDirectory() as folder:
            lines.append(measured(count, Path(folder)))
    print("\n".join(lines))
    if not asked.print:
        command = f"python -m benchmarks.own_words --count {' '.join(map(str, asked.count))}"
        sections.write("Whether an action repeats a resident's words", command, lines)


if __name__ == "__main__":
    main()
