"""Opening a store: Django set up once in a process, one database alias per store."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from listening.errors import ListeningError
from listening.store.configuration import (
    ACCOUNT_APPS,
    ACCOUNTS,
    ACCOUNTS_FILE,
    SQLITE_FILE,
    database,
    options,
    site_options,
)
from listening.store.lock import alone_in
from listening.store.versions import see_version

#: apps whose tables are made by our own migrations
_OURS = ("store", "accounts")
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
        _migrate(alias, "store")
    return alias


def connect_accounts(home: Path, url: str = "", address: str = "") -> None:
    """Open the accounts kept at `home` or `url`, and set up what pages need.

    A process keeps one set of accounts open: that of the last call.

    Args:
        home: folder of the accounts, the key that signs cookies, and the programmes' stores.
        url: another database for the accounts.
        address: the address at which people reach the site; empty means this machine alone.

    Raises:
        ListeningError: the folder or the database cannot be used.
    """
    from django.conf import settings

    home = _private(home)
    with _SETTING_UP:
        _configure()
        _let_go_of_accounts()
        _set_up(ACCOUNTS, _described(home, url, ACCOUNTS_FILE))
    for name, value in site_options(_secret(home / "signing.key"), address).items():
        setattr(settings, name, value)
    if not url:
        _begin_file(home / ACCOUNTS_FILE)
    with alone_in(home):
        for app in ACCOUNT_APPS:
            _migrate(ACCOUNTS, app.rpartition(".")[2])


def make_schema(name: str) -> None:
    """Make a schema beside the accounts, where the database knows schemas."""
    from django.db import connections

    connection = connections[ACCOUNTS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {connection.ops.quote_name(name)}")


def disconnect(alias: str) -> None:
    """Close this thread's connection; the store opens another when it is next used."""
    from django.db import connections

    connections[alias].close()


def let_go() -> None:
    """Close every connection of this thread: after a fault, each is opened anew when it is used."""
    from django.db import connections

    connections.close_all()


def may_pass(error: BaseException) -> bool:
    """Whether a fault is a database's that is busy, away or being restarted: it may pass."""
    from django.db import InterfaceError, OperationalError

    return isinstance(error, InterfaceError | OperationalError)


def atomic(alias: str) -> AbstractContextManager[None]:
    """Everything inside is kept, or nothing of it."""
    from django.db import transaction

    return transaction.atomic(using=alias)


def _configure() -> None:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(**options())
        django.setup()


def _set_up(alias: str, described: dict[str, object]) -> None:
    from django.db import connections

    _configure()
    if alias not in connections.databases:
        connections.databases[alias] = described
        connections.configure_settings(connections.databases)


def _let_go_of_accounts() -> None:
    """Close what is under the accounts' alias, or Django's dummy where nothing was ever opened."""
    from django.db import connections

    connections[ACCOUNTS].close()
    del connections[ACCOUNTS]
    connections.databases.pop(ACCOUNTS)


def _secret(path: Path) -> str:
    """Return the key that signs cookies and links, made the first time."""
    try:
        with (
            suppress(FileExistsError),
            os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file,
        ):
            file.write(secrets.token_urlsafe(50))
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise _cannot_open(error.strerror or type(error).__name__) from None


def _migrate(alias: str, app: str) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import Error

    try:
        call_command("migrate", app, database=alias, verbosity=0, interactive=False)
    except (Error, ImproperlyConfigured) as error:
        _forget(alias)
        # the database's own message may hold a password or a path
        raise _cannot_open(type(error).__name__) from None
    if app in _OURS:
        see_version(alias, app)


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


def _described(home: Path, url: str, file: str = SQLITE_FILE) -> dict[str, object]:
    try:
        return database(home, url, file)
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
