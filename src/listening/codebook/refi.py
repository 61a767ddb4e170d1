"""REFI-QDA: codebooks (.qdc) and projects (.qdpx) of NVivo, ATLAS.ti, MAXQDA and others.

The standard's schema: https://www.qdasoftware.org (codebook 1.0, project 1.0). What it has no field
for stands in a code's description, under headings (`described`).
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from listening.codebook.described import described
from listening.codebook.described import read as read_description
from listening.codebook.making import Exported, Imported, at_most, for_xml, made, slug
from listening.codebook.nouns import Code, Codebook
from listening.codebook.reading import line, text
from listening.errors import InvalidCodebook

#: what a codebook of ours says of itself where the standard has a field for the program that wrote
_ORIGIN = re.compile(r"Listening, (?P<book_id>[a-z0-9-]+) (?P<version>[0-9.]+)")
#: the same in a project's description
_HEAD = re.compile(
    r"Id: (?P<book_id>[a-z0-9-]+)\nVersion: (?P<version>[0-9.]+)\nLanguage: (?P<language>[^\n]*)\n"
    r"(?P<source>.*)",
    re.DOTALL,
)
_NAMES = {"codebook": "urn:QDA-XML:codebook:1.0", "project": "urn:QDA-XML:project:1.0"}
#: codes without a guid of their own get one that is the same on every export
_SPACE = uuid.UUID("8d7e3a52-5a0b-5c1e-9f52-1f7b8f0c2d11")
#: a codebook is some kilobytes; a project's own text some megabytes
_LIMIT = 50_000_000
#: the same bytes on every export: a zip's dates begin here
_DATE = (1980, 1, 1, 0, 0, 0)


def from_refi(name: str, content: bytes) -> Imported:
    """Return the codes of a codebook (.qdc) or of a project's own text (project.qde).

    Raises:
        InvalidCodebook: it is no such file, is damaged, or holds no codes.
    """
    root = _parsed(name, content)
    books = [root] if _tag(root) == "CodeBook" else [e for e in root if _tag(e) == "CodeBook"]
    holders = [child for book in books for child in book if _tag(child) == "Codes"]
    entries = [entry for holder in holders for entry in _nested(holder, None)]
    at_most(name, len(entries))
    sets = sum(_tag(part) == "Set" for book in books for child in book for part in child)
    sets += sum(_tag(part) == "Set" for child in root if _tag(child) == "Sets" for part in child)
    notes = [f"Not kept: {sets} sets of codes, which a codebook here has not."] if sets else []
    title = root.get("name", "") if _tag(root) == "Project" else ""
    told = next((e.text or "" for e in root if _tag(e) == "Description"), "")
    ours = _HEAD.fullmatch(text(told)) or _ORIGIN.fullmatch(root.get("origin", ""))
    return made(name, _codes(entries), notes, title=title, **(ours.groupdict() if ours else {}))


def _parsed(name: str, content: bytes) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    again = "Export the codebook again as .qdc."
    if len(content) > _LIMIT:
        raise InvalidCodebook(name, "is larger than 50 MB.", again)
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise InvalidCodebook(name, "is damaged or no REFI-QDA file.", again) from None
    if _tag(root) not in ("CodeBook", "Project"):
        raise InvalidCodebook(name, "is no REFI-QDA codebook and no project.", again)
    return root


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _nested(holder: Element, parent: Element | None) -> Iterator[tuple[Element, Element | None]]:
    waiting = [(child, parent) for child in reversed(holder)]
    while waiting:
        entry, above = waiting.pop()
        if _tag(entry) == "Code":
            yield entry, above
            waiting += [(child, entry) for child in reversed(entry)]


def _codes(entries: list[tuple[Element, Element | None]]) -> list[Code]:
    named = [line(entry.get("name", "")) or "Code without a name" for entry, _ in entries]
    twice = {name for name, times in Counter(n.casefold() for n in named).items() if times > 1}
    taken: set[str] = set()
    ids: dict[Element | None, str] = {None: ""}
    codes: list[Code] = []
    for (entry, above), name in zip(entries, named, strict=True):
        told = next((child.text or "" for child in entry if _tag(child) == "Description"), "")
        bare = Code(
            slug(name, taken),
            name,
            parent=ids[above],
            codable=entry.get("isCodable", "true") in ("true", "1"),
            guid=entry.get("guid", ""),
            colour=entry.get("color", ""),
        )
        code = read_description(bare, text(told).strip("\n"))
        taken.add(code.id)
        ids[entry] = code.id
        codes.append(code)
    return _told_apart(codes, twice)


def _told_apart(codes: list[Code], twice: set[str]) -> list[Code]:
    """Number codes that share a name and a parent: here coders could not tell them apart."""
    seen: Counter[tuple[str, str]] = Counter()
    for place, code in enumerate(codes):
        if code.name.casefold() in twice and code.status != "retired":
            key = (code.parent, code.name.casefold())
            seen[key] += 1
            if seen[key] > 1:
                codes[place] = replace(code, name=f"{code.name} ({seen[key]})")
    return codes


def as_qdc(book: Codebook) -> Exported:
    """Return a codebook as a REFI-QDA codebook (.qdc)."""
    from pyrefiqda.models import CodeBook, CodebookCodesType, CodebookCodeType

    notes: list[str] = []
    codes = _written(book, CodebookCodeType, notes)
    origin = f"Listening, {book.label}"
    xml = _xml(CodeBook(codes=CodebookCodesType(code=codes), origin=origin), "codebook")
    notes.append("A .qdc has no place for the codebook's own name, language and source.")
    return Exported(xml, (*notes, *_trail_note(book)))


def as_qdpx(book: Codebook) -> Exported:
    """Return a codebook as a REFI-QDA project (.qdpx) that holds codes and no material."""
    from pyrefiqda.models import Project, ProjectCodeBookType, ProjectCodesType, ProjectCodeType

    notes: list[str] = []
    codes = _written(book, ProjectCodeType, notes)
    project = Project(
        name=for_xml(book.name),
        origin=f"Listening, {book.label}",
        description=for_xml(
            f"Id: {book.id}\nVersion: {book.version}\nLanguage: {book.language}\n{book.source}"
        ),
        code_book=ProjectCodeBookType(codes=ProjectCodesType(code=codes)),
    )
    made_zip = io.BytesIO()
    with zipfile.ZipFile(made_zip, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("project.qde", _DATE), _xml(project, "project"))
    return Exported(made_zip.getvalue(), (*notes, *_trail_note(book)))


def guid_of(book: Codebook, code: Code) -> str:
    """Return by which id other programs know a code: its own, or one that is always the same."""
    return code.guid or same_guid(f"{book.id}/{code.id}")


def same_guid(of: str) -> str:
    """Return a guid that is the same on every export."""
    return str(uuid.uuid5(_SPACE, of)).upper()


def _trail_note(book: Codebook) -> list[str]:
    return ["The trail of changes stays in the TOML file."] if book.changes else []


def _written(book: Codebook, kind: Any, notes: list[str]) -> list[Any]:
    """Return the codes as the standard nests them; what is not held whole is added to `notes`."""
    elements: dict[str, Any] = {}
    taken: set[str] = set()
    lacking = []
    for code, guessed in _in_reading_order(book, taken):
        description, whole = described(code, guessed)
        whole = whole and for_xml(description + code.name) == description + code.name
        if not whole:
            lacking.append(code.id)
        elements[code.id] = kind(
            guid=guid_of(book, code),
            name=for_xml(code.name),
            is_codable=code.codable,
            color=code.colour or None,
            description=for_xml(description) or None,
        )
    for code in book.codes:
        if code.parent:
            elements[code.parent].code.append(elements[code.id])
    if lacking:
        notes.append(
            f"Not everything of {', '.join(lacking)} can be read back: a text looks like a heading "
            "of ours, or holds a character that XML has not."
        )
    return [elements[code.id] for code in book.codes if not code.parent]


def _in_reading_order(book: Codebook, taken: set[str]) -> Iterator[tuple[Code, str]]:
    """Yield codes as a reader meets them, each with the id that its name alone would give it."""
    under: dict[str, list[Code]] = {}
    for code in book.codes:
        under.setdefault(code.parent, []).append(code)
    waiting = list(reversed(under.get("", [])))
    while waiting:
        code = waiting.pop()
        yield code, slug(code.name, taken)
        taken.add(code.id)
        waiting += reversed(under.get(code.id, []))


def _xml(root: Any, kind: str) -> bytes:
    from xsdata.formats.dataclass.serializers.config import SerializerConfig
    from xsdata_pydantic.bindings import XmlSerializer

    config = SerializerConfig(indent="  ", encoding="UTF-8")
    xml: str = XmlSerializer(config=config).render(root, ns_map={None: _NAMES[kind]})
    return xml.encode()
