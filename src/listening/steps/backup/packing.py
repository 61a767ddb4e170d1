"""Writing a backup: beside its place, file by file with its hash, and in place when it is whole."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from listening.errors import ListeningError
from listening.steps.backup.nouns import MANIFEST, Manifest
from listening.store.lock import only_in

#: read and written at once, in bytes
PIECE = 1024 * 1024
#: where it is made, beside its place; one that a kill left is taken away by the next
_MAKING = ".listening-backup-"
#: what would not become smaller: it is encrypted, or packed already
_DENSE = (".sealed", ".sealed-file", ".zip", ".docx", ".xlsx", ".png", ".jpg", ".qdpx")


class Packed:
    """A backup that is being written."""

    def __init__(self, folder: Path) -> None:
        #: for copies of databases on their way
        self.folder = folder
        self._file = folder / "backup"
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._raw = os.fdopen(descriptor, "w+b")
        self._zip = zipfile.ZipFile(self._raw, "w", allowZip64=True)
        self.members: dict[str, tuple[int, str]] = {}

    def add(self, name: str, path: Path) -> None:
        """Put a file in; one that was erased meanwhile is left out."""
        with suppress(FileNotFoundError), path.open("rb") as file:
            self.stream(name, iter(lambda: file.read(PIECE), b""), dense=name.endswith(_DENSE))

    def stream(self, name: str, pieces: Iterable[bytes | memoryview], dense: bool = False) -> None:
        """Put in what comes piece by piece."""
        told = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
        told.compress_type = zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED
        told.external_attr = 0o600 << 16
        size, digest = 0, hashlib.sha256()
        with self._zip.open(told, "w", force_zip64=True) as packed:
            for piece in pieces:
                size += len(piece)
                digest.update(piece)
                packed.write(piece)
        self.members[name] = (size, digest.hexdigest())

    def finish(self, manifest: Manifest, key: str, to: Path) -> Manifest:
        """Put the manifest in and the file in its place."""
        whole = replace(manifest, members=dict(sorted(self.members.items())))
        whole = replace(whole, mark=whole.signed(key))
        self._zip.writestr(MANIFEST, whole.plain(), zipfile.ZIP_DEFLATED)
        self._zip.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._raw.close()
        try:
            os.link(self._file, to)  # unlike a rename it never takes another's place
        except FileExistsError:
            raise _there(to) from None
        except OSError:  # a disk that knows no links
            self._file.rename(to)
        return whole

    def let_go(self) -> None:
        """Close what is open; what was written goes with its folder."""
        for one in (self._zip, self._raw):
            with suppress(OSError, ValueError):
                one.close()


@contextmanager
def packed(to: Path) -> Iterator[Packed]:
    """Begin a backup; whatever happens, nothing half written is left.

    Raises:
        ListeningError: something lies there already, the folder cannot be written to, the disk is
            full, or the same is written by another process.
    """
    if to.exists() or to.is_symlink():
        raise _there(to)
    if not to.parent.is_dir():  # a disk that is not there today must not be made up
        raise ListeningError(f"{to.parent}", "is not there.", "Make the folder, or mount its disk.")
    making = to.parent / f"{_MAKING}{to.name}"
    try:
        _sweep(to.parent)
        with only_in(making, f"A backup to {to}"):
            made = Packed(making)
            try:
                yield made
            finally:
                made.let_go()
                shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        raise no_room(error, to) from None


def no_room(error: OSError, to: Path) -> ListeningError:
    """Say why something could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ListeningError(
            f"{to}",
            "does not fit: the disk is full.",
            "Nothing half written was left. Make room, or choose another disk.",
        )
    why = f"cannot be written ({error.strerror or type(error).__name__})."
    return ListeningError(f"{to}", why, "Choose another folder.")


def _sweep(folder: Path) -> None:
    """Take away what killed backups left here: it holds residents' words."""
    for left in folder.glob(f"{_MAKING}*"):
        with suppress(ListeningError), only_in(left, ""):
            shutil.rmtree(left, ignore_errors=True)


def _there(to: Path) -> ListeningError:
    return ListeningError(f"{to}", "is there already.", "Nothing was written. Choose another name.")
