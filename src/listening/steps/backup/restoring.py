"""Restoring: a backup is checked, laid out beside what is there, and then put in its place."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps import label_studio
from listening.steps.backup import swapping
from listening.steps.backup.databases import at, lay_out, opened, see_kind
from listening.steps.backup.leavers import Known, keep_out, known_in
from listening.steps.backup.nouns import (
    SQLITE,
    STAGED,
    VAULT,
    WHOLE,
    WITHDRAWALS,
    Manifest,
    files_of,
    vaults_of,
)
from listening.steps.backup.packing import no_room
from listening.steps.backup.unpacking import Unpacked, see_room, unpacked
from listening.steps.receipts import Receipt
from listening.steps.site import PROGRAMMES, SERVING, WORKING
from listening.steps.work import Progress, silent
from listening.store import Vault, still
from listening.store.lock import only_in
from listening.store.tables import Tables
from listening.store.vault import SEALED


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    Attributes:
        manifest: what the backup says of itself.
        before: where that lies now which was there before; None where nothing was.
        only_before: folders of programmes that lie there alone.
        withdrawn: receipts of those who were erased again.
        told_of: whether anything here could tell who has withdrawn since.
        taken_back: whether an earlier restore had been stopped halfway, and was taken back first.
    """

    manifest: Manifest
    before: Path | None
    only_before: tuple[str, ...]
    withdrawn: tuple[Receipt, ...]
    told_of: bool
    taken_back: bool


@dataclass(frozen=True)
class Asked:
    """How an operator wants it.

    Attributes:
        replace: move what is there aside; without it, a home that holds something is refused.
        withdrawals: a list of who has withdrawn, as `list_withdrawals` writes it.
        unmarked: take what bears no mark of the vault's key: it was made without one.
    """

    replace: bool = False
    withdrawals: Path | None = None
    unmarked: bool = False


PLAINLY = Asked()


def check(
    settings: Settings, file: Path, unmarked: bool = False, progress: Progress = silent
) -> Manifest:
    """Read a whole backup, compare every hash and write nothing.

    Raises:
        ListeningError: it is not whole, or not to be trusted.
    """
    with unpacked(file) as backup:
        _see_kind(backup.manifest, WHOLE)
        _see_mark(backup.manifest, settings.vault_key, unmarked)
        backup.check(_told(progress))
        return backup.manifest


def restore(
    settings: Settings,
    file: Path,
    today: date,
    asked: Asked = PLAINLY,
    progress: Progress = silent,
) -> Restored:
    """Put what a backup holds into `LISTENING_HOME`; nothing changes there before all is checked.

    Args:
        settings: whose home it becomes.
        file: the backup.
        today: of receipts, where somebody has withdrawn since.
        asked: how.
        progress: told of the files.

    Raises:
        ListeningError: why nothing was restored, and what to do.
    """
    home = settings.home.resolve()
    try:
        with unpacked(file) as backup, _alone(settings, home):
            site = bool(backup.manifest.programmes) or (home / PROGRAMMES).is_dir()
            with opened(settings, site) as tables:
                taken_back = _taken_back(home, tables)
                return _restore(settings, home, backup, tables, today, asked, progress, taken_back)
    except OSError as error:
        raise no_room(error, settings.home) from None


def _restore(
    settings: Settings,
    home: Path,
    backup: Unpacked,
    tables: Tables | None,
    today: date,
    asked: Asked,
    progress: Progress,
    taken_back: bool,
) -> Restored:
    told, staged = backup.manifest, home / STAGED
    _see_kind(told, WHOLE)
    _see_mark(told, settings.vault_key, asked.unmarked)
    see_kind(settings, told)
    if (swapping.held(home) or (tables and tables.holds_something())) and not asked.replace:
        raise ListeningError(
            f"{settings.home}",
            "holds something already.",
            "Nothing was changed. With --replace it is moved aside and kept; or set LISTENING_HOME "
            "to an empty folder (and LISTENING_DATABASE_URL to an empty database).",
        )
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    try:
        see_room(told, home)
        lists, knew = [known_in(home, settings.vault_key)], bool(vaults_of(home))
        lists += [_listed(settings, asked)] if asked.withdrawals else []
        backup.lay_out(staged, _told(progress))
        _see_laid_out(settings, staged)
        token = lay_out(settings, backup, tables, staged) if tables else ""
        with ExitStack() as inside:
            for one in vaults_of(home):
                busy = "What is read in or erased here"
                inside.enter_context(only_in(one / VAULT / "changing", busy))
            where = partial(at, settings, token) if tables else None
            receipts = keep_out(settings, staged, lists, today, where)
            only = set(_programmes(home)) - set(_programmes(staged))
            if tables:
                tables.swap(token)
            before = swapping.swap(home, token, tables.commit if tables else _nothing)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        if tables:
            tables.drop_staged()
    told_of = bool(asked.withdrawals) or knew
    return Restored(told, before, tuple(sorted(only)), tuple(receipts), told_of, taken_back)


def _nothing() -> None:
    """Files are in place when they have moved."""


def _taken_back(home: Path, tables: Tables | None) -> bool:
    """Take back what a restore left that was killed; False where none was."""
    token = swapping.token_of(home)
    if tables and token and not tables.is_staged(token):
        # the tables are in place, and they were the last: only the end was missing
        swapping.finish(home)
        return False
    return swapping.take_back(home)


def _programmes(home: Path) -> list[str]:
    return [one.name for one in vaults_of(home) if one != home]


@contextmanager
def _alone(settings: Settings, home: Path) -> Iterator[None]:
    """See that nobody serves from a home or codes in its Label Studio meanwhile."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (home / label_studio.FOLDER).is_dir() and _answers(settings):
        raise ListeningError(
            "Label Studio", "is running.", "Stop it (and what serves the pages), then restore."
        )
    with (
        only_in(home / SERVING, f"Serving from {settings.home}"),
        only_in(home / WORKING, f"Working for {settings.home}"),
    ):
        yield


def _answers(settings: Settings) -> bool:
    place = urlsplit(settings.label_studio_url or label_studio.HERE)
    if place.hostname not in {"127.0.0.1", "localhost"}:
        return False
    try:
        with socket.create_connection(("127.0.0.1", place.port or label_studio.PORT), timeout=2):
            return True
    except OSError:
        return False


def _listed(settings: Settings, asked: Asked) -> dict[str, Known]:
    """Read a list of who has withdrawn."""
    with unpacked(asked.withdrawals or Path()) as backup, tempfile.TemporaryDirectory() as folder:
        _see_kind(backup.manifest, WITHDRAWALS)
        _see_mark(backup.manifest, settings.vault_key, asked.unmarked)
        backup.lay_out(Path(folder), lambda _done, _all: None)
        return known_in(Path(folder), settings.vault_key)


def _see_kind(manifest: Manifest, kind: str) -> None:
    if manifest.kind == kind:
        return
    if manifest.kind == WITHDRAWALS:
        raise ListeningError(
            "This file",
            "is a list of who withdrew, and no backup.",
            "Name the backup first, and this list with --withdrawals.",
        )
    raise ListeningError(
        "This file", "is no list of who withdrew.", "Make one: listening backup --withdrawals."
    )


def _see_mark(manifest: Manifest, key: str, unmarked: bool) -> None:
    """See that a backup was made under the key that is set, and not changed since.

    Raises:
        ListeningError: it was not.
    """
    if key and manifest.mark and manifest.signed(key) != manifest.mark:
        raise ListeningError(
            "This backup",
            "was made under another key of the vault, or changed since.",
            "Set LISTENING_VAULT_KEY to the key that was set then. Nothing was changed.",
        )
    if key and not manifest.mark and not unmarked:
        raise ListeningError(
            "This backup",
            "bears no mark of the vault's key: made while none was set, or by somebody else.",
            "If you are sure that it is yours, add --unmarked. Nothing was changed.",
        )


def _see_laid_out(settings: Settings, staged: Path) -> None:
    """See that databases are whole, and that the key, where one is set, opens what is sealed."""
    for path in files_of(staged):
        if path.name.endswith(SQLITE):
            still.check(path)
    if not settings.vault_key:
        return
    for one in vaults_of(staged):
        book = next((one / VAULT).glob(f"*{SEALED}"), None)
        if book:
            Vault(one / VAULT, settings.vault_key).read(book.stem)


def _told(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, of: progress("restore", done, of)
