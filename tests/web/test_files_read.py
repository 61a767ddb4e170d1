"""What becomes of a file that an officer confirmed: read once, lost never, left open nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from listening.records import SEGMENTS
from listening.steps import as_sent, uploads, who, withdraw
from listening.steps.reader import read_next, tidy
from listening.steps.understanding import Answers
from listening.store.accounts import people
from tests.web.material import (
    NOTE,
    SURVEY,
    TRANSCRIPT,
    TRUE,
    again,
    files_address,
    holding,
    kept,
    page_of,
    received,
    under,
)
from tests.web.town import Town, client_of


def test_a_confirmed_file_is_read_and_says_what_was_removed(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    assert upload.state == "kept"
    sent = as_sent.sent(reading.site, upload)
    assert {"phone", "address"} <= set(sent.removed)
    assert sent.removed["person"] >= 1
    page = client_of(reading.people["officer"]).get(page_of(reading, upload)).content.decode()
    assert "1 phone number" in page
    assert "Done" in page
    assert not read_next(reading.site)


def test_what_was_taken_out_lies_in_the_vault_alone_and_there_encrypted(
    reading: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(reading.people["officer"])
    large = TRANSCRIPT + b"Oriel: And the lift is broken.\n" * 100_000
    sent = {"files": SimpleUploadedFile("Oriel Quince.txt", large)}
    page = client.post(files_address(reading), sent).url
    client.post(page, {"interviewer": "0", "consent": "quotation"})
    (upload,) = as_sent.mine(reading.site, reading.people["officer"], reading.here)
    assert upload.ready
    assert under(temporary) == []
    assert holding(b"Quince", reading.site.settings.home) == []
    kept(reading, TRANSCRIPT, "Oriel Quince again.txt", TRUE)
    assert len(under(reading.site.settings.home)) > 6
    assert holding(b"Quince", reading.site.settings.home) == []
    assert holding(b"07700", reading.site.settings.home) == []


def test_two_files_are_in_the_newest_run_so_that_all_is_analysed_together(reading: Town) -> None:
    first = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    broken = received(reading, NOTE, "note.txt")
    second = kept(reading, SURVEY, "survey.csv", Answers())
    work = reading.site.work(reading.here)
    run = work.store.run()
    assert run.sources == [first.source_key, second.source_key]
    names = work.vault.read(f"runs/{run.run_id}")["names"]
    assert names == {first.source_key: "talk.txt", second.source_key: "survey.csv"}
    assert again(reading, broken).state == "waiting"


def test_a_fault_loses_nothing_and_says_nothing_of_what_was_said(
    reading: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = received(reading)
    uploads.answer(reading.site, upload, TRUE)
    uploads.confirm(reading.site, again(reading, upload))

    def broken(*_given: Any) -> None:
        raise ValueError("Oriel Quince said that the damp comes back")

    with monkeypatch.context() as patch:
        patch.setattr("listening.steps.reader.ingest", broken)
        assert read_next(reading.site)

    assert again(reading, upload).state == "stopped"
    lines = str(list(people.rows("Change").values()))
    assert "ValueError" in lines
    assert "Quince" not in lines
    uploads.confirm(reading.site, again(reading, upload))
    assert read_next(reading.site)
    assert again(reading, upload).state == "kept"


def test_a_kill_while_reading_leaves_nothing_open_and_is_made_up_for(reading: Town) -> None:
    upload = received(reading)
    uploads.answer(reading.site, upload, TRUE)
    uploads.confirm(reading.site, again(reading, upload))
    vault = reading.site.work(reading.here).vault
    left = vault.folder / "open" / upload.id / "file.txt"
    left.parent.mkdir(parents=True)
    left.write_bytes(TRANSCRIPT)
    vault.write("uploads/00000000-0000-0000-0000-000000000000", {"name": "left.txt"})
    vault.keep_file("uploads/00000000-0000-0000-0000-000000000000", TRANSCRIPT)

    tidy(reading.site)

    assert not left.exists()
    assert vault.books("uploads") == [upload.book]
    assert read_next(reading.site)
    assert again(reading, upload).state == "kept"
    assert not (vault.folder / "open" / upload.id).exists()


def test_what_waits_can_be_erased_and_what_was_read_cannot(reading: Town) -> None:
    client = client_of(reading.people["officer"])
    upload = received(reading)
    client.post(f"{page_of(reading, upload)}discard/")
    assert uploads.one(reading.people["officer"], reading.here, upload.id) is None
    assert reading.site.work(reading.here).vault.books("uploads") == []
    done = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    client.post(f"{page_of(reading, done)}discard/")
    client.post(f"{page_of(reading, done)}confirm/")
    client.post(page_of(reading, done), {"interviewer": "1", "consent": "analysis"})
    assert again(reading, done).state == "kept"


def test_a_press_of_confirm_twice_reads_once(reading: Town) -> None:
    upload = received(reading, SURVEY, "survey.csv")
    client = client_of(reading.people["officer"])
    for _ in range(2):
        client.post(f"{page_of(reading, upload)}confirm/")
    assert read_next(reading.site)
    assert not read_next(reading.site)
    done = [row.action for row in people.rows("Change").filter(object=upload.book).order_by("pk")]
    assert done == ["file received", "file confirmed", "file kept"]


def test_a_programmes_own_rules_hold_for_what_officers_send(reading: Town) -> None:
    town, work = reading, reading.site.work(reading.here)
    rules = work.settings.home / "programme.toml"
    rules.write_text('name = "N"\nquestion = "Q?"\n[consent]\nyoung = "guardian"\n', "utf-8")
    kept(town, SURVEY, "survey.csv", Answers())
    assert work.store.run().parameters["programme"] == rules.read_text("utf-8")
    rules.write_text("name = ", "utf-8")
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(town.people["officer"])
    note = {"files": SimpleUploadedFile("note.txt", NOTE)}
    page = client.post(files_address(town), note, follow=True).content.decode()
    assert "programme.toml" in page
    assert "note.txt" not in page


def test_who_withdraws_is_in_no_file_that_was_sent_any_more(town_in_plain: Town) -> None:
    town = town_in_plain
    upload = kept(town, TRANSCRIPT, "Oriel Quince.txt", TRUE)
    other = kept(town, SURVEY, "survey.csv", Answers())
    work = town.site.work(town.here)
    home = town.site.settings.home
    assert holding(b"Quince", home)
    assert holding(b"rent went up", home)

    receipt = withdraw(work, who(work, "Oriel"))

    assert receipt.left == ()
    assert holding(b"Quince", home) == []
    assert holding(b"Oriel", home) == []
    assert work.vault.file(other.book) == SURVEY
    segments = work.store.load([upload.source_key], SEGMENTS)
    assert "The rent went up again." in set(segments["text"])  # what others said stays
    page = client_of(town.people["officer"]).get(page_of(town, upload)).content.decode()
    assert "A file that somebody withdrew from.txt" in page
    kept(
        town,
        SURVEY + b"R4,A park that is clean and safe at night,quotation\n",
        "new.csv",
        Answers(),
    )
    assert set(work.vault.read(f"runs/{work.store.run().run_id}")["names"].values()) == {
        "A file that somebody withdrew from.txt",
        "survey.csv",
        "new.csv",
    }


def test_a_file_sent_again_brings_nobody_back_who_withdrew(town_in_plain: Town) -> None:
    town = town_in_plain
    kept(town, TRANSCRIPT, "talk.txt", TRUE)
    work = town.site.work(town.here)
    withdraw(work, who(work, "Oriel"))
    second, _ = uploads.receive(
        town.site, town.people["second officer"], town.here, "talk.txt", TRANSCRIPT
    )
    uploads.answer(town.site, second, TRUE)
    uploads.confirm(town.site, again(town, second, "second officer"))
    assert read_next(town.site)
    key = again(town, second, "second officer").source_key
    assert "damp" not in " ".join(work.store.load([key], SEGMENTS)["text"])
