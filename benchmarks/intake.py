"""Every file of a folder as `check` takes it, and every folder as `ingest` does; no word of any.

`python -m benchmarks.intake FOLDER [--ingest]`: one line a file: read or refused, people, turns,
words, things set aside, and signs beyond ASCII (accents, pounds, quotation marks) that stand in a
plain text, decoded here by Python alone, and not in what was read. With `--ingest`, one line a
folder of what the store holds afterwards; the store is thrown away.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

from listening.records import (
    DOCUMENTS,
    PARTICIPANTS,
    PLACES,
    SEGMENTS,
    Reading,
    ReadOptions,
    Reject,
)
from listening.settings import Settings
from listening.sources import find_files
from listening.steps import PackagedModels, Request, open_work
from listening.steps.finding import content_of, understood
from listening.steps.ingest import begin, ingest, refusals

PLAIN = (".txt", ".vtt")


def files_table(folder: Path) -> list[str]:
    lines = [
        "| file | outcome | people | turns | words | set aside | signs lost |",
        "|---|---|---|---|---|---|---|",
    ]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        lines += [f"| {name} | {' | '.join(row)} |" for row in _rows(path)]
    return lines


def _rows(path: Path) -> list[list[str]]:
    found = find_files([path])
    rows = [_refused(reject) for reject in found.rejects]
    for file in found.files:
        content = content_of(file)
        reading = understood(file.name, content, ReadOptions(), None, date.today())
        rows.append(
            _refused(reading) if isinstance(reading, Reject) else _read(path, content, reading)
        )
    return rows or [["left alone", "", "", "", "", ""]]


def _refused(reject: Reject) -> list[str]:
    return [f"refused: {reject.why}", "", "", "", "", ""]


def _read(path: Path, content: bytes, reading: Reading) -> list[str]:
    own = reading.turns[reading.turns["role"] == "participant"]
    words = sum(len(text.split()) for text in own["text"])
    said = "".join(reading.turns["text"])
    lost = said.count("\ufffd")
    if path.suffix in PLAIN:
        known = Counter(char for char in decoded(content) if ord(char) > 160)
        lost += sum((known - Counter(said)).values())
    counts = (len(reading.people), len(reading.turns), words, len(reading.rejects), lost)
    return ["read", *(f"{count:,}" for count in counts)]


def decoded(content: bytes) -> str:
    """Decode as Python does, with nothing of ours."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def folders_table(folder: Path) -> list[str]:
    lines = [
        "| folder | files | refused | people | documents | segments | places | replaced "
        "| set aside | seconds |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    models = PackagedModels(Settings())
    for inside in sorted(path for path in folder.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as home:
            lines.append(_ingested(inside, Path(home), models))
    return lines


def _ingested(inside: Path, home: Path, models: PackagedModels) -> str:
    start = time.perf_counter()
    work = open_work(Settings(home=home), date.today(), models)
    run_id = begin(work, Request((inside,)))
    try:
        ingest(work, run_id)
    except Exception as error:
        # its own words may be a resident's
        return f"| {inside.name} | 0 | stopped: {type(error).__name__} |"
    keys = work.store.run(run_id).sources
    sources = work.store.sources(dict.fromkeys(keys, ""))
    book = work.vault.read(f"runs/{run_id}")
    tables = (PARTICIPANTS, DOCUMENTS, SEGMENTS, PLACES)
    counts = [len(work.store.load(keys, schema)) for schema in tables]
    replaced = sum(sum(source.removed.values()) for source in sources)
    aside = len(book["rejects"]) + sum(len(source.rejects) for source in sources)
    work.store.close()
    figures = (len(keys), len(refusals(work, run_id)), *counts, replaced, aside)
    cells = " | ".join(f"{figure:,}" for figure in figures)
    return f"| {inside.name} | {cells} | {time.perf_counter() - start:.0f} |"


def main(arguments: list[str]) -> None:
    folder = Path(next(word for word in arguments if not word.startswith("--")))
    print(*files_table(folder), sep="\n")
    if "--ingest" in arguments:
        print("", *folders_table(folder), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
