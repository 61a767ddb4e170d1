"""Reading a backup: a file that somebody hands over, checked before and while it is laid out."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from listening.errors import ListeningError, NothingToDo
from listening.steps.backup.nouns import (
    HOME,
    MANIFEST,
    TABLES,
    Manifest,
    belongs,
    broken,
    is_safe,
    manifest_of,
)
from listening.steps.backup.packing import PIECE

#: of the list of contents, in bytes: a million files
_LONGEST_LIST = 256 * 1024 * 1024
#: what stays free on the disk, in bytes
_MARGIN = 64 * 1024 * 1024
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)


class Unpacked:
    """An opened backup whose names and sizes are good."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self._packed = packed
        self.manifest = manifest

    def check(self, told: Callable[[int, int], None]) -> None:
        """Read every file in it and compare its hash.

        Raises:
            ListeningError: one is not as it was.
        """
        for number, name in enumerate(self.manifest.members):
            told(number, len(self.manifest.members))
            for _ in self.pieces(name):
                pass

    def lay_out(self, folder: Path, told: Callable[[int, int], None]) -> None:
        """Write every file of the home into `folder`, for its owner alone.

        Raises:
            ListeningError: one is not as it was, or there is no room.
        """
        names = [name for name in self.manifest.members if name.startswith(f"{HOME}/")]
        for number, name in enumerate(names):
            told(number, len(names))
            to = folder / PurePosixPath(name).relative_to(HOME)
            _make(to.parent)
            descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                for piece in self.pieces(name):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a file piece by piece.

        Raises:
            ListeningError: it is not as it was; that shows with its last piece.
        """
        size, wanted = self.manifest.members[name]
        digest, read = hashlib.sha256(), 0
        try:
            with self._packed.open(name) as file:
                # never more than was told, whatever unpacks itself
                while piece := file.read(min(PIECE, size - read + 1)):
                    read += len(piece)
                    digest.update(piece)
                    if read > size:
                        break
                    yield piece
        except _BROKEN:
            raise broken("a file in it cannot be unpacked") from None
        if read != size or digest.hexdigest() != wanted:
            raise broken("a file in it is not the one that was put in")


def _make(folder: Path) -> None:
    """Make a folder and those above it, each for its owner alone."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700)


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """Open a backup and see that its names are good, and those of its manifest.

    Raises:
        ListeningError: it is no backup, or not whole, or tries to reach out of its folder.
    """
    if not path.is_file():
        raise NothingToDo(f"{path}", "is not there.", "Check its name.")
    try:
        packed = zipfile.ZipFile(path)
    except _BROKEN:
        raise ListeningError(
            f"{path}", "is no backup, or was cut off.", "Nothing was changed. Take another."
        ) from None
    except OSError as error:
        why = f"cannot be read ({error.strerror or type(error).__name__})."
        raise ListeningError(f"{path}", why, "Nothing was changed.") from None
    with packed:
        yield Unpacked(packed, _manifest(packed))


def see_room(manifest: Manifest, folder: Path) -> None:
    """See that what a backup says it holds has room where it is laid out.

    Raises:
        ListeningError: it has not.
    """
    free = shutil.disk_usage(folder).free
    if manifest.bytes + _MARGIN > free:
        raise ListeningError(
            "This backup",
            f"holds {manifest.bytes / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free.",
            "Nothing was changed. Make room, or choose another disk in LISTENING_HOME.",
        )


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    held = {one.filename: one for one in packed.infolist()}
    if len(held) != len(packed.infolist()):
        raise broken("a name stands in it twice")
    listed = held.pop(MANIFEST, None)
    if listed is None or listed.file_size > _LONGEST_LIST:
        raise broken("it has no list of contents")
    try:
        content = packed.open(listed).read(_LONGEST_LIST)
    except _BROKEN:
        raise broken("its list of contents cannot be read") from None
    manifest = manifest_of(content)
    _see(held, manifest)
    return manifest


def _see(held: Mapping[str, zipfile.ZipInfo], manifest: Manifest) -> None:
    """See that a backup holds what it lists, as plain files that belong into one."""
    if set(held) != set(manifest.members):
        raise broken("it holds other files than it lists")
    for name, one in held.items():
        if not is_safe(name) or not _has_place(PurePosixPath(name)):
            raise broken("a file in it would lie where none of a backup's lies")
        kind = stat.S_IFMT(one.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or one.flag_bits & 1 or one.compress_type not in _PACKED:
            raise broken("it holds a link, or what is packed in a way that we never use")
        if one.file_size != manifest.members[name][0]:
            raise broken("a file in it has another size than listed")
    folders = {parent for name in held for parent in PurePosixPath(name).parents}
    if any(PurePosixPath(name) in folders for name in held):
        raise broken("a name in it is a file and a folder")


def _has_place(path: PurePosixPath) -> bool:
    if len(path.parts) < 2 or path.parts[0] not in (HOME, TABLES):
        return False
    return path.parts[0] == TABLES or belongs(path.relative_to(HOME))
