"""What lies under the paths given, and the manifests that speak of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from listening import sources
from listening.errors import InvalidTable, ListeningError, NothingToDo, UnreadableFile
from listening.programme import Programme
from listening.records import Reading, ReadOptions, Reject, Table
from listening.sources import WHOLE_FILE, Found, FoundFile


class Translation(NamedTuple):
    """A file that somebody supplied as the translation of another."""

    name: str
    content: bytes


def gather(
    paths: Sequence[Path], manifest: Path | None, leave_out: Sequence[Path] = ()
) -> tuple[Found, Table | None, list[Reject]]:
    """Find the files to read, and join every manifest into one table.

    Args:
        paths: files and folders.
        manifest: a manifest named by hand; those in the folders hold as well.
        leave_out: files that play another part.
    """
    found = sources.find_files(paths, [*leave_out, *([manifest] if manifest else [])])
    rejects = list(found.rejects)
    names = [file.name for file in found.files]
    parts = []
    by_hand = [FoundFile(manifest.name, manifest)] if manifest else []
    for file in [*by_hand, *found.manifests]:
        table, refused = sources.read_manifest(file.name, content_of(file))
        if file.archive:
            table = sources.bound_to(table, file.archive, names)
        parts.append(table)
        unused = sources.unused_rows(table, file.name, names)
        _withhold(table, file.name, names)
        rejects.extend((*refused, *unused))
    if not parts:
        return found, None, rejects
    rows = pd.concat(parts, ignore_index=True).fillna("")
    beside, missing = sources.translations(rows, names)
    by_name = {file.name: file for file in found.files}
    return (
        replace(
            found,
            files=tuple(file for file in found.files if file.name not in set(beside.values())),
            translations={name: by_name[other] for name, other in beside.items()},
        ),
        rows,
        [*rejects, *missing],
    )


def _withhold(manifest: Table, name: str, names: Sequence[str]) -> None:
    """Stop where the manifest withholds somebody of a file that was not given under that name.

    The file may be there under another spelling, and then their words would be counted.
    """
    without = manifest[manifest["consent"] == "none"]
    missing = sources.unused_rows(without, name, names)
    if missing:
        raise NothingToDo(
            name,
            f"{missing[0].what} say that somebody did not consent, and no such file was given.",
            "Correct the file's name in the manifest, or take those rows out; then run again.",
        )


def translation_of(found: Found, file: FoundFile) -> Translation | None:
    """Return the name and the bytes of a file's translation, if it has one.

    Raises:
        UnreadableFile: the translation cannot be opened.
    """
    other = found.translations.get(file.name)
    try:
        return Translation(other.name, content_of(other)) if other else None
    except UnreadableFile as error:
        raise UnreadableFile(file.name, f"Its translation {error.why}", error.what_to_do) from None


def content_of(file: FoundFile) -> bytes:
    """Return a file's bytes, out of the archive that it lies in if it lies in one.

    Raises:
        UnreadableFile: it is not there, may not be read, or is damaged in its archive.
    """
    try:
        if not file.member:
            return file.path.read_bytes()
        with file.path.open("rb") as archive:
            return sources.read_member(file.name, archive, file.member)
    except OSError as error:
        raise UnreadableFile(
            file.name,
            f"cannot be opened ({error.strerror}).",
            "Check that it is there and that you may read it.",
        ) from None


def text_of(path: Path | FoundFile) -> str:
    """Return the text of a file that is no material: settings, a codebook, a population.

    Raises:
        UnreadableFile: it is not there, may not be read, or is not UTF-8.
    """
    file = path if isinstance(path, FoundFile) else FoundFile(path.name, path)
    try:
        return content_of(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            file.name, "is not text in UTF-8.", "Save it as UTF-8 and run again."
        ) from None


def refused(name: str, error: ListeningError) -> Reject:
    """Say that nothing of a file can be read, and why."""
    return Reject(name, "", WHOLE_FILE, error.why, error.what_to_do)


def understood(
    name: str,
    content: bytes,
    options: ReadOptions,
    manifest: Table | None,
    today: date,
    withdrew: Callable[[str, str], bool] = lambda _participant, _programme_id: False,
    programme: Programme | None = None,
    set_apart: Callable[[Reading], Reading] = lambda reading: reading,
    translation: Translation | None = None,
) -> Reading | Reject:
    """Return what a file says and who may be heard in it, or why nothing of it can be read."""
    try:
        reading = sources.read(name, content, options, manifest)
        if translation:
            reading = _translated(reading, translation, options, manifest)
        reading = set_apart(reading)
        heard = sources.gate(reading, options.consent, today, withdrew, programme)
        return sources.fit_attributes(heard, programme.attributes if programme else ())
    except InvalidTable:  # a fault of ours
        raise
    except ListeningError as error:
        return refused(name, error)


def _translated(
    reading: Reading, translation: Translation, options: ReadOptions, manifest: Table | None
) -> Reading:
    """Put a translation beside its original, which stands alone where that cannot be done."""
    try:
        other = sources.read(translation.name, translation.content, options, manifest)
    except InvalidTable:  # a fault of ours
        raise
    except ListeningError as error:
        told = sources.rows_for(manifest, translation.name)
        if any(row["consent"] == "none" or row.get("disclosure") == "yes" for row in told):
            raise sources.withholds(reading.turns["file"].iloc[0], translation.name) from None
        aside = replace(refused(translation.name, error), what="The translation")
        consents = [row["consent"] for row in told]
        untils = [row["consent_until"] for row in told]
        reading = sources.as_strict(reading, translation.name, consents, untils)
        return replace(reading, rejects=(*reading.rejects, aside))
    return sources.with_translation(reading, other, translation.name)
