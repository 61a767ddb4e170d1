"""A home that is backed up, and who is heard in one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

from listening.settings import Settings
from listening.steps import Work
from tests.steps.town import lay_out

OpenAt = Callable[[Path], Work]
DAY = date(2026, 7, 2)


def heard(open_at: OpenAt, tmp_path: Path) -> Path:
    """A home in which three people were heard, with what an operator put there by hand."""
    work = open_at(tmp_path / "home")
    lay_out(work, survey=3)
    people = {f"file k0|R{n}": f"P{n:05d}" for n in range(3)}
    work.vault.write("people", people)
    work.vault.secret("sketches")
    work.vault.keep_file("uploads/one", b"Interviewer: And you?")
    (work.settings.home / "programme.toml").write_text("name = 'Mill Town'\n", encoding="utf-8")
    work.store.close()
    return tmp_path / "home"


def of(home: Path, key: str = "") -> Settings:
    return Settings(home=home, vault_key=key)


def segments(open_at: OpenAt, home: Path) -> set[str]:
    work = open_at(home)
    with sqlite3.connect(home / "store.sqlite3") as database:
        found = {row[0] for row in database.execute("SELECT participant_id FROM store_segment")}
    database.close()
    work.store.close()
    return found
