"""Whatever is handed in, a person gets a plain sentence: no traceback, no hang, nobody's words."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from listening.errors import ListeningError, UnreadableFile
from listening.records import ReadOptions
from listening.sources import READABLE, read, read_manifest, read_population


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["id", "comment"])
    book.active.append(["1", "A warm home for all of us"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _locked() -> bytes:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(_workbook())).encrypt("secret", buffer)
    return buffer.getvalue()


def _word() -> bytes:
    buffer = io.BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(64)) * 4
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        *((f"a{suffix}", b"", "empty") for suffix in READABLE),
        *((f"a{suffix}", b" \r\n\t ", "empty") for suffix in READABLE),
        ("a.csv", _PNG, "“.png”"),
        ("a.csv", b"%PDF-1.7 something", "really a .pdf file"),
        ("a.csv", b"<!DOCTYPE html><html>login</html>", "a web page"),
        ("a.csv", _workbook(), "really an .xlsx"),
        ("a.csv", bytes(range(256)) * 8, "not text"),
        ("a.csv", b"id,comment\n", "header and no rows"),
        ("a.csv", b"comment\n", "header and no rows"),
        ("a.csv", b"1,2\n3,4\n5,6\n", "No column looks like answers"),
        ("a.csv", b"a,b\n1,2,3\n", "No row can be read"),
        ("a.xlsx", b"id,comment\n1,x\n", "plain text"),
        ("a.xlsx", _word(), "renamed"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "damaged"),
        ("a.xlsx", _locked(), "password"),
        ("a.xlsx", _OLD, "before 2007"),
        ("a.xlsx", _zip(**{"xl/workbook.xml": b"<nonsense"}), "damaged"),
        ("a.docx", _zip(**{"holiday.txt": b"x"}), "zip of something else, renamed"),
        ("a.docx", _locked(), "password"),
        ("a.docx", _zip(**{"word/document.xml": b"<nonsense"}), "damaged"),
        ("a.docx", _word(), "no words"),
        ("a.docx", b"just text", "plain text"),
        ("a.txt", _word(), "really a .docx"),
        ("a.txt", b"{\\rtf1\\ansi hello}", "is"),
        ("a.txt", b"Interviewer: Hello?", "Only the interviewer"),
        ("a.vtt", b"hello", "no subtitles"),
        ("a.vtt", b"WEBVTT\n\nnothing here\n", "no subtitles"),
        ("a.pdf", b"%PDF-1.7", "damaged or was cut short"),
        ("a", b"words", "not a kind of file we can read yet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(
    name: str, content: bytes, why: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(name, content, ReadOptions(), None)
    error = caught.value
    assert error.what == name
    assert why in error.why
    assert error.why.endswith(".")
    assert error.what_to_do.rstrip("”").endswith((".", "Comments"))


def test_a_giant_cell_costs_its_own_row_only() -> None:
    rows = [b'%d,"A warm home, number %d"' % (n, n) for n in range(50)]
    giants = [
        b'77,"' + b"word " * 400_000 + b'"',
        b'78,"' + b"a line of words\n" * 100_000 + b'"',
        b'79,"' + b"a line of words\n" * 12_000 + b'"',
    ]
    content = b"\n".join([b"id,comment", *rows[:25], *giants, *rows[25:]])
    reading = read("a.csv", content, ReadOptions(), None)
    assert len(reading.turns) == 50
    assert [reject.row for reject in reading.rejects] == ["27", "28", "29"]
    assert all("131,072 characters" in reject.why for reject in reading.rejects)


def test_a_quotation_mark_that_never_closes_costs_its_own_row_only() -> None:
    content = b'id,comment\n1,A warm home\n2,"She said no\n3,More buses\n4,A bench\n'
    reading = read("a.csv", content, ReadOptions(), None)
    assert list(reading.turns["text"]) == ["A warm home", "More buses", "A bench"]
    assert "never closes" in reading.rejects[0].why
    assert reading.rejects[0].row == "3"


def test_reading_stops_where_rows_cannot_be_told_apart() -> None:
    line = b'1,"' + b"x" * 140_000 + b"\n"
    reading = read("a.csv", b"id,comment\n5,A warm home\n" + line * 40, ReadOptions(), None)
    assert len(reading.turns) == 1
    assert reading.rejects[-1].what == "The rest of the file"


def test_many_bad_rows_are_counted_not_listed() -> None:
    content = b"id,comment\n1,A warm home\n" + b"2,a,b,c\n" * 500
    reading = read("a.csv", content, ReadOptions(), None)
    assert len(reading.rejects) == 101
    assert reading.rejects[-1].what == "400 more like it"


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as member,
    ):
        for _ in range(4):
            member.write(bytes(10_000_000))
    with pytest.raises(UnreadableFile, match="larger than 30 MB"):
        read("a.docx", buffer.getvalue(), ReadOptions(), None)


@pytest.mark.parametrize(
    "text", [" " * 50_000 + "x", "." * 50_000 + "x", "a@" * 50_000, "**" * 50_000, "A: " * 20_000]
)
@pytest.mark.parametrize("suffix", [".csv", ".txt", ".md"])
def test_no_pattern_takes_longer_than_the_text_is_long(suffix: str, text: str) -> None:
    head = "comment\n" if suffix == ".csv" else "Int: Well?\nAnn: Cold.\n"
    reading = read(f"a{suffix}", f"{head}{text}\n".encode(), ReadOptions(), None)
    assert len(reading.people) >= 1


@settings(max_examples=60)
@given(
    st.sampled_from(READABLE),
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"WEBVTT\n\n",
            b"id,comment\n",
            b"Int: Well?\nAnn: ",
            b"\xff\xfe",
            b"{\\rtf",
        ]
    ),
)
def test_random_bytes_give_a_reading_or_a_plain_refusal(
    suffix: str, content: bytes, start: bytes
) -> None:
    for reader in (
        lambda: read(f"a{suffix}", start + content, ReadOptions(), None),
        lambda: read_manifest("manifest.csv", start + content),
        lambda: read_population("population.csv", start + content),
    ):
        try:
            reader()
        except ListeningError as error:
            if not error.what_to_do:
                pytest.fail("an error that does not say what to do")


@settings(max_examples=40)
@given(st.sampled_from([".csv", ".txt", ".md", ".vtt"]), st.text(max_size=300))
def test_random_words_give_a_reading_or_a_plain_refusal(suffix: str, text: str) -> None:
    try:
        reading = read(f"a{suffix}", text.encode("utf-8", "surrogatepass"), ReadOptions(), None)
    except ListeningError as error:
        if not error.why:
            pytest.fail("an error that does not say why")
        return
    assert set(reading.turns.loc[reading.turns["role"] == "participant", "participant"]) == set(
        reading.people["participant"]
    )
