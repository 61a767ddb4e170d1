"""An officer's files: sent, asked about, confirmed, read, or let go; nothing lies about."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.errors import ListeningError
from listening.records import SEGMENTS
from listening.steps import uploads, who, withdraw
from listening.steps.nouns import Upload
from listening.steps.reader import read_next, tidy
from listening.steps.understanding import NOBODY, Answers
from listening.store import new_key
from listening.store.accounts import people
from tests.conftest import FakeModels
from tests.web.material import ATTACK, NOTE, SURVEY, TRANSCRIPT, again, received
from tests.web.town import NoModels, Town, client_of, town_at

TRUE = Answers(interviewer="0", consent="quotation")


@pytest.fixture
def reading(tmp_path: Path, pipeline: Any) -> Iterator[Town]:
    """A town whose files can be read; the vault is encrypted."""
    with town_at(tmp_path / "home", FakeModels(pipeline), new_key()) as opened:
        yield opened


@pytest.fixture
def town_in_plain(tmp_path: Path, pipeline: Any) -> Iterator[Town]:
    """A town whose files can be read and whose vault can be searched."""
    with town_at(tmp_path / "home", FakeModels(pipeline)) as opened:
        yield opened


def files_address(town: Town) -> str:
    return f"/programmes/{town.here.slug}/files/"


def page_of(town: Town, upload: Upload) -> str:
    return f"{files_address(town)}{upload.id}/"


def under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def holding(needle: bytes, folder: Path) -> list[str]:
    return [path.name for path in under(folder) if needle.lower() in path.read_bytes().lower()]


def kept(town: Town, content: bytes, name: str, answers: Answers) -> Upload:
    """Take a file the whole way."""
    upload = received(town, content, name)
    uploads.answer(town.site, upload, answers)
    uploads.confirm(town.site, again(town, upload))
    assert read_next(town.site)
    return again(town, upload)


def test_several_files_are_sent_at_once_without_a_script(town: Town) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = [SimpleUploadedFile("talk.txt", TRANSCRIPT), SimpleUploadedFile("survey.csv", SURVEY)]
    client = client_of(town.people["officer"])
    answer = client.post(files_address(town), {"files": sent})
    assert answer.url == files_address(town)
    page = client.get(answer.url).content.decode()
    assert page.index("survey.csv") < page.index("talk.txt")  # the newest first
    assert page.count("Needs you") == 1
    assert page.count("Ready to confirm") == 1


def test_a_script_is_told_where_a_file_went(town: Town) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(town.people["officer"])
    sent = {"files": SimpleUploadedFile("talk.txt", TRANSCRIPT)}
    answer = client.post(files_address(town), sent, headers={"accept": "application/json"})
    (told,) = json.loads(answer.content)["files"]
    assert told["name"] == "talk.txt"
    assert client.get(told["url"]).status_code == 200
    nothing = client.post(files_address(town), {}, headers={"accept": "application/json"})
    assert nothing.status_code == 400


def test_a_page_says_what_was_understood_and_asks_only_what_is_open(town: Town) -> None:
    client = client_of(town.people["officer"])
    talk = client.get(page_of(town, received(town))).content.decode()
    assert "3 speakers; we think that" in talk
    assert '<span class="listening-name">Wren</span> is the interviewer' in talk
    assert "Who is the interviewer?" in talk
    assert "agree to?" in talk
    assert "What is this file?" not in talk
    note = client.get(page_of(town, received(town, NOTE, "note.txt"))).content.decode()
    assert "What is this file?" in note
    assert "Who is the interviewer?" not in note
    survey = client.get(page_of(town, received(town, SURVEY, "survey.csv"))).content.decode()
    assert "Confirm" in survey
    assert "agree to?" not in survey
    assert "2, and 1 left out because of their consent" in survey


def test_an_answer_changes_what_is_understood(town: Town) -> None:
    upload = received(town)
    said = uploads.answer(town.site, upload, Answers(interviewer=NOBODY, consent="analysis"))
    assert (said.people, said.quotable, said.open) == (3, 0, ())
    said = uploads.answer(town.site, upload, TRUE)
    assert (said.people, said.quotable, said.kind) == (2, 2, "interview")
    assert [one.role for one in said.speakers] == ["interviewer", "participant", "participant"]


def test_a_street_note_is_read_as_the_officers_own_words(reading: Town) -> None:
    upload = kept(reading, NOTE, "note.txt", Answers(kind="street", consent="analysis"))
    work = reading.site.work(reading.here)
    segments = work.store.load([upload.source_key], SEGMENTS)
    assert set(segments["voice"]) == {"paraphrase"}
    assert set(segments["source_kind"]) == {"street"}


def test_what_is_not_answered_cannot_be_confirmed(town: Town) -> None:
    upload = received(town)
    with pytest.raises(ListeningError, match="not answered"):
        uploads.confirm(town.site, upload)
    page = client_of(town.people["officer"]).post(page_of(town, upload), {"consent": "analysis"})
    assert b"Say who the interviewer is" in page.content
    assert again(town, upload).state == "waiting"


def test_without_consent_nothing_is_kept(town: Town) -> None:
    upload = received(town)
    given = {"interviewer": "0", "consent": "none"}
    client = client_of(town.people["officer"])
    client.post(page_of(town, upload), given)
    assert again(town, upload).state == "refused"
    assert b"did not agree" in client.get(page_of(town, upload)).content
    assert holding(b"damp", town.site.settings.home) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("talk.docx", TRANSCRIPT),
        ("empty.txt", b""),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(200)),
        ("nobody.csv", b"Response ID,What matters to you most?,consent\nR1,The damp,none\n"),
        ("broken.xlsx", b"PK\x03\x04" + bytes(50)),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    town: Town, name: str, content: bytes
) -> None:
    upload = received(town, content, name)
    assert upload.state == "refused"
    page = client_of(town.people["officer"]).get(page_of(town, upload)).content.decode()
    assert "Not kept" in page
    assert uploads.sent(town.site, upload).understood.refused[0] in html.unescape(page)
    vault = town.site.work(town.here).vault
    assert [path.suffix for path in (vault.folder / "uploads").iterdir()] == [".json"]


def test_every_file_of_a_zip_is_an_upload_of_its_own(town: Town) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("may/talk.txt", TRANSCRIPT)
        archive.writestr("may/survey.csv", SURVEY)
        archive.writestr("../out.txt", NOTE)
    sent = {"files": SimpleUploadedFile("may.zip", packed.getvalue())}
    client = client_of(town.people["officer"])
    page = client.get(client.post(files_address(town), sent).url).content.decode()
    mine = uploads.mine(town.site, town.people["officer"], town.here)
    assert sorted((one.name, one.state) for one in mine) == [
        ("out.txt", "refused"),
        ("survey.csv", "waiting"),
        ("talk.txt", "waiting"),
    ]
    assert "Not kept" in page


def test_an_archive_that_cannot_be_opened_is_refused_as_one(town: Town) -> None:
    (took,) = uploads.receive_all(
        town.site, town.people["officer"], town.here, "may.zip", b"PK\x03\x04" + bytes(99)
    )
    assert (took[0].state, took[1]) == ("refused", True)


def test_the_same_file_twice_is_one_upload(town: Town) -> None:
    first = received(town)
    second, fresh = uploads.receive(
        town.site, town.people["officer"], town.here, "copy of talk.txt", TRANSCRIPT
    )
    assert (second.id, fresh) == (first.id, False)
    other, fresh = uploads.receive(
        town.site, town.people["second officer"], town.here, "talk.txt", TRANSCRIPT
    )
    assert fresh
    assert other.id != first.id


def test_a_confirmed_file_is_read_and_says_what_was_removed(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    assert upload.state == "kept"
    sent = uploads.sent(reading.site, upload)
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
    (upload,) = uploads.mine(reading.site, reading.people["officer"], reading.here)
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


def test_what_is_set_aside_for_one_reason_is_said_once_with_its_rows(town: Town) -> None:
    rows = b"".join(
        b"R%d,The lift in block %d is broken again,none\n" % (n, n) for n in range(4, 40)
    )
    upload = received(town, SURVEY + rows, "survey.csv")
    page = client_of(town.people["officer"]).get(page_of(town, upload)).content.decode()
    assert page.count("One person, with everything they said") == 1
    assert "(rows 4, 5, 6," in page
    assert "37 in all; these are the first 20." in page


def test_words_from_a_file_never_become_part_of_a_page(town: Town) -> None:
    attack = TRANSCRIPT.replace(b"Brindle:", b"Brindle <B>:")
    upload = received(town, attack, f"{ATTACK}.txt")
    client = client_of(town.people["officer"])
    for address in (files_address(town), page_of(town, upload)):
        page = client.get(address).content.decode()
        assert "<img" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Wren\\talk.txt", "talk.txt"),
        ("manifest.csv", "manifest.csv"),
        ("talk\u202etxt.txt", "talktxt.txt"),
        ("", "A file without a name"),
        ("a" * 300 + ".txt", "a" * 146 + ".txt"),
    ],
)
def test_a_name_is_shown_without_folders_and_tricks(town: Town, given: str, shown: str) -> None:
    assert uploads.sent(town.site, received(town, TRANSCRIPT, given)).name == shown


def test_every_change_to_a_file_leaves_a_line_that_names_nobody(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "Oriel Quince.txt", TRUE)
    lines = [
        (row.who, row.action, row.programme, row.object)
        for row in people.rows("Change").filter(object=upload.book).order_by("pk")
    ]
    officer = "officer@mill.example"
    assert lines == [
        (officer, action, reading.here.slug, upload.book)
        for action in ("file received", "file answered about", "file confirmed", "file kept")
    ]
    assert "Quince" not in str(list(people.rows("Change").values()))


def test_no_page_loads_a_model(town: Town) -> None:
    assert isinstance(town.site.models, NoModels)
    client = client_of(town.people["officer"])
    assert client.get(files_address(town)).status_code == 200
