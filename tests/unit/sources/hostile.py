"""Hundreds of damaged and hostile files, made in code; and a run through them that says what came.

`python -m tests.unit.sources.hostile FAMILY` prints one JSON line before each file and one after.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import resource
import stat
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from listening.errors import InvalidTable, ListeningError
from listening.records import ReadOptions, Reject
from listening.sources import find_files, read, read_manifest, read_member
from tests.unit.sources.hostile_bombs import Case, bombs
from tests.unit.sources.hostile_texts import texts
from tests.unit.sources.samples import changed, entry, project, samples, zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SECRET_FILE = "/etc/passwd"


def truncated() -> Iterator[Case]:
    """Every kind, cut at many places."""
    for kind, content in samples().items():
        for share in (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999):
            yield f"cut{int(share * 1000)}{kind}", content[: int(share * len(content))]


def corrupted() -> Iterator[Case]:
    """Every kind, with bytes changed at random and runs of it missing."""
    chance = random.Random(20261122)  # noqa: S311 - the same damage every time
    for kind, content in samples().items():
        for number in range(4):
            damaged = bytearray(content)
            for _ in range(1 + 6 * number):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            yield f"flipped{number}{kind}", bytes(damaged)
        start = chance.randrange(len(content) // 2)
        yield f"hole{kind}", content[:start] + content[start + len(content) // 4 :]


def renamed() -> Iterator[Case]:
    """Every kind under every other ending."""
    for kind, content in samples().items():
        for other in samples():
            if other != kind:
                yield f"really{kind[1:]}{other}", content
    for other in samples():
        yield f"program{other}", b"MZ\x90\x00" + bytes(range(256)) * 40
        yield f"empty{other}", b""
        yield f"blank{other}", b" \r\n\t" * 50


def _bomb(kind: str) -> str:
    names = "abcdefghij"
    rows = [f'<!ENTITY {names[0]} "ha">']
    for before, name in itertools.pairwise(names):
        rows.append(f'<!ENTITY {name} "{f"&{before};" * 10}">')
    return f"<!DOCTYPE {kind} [{''.join(rows)}]>"


def entities() -> Iterator[Case]:
    """Entities that multiply, and entities that fetch a file, in every kind with XML."""
    fetch = f'<!DOCTYPE x [<!ENTITY j SYSTEM "file://{_SECRET_FILE}">]>'
    square = f'<!DOCTYPE x [<!ENTITY j "{"ha" * 50_000}">]>'
    for label, head in (("laughs", _bomb("x")), ("fetch", fetch), ("square", square)):
        body = "&j;" * (2_000 if label == "square" else 1)
        said = f"<w:p><w:r><w:t>Resident: {body}</w:t></w:r></w:p>"
        document = f"{head}<w:document {_W}><w:body>{said}</w:body></w:document>"
        yield f"{label}.docx", changed(samples()[".docx"], {"word/document.xml": document.encode()})
        types = entry(samples()[".docx"], "[Content_Types].xml").split(b"?>", 1)[1]
        yield (
            f"{label}types.docx",
            changed(samples()[".docx"], {"[Content_Types].xml": head.encode() + types}),
        )
        text = entry(samples()[".odt"], "content.xml")
        odt = head.encode() + text[text.index(b"<office") :].replace(b"Resident", body.encode())
        yield f"{label}.odt", changed(samples()[".odt"], {"content.xml": odt})
        sheet = entry(samples()[".xlsx"], "xl/worksheets/sheet1.xml")
        sheet = head.encode() + sheet[sheet.index(b"<worksheet") :].replace(b"25-34", body.encode())
        yield f"{label}.xlsx", changed(samples()[".xlsx"], {"xl/worksheets/sheet1.xml": sheet})
        qde = f'{head}<Project><Sources><TextSource guid="1" name="{body}"/></Sources></Project>'
        yield f"{label}.qdpx", zipped({"project.qde": qde, "sources/a.txt": "Resident: Hm."})


def archives() -> Iterator[Case]:
    """Zips and projects with odd entries."""
    talk = samples()[".txt"]
    for n, name in enumerate(
        ["../../a.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt", "a/./../../b.txt", "\u202egnp.txt",
         "a\nb.txt", "x" * 60_000 + ".txt", "CON.txt", "a//b.txt", ".", "..", "a/", "-rf.txt",
         "$(reboot).txt", "<script>.txt", "manifest.csv", "population.csv",
         "deep/" * 5_000 + "a.txt"]
    ):  # fmt: skip
        yield f"named{n}.zip", zipped({name: talk, "whole.txt": talk})
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, _SECRET_FILE)
    yield "link.zip", buffer.getvalue()
    plain = samples()[".zip"]
    yield (
        "method.zip",
        plain.replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00",
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00",
        ),
    )
    yield "prefix.zip", b"#!/bin/sh\nrm -rf .\n" + plain
    yield "polyglot.pdf", samples()[".pdf"] + plain
    yield "polyglot.zip", samples()[".pdf"] + plain
    yield "comment.docx", samples()[".docx"][:-2] + struct.pack("<H", 65_535) + b"x" * 65_535
    yield "entries.zip", zipped({f"{n}.txt": b"" for n in range(6_000)})
    yield "overlap.zip", _overlapping()
    docm = changed(samples()[".docx"], {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    types = entry(docm, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    yield "macros.docx", changed(docm, {"[Content_Types].xml": types})
    yield "macrotypes.docx", changed(samples()[".docx"], {"[Content_Types].xml": types})
    yield "macros.xlsx", changed(samples()[".xlsx"], {"xl/vbaProject.bin": b"\xd0\xcf"})
    rels = entry(samples()[".docx"], "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
        b"</Relationships>",
    )
    yield "remote.docx", changed(samples()[".docx"], {"word/_rels/document.xml.rels": rels})
    for gone in ("[Content_Types].xml", "word/document.xml", "_rels/.rels", "word/styles.xml"):
        with zipfile.ZipFile(io.BytesIO(samples()[".docx"])) as archive:
            left = {name: archive.read(name) for name in archive.namelist() if name != gone}
        yield f"without{len(gone)}.docx", zipped(left)
    yield "many.qdpx", project({f"{n}.txt": b"Resident: Hm, well." for n in range(2_000)})
    outside = project({"a.txt": talk}).replace(b"internal://a.txt", b"internal://../")
    yield "outside.qdpx", outside
    for n, path in enumerate(
        [f"internal://../..{_SECRET_FILE}", f"absolute://{_SECRET_FILE}", "relative://a.txt", ""]
    ):
        source = f'<TextSource guid="1" name="a" plainTextPath="{path}"/>'
        qde = f"<Project><Sources>{source}</Sources></Project>"
        yield f"path{n}.qdpx", zipped({"project.qde": qde, "sources/a.txt": talk})
    again = "".join(
        '<TextSource guid="1" name="a/../b" plainTextPath="internal://a.txt"/>' for _ in range(500)
    )
    yield (
        "again.qdpx",
        zipped(
            {"project.qde": f"<Project><Sources>{again}</Sources></Project>", "Sources/a.txt": talk}
        ),
    )
    yield "deep.qdpx", zipped({"project.qde": "<a>" * 100_000 + "</a>" * 100_000})


def _overlapping() -> bytes:
    """Return a zip whose entries all share one body (as a known bomb does)."""
    whole = bytearray(zipped({"a.txt": b"Resident: Heat.\n" * 1_000}))
    start = whole.find(b"PK\x01\x02")
    end = whole.find(b"PK\x05\x06")
    central = bytes(whole[start:end])
    more = b"".join(central.replace(b"a.txt", b"%c.txt" % n) for n in range(98, 122))
    tail = bytearray(whole[end:])
    count = struct.unpack("<H", tail[8:10])[0] + 24
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:16] = struct.pack("<I", len(central) + len(more))
    return bytes(whole[:end]) + more + bytes(tail)


FAMILIES: dict[str, Callable[[], Iterator[Case]]] = {
    make.__name__: make
    for make in (truncated, corrupted, renamed, entities, bombs, archives, texts)
}


def _told(name: str, content: bytes, folder: Path) -> tuple[list[str], list[Reject]]:
    """Read a file as `listening check` does; return sentences and words, and rejects."""
    path = folder / name
    path.write_bytes(content)
    found = find_files([path])
    sentences: list[str] = []
    rejects = list(found.rejects)
    for file in found.manifests:
        table, refused = read_manifest(file.name, _bytes(file.path, file.name, file.member))
        sentences.append(f"manifest of {len(table)} rows")
        rejects += refused
    for file in found.files[:40]:
        try:
            content = _bytes(file.path, file.name, file.member)
            reading = read(file.name, content, ReadOptions(), None)
        except InvalidTable:
            raise
        except ListeningError as error:
            rejects.append(Reject(file.name, "", "", error.why, error.what_to_do))
        else:
            sentences.append(f"{len(reading.turns)} turns")
            sentences += reading.notes
            rejects += reading.rejects
            if any("root:x:0" in text for text in reading.turns["text"]):
                raise AssertionError("a file of this machine was read")
    path.unlink()
    return sentences, rejects


def _bytes(path: Path, name: str, member: tuple[str, ...]) -> bytes:
    if not member:
        return path.read_bytes()
    with path.open("rb") as file:
        return read_member(name, file, member)


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(family: str) -> None:
    """Go through one family and print what came of each file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cases = list(FAMILIES[family]()) if family not in ("bombs", "texts") else FAMILIES[family]()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in cases:
            _print({"begin": name})
            start = time.monotonic()
            line: dict[str, object] = {"end": name}
            try:
                sentences, rejects = _told(name, content, Path(folder))
            except ListeningError as error:
                line |= {"refused": [str(error)], "kind": type(error).__name__}
            except BaseException as error:
                line |= {"crash": f"{type(error).__name__}: {error}"[:300]}
            else:
                line |= {"told": sentences[:20], "refused": [r.sentence for r in rejects[:20]]}
            line["seconds"] = round(time.monotonic() - start, 2)
            line["peak_mb"] = _peak_mb()
            _print(line)


def _peak_mb() -> int:
    """Return the most memory this process held; `getrusage` would tell its parent's, too."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(sys.argv[1])
