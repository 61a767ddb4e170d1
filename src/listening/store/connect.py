"""Opening a store: Django set up once in a process, one database alias per store."""

from __future__ import annotations

import hashlib
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from listening.errors import ListeningError
from listening.store.configuration import SQLITE_FILE, database, options
from listening.store.lock import alone_in

_SETTING_UP = threading.Lock()


def connect(home: Path, url: str = "") -> str:
    """Open the store kept at `home` or `url`, bring its tables up to date, return its alias.

    Raises:
        ListeningError: the folder or the database cannot be used.
    """
    home = _private(home)
    alias = "store-" + hashlib.sha256((url or str(home)).encode()).hexdigest()[:12]
    with _SETTING_UP:
        _set_up(alias, _described(home, url))
    if not url:
        # SQLite would make the file readable for all; its journals take after it
        _begin_file(home / SQLITE_FILE)
    with alone_in(home):
        _migrate(alias)
    return alias


def disconnect(alias: str) -> None:
    """Close this thread's connection; the store opens another when it is next used."""
    from django.db import connections

    connections[alias].close()


def atomic(alias: str) -> AbstractContextManager[None]:
    """Everything inside is kept, or nothing of it."""
    from django.db import transaction

    return transaction.atomic(using=alias)


def _set_up(alias: str, described: dict[str, object]) -> None:
    import django
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        settings.configure(**options(described))
        django.setup()
    if alias not in connections.databases:
        connections.databases[alias] = described
        connections.configure_settings(connections.databases)


def _migrate(alias: str) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import Error

    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    except (Error, ImproperlyConfigured) as error:
        _forget(alias)
        # the database's own message may hold a password or a path
        raise _cannot_open(type(error).__name__) from None


def _forget(alias: str) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connections

    try:
        disconnect(alias)
    except ImproperlyConfigured:  # no driver, so there was never a connection
        return
    finally:
        del connections.databases[alias]
    del connections[alias]


def _described(home: Path, url: str) -> dict[str, object]:
    try:
        return database(home, url)
    except ValueError:
        raise _cannot_open("the address is not understood") from None


def _cannot_open(why: str) -> ListeningError:
    return ListeningError(
        "The store",
        f"cannot be opened ({why}).",
        "Check LISTENING_DATABASE_URL, or that the folder of LISTENING_HOME can be written to.",
    )


def _private(home: Path) -> Path:
    """Keep a folder of residents' words to its owner and out of version control."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(PermissionError):  # a volume that belongs to another user
            home.chmod(0o700)  # whoever made the folder before us made it for all to read
        ignore = home / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise _cannot_open(error.strerror or type(error).__name__) from None
    return home.resolve()


def _begin_file(path: Path) -> None:
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise _cannot_open(error.strerror or type(error).__name__) from None
