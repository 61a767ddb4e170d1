"""Django's settings by name, for `makemigrations` and the type checker."""

from __future__ import annotations

from pathlib import Path

from listening.store.configuration import database, options

globals().update(options(database(Path("var"))))
INSTALLED_APPS = ["listening.store"]
SECRET_KEY = "only for making migrations and checking types"  # noqa: S105
