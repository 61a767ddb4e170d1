"""Putting a home in the place of another, so that a kill in between is noticed and taken back.

Everything happens within the home's own folder, which may be a disk of its own: what was laid out
lies in `.restored`, what was there moves to `before-DAY-TIME`, and `.restoring` says so meanwhile.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from listening.steps.backup.nouns import BEFORE, STAGED
from listening.steps.site import SERVING, WORKING
from listening.store.halfway import JOURNAL

_FRESH = f"{JOURNAL}.new"
#: what stays where it is: locks, what the machine makes for itself, and what was moved before
_STAYS = {".lock", ".gitignore", SERVING, WORKING, "prefect", STAGED, JOURNAL, _FRESH}


def held(home: Path) -> list[str]:
    """Return the names of what would be in the way in a home."""
    names = sorted(one.name for one in home.iterdir()) if home.is_dir() else []
    return [name for name in names if name not in _STAYS and not name.startswith(BEFORE)]


def swap(home: Path, token: str = "", commit: Callable[[], None] = lambda: None) -> Path | None:
    """Put what was laid out in the place of what is there.

    Args:
        home: of both.
        token: what the names of staged tables begin with, where there are any.
        commit: puts them in place, when all else has moved.

    Returns:
        Where that lies now; None where nothing was there.
    """
    staged, old = home / STAGED, held(home)
    before = _unused(home)
    new = sorted(one.name for one in staged.iterdir() if one.name not in _STAYS)
    _write(home / JOURNAL, {"before": before.name, "old": old, "new": new, "token": token})
    try:
        if old:
            before.mkdir(mode=0o700)
        for name in old:
            (home / name).rename(before / name)
        for name in new:
            (staged / name).rename(home / name)
        _settle(home)
        commit()
    except Exception:
        take_back(home)
        raise
    (home / JOURNAL).unlink()
    shutil.rmtree(staged, ignore_errors=True)
    return before if old else None


def token_of(home: Path) -> str:
    """Return what the names of staged tables begin with, of a restore that was killed."""
    journal = home / JOURNAL
    return str(json.loads(journal.read_bytes())["token"]) if journal.exists() else ""


def finish(home: Path) -> None:
    """End a restore that was killed when everything was in its place."""
    (home / JOURNAL).unlink()


def take_back(home: Path) -> bool:
    """Put back what was there before a restore that was killed; False where none was."""
    journal = home / JOURNAL
    if not journal.exists():
        return False
    told = json.loads(journal.read_text(encoding="utf-8"))
    before, staged = home / told["before"], home / STAGED
    staged.mkdir(mode=0o700, exist_ok=True)
    for name in told["new"]:
        # of the same name is what was there before, until that has moved and this come
        moved = name not in told["old"] or (before / name).exists()
        if moved and not (staged / name).exists() and (home / name).exists():
            (home / name).rename(staged / name)
    for name in told["old"]:
        if (before / name).exists():
            (before / name).rename(home / name)
    if before.is_dir():
        before.rmdir()
    _settle(home)
    journal.unlink()
    return True


def _unused(home: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    names = (home / f"{BEFORE}{stamp}-{number}" for number in itertools.count(1))
    return next(name for name in names if not name.exists())


def _write(journal: Path, told: dict[str, object]) -> None:
    fresh = journal.with_name(_FRESH)
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(journal)
    _settle(journal.parent)


def _settle(folder: Path) -> None:
    """Let the disk know of what was moved before what comes next."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
