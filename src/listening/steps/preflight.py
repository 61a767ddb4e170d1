"""What would be read and what would be refused; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from listening import sources
from listening.errors import UnreadableFile
from listening.programme import Programme, load
from listening.records import ReadOptions, Reject, Table
from listening.sources import WHOLE_FILE
from listening.steps.finding import (
    content_of,
    gather,
    refused,
    text_of,
    translation_of,
    understood,
)


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
    return [_one(found, file, options, rows, today, own) for file in found.files], rejects


def _one(
    found: sources.Found,
    file: sources.FoundFile,
    options: ReadOptions,
    manifest: Table | None,
    today: date,
    programme: Programme | None,
) -> Preflight:
    try:
        content = content_of(file)
        translation = translation_of(found, file)
    except UnreadableFile as error:
        return _nothing(refused(file.name, error))
    reading = understood(
        file.name,
        content,
        options,
        manifest,
        today,
        programme=programme,
        translation=translation,
    )
    if isinstance(reading, Reject):
        return _nothing(reading)
    own = reading.turns[reading.turns["role"] == "participant"]
    return Preflight(
        file.name,
        own["participant"].nunique(),
        len(own),
        sum(len(text.split()) for text in own["text"]),
        reading.notes,
        reading.rejects,
    )


def _nothing(reject: Reject) -> Preflight:
    return Preflight(reject.file, 0, 0, 0, (), (reject,))
