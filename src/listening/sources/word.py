"""Word files to lines: paragraphs in order, tables row by row, tracked changes as accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from listening.sources.lines import Line, paragraphs
from listening.sources.refuse import refuse
from listening.sources.transcript import row_of_cells

_NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Deleted, moved away, a paragraph's settings, or a second copy of a text box for older programs.
_SKIP = (f"{_NS}del", f"{_NS}moveFrom", f"{_NS}pPr", _COMPATIBILITY)


def word_lines(name: str, content: bytes) -> list[Line]:
    """Return the document's lines with a gap between paragraphs; rows count paragraphs from 1.

    python-docx's own `paragraph.text` leaves out tracked insertions and content controls, so the
    document is walked here.

    Raises:
        UnreadableFile: not a Word document, or damaged.
    """
    from docx import Document

    try:
        body = Document(io.BytesIO(content)).element.body
    except Exception:  # python-docx and lxml raise a dozen kinds on damaged files
        raise refuse(
            name,
            "The Word file is damaged.",
            "Open it in Word and save it as a new .docx; if it does not open, ask for it again.",
        ) from None
    return paragraphs(_blocks(body))


def _blocks(parent: Any) -> Iterator[str]:
    """Yield the text of each paragraph and table row under `parent`, in order."""
    for element in parent:
        if element.tag in _SKIP:
            continue
        if element.tag == f"{_NS}p":
            yield _text(element)
        elif element.tag == f"{_NS}tr":
            cells = element.findall(f"{_NS}tc")
            yield row_of_cells(["\n".join(_blocks(cell)) for cell in cells])
        else:
            yield from _blocks(element)


def _text(element: Any) -> str:
    parts: list[str] = []
    _gather(element, parts)
    return "".join(parts)


def _gather(element: Any, parts: list[str]) -> None:
    for child in element:
        if child.tag in _SKIP:
            continue
        if child.tag == f"{_NS}t":
            parts.append(child.text or "")
        elif child.tag == f"{_NS}tab":
            parts.append("\t")
        elif child.tag in (f"{_NS}br", f"{_NS}cr"):
            parts.append("\n")
        elif child.tag == f"{_NS}p":  # a text box inside a paragraph
            parts.append("\n")
            _gather(child, parts)
        else:
            _gather(child, parts)
