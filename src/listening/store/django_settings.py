"""Django's settings by name, for `makemigrations` and the type checker."""

from __future__ import annotations

from listening.store.configuration import ACCOUNTS, options

globals().update(options())
DATABASES = {ACCOUNTS: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DATABASE_ROUTERS: list[str] = []
SECRET_KEY = "only for making migrations and checking types"  # noqa: S105
