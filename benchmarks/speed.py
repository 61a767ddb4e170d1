"""Seconds and peak memory of a whole run per stage, beside the floor and a plain BERTopic script.

The floor is a bare `SentenceTransformer.encode` of the distinct texts and one bare `nlp.pipe`.
`python -m benchmarks.speed [COUNT ...]`
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.data import short_answers

COUNTS = (1_000, 10_000)
#: fixed costs, paid once a command whatever it reads; shown apart
FIXED = ("orchestration", "load")


def tables(counts: tuple[int, ...] = COUNTS) -> list[str]:
    lines: list[str] = []
    for count in counts:
        lines += _table(count)
    return lines


def _table(count: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "answers.csv"
        short_answers(count).to_csv(table, index=False)
        out = Path(folder) / "out"
        floor = _measured("floor", table)
        ours = _run(table, out)
        again = _run(table, out)
        plain = _measured("bertopic", table)
    worked = _seconds(ours, without=FIXED)
    lines = [f"### {count:,} short answers", "", "| stage | seconds | peak MB | items |"]
    lines.append("|---|---|---|---|")
    for stage in ours["stages"]:
        lines.append(
            f"| {stage['name']} | {stage['seconds']:.1f} | {stage['peak_mb']:.0f} "
            f"| {stage['items']:,} |"
        )
    return [
        *lines,
        "",
        "| what | seconds | × floor | peak MB |",
        "|---|---|---|---|",
        f"| floor: encode {floor['encode']:.1f} + spaCy {floor['spacy']:.1f} "
        f"| {floor['total']:.1f} | 1.00 | {floor['peak_mb']:.0f} |",
        f"| the whole run without fixed costs | {worked:.1f} | {worked / floor['total']:.2f} "
        f"| {max(stage['peak_mb'] for stage in ours['stages']):.0f} |",
        f"| fixed: loading models (floor's own loading {floor['load']:.1f}) "
        f"| {_seconds(ours, only='load'):.1f} | | |",
        f"| fixed: waiting for the orchestrator | {_seconds(ours, only='orchestration'):.1f} | | |",
        f"| the same run again, everything counted | {_seconds(again):.1f} "
        f"| {_seconds(again) / floor['total']:.2f} | |",
        f"| plain BERTopic, loading apart ({plain['topics']:.0f} topics, "
        f"{plain['outliers']:.0%} outliers) | {plain['total']:.1f} "
        f"| {plain['total'] / floor['total']:.2f} | {plain['peak_mb']:.0f} |",
        "",
        f"Embedded {ours['counts']['embedded_now']:,} texts in the first run and "
        f"{again['counts']['embedded_now']:,} in the second.",
        "",
    ]


def _measured(name: str, table: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.rival", name, str(table)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _run(table: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "listening", "run", str(table), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return dict(json.loads((out / "run.json").read_text(encoding="utf-8")))


def _seconds(told: dict[str, Any], only: str = "", without: tuple[str, ...] = ()) -> float:
    return float(
        sum(
            stage["seconds"]
            for stage in told["stages"]
            if stage["name"] not in without and only in ("", stage["name"])
        )
    )


if __name__ == "__main__":
    chosen = tuple(int(count) for count in sys.argv[1:]) or COUNTS
    print("\n".join(tables(chosen)))
