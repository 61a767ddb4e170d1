"""SQLite files as they stand at one moment, copied while others go on writing."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from listening.errors import ListeningError

#: seconds for which the writers of one file are waited for, before all are let go again
_PATIENCE = 2.0
#: of whatever a database of ours never holds: code that runs by itself
_FOREIGN = "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"


class Still:
    """Databases held at one moment.

    `stop` keeps writers out of all of them, `pin` notes the moment and lets them in again, and
    `copy` writes what stood there then, however long it takes.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = sorted(files)
        self._writers: list[sqlite3.Connection] = []
        self._readers: dict[Path, sqlite3.Connection] = {}

    def stop(self) -> bool:
        """Keep writers out; False where one of them did not end in time: nothing is held then."""
        try:
            for path in self._files:
                self._writers.append(_opened(path))
                self._writers[-1].execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            self.close()
            return False
        return True

    def pin(self) -> None:
        """Note the moment, and let writers in again."""
        for path in self._files:
            reader = self._readers[path] = _opened(path)
            reader.execute("BEGIN")
            # the first reading begins the moment
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._let_in()

    def copy(self, path: Path, to: Path) -> None:
        """Write a database as it stood at the moment into a file of its own.

        Raises:
            OSError: it cannot be written; the disk may be full.
        """
        to.touch(mode=0o600)
        target = sqlite3.connect(to, isolation_level=None)
        try:
            self._readers[path].backup(target)
            # one file, without a journal beside it
            target.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            raise OSError(errno.ENOSPC if full else errno.EIO, "a database's own fault") from None
        finally:
            target.close()
        self._readers.pop(path).close()

    def close(self) -> None:
        """Let go of everything."""
        self._let_in()
        while self._readers:
            self._readers.popitem()[1].close()

    def _let_in(self) -> None:
        while self._writers:
            self._writers.pop().close()


def check(path: Path) -> None:
    """See that a file is a whole database and holds nothing that runs by itself.

    Raises:
        ListeningError: it is not.
    """
    try:
        opened = _opened(path)
        try:
            foreign = opened.execute(_FOREIGN).fetchone()[0]
            whole = opened.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        finally:
            opened.close()
    except sqlite3.DatabaseError:
        whole, foreign = False, 0
    if foreign or not whole:
        why = "holds what no database of ours holds." if foreign else "is broken."
        raise ListeningError(f"The database {path.name}", why, "Take another backup.")


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_PATIENCE
    )
