"""An officer's files: sent, asked about, confirmed, read, or let go; nothing lies about."""

from __future__ import annotations

import html
import io
import zipfile

import pytest

from listening.errors import ListeningError
from listening.records import SEGMENTS
from listening.steps import as_sent, uploads
from listening.steps.understanding import NOBODY, Answers
from listening.store.accounts import people
from tests.web.material import (
    ATTACK,
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
)
from tests.web.town import NoModels, Town, client_of


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
    assert as_sent.sent(town.site, upload).understood.refused[0] in html.unescape(page)
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
    mine = as_sent.mine(town.site, town.people["officer"], town.here)
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
    assert as_sent.sent(town.site, received(town, TRANSCRIPT, given)).name == shown


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
