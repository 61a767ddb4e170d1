"""What waits is done once by however many processes, again after what passes, and not for ever."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import OperationalError

from listening.errors import ServerAway
from listening.steps import reader, uploads
from listening.steps.desk import asked, doing
from listening.steps.nouns import Upload
from listening.steps.reader import TRIED, TRIES, read_next
from listening.store.accounts import people
from tests.web.coding_town import Coded
from tests.web.material import SURVEY, again, received
from tests.web.town import Town


def confirmed(town: Town) -> Upload:
    upload = received(town, SURVEY, "survey.csv")
    uploads.confirm(town.site, upload)
    return upload


def test_two_who_read_at_once_read_a_file_once(reading: Town) -> None:
    upload, found = confirmed(reading), []
    begun = threading.Barrier(2)

    def read() -> None:
        begun.wait()
        found.append(read_next(reading.site))
        reading.site.close()

    at_once = [threading.Thread(target=read) for _ in range(2)]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()
    assert len(found) == 2
    assert again(reading, upload).state == "kept"
    vault = reading.site.work(reading.here).vault
    assert len(vault.books("runs")) == 1
    assert people.rows("Change").filter(action="file kept").count() == 1
    assert vault.read(TRIED) == {}


def test_a_file_that_the_process_never_lives_to_end_is_stopped_at_last(reading: Town) -> None:
    upload = confirmed(reading)
    reading.site.work(reading.here).vault.write(TRIED, {upload.id: TRIES})
    assert read_next(reading.site)
    assert again(reading, upload).state == "stopped"
    uploads.confirm(reading.site, again(reading, upload))  # its officer tries once more
    assert read_next(reading.site)
    assert again(reading, upload).state == "kept"


def test_a_database_that_is_away_is_waited_for_and_then_the_file_is_stopped(
    reading: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = confirmed(reading)

    def locked(*_given: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(reader, "ingest", locked)
    for _ in range(TRIES - 1):
        with pytest.raises(OperationalError):
            read_next(reading.site, TRIES)
        assert again(reading, upload).state == "reading"
    assert read_next(reading.site, TRIES)
    assert again(reading, upload).state == "stopped"


def test_a_label_studio_that_is_away_is_asked_again_and_then_it_has_failed(coded: Coded) -> None:
    coded.press("settle")
    coded.server.fails_in = 0
    slug = coded.town.here.slug
    for _ in range(asked.TRIES - 1):
        with pytest.raises(ServerAway):
            doing.do_waiting(coded.town.site, slug, asked.KINDS)
        assert asked.everything(coded.work.vault)[0].open
    assert doing.do_waiting(coded.town.site, slug, asked.KINDS) == 1
    assert "Not done Send to adjudication" in coded.page()


def test_a_run_does_what_it_is_for_and_leaves_the_rest_to_another(coded: Coded) -> None:
    coded.press("pull")
    slug = coded.town.here.slug
    assert doing.do_waiting(coded.town.site, slug, asked.GROUPS["results"]) == 0
    assert doing.do_waiting(coded.town.site, slug, asked.GROUPS["desk"]) == 1
    assert doing.do_waiting(coded.town.site, "nowhere", asked.KINDS) == 0
