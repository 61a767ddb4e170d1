"""One process at a time: two commands started together must not trip over each other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from listening.errors import ListeningError


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process is inside for `folder`; a kill lets the next one in."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file gives the lock back


@contextmanager
def only_in(folder: Path, what: str) -> Iterator[None]:
    """Be the only process inside for `folder`; a kill lets the next one in.

    Raises:
        ListeningError: another process is inside; `what` says what both wanted to do.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ListeningError(
                what, "is done by another process already.", "Stop that one first."
            ) from None
        yield  # closing the file gives the lock back


def is_free(folder: Path) -> bool:
    """Whether no process is inside for `folder`: one that was killed is not."""
    try:
        with only_in(folder, ""):
            return True
    except ListeningError:
        return False
