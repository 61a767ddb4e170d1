"""Accounts and programmes lie apart, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.settings import Settings
from listening.steps import accounts
from listening.steps.site import Site, home_of, open_site
from listening.store import KeptSource


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    url = request.getfixturevalue("postgres")() if request.param == "postgresql" else ""
    models: Any = None
    opened = open_site(Settings(home=tmp_path / "home", database_url=url), models)
    yield opened
    opened.close()
    from django.db import connections

    connections["default"].close()


def test_one_programme_does_not_see_what_another_holds(site: Site) -> None:
    first, second = (accounts.begin_programme(name) for name in ("Mill Town", "Harbour Side"))
    site.work(first).store.add_source(KeptSource("k1", (), (), {}), "f1")
    assert site.work(first).store.known_sources(["k1"]) == {"k1"}
    assert site.work(second).store.is_empty()
    site.work(first).vault.write("people", {"a": "P00001"})
    assert site.work(second).vault.read("people") == {}


def test_accounts_hold_no_table_of_residents_and_stores_none_of_accounts(site: Site) -> None:
    from django.db import connections

    programme = accounts.begin_programme("Mill Town")
    store = site.work(programme).store
    tables = {
        alias: set(connections[alias].introspection.table_names())
        for alias in ("default", store.alias)
    }
    assert "accounts_user" in tables["default"]
    assert "store_segment" in tables[store.alias]
    assert not {name for name in tables["default"] if name.startswith("store_")}
    assert {name.split("_")[0] for name in tables[store.alias]} == {"store", "django"}


def test_an_open_site_opens_again_as_it_was(site: Site) -> None:
    programme = accounts.begin_programme("Mill Town")
    accounts.invite("a@mill.example", programme, "officer")
    again = open_site(site.settings, site.models)
    assert accounts.programme("mill-town") == programme
    assert again.work(programme).store.is_empty()


def test_the_folder_of_a_programme_is_where_commands_look_for_it(site: Site) -> None:
    programme = accounts.begin_programme("Mill Town")
    assert site.work(programme).settings.home == home_of(site.settings.home, "mill-town")
    assert site.work(programme).settings.programme == "Mill Town"


def test_the_key_that_signs_cookies_is_its_owners_alone_and_stays(site: Site) -> None:
    path = site.settings.home / "signing.key"
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_text()
    open_site(site.settings, site.models)
    assert path.read_text() == before
    assert len(before) > 50
