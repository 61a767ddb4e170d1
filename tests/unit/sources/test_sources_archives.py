"""Zips and REFI-QDA projects: members are read like files, and traps are refused one by one."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document

from listening.records import Reject
from listening.sources import Found, find_files, read_member
from listening.steps.finding import content_of, gather

_TALK = b"Interviewer: What would help?\nResident: A dry room.\n"


def _zip(path: Path, entries: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def _names(found: Found) -> list[str]:
    return [file.name for file in found.files]


def _why(found: Found, name: str) -> Reject:
    return next(reject for reject in found.rejects if reject.file == name)


def _docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_what_lies_in_a_zip_is_read_as_what_lies_in_a_folder(tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "wave1.zip",
        {
            "interviews/one.txt": _TALK,
            "two.docx": _docx("Interviewer: Why?", "Resident: The cold."),
            "README.txt": "About this",
            "__MACOSX/._two.docx": b"\x00",
            ".DS_Store": b"\x00",
            "talk.mp3": b"ID3",
        },
    )
    found = find_files([path])
    assert _names(found) == ["wave1.zip/interviews/one.txt", "wave1.zip/two.docx"]
    assert found.aside == ("README.txt",)
    assert [reject.file for reject in found.rejects] == ["wave1.zip/talk.mp3"]
    assert content_of(found.files[0]) == _TALK
    assert len({file.place for file in found.files}) == 2


def test_a_manifest_and_a_population_in_a_zip_count_as_the_folders(tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "wave1.zip",
        {
            "material/one.txt": _TALK,
            "material/manifest.csv": "file,speaker,consent\none.txt,Resident,quotation\n",
            "material/population.csv": "attribute,value,count\nplace,North,100\n",
        },
    )
    found, manifest, rejects = gather([path], None)
    assert _names(found) == ["wave1.zip/material/one.txt"]
    assert found.population is not None
    assert manifest is not None
    assert manifest["file"].tolist() == ["wave1.zip/material/one.txt"]
    assert manifest["consent"].tolist() == ["quotation"]
    assert rejects == []


def test_consent_in_one_zip_never_serves_for_a_file_of_the_same_name_in_another(
    tmp_path: Path,
) -> None:
    head = "file,speaker,consent\none.txt,Resident,"
    for name, consent in [("north", "quotation"), ("south", "analysis")]:
        _zip(tmp_path / f"{name}.zip", {"one.txt": _TALK, "manifest.csv": f"{head}{consent}\n"})
    _, manifest, _ = gather([tmp_path], None)
    assert manifest is not None
    assert dict(zip(manifest["file"], manifest["consent"], strict=True)) == {
        "north.zip/one.txt": "quotation",
        "south.zip/one.txt": "analysis",
    }


@pytest.mark.parametrize(
    "name", ["../one.txt", "a/../../one.txt", "/one.txt", "C:\\one.txt", "..\\one.txt"]
)
def test_a_name_that_points_outside_the_zip_is_refused_alone(tmp_path: Path, name: str) -> None:
    found = find_files([_zip(tmp_path / "a.zip", {name: _TALK, "two.txt": _TALK})])
    assert _names(found) == ["a.zip/two.txt"]
    assert "outside the zip" in found.rejects[0].why


def test_a_link_a_second_copy_and_a_zip_in_a_zip_are_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("one.txt", _TALK)
        archive.writestr("ONE.txt", b"Resident: Another.")
        archive.writestr("inner.zip", b"PK")
    found = find_files([path])
    assert _names(found) == ["a.zip/one.txt"]
    assert content_of(found.files[0]) == _TALK
    assert "a link" in _why(found, "a.zip/link.txt").why
    assert "same name" in _why(found, "a.zip/ONE.txt").why
    assert "zip inside a zip" in _why(found, "a.zip/inner.zip").why


def test_a_member_that_unpacks_to_far_more_than_it_is_is_refused_alone(tmp_path: Path) -> None:
    found = find_files([_zip(tmp_path / "a.zip", {"one.txt": bytes(6_000_000), "two.txt": _TALK})])
    assert _names(found) == ["a.zip/two.txt"]
    assert "trap" in _why(found, "a.zip/one.txt").why


def _locked(path: Path, *names: str) -> Path:
    """Mark entries as encrypted, as a zip program marks them in both of its lists."""
    content = bytearray(path.read_bytes())
    for head, name_at, flag_at in ((b"PK\x03\x04", 30, 6), (b"PK\x01\x02", 46, 8)):
        at = content.find(head)
        while at >= 0:
            if bytes(content[at + name_at :]).startswith(tuple(n.encode() for n in names)):
                content[at + flag_at] |= 1
            at = content.find(head, at + 4)
    path.write_bytes(bytes(content))
    return path


def test_a_locked_member_is_refused_alone_and_a_locked_zip_in_one_sentence(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"one.txt": _TALK, "two.txt": _TALK})
    found = find_files([_locked(path, "one.txt")])
    assert _names(found) == ["a.zip/two.txt"]
    assert "password" in _why(found, "a.zip/one.txt").why
    found = find_files([_locked(path, "one.txt", "two.txt")])
    assert [reject.file for reject in found.rejects] == ["a.zip"]
    assert "password" in found.rejects[0].why


def test_a_zip_cut_short_empty_or_with_too_many_files_is_refused_whole(tmp_path: Path) -> None:
    whole = _zip(tmp_path / "a.zip", {"one.txt": _TALK}).read_bytes()
    (tmp_path / "short.zip").write_bytes(whole[:-30])
    _zip(tmp_path / "none.zip", {})
    _zip(tmp_path / "many.zip", {f"{n}.txt": b"" for n in range(5_001)})
    _zip(tmp_path / "word.zip", {"[Content_Types].xml": "", "word/document.xml": ""})
    found = find_files([tmp_path / f"{name}.zip" for name in ("short", "none", "many", "word")])
    assert found.files == ()
    assert "cut short" in _why(found, "short.zip").why
    assert "no files" in _why(found, "none.zip").why
    assert "more than 5,000" in _why(found, "many.zip").why
    assert ".docx" in _why(found, "word.zip").why


def test_a_member_damaged_inside_its_zip_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.txt", _TALK)
    path.write_bytes(path.read_bytes().replace(b"dry room", b"wet room"))
    file = find_files([path]).files[0]
    with pytest.raises(Exception, match="damaged inside the zip"):
        content_of(file)


def test_names_in_another_alphabet_are_spelt_as_they_were(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"Łódź café.txt": _TALK})
    assert _names(find_files([path])) == ["a.zip/Łódź café.txt"]
    # Some programs write UTF-8 and do not say so.
    unsaid = path.read_bytes()
    for head, flag_at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = unsaid.find(head) + flag_at
        unsaid = unsaid[:at] + b"\x00" + unsaid[at + 1 :]
    path.write_bytes(unsaid)
    assert _names(find_files([path])) == ["a.zip/Łódź café.txt"]


_PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Hall">
<CodeBook><Codes><Code guid="C1" name="bench"/></Codes></CodeBook>
<Sources>{sources}</Sources></Project>"""


def _project(path: Path, sources: str, entries: Mapping[str, bytes]) -> Path:
    return _zip(path, {"project.qde": _PROJECT.format(sources=sources), **entries})


def test_text_sources_of_a_project_are_read_under_their_own_names(tmp_path: Path) -> None:
    path = _project(
        tmp_path / "hall.qdpx",
        """<TextSource guid="A" name="Interview 1.docx" plainTextPath="internal://a1.txt"
                       richTextPath="internal://a1.docx"/>
           <TextSource guid="B" name="Interview 2" richTextPath="internal://b1.docx"/>
           <TextSource guid="B2" name="Interview 2" plainTextPath="internal://b2.txt"/>
           <PDFSource guid="P" name="Leaflet" path="internal://p.pdf">
             <Representation guid="R" plainTextPath="internal://p.txt"/></PDFSource>
           <AudioSource guid="S" name="Talk" path="internal://s.mp3">
             <Transcript guid="T" plainTextPath="internal://s.txt"/></AudioSource>
           <AudioSource guid="Q" name="Silence" path="internal://q.mp3"/>
           <TextSource guid="D" name="Elsewhere" plainTextPath="absolute:///elsewhere/one.txt"/>
           <TextSource guid="E" name="Within"><PlainTextContent>Resident: Heat.</PlainTextContent>
           </TextSource>""",
        {
            "Sources/a1.txt": _TALK,
            "Sources/a1.docx": b"PK",
            "Sources/b1.docx": _docx("Interviewer: Why?", "Resident: The cold."),
            "Sources/b2.txt": _TALK,
            "Sources/p.pdf": b"%PDF",
            "Sources/p.txt": b"Read me.",
            "Sources/s.mp3": b"ID3",
            "Sources/s.txt": _TALK,
            "Sources/one.txt": _TALK,
        },
    )
    found = find_files([path])
    assert _names(found) == [
        "hall.qdpx/Interview 1.txt",
        "hall.qdpx/Interview 2.docx",
        "hall.qdpx/Interview 2.txt",
        "hall.qdpx/Leaflet.txt",
        "hall.qdpx/Talk.txt",
        "hall.qdpx/Within.txt",
    ]
    assert content_of(found.files[0]) == _TALK
    assert content_of(found.files[-1]) == b"Resident: Heat."
    assert "recording" in _why(found, "hall.qdpx/Silence").why
    assert "not in the project" in _why(found, "hall.qdpx/Elsewhere").why


def test_a_project_whose_sources_were_left_out_is_refused_with_what_to_do(tmp_path: Path) -> None:
    source = '<TextSource guid="A" name="One" plainTextPath="internal://a1.txt"/>'
    found = find_files([_project(tmp_path / "hall.qdpx", source, {"Sources/": b""})])
    assert found.files == ()
    assert "none of them is in the zip" in _why(found, "hall.qdpx").why
    assert "include sources" in _why(found, "hall.qdpx").what_to_do


def test_a_codebook_and_a_bare_project_are_no_material(tmp_path: Path) -> None:
    (tmp_path / "codes.qdc").write_text("<CodeBook/>", encoding="utf-8")
    (tmp_path / "Project.qde").write_text(_PROJECT.format(sources=""), encoding="utf-8")
    _zip(tmp_path / "codes.qdpx", {"codebook.qde": "<CodeBook/>"})
    found = find_files([tmp_path])
    assert found.files == ()
    for name in ("codes.qdc", "codes.qdpx"):
        assert "codebook" in _why(found, name).why
        assert "--codebook" in _why(found, name).what_to_do
    assert ".qdpx" in _why(found, "Project.qde").what_to_do


def test_a_project_with_entities_in_it_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Project>&b;</Project>'
    found = find_files([_zip(tmp_path / "a.qdpx", {"project.qde": bomb})])
    assert "damaged" in _why(found, "a.qdpx").why


def test_a_project_inside_a_zip_is_opened_once_more_and_no_further(tmp_path: Path) -> None:
    source = '<TextSource guid="A" name="One" plainTextPath="internal://a1.txt"/>'
    inner = _project(tmp_path / "hall.qdpx", source, {"Sources/a1.txt": _TALK})
    found = find_files([_zip(tmp_path / "all.zip", {"nv/hall.qdpx": inner.read_bytes()})])
    assert _names(found) == ["all.zip/nv/hall.qdpx/One.txt"]
    assert content_of(found.files[0]) == _TALK


def test_a_member_that_went_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"one.txt": _TALK})
    with path.open("rb") as file, pytest.raises(Exception, match="not in the zip any more"):
        read_member("a.zip/two.txt", file, ("two.txt",))
