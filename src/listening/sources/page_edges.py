"""Headers, footers, page numbers: lines that come back at the edge of pages say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from listening.sources.refuse import shown
from listening.sources.speakers import is_generic

_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.?|pg\.?)?\s*#(?:\s*(?:of|/|\|)\s*#)?\W*$")
_SENTENCE_END = (".", "?", "!", "…", ",", ";", '"', "”")
#: Left and right pages may carry different headers: then each stands on half of the pages.
_SHARE = 0.4
_PAGES_MIN = 3
#: A header or footer has at most so many lines.
_DEEPEST = 3


def without_edges(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Take repeated first and last lines off.

    Where nothing else would be left, they are what the file says, and page numbers alone go.

    Args:
        pages: lines of each page.

    Returns:
        The pages without them, and a note if there were any.
    """
    rest, taken = _without(pages)
    same = bool(taken) and all(_edge(page, last=False) is None for page in rest)
    if same:
        rest, taken = _without(pages, numbers_alone=True)
    notes = []
    if taken:
        lines = shown(len(taken), "line")
        notes.append(
            f"Taken for headers and page numbers: {lines} at the top or bottom of most pages."
        )
    if same:
        notes.append("Its pages all hold the same lines, which were read as words. Please check.")
    return [_trimmed(page) for page in rest] if taken else rest, tuple(notes)


def _without(
    pages: Sequence[Sequence[str]], *, numbers_alone: bool = False
) -> tuple[list[list[str]], set[str]]:
    """Return pages without their repeated edges, and the lines taken off as `_key` spells them."""
    rest = [list(page) for page in pages]
    taken: set[str] = set()
    for last in (False, True):
        for _ in range(_DEEPEST):
            found = _repeated(rest, last=last)
            if numbers_alone:
                found = {key for key in found if _PAGE_NUMBER.match(key)}
            if not found:
                break
            taken |= found
            for page in rest:
                place = _edge(page, last=last)
                if place is not None and _key(page[place]) in found:
                    page[place] = ""
    return rest, taken


def _edge(page: Sequence[str], *, last: bool) -> int | None:
    """Return the place of a page's first (or last) line with words."""
    places = range(len(page) - 1, -1, -1) if last else range(len(page))
    return next((place for place in places if page[place].strip()), None)


def _key(line: str) -> str:
    """Equal for lines that differ in figures alone: “Page 3 of 10”."""
    return _FIGURES.sub("#", " ".join(line.casefold().split()))


def _repeated(pages: Sequence[Sequence[str]], *, last: bool) -> set[str]:
    lines = [page[place] for page in pages if (place := _edge(page, last=last)) is not None]
    counts = Counter(_key(line) for line in lines)
    found = set()
    for line in lines:
        key = _key(line)
        often = counts[key] >= max(_PAGES_MIN, _SHARE * len(lines))
        # Of two or three pages, all must carry it, and it must not read like something said.
        few = 1 < counts[key] == len(lines) and not line.rstrip().endswith(_SENTENCE_END)
        number = bool(_PAGE_NUMBER.match(key)) and counts[key] > 1
        if (often or few or number) and not is_generic(line.partition(":")[0].strip()):
            found.add(key)
    return found


def _trimmed(page: Sequence[str]) -> list[str]:
    """Take empty lines off both ends: a sentence may go on over the page."""
    first, last = _edge(page, last=False), _edge(page, last=True)
    return [] if first is None or last is None else list(page[first : last + 1])
