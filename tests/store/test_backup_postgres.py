"""A backup of a site whose tables lie in PostgreSQL, and the way back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listening import steps
from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps import accounts
from listening.steps.backup import making, restoring
from listening.steps.backup.restoring import Asked
from listening.steps.nouns import Programme
from listening.steps.site import Site, open_site
from listening.store.accounts import people, trail
from tests.fakes import FakeEncoder
from tests.steps.town import lay_out

DAY = date(2026, 7, 2)


class NoModels:
    """Nothing here asks for a model."""

    pipeline = None
    encoder = FakeEncoder()
    encoder_name = "fake"


@dataclass
class Kept:
    """A site on PostgreSQL in which three people were heard."""

    settings: Settings
    programme: Programme

    def site(self, settings: Settings | None = None) -> Site:
        return open_site(settings or self.settings, NoModels())

    def heard(self, settings: Settings | None = None) -> list[str]:
        site = self.site(settings)
        work = site.work(self.programme)
        found = sorted(set(work.vault.read("people").values()))
        held = [one for one in found if work.store.file_keys_of(one)]
        site.close()
        return held


@pytest.fixture
def kept(postgres: Callable[[], str], tmp_path: Path) -> Iterator[Kept]:
    settings = Settings(home=tmp_path / "home", database_url=postgres())
    site = open_site(settings, NoModels())
    programme = accounts.begin_programme("Mill Town, spring")
    person = people.join("wren@mill.example", "Wren", "kettle orchard tramline")
    people.give(person, programme.slug, "lead")
    work = site.work(programme)
    lay_out(work, survey=3)
    work.vault.write("people", {f"file k0|R{n}": f"P{n:05d}" for n in range(3)})
    site.close()
    yield Kept(settings, programme)
    from django.db import connections

    connections.close_all()


def test_a_site_comes_back_into_an_empty_database(
    kept: Kept, postgres: Callable[[], str], tmp_path: Path
) -> None:
    made = making.back_up(kept.settings, tmp_path / "b.zip")
    assert made.manifest.database == "postgresql"
    assert "tables/programme_mill_town_spring/store_segment" in made.manifest.members
    fresh = Settings(home=tmp_path / "fresh", database_url=postgres())
    restoring.restore(fresh, made.file, DAY)
    assert kept.heard(fresh) == ["P00000", "P00001", "P00002"]
    assert [one.person.email for one in accounts.everybody()] == ["wren@mill.example"]
    # numbers go on after those that came back
    another = people.join("ada@mill.example", "Ada", "kettle orchard tramline")
    assert another.id > accounts.everybody()[0].person.id
    trail.note("looked", who="wren@mill.example")


def test_what_was_there_is_kept_beside_and_who_withdrew_since_stays_out(
    kept: Kept, tmp_path: Path
) -> None:
    made = making.back_up(kept.settings, tmp_path / "b.zip")
    site = kept.site()
    steps.withdraw(site.work(kept.programme), "P00001")
    site.close()
    with pytest.raises(ListeningError, match="holds something already"):
        restoring.restore(kept.settings, made.file, DAY)
    away = replace(kept.settings, home=tmp_path / "elsewhere")
    with pytest.raises(ListeningError, match="holds something already"):
        restoring.restore(away, made.file, DAY)
    done = restoring.restore(kept.settings, made.file, DAY, Asked(replace=True))
    assert len(done.withdrawn) == 1
    assert kept.heard() == ["P00000", "P00002"]
    assert schemas(kept.settings, "old_%") == 2
    assert schemas(kept.settings, "new_%") == 0


@pytest.mark.parametrize("late", [False, True], ids=["before it holds", "after it holds"])
def test_a_kill_while_tables_change_places_is_taken_back_or_ended(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    made = making.back_up(kept.settings, tmp_path / "b.zip")
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        from listening.store.tables import Tables

        commit = Tables.commit

        def killed(self: Any) -> None:
            if late:
                commit(self)
            os.kill(os.getpid(), signal.SIGKILL)

        Tables.commit = killed  # type: ignore[method-assign]
        try:
            restoring.restore(kept.settings, made.file, DAY, Asked(replace=True))
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with pytest.raises(ListeningError, match="stopped halfway"):
        kept.site()
    done = restoring.restore(kept.settings, made.file, DAY, Asked(replace=True))
    assert done.taken_back is not late
    assert kept.heard() == ["P00000", "P00001", "P00002"]
    assert schemas(kept.settings, "new_%") == 0


def test_the_kind_of_database_has_to_be_that_of_the_backup(kept: Kept, tmp_path: Path) -> None:
    made = making.back_up(kept.settings, tmp_path / "b.zip")
    with pytest.raises(ListeningError, match="in PostgreSQL"):
        restoring.restore(Settings(home=tmp_path / "fresh"), made.file, DAY)
    other = replace(kept.settings, database_url="mysql://root@localhost/x")
    with pytest.raises(ListeningError, match="neither SQLite nor PostgreSQL"):
        making.back_up(other, tmp_path / "c.zip")


def schemas(settings: Settings, like: str) -> int:
    import psycopg

    with psycopg.connect(settings.database_url) as connection:
        asked = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE %s"
        row = connection.execute(asked, (like,)).fetchone()
    assert row
    return int(row[0])
