"""What lies half sent: in the vault, for its officer alone, for a day; two at once do no harm."""

from __future__ import annotations

import logging
import threading
import uuid
from pathlib import Path
from typing import Any

import pytest

from listening.steps import arriving, as_sent
from listening.steps.reader import tidy
from listening.store.accounts import people
from tests.web.material import SURVEY, TRANSCRIPT, files_address, holding, under
from tests.web.sending import TUS, desk_of, half_at, phone_of, ran_out
from tests.web.town import Town

SIZE = len(TRANSCRIPT)
CANARY = b"heliotrope"


def test_nothing_of_a_piece_or_a_name_can_be_found_when_a_key_is_set(
    reading: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone = phone_of(reading)
    words = TRANSCRIPT.replace(b"damp", CANARY)
    at = phone.begun(len(words), "Oriel Quince.txt")
    phone.patch(at, 0, words[:300])
    home = reading.site.settings.home
    assert CANARY in words[:300]
    for needle in (CANARY, b"Quince", b"T3JpZWwgUXVpbmNl"):
        assert holding(needle, home) == []
    assert not [path for path in under(home) if "Quince" in str(path)]
    assert not [path for path in under(home) if path.suffix in (".file", ".new")]

    phone.patch(at, 300, words[300:])

    assert holding(CANARY, home) == []
    assert "Quince" not in caplog.text
    assert "Quince" not in str(list(people.rows("Change").values()))
    vault = reading.site.work(reading.here).vault
    left = [path.name for path in (vault.folder / "arriving").rglob("*.sealed-file")]
    assert left == []


def test_what_is_half_sent_is_its_officers_alone(town: Town) -> None:
    mine = phone_of(town)
    at = mine.begun(SIZE)
    mine.patch(at, 0, TRANSCRIPT[:50])
    other = phone_of(town, "second officer")
    for answer in (other.head(at), other.patch(at, 50, b"x"), other.delete(at)):
        assert answer.status_code == 404
    assert other.client.post(f"{at}discard/").status_code == 404
    assert "talk.txt" not in other.client.get(files_address(town)).content.decode()
    assert half_at(town, at).arrived == 50


def test_a_form_from_elsewhere_cannot_send(town: Town) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client

    at = phone_of(town).begun(SIZE)
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.force_login(
        get_user_model().objects.get(email="officer@mill.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    headers = {**TUS, "Upload-Offset": "0", "Upload-Length": "1"}
    for answer in (
        strict.patch(at, b"x", headers=headers),
        strict.delete(at, headers=headers),
        strict.post(phone_of(town).address, headers=headers),
    ):
        assert answer.status_code == 403
    assert half_at(town, at).arrived == 0


def test_the_same_file_twice_is_one_upload_and_is_said_once(town: Town) -> None:
    phone = phone_of(town)
    pages = set()
    for _ in range(3):
        at = phone.begun(SIZE)
        pages.add(phone.patch(at, 0, TRANSCRIPT)["Content-Location"])
    assert len(pages) == 1
    page = phone.client.get(files_address(town)).content.decode()
    assert page.count("had been sent before") == 1


def test_two_who_send_the_same_piece_at_once_do_no_harm(town: Town) -> None:
    at = phone_of(town).begun(SIZE)
    answers: list[int] = []
    ready = threading.Barrier(4)

    def send(phone: Any) -> None:
        from django.db import connections

        ready.wait(10)
        answers.append(phone.patch(at, 0, TRANSCRIPT).status_code)
        connections.close_all()

    at_once = [threading.Thread(target=send, args=(phone_of(town),)) for _ in range(4)]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()
    assert answers.count(204) == 1
    assert set(answers) <= {204, 409, 423}
    (upload,) = as_sent.mine(town.site, town.people["officer"], town.here)
    work = town.site.work(town.here)
    assert work.vault.file(f"uploads/{upload.id}") == TRANSCRIPT


def test_while_somebody_works_on_a_file_others_are_told_to_come_back(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    with arriving.alone(desk_of(town), half_at(town, at).id) as alone:
        assert alone
        for answer in (phone.head(at), phone.patch(at, 0, b"x"), phone.delete(at)):
            assert answer.status_code == 423
        ran_out(town, at)
        arriving.sweep(town.site)
        assert half_at(town, at).arrived == 0
        page = phone.client.post(f"{at}discard/", follow=True).content.decode()
        assert "Pause it first" in page
    assert phone.delete(at).status_code == 204


def test_nobody_may_have_too_much_half_sent(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_BYTES", 250)
    phone = phone_of(town)
    phone.begun(100)
    at = phone.begun(100)
    refused = phone.begin(100)
    assert refused.status_code == 413
    assert "too much is half sent already" in refused.content.decode()
    assert phone_of(town, "second officer").begin(100).status_code == 201
    phone.delete(at)
    assert phone.begin(100).status_code == 201
    monkeypatch.setattr(arriving, "MOST_FILES", 2)
    assert phone.begin(1).status_code == 413


def test_a_file_in_dust_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_PIECES", 3)
    phone = phone_of(town)
    at = phone.begun(SIZE)
    got = [phone.patch(at, n, TRANSCRIPT[n : n + 1]).status_code for n in range(4)]
    assert got == [204, 204, 204, 413]


def test_a_kill_between_a_piece_and_its_book_leaves_a_file_that_goes_on(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    phone.patch(at, 0, TRANSCRIPT[:100])
    arriving.put(desk_of(town), half_at(town, at).id, 100, b"half a pie")  # and then the kill
    tidy(town.site)

    assert phone.head(at)["Upload-Offset"] == "100"
    phone.patch(at, 100, TRANSCRIPT[100:])

    (upload,) = as_sent.mine(town.site, town.people["officer"], town.here)
    assert town.site.work(town.here).vault.file(f"uploads/{upload.id}") == TRANSCRIPT


def test_a_kill_before_a_file_was_taken_in_is_made_good_by_asking(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    half_id = half_at(town, at).id
    arriving.put(desk_of(town), half_id, 0, TRANSCRIPT)
    arriving.advance(desk_of(town), half_id, 0, SIZE)  # and then the kill

    answer = phone.head(at)

    assert answer["Upload-Offset"] == str(SIZE)
    assert (
        "Who is the interviewer?" in phone.client.get(answer["Content-Location"]).content.decode()
    )


def test_a_kill_after_a_file_was_taken_in_leaves_no_piece_of_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    with monkeypatch.context() as killed:
        killed.setattr(arriving, "_empty", lambda *_: None)
        phone.patch(at, 0, TRANSCRIPT)
    pieces = town.site.work(town.here).vault.folder / "arriving" / half_at(town, at).id / "0.file"
    assert pieces.exists()
    tidy(town.site)
    assert not pieces.exists()
    assert phone.head(at)["Content-Location"]


def test_what_a_kill_left_without_a_book_is_swept(town: Town) -> None:
    vault = town.site.work(town.here).vault
    at = phone_of(town).begun(SIZE)
    lost = vault.folder / "arriving" / str(uuid.uuid4())
    lost.mkdir()
    (lost / "0.new").write_bytes(b"half a pie")
    tidy(town.site)
    assert not lost.exists()
    assert half_at(town, at).size == SIZE


def test_a_fault_in_taking_a_file_in_keeps_it_for_another_try(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = town.site.settings.home / "programmes" / town.here.slug / "programme.toml"
    rules.parent.mkdir(parents=True, exist_ok=True)
    rules.write_text("nonsense = [", encoding="utf-8")
    phone = phone_of(town)
    at = phone.begun(SIZE)
    assert phone.patch(at, 0, TRANSCRIPT).status_code == 503
    rules.unlink()
    assert phone.head(at)["Content-Location"]


def test_the_page_lists_what_is_half_sent_and_lets_it_go_without_a_script(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE, "<b>talk</b>.txt")
    phone.patch(at, 0, TRANSCRIPT[: SIZE // 2])
    page = phone.client.get(files_address(town)).content.decode()
    assert "&lt;b&gt;talk&lt;/b&gt;.txt" not in page  # a name is shown without folders
    assert "b&gt;.txt" in page
    assert "49% of" in page or "50% of" in page
    answer = phone.client.post(f"{at}discard/", follow=True).content.decode()
    assert "What had arrived of the file was erased." in answer
    assert "Not all of it has arrived" not in answer
    vault = town.site.work(town.here).vault
    assert under(vault.folder / "arriving") == [vault.folder / "arriving" / ".lock"]


def test_every_change_to_a_half_sent_file_leaves_a_line_that_names_nobody(town: Town) -> None:
    phone = phone_of(town)
    phone.delete(phone.begun(SIZE, "Oriel Quince.txt"))
    ran_out(town, phone.begun(SIZE, "Oriel Quince.txt"))
    arriving.sweep(town.site)
    at = phone.begun(len(SURVEY), "survey.csv")
    phone.patch(at, 0, SURVEY)
    lines = list(people.rows("Change").order_by("pk"))
    said = [(row.who, row.action) for row in lines if "file" in row.action]
    officer = "officer@mill.example"
    assert said == [
        (officer, "file begun"),
        (officer, "half-sent file erased"),
        (officer, "file begun"),
        ("", "half-sent file ran out"),
        (officer, "file begun"),
        (officer, "file received"),
    ]
    assert "Quince" not in str([vars(row) for row in lines])


def test_a_half_sent_file_is_in_no_folder_but_the_vaults(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    elsewhere = tmp_path / "temp"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    phone = phone_of(town)
    at = phone.begun(SIZE)
    phone.patch(at, 0, TRANSCRIPT[:400])
    assert under(elsewhere) == []
    inside = town.site.work(town.here).vault.folder / "arriving"
    found = [path for path in under(tmp_path) if b"damp" in path.read_bytes()]
    assert found
    assert all(inside in path.parents for path in found)
    assert all(path.stat().st_mode & 0o077 == 0 for path in found)
