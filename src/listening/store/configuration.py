"""How Django is set up for the store; the only place that knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

APP = "listening.store"
SQLITE_FILE = "store.sqlite3"


def database(home: Path, url: str = "") -> dict[str, Any]:
    """Return Django's description of the store's database.

    Args:
        home: folder that holds the SQLite file when no `url` is given.
        url: address of another database, such as `postgresql://user:password@host/name`.

    Raises:
        ValueError: the address is not understood.
    """
    if url:
        import dj_database_url

        return {**dj_database_url.parse(url), "ATOMIC_REQUESTS": False, "TIME_ZONE": None}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home / SQLITE_FILE),
        "TIME_ZONE": None,
        "OPTIONS": {
            # Readers and the one writer do not wait for each other; a kill leaves whole states.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
        },
    }


def options(described: dict[str, Any]) -> dict[str, Any]:
    """Return Django settings for a process whose first store is `described`."""
    return {
        "DATABASES": {"default": described},
        "INSTALLED_APPS": [APP],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "SECRET_KEY": "",
    }
