"""Zips as folders: which files lie inside, which of them are safe to open, and their bytes.

Nothing is ever unpacked to a disk. Sizes that a zip declares are binding: Python reads no more.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from listening.errors import UnreadableFile
from listening.records import Reject
from listening.sources.encoding import clean
from listening.sources.kinds import ARCHIVES, READABLE, suffix_of, whole
from listening.sources.litter import is_litter
from listening.sources.packages import UNZIP_ERRORS, kind_of
from listening.sources.refi import INLINE, inline_text, project_sources
from listening.sources.refuse import refuse

#: Entries of one zip; a programme's whole material is some hundreds of files.
_ENTRIES_LIMIT = 5_000
#: Unpacked size of one file and of all files that would be read, in bytes.
_FILE_LIMIT, _ALL_LIMIT = 200_000_000, 1_000_000_000
#: Words shrink to a fifth and tables to a fiftieth; what shrinks further is a trap.
_RATIO_LIMIT, _RATIO_FROM = 300, 5_000_000
_WRITTEN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
#: In bytes; no disk takes longer names.
_NAME_LIMIT = 255
_DRIVE = re.compile(r"^[a-z]:", re.I)
_UTF8_FLAG, _LOCKED_FLAG = 0x800, 0x1
_AGAIN = "Make the zip again from the files, or give the folder."


@dataclass(frozen=True)
class Member:
    """A file inside an archive.

    `name` is its path there as people see it; `keys` say how to get at its bytes: the entry to
    open, and where that holds further ones, which of those.
    """

    name: str
    keys: tuple[str, ...]


def members(name: str, file: BinaryIO) -> tuple[list[Member], list[Reject]]:
    """Return the files inside a .zip or .qdpx, and what is refused of it.

    Args:
        name: what reports call the archive.
        file: its bytes, open for reading.

    Raises:
        UnreadableFile: the whole archive is refused.
    """
    with _opened(name, file) as archive:
        if suffix_of(name) == ".qdpx":
            return _of_project(name, archive)
        return _of_zip(name, archive)


def read_member(name: str, file: BinaryIO, keys: Sequence[str]) -> bytes:
    """Return the bytes of a member.

    Args:
        name: what reports call the member.
        file: the archive's bytes, open for reading.
        keys: the member's keys.

    Raises:
        UnreadableFile: damaged, locked, or larger unpacked than we open.
    """
    content = b""
    for key in keys:
        if key.startswith(INLINE):
            content = inline_text(content, key)
            continue
        with _opened(name, file) as archive:
            entry = next((e for e in archive.infolist() if e.filename == key), None)
            if entry is None:
                raise refuse(name, "It is not in the zip any more.", "Run again.")
            if fault := _fault(entry):
                raise refuse(name, *fault)
            try:
                content = archive.read(entry)
            except UNZIP_ERRORS:
                raise refuse(name, "It is damaged inside the zip.", _AGAIN) from None
        file = io.BytesIO(content)
    return content


def _opened(name: str, file: BinaryIO) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except UNZIP_ERRORS:
        raise refuse(name, "The file is damaged or was cut short.", _AGAIN) from None
    if len(archive.infolist()) > _ENTRIES_LIMIT:
        archive.close()
        why = f"It holds more than {_ENTRIES_LIMIT:,} files."
        raise refuse(name, why, "Make several zips of it, or give the folder.")
    return archive


def _of_zip(name: str, archive: zipfile.ZipFile) -> tuple[list[Member], list[Reject]]:
    entries = [e for e in archive.infolist() if not e.is_dir() and not _is_left(_path(e))]
    _refuse_as_a_whole(name, archive, entries)
    found: list[Member] = []
    rejects: list[Reject] = []
    seen: set[str] = set()
    size = 0
    for entry in entries:
        inside = _path(entry)
        shown = f"{name}/{inside.lstrip('/')}"
        if fault := _unsafe(entry) or _again(inside, seen) or _nested(inside):
            rejects.append(whole(shown, *fault))
            continue
        seen.add(inside.casefold())
        kind = suffix_of(inside)
        if kind in (*READABLE, *ARCHIVES) and (fault := _fault(entry)):
            rejects.append(whole(shown, *fault))
            continue
        size += entry.file_size if kind in (*READABLE, *ARCHIVES) else 0
        if size > _ALL_LIMIT:
            why = f"Unpacked, its files would be larger than {_ALL_LIMIT // 1_000_000:,} MB."
            raise refuse(name, why, "Make several zips of it, or give the folder.")
        if kind == ".qdpx":
            inner, refused = _inner(shown, archive, entry)
            found += [Member(f"{inside}/{m.name}", (entry.filename, *m.keys)) for m in inner]
            rejects += refused
        else:
            found.append(Member(inside, (entry.filename,)))
    return found, rejects


def _inner(
    name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> tuple[list[Member], list[Reject]]:
    """Return the members of a project that lies inside a zip."""
    try:
        return members(name, io.BytesIO(archive.read(entry)))
    except UnreadableFile as error:
        return [], [whole(name, error.why, error.what_to_do)]
    except UNZIP_ERRORS:
        return [], [whole(name, "It is damaged inside the zip.", _AGAIN)]


def project_text(name: str, file: BinaryIO) -> bytes:
    """Return the text (project.qde) of a REFI-QDA project: its codes, and what its sources are.

    Args:
        name: what reports call the project.
        file: its bytes, open for reading.

    Raises:
        UnreadableFile: damaged, locked, or no such project.
    """
    with _opened(name, file) as archive:
        return _project(name, archive)[1]


def _project(name: str, archive: zipfile.ZipFile) -> tuple[zipfile.ZipInfo, bytes]:
    project = [e for e in archive.infolist() if suffix_of(e.filename) == ".qde"]
    if not project:
        raise refuse(
            name,
            "It holds no project (.qde), so it is no REFI-QDA project.",
            "Export the project again as .qdpx, with its sources.",
        )
    if fault := _fault(project[0]):
        raise refuse(name, *fault)
    try:
        return project[0], archive.read(project[0])
    except UNZIP_ERRORS:
        raise refuse(name, "It is damaged inside the zip.", _AGAIN) from None


def _of_project(name: str, archive: zipfile.ZipFile) -> tuple[list[Member], list[Reject]]:
    project, content = _project(name, archive)
    inside = [entry.filename for entry in archive.infolist()]
    sources, rejects = project_sources(name, content, inside)
    return [
        Member(called, (project.filename, key) if key.startswith(INLINE) else (key,))
        for called, key in sources
    ], rejects


def _refuse_as_a_whole(
    name: str, archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo]
) -> None:
    """A document that was renamed, an empty zip and one locked throughout need one sentence."""
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" in names or "mimetype" in names:
        kind = kind_of(archive)
        what = f"really a {kind} file" if kind else "a document of some program"
        why = f"The file is called .zip but it is {what}, renamed."
        raise refuse(name, why, "Give it its own ending.")
    if not names:
        raise refuse(name, "The zip holds no files.", "Check that the right file was sent.")
    if all(entry.flag_bits & _LOCKED_FLAG for entry in entries):
        why = "The file is protected with a password."
        raise refuse(name, why, "Unpack it with the password and give the folder.")


def _path(entry: zipfile.ZipInfo) -> str:
    """Return an entry's path, mended: Windows' slashes, and names in UTF-8 that do not say so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    parts = clean(name.replace("\\", "/")).replace("\n", " ").split("/")
    # A first part that is empty says that the name begins at the root.
    return "/".join(part for n, part in enumerate(parts) if part != "." and (part or not n))


def _is_left(path: str) -> bool:
    return any(is_litter(part) for part in path.split("/") if part not in ("", ".", ".."))


_Fault = tuple[str, str]


def _unsafe(entry: zipfile.ZipInfo) -> _Fault | None:
    path = _path(entry)
    if not path or path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/"):
        why = "Its name points to a place outside the zip, so it was not opened."
        return why, "Find out who made the zip; if it is yours, make it again from the files."
    if any(len(part.encode()) > _NAME_LIMIT for part in path.split("/")):
        return "Its name is longer than a file's name may be.", "Give it a shorter name."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "It is a link to another file, and not a file.", "Put the file itself into the zip."
    return None


def _again(path: str, seen: set[str]) -> _Fault | None:
    if path.casefold() not in seen:
        return None
    return (
        "Another file of the same name stands before it in the zip; that one was read.",
        "Give one of the two another name.",
    )


def _nested(path: str) -> _Fault | None:
    if suffix_of(path) != ".zip":
        return None
    return "It is a zip inside a zip.", "Unpack it and put the files themselves into the zip."


def _fault(entry: zipfile.ZipInfo) -> _Fault | None:
    """Return why an entry is not opened, and what to do; None where it may be."""
    if entry.flag_bits & _LOCKED_FLAG:
        return "It is protected with a password.", "Unpack the zip and give the folder."
    if entry.compress_type not in _WRITTEN:
        return "It is packed in a way that we cannot open.", _AGAIN
    if entry.file_size > _FILE_LIMIT:
        why = f"Unpacked, it would be larger than {_FILE_LIMIT // 1_000_000} MB."
        return why, "Split it into parts."
    packed = max(entry.compress_size, 1)
    if entry.file_size > _RATIO_FROM and entry.file_size > _RATIO_LIMIT * packed:
        why = f"Unpacked, it would be more than {_RATIO_LIMIT} times as large, so it is a trap."
        return why, "Find out who made the zip; if the file is yours, give it without the zip."
    return None
