"""A resident's withdrawal through the pages."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from listening.errors import NothingToDo
from listening.steps import accounts, leaving, mending, taught, uploads, who
from listening.steps.reader import read_next
from listening.store.accounts import people
from tests.conftest import FakeModels
from tests.unit.sources.samples import samples
from tests.web.material import SURVEY, TRANSCRIPT, TRUE, holding, kept
from tests.web.town import Town, client_of, town_at

FOUND = re.compile(r'name="participant" value="([^"]+)"')


@pytest.fixture
def read(tmp_path: Path, pipeline: Any) -> Iterator[Town]:
    """A town that has read one officer's transcript."""
    with town_at(tmp_path / "home", FakeModels(pipeline)) as town:
        kept(town, TRANSCRIPT, "talk.txt", TRUE)
        yield town


def address(town: Town) -> str:
    return f"/programmes/{town.here.slug}/withdraw/"


def asked(town: Town, said: str, by: str = "officer") -> str:
    answer = client_of(town.people[by]).post(address(town), {"said": said})
    return str(answer.content.decode())


def held(town: Town, words: bytes) -> bool:
    return bool(holding(words, town.site.settings.home))


def test_an_officer_withdraws_somebody_of_their_own_file_and_has_a_receipt(read: Town) -> None:
    assert held(read, b"damp in my flat")
    page = asked(read, "oriel")
    assert "This cannot be undone" in page
    assert held(read, b"damp in my flat")
    token = FOUND.findall(page)[0]
    client = client_of(read.people["officer"])
    done = client.post(address(read), {"participant": token}, follow=True).content.decode()
    assert re.search(r"Receipt [0-9A-F]{8}: erased", done)
    assert not held(read, b"damp in my flat")
    assert not held(read, b"Oriel")
    assert held(read, b"rent went up")


def test_the_trail_names_the_receipt_and_nobody(read: Town) -> None:
    person = leaving.meant(read.site, read.people["officer"], read.here, "Oriel", everywhere=False)
    receipt = leaving.leave(read.site, read.people["officer"], read.here, person)
    line = accounts.changes(read.here)[0]
    assert line.action == "participant withdrew"
    assert line.object == f"receipt {receipt.receipt}"
    assert person not in f"{line}"


@pytest.mark.parametrize("said", ["Oriel", "P00001", "P00002"])
def test_another_officer_finds_nobody_by_name_or_by_guessing_an_id(read: Town, said: str) -> None:
    page = asked(read, said, by="second officer")
    assert "nobody" in page
    assert not FOUND.findall(page)
    assert FOUND.findall(asked(read, "Oriel", by="administrator"))


def test_a_participant_nobody_was_asked_about_is_not_erased(read: Town) -> None:
    meant = who(read.site.work(read.here), "Oriel")
    client = client_of(read.people["second officer"])
    done = client.post(address(read), {"participant": meant}, follow=True).content.decode()
    assert "Nothing was erased" in done
    assert held(read, b"damp in my flat")


def test_withdrawing_twice_says_that_there_is_nobody_any_more(read: Town) -> None:
    person = leaving.meant(read.site, read.people["officer"], read.here, "Oriel", everywhere=False)
    leaving.leave(read.site, read.people["officer"], read.here, person)
    with pytest.raises(NothingToDo):
        leaving.leave(read.site, read.people["officer"], read.here, person)


def test_saying_nothing_is_an_error_beside_the_field(read: Town) -> None:
    page = asked(read, "")
    assert "Enter a code, an id or a name" in page
    assert "There is a problem" in page


def test_whoever_withdraws_while_their_file_is_read_again_does_not_come_back(read: Town) -> None:
    (upload,) = uploads.kept.kept(read.here.slug)
    work = read.site.work(read.here)
    meant = who(work, "Oriel")
    leaving_now = threading.Thread(target=leaving.leave, args=(
        read.site, read.people["officer"], read.here, meant,
    ))  # fmt: skip
    mending.change(read.site, upload, replace(TRUE, consent="analysis"))
    ingest = sys.modules["listening.steps.ingest"]
    take = ingest.keep

    def keep(batch: Any, run_id: str) -> None:
        if not leaving_now.ident:
            leaving_now.start()
            leaving_now.join(1)
        take(batch, run_id)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ingest, "keep", keep)
        assert read_next(read.site)
    leaving_now.join(30)
    assert not leaving_now.is_alive()
    assert not held(read, b"damp in my flat")
    assert not held(read, b"Oriel")
    assert held(read, b"rent went up")


def test_an_answer_given_in_one_programme_erases_nobody_in_another(read: Town) -> None:
    both = read.people["outsider"]
    people.give(both, read.here.slug, "officer")
    upload, _ = uploads.receive(read.site, both, read.elsewhere, "talk.txt", TRANSCRIPT)
    uploads.answer(read.site, upload, TRUE)
    uploads.confirm(read.site, upload)
    assert read_next(read.site)
    client = client_of(both)
    page = client.post(f"/programmes/{read.elsewhere.slug}/withdraw/", {"said": "Oriel"})
    token = FOUND.findall(page.content.decode())[0]
    done = client.post(address(read), {"participant": token}, follow=True).content.decode()
    assert "Nothing was erased" in done
    assert who(read.site.work(read.here), "Oriel")


def test_a_taught_name_goes_with_the_last_words_that_hold_it(read: Town) -> None:
    work = read.site.work(read.here)
    for name in ("Oriel Quince", "Splodge"):
        taught.teach(work, name, "person")
    (upload,) = uploads.kept.kept(read.here.slug)
    uploads.kept.again(upload)
    assert read_next(read.site)
    leaving.leave(read.site, read.people["officer"], read.here, who(work, "Oriel"))
    assert taught.entries(work) == [("person", "Splodge")]
    assert not held(read, b"Quince")


def test_the_same_file_that_waits_unread_is_erased_and_others_are_told_of(read: Town) -> None:
    second = read.people["second officer"]
    same, _ = uploads.receive(read.site, second, read.here, "same.txt", TRANSCRIPT)
    uploads.receive(read.site, second, read.here, "survey.csv", SURVEY)
    token = FOUND.findall(asked(read, "Oriel"))[0]
    client = client_of(read.people["officer"])
    page = client.post(address(read), {"participant": token}, follow=True).content.decode()
    assert "1 file waits unread" in page
    vault = read.site.work(read.here).vault
    assert not vault.has_file(same.book)
    assert not held(read, b"damp in my flat comes back")


def test_another_file_of_their_talk_that_waits_unread_is_erased_too(read: Town) -> None:
    second = read.people["second officer"]
    lines = [line.split(": ", 1) for line in TRANSCRIPT.decode().splitlines()]
    talk = tuple((who_said, said) for who_said, said in lines if who_said != "Brindle")
    alone, _ = uploads.receive(read.site, second, read.here, "Quince.vtt", samples(talk)[".vtt"])
    work = read.site.work(read.here)
    assert work.vault.has_file(alone.book)
    leaving.leave(read.site, read.people["officer"], read.here, who(work, "Oriel"))
    assert not work.vault.has_file(alone.book)
    told = work.vault.read(alone.book)
    assert "those of somebody who withdrew" in told["understood"]["refused"][0]
    assert not held(read, b"Quince")


def test_a_correction_that_waits_unread_goes_with_whoever_withdraws(read: Town) -> None:
    (upload,) = uploads.kept.kept(read.here.slug)
    mended = TRANSCRIPT.replace(b"damp in my flat", b"wobblethorn in my flat")
    mending.correct(read.site, upload, "talk 2.txt", mended)
    assert held(read, b"wobblethorn")
    leaving.leave(read.site, read.people["officer"], read.here,
                  who(read.site.work(read.here), "Oriel"))  # fmt: skip
    assert mending.draft(read.site, upload) is None
    assert not held(read, b"wobblethorn")
