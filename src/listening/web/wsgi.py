"""Entry for other WSGI servers: `listening.web.wsgi:application()`, in one process."""

from __future__ import annotations

import os
from pathlib import Path

from listening.settings import read
from listening.web import logs, serve


def application() -> serve.Wsgi:
    """Open the site that the environment names."""
    settings = read(os.environ, Path.cwd())
    pages = serve.application(settings)
    logs.set_up(settings.log)
    return pages
