"""OpenDocument texts (.odt) to lines: paragraphs in order, tables row by row, changes as accepted.

The document's XML is walked here, for a library's own text holds what was struck out, comments and
footnotes as well.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from listening.errors import UnreadableFile
from listening.sources.lines import Line, paragraphs
from listening.sources.packages import UNZIP_ERRORS, locked
from listening.sources.refuse import refuse
from listening.sources.transcript import row_of_cells

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
#: Struck out, comments, footnotes, contents, pictures' descriptions, hidden words.
_SKIP = (
    f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}table-of-content",
    f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph", f"{_TEXT}ruby-text", f"{_TEXT}page-number",
    f"{_TEXT}sequence-decls", f"{_OFFICE}forms", f"{_SVG}title", f"{_SVG}desc",
)  # fmt: skip
#: A run of spaces is written as one element with a count; more than this is layout.
_SPACES = 20
_ENCRYPTED = b"encryption-data"


def opendocument_lines(name: str, content: bytes) -> list[Line]:
    """Return the document's lines with a gap between paragraphs; rows count paragraphs from 1.

    Raises:
        UnreadableFile: locked with a password, or damaged.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            manifest = "META-INF/manifest.xml"
            if manifest in names and _ENCRYPTED in package.read(manifest):
                raise locked(name)
            root = fromstring(package.read("content.xml"))
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        blocks = list(_blocks(body)) if body is not None else []
    except (*UNZIP_ERRORS, ParseError, DefusedXmlException):
        raise _damaged(name) from None  # nesting deeper than any document's is a RuntimeError
    return paragraphs(blocks)


def _damaged(name: str) -> UnreadableFile:
    return refuse(
        name,
        "The OpenDocument file is damaged.",
        "Open it in LibreOffice and save it as a new .odt or .docx; if it does not open, ask for "
        "it again.",
    )


def _blocks(parent: Element) -> Iterator[str]:
    """Yield the text of each paragraph and table row under `parent`, in order."""
    for element in parent:
        if element.tag in _SKIP:
            continue
        if element.tag in _PARAGRAPHS:
            yield _text(element)
        elif element.tag == f"{_TABLE}table-row":
            cells = element.findall(f"{_TABLE}table-cell")
            yield row_of_cells(["\n".join(_blocks(cell)) for cell in cells])
        else:
            yield from _blocks(element)


def _text(element: Element) -> str:
    parts: list[str] = []
    _gather(element, parts)
    return "".join(parts)


def _gather(element: Element, parts: list[str]) -> None:
    parts.append(_folded(element.text))
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(count) if count.isdecimal() else 1, _SPACES))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag in _PARAGRAPHS:  # a text box inside a paragraph
            parts.append("\n")
            _gather(child, parts)
        elif child.tag not in _SKIP:
            _gather(child, parts)
        parts.append(_folded(child.tail))


def _folded(text: str | None) -> str:
    """Line ends and runs of spaces in the file mean one space."""
    return "" if not text else " ".join(f"|{text}|".split())[1:-1]
