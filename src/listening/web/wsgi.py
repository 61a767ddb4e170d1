"""Entry for other WSGI servers: `listening.web.wsgi:application()`, in one process."""

from __future__ import annotations

import os
from pathlib import Path

from listening.settings import read
from listening.web import serve


def application() -> serve.Wsgi:
    """Open the site that the environment names."""
    return serve.application(read(os.environ, Path.cwd()))
