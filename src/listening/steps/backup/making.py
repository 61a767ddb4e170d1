"""Making a backup: everything that is kept, as it stood at one moment."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from listening import __version__
from listening.errors import ListeningError, NothingToDo
from listening.settings import Settings
from listening.steps.backup.databases import add, kind_of, opened
from listening.steps.backup.nouns import (
    BACKED_UP,
    HOME,
    LISTS,
    SQLITE,
    VAULT,
    WHOLE,
    WITHDRAWALS,
    Manifest,
    files_of,
    is_safe,
    vaults_of,
)
from listening.steps.backup.packing import Packed, packed
from listening.steps.site import PROGRAMMES
from listening.steps.work import Progress, silent
from listening.store.halfway import see_whole
from listening.store.lock import alone_in
from listening.store.still import Still
from listening.store.tables import Tables
from listening.store.vault import SEALED, SEALED_FILE

_TRIES, _PAUSE = 30, 0.5
#: of books and files of the vault that are written without a key
_OPEN = (".json", ".file", ".toml")


@dataclass(frozen=True)
class Made:
    """A backup that was made.

    Attributes:
        file: where it lies.
        manifest: what it says of itself.
    """

    file: Path
    manifest: Manifest


def back_up(settings: Settings, to: Path, progress: Progress = silent) -> Made:
    """Write everything that is kept into one file, while the site may be in use.

    Whatever reads in or erases is waited for, and waits in turn; writers of the databases wait for
    a moment only, and those of the vault while it is copied. What is in the file is what a kill at
    that moment would have left.

    Raises:
        ListeningError: there is nothing to back up, the file is there already or cannot be written.
    """
    home = settings.home.resolve()
    see_whole(home)
    if not home.is_dir() or not any(files_of(home)):
        raise NothingToDo(f"{settings.home}", "holds nothing yet.", "Check LISTENING_HOME.")
    if to.resolve().is_relative_to(home):
        raise ListeningError(
            f"{to}",
            "lies in LISTENING_HOME.",
            "Choose a place on another disk: it may be lost too.",
        )
    with packed(to) as file:
        made = Made(to, _write(settings, home, file, to, progress))
    (home / BACKED_UP).write_text(f"{made.manifest.made}\n", encoding="ascii")
    return made


def list_withdrawals(settings: Settings, to: Path) -> Made:
    """Write the list of who withdrew alone: hashes and keyed sketches, as they lie in the vault.

    Raises:
        ListeningError: as for `back_up`.
    """
    home = settings.home.resolve()
    if not vaults_of(home):
        raise NothingToDo(f"{settings.home}", "holds nothing yet.", "Check LISTENING_HOME.")
    with packed(to) as file, _alone(home):
        books = [
            path
            for one in vaults_of(home)
            for path in sorted((one / VAULT).glob("*"))
            if path.stem in LISTS and path.suffix in (SEALED, ".json")
        ]
        for path in books:
            file.add(_name(home, path), path)
        told = _manifest(WITHDRAWALS, "sqlite", books)
        return Made(to, file.finish(told, settings.vault_key, to))


def _write(settings: Settings, home: Path, file: Packed, to: Path, progress: Progress) -> Manifest:
    with ExitStack() as inside:
        inside.enter_context(_alone(home))
        files = list(files_of(home))
        databases = [path for path in files if path.name.endswith(SQLITE)]
        site = (home / PROGRAMMES).is_dir()
        tables = inside.enter_context(opened(settings, site))
        still = Still(databases)
        inside.callback(still.close)
        _stop(still, tables)
        with ExitStack() as vaults:
            for one in vaults_of(home):
                vaults.enter_context(alone_in(one / VAULT / ".writing"))
            still.pin()
            if tables:
                tables.pin()
            # again: what was written until now, and nothing after
            files = [path for path in files_of(home) if not path.name.endswith(SQLITE)]
            _add(file, home, files, progress)
        for path in databases:
            copy = file.folder / "database"
            still.copy(path, copy)
            file.add(_name(home, path), copy)
            copy.unlink()
        told = _manifest(WHOLE, kind_of(settings), files)
        if tables:
            add(file, tables)
            told = replace(told, tables=tables.columns, changes=tables.changes)
    return file.finish(told, settings.vault_key, to)


def _add(file: Packed, home: Path, files: list[Path], progress: Progress) -> None:
    for number, path in enumerate(files):
        progress("backup", number, len(files))
        file.add(_name(home, path), path)


def _alone(home: Path) -> ExitStack:
    """Wait until nobody reads in or erases, in any programme."""
    inside = ExitStack()
    for one in vaults_of(home):
        inside.enter_context(alone_in(one / VAULT / "changing"))
    return inside


def _stop(still: Still, tables: Tables | None) -> None:
    """Keep writers out of all databases at once.

    Raises:
        ListeningError: somebody wrote all the time.
    """
    for _ in range(_TRIES):
        if still.stop():
            if tables is None or tables.stop():
                return
            still.close()
        time.sleep(_PAUSE)
    raise ListeningError(
        "The backup", "found no moment in which nobody was writing.", "Try again later."
    )


def _name(home: Path, path: Path) -> str:
    name = f"{HOME}/{path.relative_to(home).as_posix()}"
    if not is_safe(name):
        raise ListeningError(
            f"A file in {path.parent}",
            "has a name that no backup can hold.",
            "Rename it in letters and digits, and begin again.",
        )
    return name


def _manifest(kind: str, database: str, files: Iterable[Path]) -> Manifest:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(kind, __version__, now, database, _sealed(files), {})


def _sealed(files: Iterable[Path]) -> str:
    """Say whether the books and files of vaults are encrypted."""
    held = [path for path in files if VAULT in path.parts]
    sealed = any(path.suffix in (SEALED, SEALED_FILE) for path in held)
    plain = any(path.suffix in _OPEN for path in held)
    return {(True, False): "sealed", (False, True): "plain", (True, True): "partly sealed"}.get(
        (sealed, plain), "none"
    )
