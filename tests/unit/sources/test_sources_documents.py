"""Transcripts as OpenDocument, rich text and PDF, made by the programs' own writers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx
import pytest
from odfdo import Document, Header, Paragraph, Table
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from listening.errors import UnreadableFile
from listening.records import Reading, ReadOptions
from listening.sources import read

_TALK = [
    "Interviewer: What would help you here?",
    "Resident: A dry room, and £5 off the bus. My café in Łódź was warm.",
    "Interviewer: And for the children?",
    "Resident: Somewhere safe to play after school, with a light that works.",
]
_SAID = [line.partition(": ")[2] for line in _TALK]


def _read(name: str, content: bytes) -> Reading:
    return read(name, content, ReadOptions(), None)


def _odt(*parts: object) -> bytes:
    document = Document("odt")
    document.body.clear()
    for part in parts:
        document.body.append(Paragraph(part) if isinstance(part, str) else part)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _changed(package: bytes, name: str, old: str, new: str) -> bytes:
    """Return a zip with text replaced in one entry."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old_zip, zipfile.ZipFile(buffer, "w") as new_zip:
        for entry in old_zip.infolist():
            content = old_zip.read(entry)
            if entry.filename == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            new_zip.writestr(entry, content)
    return buffer.getvalue()


def _rtf(*paragraphs: str) -> bytes:
    body = "".join(f"{_rtf_text(text)}\\par\r\n" for text in paragraphs)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\r\n" + body + "}").encode("ascii")


def _rtf_text(text: str) -> str:
    return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in text)


def _pdf(
    pages: Iterable[Sequence[str]], encrypt: StandardEncryption | None = None, gap: int = 8
) -> bytes:
    """Write pages of paragraphs, wrapped as a word processor wraps them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=encrypt)
    for page in pages:
        height = 800
        for paragraph in page:
            for line in simpleSplit(paragraph, "Helvetica", 11, 450):
                canvas.drawString(70, height, line)
                height -= 14
            height -= gap
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_an_opendocument_transcript_is_read_in_order() -> None:
    reading = _read("talk.odt", _odt(Header(1, "Interview 3"), *_TALK))
    assert reading.turns["text"].tolist() == _SAID
    assert list(reading.people["participant"]) == ["Resident"]


def test_in_opendocument_spaces_tabs_and_line_breaks_are_kept_apart() -> None:
    reading = _read("talk.odt", _odt("Interviewer: Well?", "Resident: A  dry\troom.\nAnd heat."))
    assert reading.turns["text"].tolist()[1] == "A  dry\troom. And heat."


def test_an_opendocument_table_of_who_and_what_gives_turns() -> None:
    table = Table("T", width=2, height=2)
    for row, (who, words) in enumerate([("Interviewer", "Well?"), ("Resident", "A dry room.")]):
        table.set_value((0, row), who)
        table.set_value((1, row), words)
    assert _read("talk.odt", _odt(table)).turns["text"].tolist() == ["Well?", "A dry room."]


def test_footnotes_and_struck_out_words_of_opendocument_are_no_evidence() -> None:
    noted = Paragraph(_TALK[1])
    noted.insert_note(after="room", note_id="n1", citation="1", body="Checked with the office.")
    content = _changed(
        _odt(_TALK[0], noted),
        "content.xml",
        "<office:text>",
        "<office:text><text:tracked-changes><text:changed-region><text:deletion>"
        "<text:p>Resident: Never say this.</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>",
    )
    reading = _read("talk.odt", content)
    assert reading.turns["text"].tolist() == _SAID[:2]


def test_a_locked_a_renamed_and_a_broken_opendocument_are_told_apart() -> None:
    whole = _odt(*_TALK)
    locked = _changed(
        whole, "META-INF/manifest.xml", "</manifest:manifest>",
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
    )  # fmt: skip
    with pytest.raises(UnreadableFile, match="password"):
        _read("talk.odt", locked)
    sheet = io.BytesIO()
    Document("ods").save(sheet)
    with pytest.raises(UnreadableFile, match=r"an \.ods file, renamed"):
        _read("talk.odt", sheet.getvalue())
    with pytest.raises(UnreadableFile, match="damaged"):
        _read("talk.odt", _changed(whole, "content.xml", "<office:body>", "<office:body"))
    with pytest.raises(UnreadableFile, match="cut short"):
        _read("talk.odt", whole[: len(whole) // 2])


def test_a_rich_text_transcript_keeps_its_letters() -> None:
    reading = _read("talk.rtf", _rtf("Interview 3", *_TALK, "Resident: Good \U0001f642, and £3."))
    assert reading.turns["text"].tolist() == [*_SAID, "Good \U0001f642, and £3."]


def test_rich_text_in_an_older_code_page_keeps_its_letters() -> None:
    text = "{\\rtf1\\ansi\\ansicpg1251 Interviewer: Well?\\par Resident: "
    escaped = "".join(f"\\'{byte:02x}" for byte in "дом".encode("cp1251"))
    reading = _read("talk.rtf", (text + escaped).encode() + " и свет.}".encode("cp1251"))
    assert reading.turns["text"].tolist()[1] == "дом и свет."


def test_of_rich_text_deleted_words_links_pictures_and_headers_are_no_evidence() -> None:
    body = (
        "{\\rtf1\\ansi{\\header North Council\\par}{\\info{\\author Ash Wren}}"
        "{\\*\\shppict{\\pict\\jpegblip " + "ffd8ffe0" * 40 + "}}"
        "Interviewer: Well?\\par Resident: A {\\deleted cold }dry room, see "
        '{\\field{\\*\\fldinst{HYPERLINK "http://example.org"}}{\\fldrslt{the page}}}.\\par}'
    )
    reading = _read("talk.rtf", body.encode())
    assert reading.turns["text"].tolist() == ["Well?", "A dry room, see the page."]


def test_a_rich_text_table_of_who_and_what_gives_turns() -> None:
    rows = "".join(
        "\\trowd\\cellx2000\\cellx9000\\intbl " + f"{who}\\cell {words}\\cell\\row\r\n"
        for who, words in [("Interviewer", "Well?"), ("Resident", "A dry room.")]
    )
    reading = _read("talk.rtf", ("{\\rtf1\\ansi " + rows + "}").encode())
    assert reading.turns["text"].tolist() == ["Well?", "A dry room."]


def test_rich_text_that_ends_too_early_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="cut short"):
        _read("talk.rtf", _rtf(*_TALK)[:-40])


def test_a_pdf_transcript_is_read_over_its_pages() -> None:
    talk = [line.replace("Łódź", "Leeds") for line in _TALK] * 3
    reading = _read("talk.pdf", _pdf([talk[:5], talk[5:]]))
    assert reading.turns["text"].tolist() == [line.partition(": ")[2] for line in talk]


def test_headers_footers_and_page_numbers_of_a_pdf_are_no_evidence() -> None:
    pages = [
        [
            "North Council listening, interview 7",
            f"Interviewer: Question {page} for you?",
            f"Resident: This is my answer {page}, and it goes on.",
            f"Page {page} of 4",
        ]
        for page in range(1, 5)
    ]
    reading = _read("talk.pdf", _pdf(pages))
    assert len(reading.turns) == 8
    assert not reading.turns["text"].str.contains("Council|of 4").any()
    assert any("headers and page numbers" in note for note in reading.notes)


@pytest.mark.parametrize("pages", [2, 3, 9])
def test_a_pdf_whose_pages_all_hold_the_same_few_lines_keeps_them(pages: int) -> None:
    said = ["The lift is broken", "It has been so since Easter", "Nobody comes"]
    reading = read(
        "a.pdf", _pdf([[*said, f"Page {n} of {pages}"] for n in range(pages)]), ReadOptions(), None
    )
    assert " ".join(reading.turns["text"]).count("since Easter") == pages
    assert not reading.turns["text"].str.contains("Page").any()
    assert any("read as words" in note for note in reading.notes)


def test_what_is_said_at_the_top_of_every_page_stays_where_it_differs() -> None:
    pages = [
        ["Interviewer: Why?", f"Resident: Reason {word} is the best one there is.", str(number)]
        for number, word in enumerate(["one", "two", "three", "four"], start=1)
    ]
    reading = _read("talk.pdf", _pdf(pages))
    residents = reading.turns[reading.turns["role"] == "participant"]
    assert len(residents) == 4
    assert residents["text"].str.startswith("Reason").all()


def test_a_sentence_goes_on_over_a_page() -> None:
    pages = [
        ["Interviewer: Well?", "Resident: I said that the room was cold and", "1"],
        ["that nobody came to look at it.", "Interviewer: And then?", "2"],
    ]
    reading = _read("talk.pdf", _pdf(pages))
    assert reading.turns["text"].tolist()[1] == (
        "I said that the room was cold and that nobody came to look at it."
    )


def test_a_scan_is_refused_with_what_to_do_and_a_scanned_page_is_said() -> None:
    with pytest.raises(UnreadableFile, match=r"a scan.*Recognise text"):
        _read("scan.pdf", _pdf([[], []]))
    reading = _read("talk.pdf", _pdf([_TALK[2:], []]))
    assert [(r.row, r.what) for r in reading.rejects] == [("page 2", "1 page")]


def test_a_pdf_locked_for_reading_is_refused_and_one_locked_for_printing_is_read() -> None:
    with pytest.raises(UnreadableFile, match="password"):
        _read("talk.pdf", _pdf([_TALK[2:]], StandardEncryption("secret", strength=128)))
    printing = StandardEncryption("", ownerPassword="owner", canPrint=0, strength=128)
    assert len(_read("talk.pdf", _pdf([_TALK[2:]], printing)).turns) == 2


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_pdf_cut_short_is_refused(share: float) -> None:
    whole = _pdf([_TALK[2:]] * 3)
    with pytest.raises(UnreadableFile, match="cut short"):
        _read("talk.pdf", whole[: int(share * len(whole))])


def test_a_damaged_page_of_a_pdf_is_named_and_the_others_are_read() -> None:
    pages = [_TALK[2:], [f"Resident: {word} and so on." for word in ("One", "Two", "Three") * 9]]
    whole = _pdf(pages)
    start = whole.rfind(b"stream\n", 0, whole.rfind(b"endstream")) + 150
    reading = _read("talk.pdf", whole[:start] + b"#" * 9 + whole[start + 9 :])
    assert reading.turns["text"].tolist()[1] == _SAID[3]
    assert [(r.row, "damaged" in r.why) for r in reading.rejects] == [("page 2", True)]


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="301 pages"):
        _read("talk.pdf", _pdf([_TALK[2:]] * 301))


def test_a_word_file_whose_inner_document_has_another_name_is_read() -> None:
    document = docx.Document()
    for line in _TALK:
        document.add_paragraph(line)
    buffer, renamed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("document.xml", "document2.xml"), content)
    assert _read("talk.docx", renamed.getvalue()).turns["text"].tolist() == _SAID


@pytest.mark.parametrize(
    ("name", "what"),
    [("talk.docx", "an .odt file"), ("talk.pdf", "an .odt file"), ("talk.rtf", "an .odt file")],
)
def test_a_document_under_another_ending_is_refused_and_named(name: str, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what):
        _read(name, _odt(*_TALK))
