"""One whole file of each kind, by the programs' own writers; hostile files are made from these."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from functools import cache

import docx
import odfdo
import openpyxl
import pysubs2
from reportlab.pdfgen.canvas import Canvas

#: Stands in every answer: it must never appear in an error, a reject or a note.
SECRET = "Zanzibarrow"
TALK = (
    ("Interviewer", "What would help you to thrive here?"),
    ("Resident", f"A dry room near {SECRET} Lane, and a light that works."),
    ("Interviewer", "And for the children?"),
    ("Resident", "Somewhere safe to play after school, away from the road."),
) * 4
_CHUNK = 1_000_000
Talk = tuple[tuple[str, str], ...]


def zipped(entries: Mapping[str, bytes | str | int]) -> bytes:
    """Return a zip of named entries; a number stands for that many noughts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            if not isinstance(content, int):
                archive.writestr(name, content)
                continue
            with archive.open(name, "w") as member:
                for _ in range(content // _CHUNK):
                    member.write(bytes(_CHUNK))
    return buffer.getvalue()


def changed(package: bytes, entries: Mapping[str, bytes | int]) -> bytes:
    """Return a zip with some entries replaced, or added."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**kept, **entries})


def entry(package: bytes, name: str) -> bytes:
    """Return one entry of a zip."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


@cache
def samples(talk: Talk = TALK) -> dict[str, bytes]:
    """Return ending → a whole file of that kind that holds a talk: who says what."""
    lines = [f"{who}: {words}" for who, words in talk]
    text = "\n".join(lines).encode()
    vtt, srt = _subtitles(lines)
    made = {
        ".docx": _docx(lines),
        ".odt": _odt(lines),
        ".rtf": ("{\\rtf1\\ansi " + "".join(f"{x}\\par\r\n" for x in lines) + "}").encode(),
        ".pdf": _pdf(lines),
        ".xlsx": _xlsx(_table(talk)),
        ".csv": _csv(_table(talk)),
        ".txt": text,
        ".md": b"# Notes\n\n" + text,
        ".vtt": vtt,
        ".srt": srt,
    }
    made[".zip"] = zipped({f"inside/one{kind}": content for kind, content in made.items()})
    made[".qdpx"] = project({"a1.txt": text})
    return made


def project(sources: Mapping[str, bytes]) -> bytes:
    """Return a REFI-QDA project of text sources."""
    listed = "".join(
        f'<TextSource guid="{n}" name="Talk {n}" plainTextPath="internal://{name}"/>'
        for n, name in enumerate(sources)
    )
    qde = f'<Project xmlns="urn:QDA-XML:project:1.0"><Sources>{listed}</Sources></Project>'
    inside = {f"sources/{name}": content for name, content in sources.items()}
    return zipped({"project.qde": qde, **inside})


def _table(talk: Talk) -> list[list[str]]:
    rows = [
        [str(n), "25-34" if n % 2 else "65+", f"{words} ({n})"] for n, (_, words) in enumerate(talk)
    ]
    return [["id", "age", "comment"], *rows]


def _docx(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _odt(lines: list[str]) -> bytes:
    document = odfdo.Document("odt")
    document.body.clear()
    for line in lines:
        document.body.append(odfdo.Paragraph(line))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(lines: list[str]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in range(3):
        for place, line in enumerate(lines):
            canvas.drawString(60, 780 - 20 * place, line)
        canvas.drawString(60, 40, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _csv(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _subtitles(lines: list[str]) -> tuple[bytes, bytes]:
    file = pysubs2.SSAFile()
    for n, line in enumerate(lines):
        file.append(pysubs2.SSAEvent(start=n * 2000, end=n * 2000 + 1500, text=line))
    return file.to_string("vtt").encode(), file.to_string("srt").encode()
