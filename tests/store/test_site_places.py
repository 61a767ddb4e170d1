"""Accounts and programmes lie apart, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.settings import Settings
from listening.steps import accounts, uploads
from listening.steps.site import Site, home_of, open_site
from listening.steps.work import content_key
from listening.store import KeptSource
from listening.store.accounts import people
from listening.store.accounts import uploads as kept


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


def test_an_upload_goes_its_way_and_is_kept_once(site: Site) -> None:
    programme = accounts.begin_programme("Mill Town")
    officer = people.join("officer@mill.example", "Wren", "kettle orchard tramline")
    content = b"Response ID,What matters to you most?,consent\nR1,The damp in my flat,analysis\n"
    upload, fresh = uploads.receive(site, officer, programme, "survey.csv", content)
    twice = kept.add(officer, programme.slug, str(uuid.uuid4()), content_key(content), "waiting")
    assert (fresh, upload.state, twice) == (True, "waiting", None)

    uploads.confirm(site, upload)
    waiting = kept.to_read()

    assert waiting is not None
    assert waiting.id == upload.id
    assert kept.move(waiting, "kept", "k1")
    assert not kept.move(waiting, "waiting")
    assert uploads.counts(programme)["kept"] == 1
    assert [line.action for line in accounts.changes(programme)][:2] == [
        "file confirmed",
        "file received",
    ]


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
