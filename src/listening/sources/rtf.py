"""Rich text (.rtf) to lines: paragraphs in order, tables row by row, changes as accepted."""

from __future__ import annotations

import codecs
import re

from listening.sources.lines import Line, paragraphs
from listening.sources.refuse import refuse
from listening.sources.transcript import row_of_cells

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
#: Pictures stand in the text as figures and letters a to f; no word is as long.
_PICTURE = re.compile(r"(?:[0-9a-f]{40,}\s*)+", re.I)
_CELL_END = re.compile(r"\\(?:nest)?cell(?![a-z])")
#: Stands for the end of a cell until the text is taken apart; never in anybody's words.
_CELL = "\ue001"
_MARKS = re.compile(r"\\\\|\\[{}]|\\deleted(?![a-z0])|\\bin(\d{1,9}) ?|[{}]")


def rtf_lines(name: str, content: bytes) -> list[Line]:
    """Return the document's lines with a gap between paragraphs; rows count paragraphs from 1.

    Raises:
        UnreadableFile: damaged.
    """
    from striprtf.striprtf import rtf_to_text

    try:
        plain = rtf_to_text(_prepared(content), errors="replace")
    except Exception:  # striprtf raises many kinds on damaged files
        raise refuse(
            name,
            "The .rtf file is damaged.",
            "Open it in Word and save it as .docx; if it does not open, ask for it again.",
        ) from None
    # Letters beyond 65,535 come as two halves, as RTF writes them.
    text = plain.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
    return paragraphs(_block(block) for block in text.split("\n"))


def _block(text: str) -> str:
    return row_of_cells(text.split(_CELL)) if _CELL in text else text


def _prepared(content: bytes) -> str:
    """Return the markup without pictures, deleted words and links' addresses."""
    text = content.decode(_encoding(content), errors="replace")
    text = _without_deleted(_PICTURE.sub("", text))
    # striprtf would print a link's address among the words, and look for links for very long; with
    # this space, which RTF allows, it takes them for any other field and prints their words alone.
    return _CELL_END.sub(lambda _: f"{_CELL} ", text.replace("\\fldinst{", "\\fldinst {"))


def _encoding(content: bytes) -> str:
    """RTF is plain ASCII, yet some programs write letters of their code page as they stand."""
    found = _CODE_PAGE.search(content[:2000])
    try:
        return codecs.lookup(f"cp{found[1].decode()}" if found else "cp1252").name
    except LookupError:
        return "cp1252"


def _without_deleted(text: str) -> str:
    """Leave out groups that tracked changes mark as deleted, and the bytes of binary pictures."""
    kept: list[str] = []
    opened: list[tuple[int, bool]] = []  # where in `kept` each group begins; is it deleted
    place = 0
    for mark in _MARKS.finditer(text):
        if mark.start() < place:
            continue
        kept.append(text[place : mark.start()])
        place = mark.end()
        if mark.group() == "{":
            opened.append((len(kept), False))
            kept.append("{")
        elif mark.group() == "}" and opened:
            start, deleted = opened.pop()
            if deleted:
                del kept[start:]
            else:
                kept.append("}")
        elif mark.group().startswith("\\deleted") and opened:
            opened[-1] = (opened[-1][0], True)
        elif mark[1]:
            place += int(mark[1])
        else:
            kept.append(mark.group())
    kept.append(text[place:])
    return "".join(kept)
