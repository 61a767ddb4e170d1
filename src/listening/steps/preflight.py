"""What would be read and what would be refused; writes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from listening import sources
from listening.errors import UnreadableFile
from listening.programme import Programme, load
from listening.records import Reading, ReadOptions, Reject, Table
from listening.sources import WHOLE_FILE
from listening.steps.copies import set_aside, told_apart
from listening.steps.finding import (
    content_of,
    gather,
    refused,
    text_of,
    translation_of,
    understood,
)
from listening.steps.reach import found_beside


@dataclass(frozen=True)
class Preflight:
    """What was understood of one file."""

    file: str
    participants: int
    turns: int
    words: int
    notes: tuple[str, ...]
    rejects: tuple[Reject, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing of the file would be kept."""
        return any(reject.what == WHOLE_FILE for reject in self.rejects)


def preflight(
    paths: list[Path],
    options: ReadOptions,
    manifest: Path | None,
    today: date,
    programme: Path | None = None,
) -> tuple[list[Preflight], list[Reject]]:
    """Read every file as a run would, and keep nothing."""
    own = load(text_of(programme), programme.name) if programme else None
    found, rows, rejects = gather(paths, manifest, [programme] if programme else [])
    _, wrong = found_beside(found.reach)
    told: list[Preflight] = []
    # nothing is kept, so any secret will do
    secret, sketches = os.urandom(32), dict[str, sources.Sketch]()
    for file in found.files:
        one, sketch = _one(found, file, options, rows, today, own, secret)
        first = next(
            (
                name
                for name, known in sketches.items()
                if sources.is_copy(sketch, known) and not told_apart(rows, file.name, name)
            ),
            "",
        )
        if first:
            one = _nothing(set_aside(file.name, first, rows))
        else:
            sketches[file.name] = sketch
        told.append(one)
    return told, [*rejects, *wrong]


def _one(
    found: sources.Found,
    file: sources.FoundFile,
    options: ReadOptions,
    manifest: Table | None,
    today: date,
    programme: Programme | None,
    secret: bytes,
) -> tuple[Preflight, sources.Sketch]:
    """Return what was understood, and the sketch of what is said."""
    try:
        content = content_of(file)
        translation = translation_of(found, file)
    except UnreadableFile as error:
        return _nothing(refused(file.name, error)), ()
    whole: list[sources.Sketch] = []

    def heard(read: Reading) -> Reading:
        whole.append(sources.heard(read, secret).whole)
        return read

    reading = understood(
        file.name,
        content,
        options,
        manifest,
        today,
        programme=programme,
        set_apart=heard,
        translation=translation,
    )
    if isinstance(reading, Reject):
        return _nothing(reading), ()
    own = reading.turns[reading.turns["role"] == "participant"]
    told = Preflight(
        file.name,
        own["participant"].nunique(),
        len(own),
        sum(len(text.split()) for text in own["text"]),
        reading.notes,
        reading.rejects,
    )
    return told, whole[0]


def _nothing(reject: Reject) -> Preflight:
    return Preflight(reject.file, 0, 0, 0, (), (reject,))
