"""The tus 1.0 protocol in its own words: https://tus.io/protocols/resumable-upload."""

from __future__ import annotations

import base64
import hashlib
import uuid
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listening.steps import arriving, as_sent, uploads
from listening.steps.understanding import LARGEST_FILE
from tests.web.material import SURVEY, TRANSCRIPT
from tests.web.sending import PIECE, TUS, half_at, phone_of, ran_out
from tests.web.town import Town

SIZE = len(TRANSCRIPT)


def test_a_server_says_what_it_can_do(town: Town) -> None:
    phone = phone_of(town)
    answer = phone.client.options(phone.address)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Max-Size"] == str(LARGEST_FILE)
    assert answer["Tus-Extension"].split(",") == [
        "creation",
        "termination",
        "checksum",
        "expiration",
    ]
    assert "sha1" in answer["Tus-Checksum-Algorithm"].split(",")


def test_a_file_that_comes_in_pieces_becomes_an_upload_like_any_other(town: Town) -> None:
    phone = phone_of(town)
    begun = phone.begin(SIZE, "Oriel Quince.txt")
    assert begun.status_code == 201
    assert parsedate_to_datetime(begun["Upload-Expires"])
    at = begun["Location"]
    first = phone.patch(at, 0, TRANSCRIPT[:100])
    assert (first.status_code, first["Upload-Offset"]) == (204, "100")
    assert parsedate_to_datetime(first["Upload-Expires"])
    assert "Content-Location" not in first
    second = phone.patch(at, 100, TRANSCRIPT[100:])
    assert (second.status_code, second["Upload-Offset"]) == (204, str(SIZE))
    assert second["Tus-Resumable"] == "1.0.0"

    page = phone.client.get(second["Content-Location"]).content.decode()
    assert "Oriel Quince.txt" in page
    assert "Who is the interviewer?" in page


def test_whoever_did_not_hear_the_last_answer_may_ask_again(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    page = phone.patch(at, 0, TRANSCRIPT)["Content-Location"]

    answer = phone.head(at)

    assert (answer.status_code, answer["Upload-Offset"]) == (200, str(SIZE))
    assert answer["Content-Location"] == page
    assert "Upload-Metadata" not in answer  # the name has gone with the file
    assert len(as_sent.mine(town.site, town.people["officer"], town.here)) == 1


def test_how_much_is_there_is_asked_with_head(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE, "Søren.txt")
    assert phone.head(at)["Upload-Offset"] == "0"
    phone.patch(at, 0, TRANSCRIPT[:70])
    answer = phone.head(at)
    assert answer.status_code == 200
    assert answer["Upload-Offset"] == "70"
    assert answer["Upload-Length"] == str(SIZE)
    assert answer["Cache-Control"] == "no-store"
    assert (
        answer["Upload-Metadata"] == f"filename {base64.b64encode('Søren.txt'.encode()).decode()}"
    )


def test_a_piece_for_another_place_changes_nothing(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    phone.patch(at, 0, TRANSCRIPT[:50])
    for offset in (0, 49, 51):
        assert phone.patch(at, offset, TRANSCRIPT[offset : offset + 9]).status_code == 409
    assert phone.head(at)["Upload-Offset"] == "50"


def test_what_is_no_piece_is_refused(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    assert phone.patch(at, 0, b"x", Content_Type="text/plain").status_code == 415
    assert phone.patch(at, 0, b"x", Upload_Offset="-1").status_code == 400
    assert phone.patch(at, 0, b"x", Upload_Offset="1_0").status_code == 400
    no_offset = phone.client.patch(at, b"x", content_type=PIECE, headers=TUS)
    assert no_offset.status_code == 400
    assert phone.patch(at, 0, bytes(SIZE + 1)).status_code == 400
    assert phone.head(at)["Upload-Offset"] == "0"


def test_another_version_of_the_protocol_is_not_spoken(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    answer = phone.patch(at, 0, TRANSCRIPT, Tus_Resumable="0.2.2")
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")
    assert phone.head(at)["Upload-Offset"] == "0"


def test_a_piece_with_its_checksum_is_taken_only_if_it_is_right(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(11, "note.txt")

    def sum_of(words: bytes) -> str:
        digest = hashlib.sha1(words, usedforsecurity=False).digest()
        return f"sha1 {base64.b64encode(digest).decode()}"

    wrong = phone.patch(at, 0, b"hello w0rld", Upload_Checksum=sum_of(b"hello world"))
    assert (wrong.status_code, wrong.reason_phrase) == (460, "Checksum Mismatch")
    assert phone.patch(at, 0, b"hello", Upload_Checksum="crc99 AAAA").status_code == 400
    assert phone.head(at)["Upload-Offset"] == "0"
    right = phone.patch(at, 0, b"hello world", Upload_Checksum=sum_of(b"hello world"))
    assert (right.status_code, right["Upload-Offset"]) == (204, "11")


def test_a_file_can_be_let_go(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    phone.patch(at, 0, TRANSCRIPT[:50])
    answer = phone.delete(at)
    assert (answer.status_code, answer["Tus-Resumable"]) == (204, "1.0.0")
    for again in (phone.head(at), phone.patch(at, 50, b"x"), phone.delete(at)):
        assert again.status_code == 404


def test_what_ran_out_is_gone_and_swept(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    phone.patch(at, 0, TRANSCRIPT[:50])
    ran_out(town, at)
    assert phone.head(at).status_code == 410
    assert phone.patch(at, 50, b"x").status_code == 410
    arriving.sweep(town.site)
    assert phone.head(at).status_code == 404


def test_what_is_too_large_is_refused_before_it_comes(town: Town) -> None:
    phone = phone_of(town)
    assert phone.begin(LARGEST_FILE + 1).status_code == 413
    at = phone.begun(LARGEST_FILE)
    assert phone.patch(at, 0, bytes(arriving.LARGEST_PIECE + 1)).status_code == 413
    assert phone.patch(at, 0, bytes(arriving.LARGEST_PIECE)).status_code == 204


@pytest.mark.parametrize("length", ["", "-1", "ten", "1_0", "１０", "9" * 30])
def test_a_length_that_is_no_number_is_refused(town: Town, length: str) -> None:
    assert phone_of(town).begin(1, Upload_Length=length).status_code == 400


def test_what_is_not_offered_is_refused(town: Town) -> None:
    phone = phone_of(town)
    put_off = phone.client.post(phone.address, headers={**TUS, "Upload-Defer-Length": "1"})
    assert put_off.status_code == 400
    parts = phone.client.post(phone.address, headers={**TUS, "Upload-Concat": "partial"})
    assert parts.status_code == 400
    with_words = phone.client.post(
        phone.address, b"hello", content_type=PIECE, headers={**TUS, "Upload-Length": "10"}
    )
    assert (with_words.status_code, with_words["Upload-Offset"]) == (201, "0")


@pytest.mark.parametrize(
    "told", ["filename", "filename ####", "filename QQ==,filename QQ==", "ä QQ=="]
)
def test_odd_words_on_a_file_break_nothing(town: Town, told: str) -> None:
    phone = phone_of(town)
    said = {**TUS, "Upload-Length": "3", "Upload-Metadata": told}
    answer = phone.client.post(phone.address, headers=said)
    assert answer.status_code == (201 if told == "filename" else 400)


def test_networks_that_let_only_post_through_are_passed(town: Town) -> None:
    phone = phone_of(town)
    at = phone.begun(SIZE)
    headers = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = phone.client.post(at, TRANSCRIPT[:9], content_type=PIECE, headers=headers)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "9")
    odd = phone.client.post(at, headers={**TUS, "X-HTTP-Method-Override": "GET"})
    assert odd.status_code == 405


def test_an_empty_file_is_whole_when_it_begins(town: Town) -> None:
    phone = phone_of(town)
    page = phone.client.get(phone.begin(0)["Content-Location"])
    assert "Not kept" in page.content.decode()


def test_a_zip_leads_to_the_list_of_its_files(town: Town) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("talk.txt", TRANSCRIPT)
        archive.writestr("survey.csv", SURVEY)
    phone = phone_of(town)
    at = phone.begun(len(packed.getvalue()), "may.zip")
    answer = phone.patch(at, 0, packed.getvalue())
    assert answer["Content-Location"] == f"/programmes/{town.here.slug}/files/"
    assert len(as_sent.mine(town.site, town.people["officer"], town.here)) == 2


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.sets(st.integers(1, SIZE - 1), max_size=8), doubled=st.sets(st.integers(0, 8)))
def test_however_it_is_cut_and_repeated_the_same_bytes_arrive(
    town: Town, cuts: set[int], doubled: set[int]
) -> None:
    words = TRANSCRIPT.replace(b"Wren", uuid.uuid4().hex.encode())  # never sent before
    ends = sorted({*cuts, len(words)})
    phone = phone_of(town)
    at = phone.begun(len(words))
    for place, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        assert phone.patch(at, start, words[start:end]).status_code == 204
        if place in doubled:
            assert phone.patch(at, start, words[start:end]).status_code == 409
    upload = uploads.one(town.people["officer"], town.here, half_at(town, at).took[0])
    assert upload is not None
    assert town.site.work(town.here).vault.file(upload.book) == words


def test_a_file_that_never_began_does_not_exist(town: Town) -> None:
    phone = phone_of(town)
    assert phone.head(f"{phone.address}{uuid.uuid4()}/").status_code == 404
