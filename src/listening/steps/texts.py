"""`listening pseudonymise`: files in, pseudonymised text and an edit log out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from listening import language, privacy, sources
from listening.errors import ListeningError
from listening.records import ReadOptions, Table
from listening.steps.csvs import write_csv
from listening.steps.finding import content_of, refused
from listening.steps.work import Models, Progress

#: these hold text alone, so every line is kept as it stands
PLAIN = (".txt", ".md")


@dataclass(frozen=True)
class _Lines:
    name: str
    lines: list[str]
    names: tuple[str, ...]


def pseudonymise_files(
    path: Path, out: Path, models: Models, progress: Progress
) -> tuple[int, list[str]]:
    """Write one text file per document under its own name, and edits.csv.

    Returns:
        How many documents were written, and a sentence for each file refused.
    """
    found = sources.find_files([path])
    refusals = [f"Refused {reject.sentence}" for reject in found.rejects]
    documents: list[_Lines] = []
    for file in found.files:
        try:
            documents.append(_lines(file.name, content_of(file)))
        except ListeningError as error:
            refusals.append(f"Refused {refused(file.name, error).sentence}")
    progress("pseudonymise", 0, len(documents))
    texts = [line for document in documents for line in document.lines]
    known = [document.names for document in documents for _ in document.lines]
    done = privacy.pseudonymise(language.parse(texts, models.pipeline), known, {})
    edits: list[Table] = []
    taken: set[str] = set()
    start = 0
    for document in documents:
        end = start + len(document.lines)
        target = out / _target(document.name, taken)
        taken.add(target.relative_to(out).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            "\n".join(one.text for one in done.parsed[start:end]) + "\n", encoding="utf-8"
        )
        here = done.edits[done.edits["text_index"].between(start, end - 1)]
        edits.append(_log(here, document.name, start))
        start = end
    columns = ["file", "line", "start", "end", "kind", "replacement"]
    log = pd.concat(edits) if edits else pd.DataFrame(columns=columns)
    write_csv(out / "edits.csv", log[columns])
    return len(documents), refusals


def _target(name: str, taken: set[str]) -> str:
    """Name the text of a document: its own name; its kind stays where two would share one."""
    short = PurePosixPath(name).with_suffix(".txt").as_posix()
    return short if short not in taken else f"{name}.txt"


def _log(edits: Table, name: str, first: int) -> Table:
    return edits.assign(file=name, line=edits["text_index"] - first + 1)


def _lines(name: str, content: bytes) -> _Lines:
    suffix = PurePosixPath(name).suffix.lower()
    names: tuple[str, ...] = ()
    try:
        reading = sources.read(name, content, ReadOptions(), None)
        names = reading.names
        if suffix not in PLAIN:
            turns = zip(reading.turns["text"], reading.turns["translation"], strict=True)
            lines = [line for pair in turns for line in dict.fromkeys(pair) if line]
            return _Lines(name, lines, names)
    except ListeningError:
        if suffix not in PLAIN:
            raise
    return _Lines(name, sources.decode(name, content)[0].split("\n"), names)
