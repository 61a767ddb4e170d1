"""Every passage behind a priority: down to the segment, for leads and researchers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from listening.report import words
from listening.steps.kept_results import KeptResults, document

#: passages on one page
ON_A_PAGE = 50
_MACHINE = "suggestion"


@dataclass
class Passage:
    """One passage of somebody whom the theme counts.

    Attributes:
        coders: who gave it the code; empty where the machine did.
        counted: whether its person is counted for the theme by what people coded.
    """

    segment_id: str
    participant_id: str
    text: str
    counted: bool
    coders: set[str] = field(default_factory=set)
    question: str = ""
    voice: str = "verbatim"
    source: str = ""
    document_id: str = ""

    @property
    def by(self) -> str:
        """Who gave it the code."""
        return words.listed(sorted(self.coders))


@dataclass(frozen=True)
class Page:
    """Some of the passages.

    Attributes:
        passages: in the order of the people, those counted first.
        many: passages in all; people: whom they are from.
        page, pages: which page this is, of how many.
        people_coded: whether people gave the codes, and not the machine.
    """

    passages: tuple[Passage, ...]
    many: int
    people: int
    page: int
    pages: int
    people_coded: bool


def passages(kept: KeptResults, theme: str, page: int) -> Page:
    """Return some passages of a theme, those of the codes beneath it among them.

    Raises:
        FileNotFoundError: the results were deleted or replaced meanwhile.
    """
    codes = _codes(kept, theme)
    counted = {
        row["participant_id"] for row in _rows(kept.folder / "raised.csv") if row["code"] in codes
    }
    found: dict[str, Passage] = {}
    by_people = False
    for row in _rows(kept.folder / "codings.csv"):
        if row["code"] not in codes or row["code_status"] not in ("", "active"):
            continue
        human = row["origin"] != _MACHINE
        by_people |= human
        own = found.setdefault(
            row["segment_id"],
            Passage(
                row["segment_id"],
                row["participant_id"],
                row["text"],
                row["participant_id"] in counted,
            ),
        )
        if human:
            own.coders.add(row["coder"])
    if by_people:
        found = {key: one for key, one in found.items() if one.coders}
    ordered = sorted(found.values(), key=lambda o: (not o.counted, o.participant_id, o.segment_id))
    pages = max(1, -(-len(ordered) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    _tell(kept.folder, {one.segment_id: one for one in shown})
    people = len({one.participant_id for one in ordered})
    return Page(tuple(shown), len(ordered), people, page, pages, by_people)


def _codes(kept: KeptResults, theme: str) -> set[str]:
    """Return the codes that count for a theme."""
    found = (one for one in document(kept)["priorities"] if one["id"] == theme)
    return {theme, *(code["id"] for one in found for code in one.get("within", ()))}


def _tell(folder: Path, wanted: dict[str, Passage]) -> None:
    """Add to passages where they stand."""
    for row in _rows(folder / "segments.csv"):
        one = wanted.get(row["segment_id"])
        if one is not None:
            one.question, one.voice = row["question"], row["voice"]
            one.source = words.one_source(row["source_kind"])
            one.document_id = row["document_id"]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
