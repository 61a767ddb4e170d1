"""A Label Studio for tests: where it is installed, and a data folder whose tables are made once.

Making the tables takes half a minute. They are made when a test first asks, beside the installed
Label Studio and under its version, and copied from there: no account and no task is in them.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from listening.labelstudio import process
from listening.labelstudio.client import Credentials
from listening.labelstudio.process import DATABASE, HOST, Place
from listening.store.lock import alone_in

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / ".venv-label-studio" / "bin" / "label-studio"
EXECUTABLE = Path(os.environ.get("LISTENING_LABEL_STUDIO_BIN") or INSTALLED)
ADMINISTRATOR = "administrator@example.org"
PASSWORD = "a-password-for-tests"


@dataclass
class Server:
    """A started server; tokens are remembered for each account as the store would."""

    place: Place
    process: Any
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.place.url

    def credentials(self, email: str) -> Credentials:
        def keep(token: str) -> None:
            self.tokens[email] = token

        return Credentials(email, PASSWORD, lambda: self.tokens.get(email, ""), keep)


@contextmanager
def server(folder: Path, port: int = 0) -> Iterator[Server]:
    """Start a server in a folder; one that was never used gets its empty tables."""
    place = Place(EXECUTABLE, folder, port or free_port(), ADMINISTRATOR, PASSWORD)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / DATABASE).exists():
        shutil.copyfile(_tables(), folder / DATABASE)
    with process.running(place, os.environ) as started:
        yield Server(place, started)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


def _tables() -> Path:
    """Return the empty tables, made where they are not there yet."""
    kept = EXECUTABLE.resolve().parents[1] / "tables-for-tests"
    kept.mkdir(exist_ok=True)
    with alone_in(kept):
        done = kept / f"{_version()}.sqlite3"
        if not done.exists():
            making = kept / "making"
            shutil.rmtree(making, ignore_errors=True)
            place = Place(EXECUTABLE, making, free_port(), ADMINISTRATOR, PASSWORD)
            process.prepare(place, os.environ)
            (making / DATABASE).replace(done)
            shutil.rmtree(making)
    return done


def _version() -> str:
    packages = EXECUTABLE.resolve().parents[1].glob("lib/*/site-packages/label_studio-*.dist-info")
    return next(packages).name.removesuffix(".dist-info")
