"""Every passage behind a priority: down to the segment, for leads and researchers."""

from __future__ import annotations

from dataclasses import dataclass

from listening.report import words
from listening.steps import kept_passages
from listening.steps.kept_results import KeptResults


@dataclass(frozen=True)
class Passage:
    """One passage of somebody whom the theme counts.

    Attributes:
        counted: whether its person is counted for the theme by what people coded.
        by: who gave it the code; empty where the machine did.
        within: names of the narrower codes that it has; empty where it has the theme's own alone.
    """

    segment_id: str
    participant_id: str
    text: str
    counted: bool
    by: str
    within: str
    question: str
    voice: str
    source: str
    document_id: str


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
    laid = kept_passages.page(kept.folder, theme, page)
    shown = tuple(
        Passage(
            segment_id=row["segment_id"],
            participant_id=row["participant_id"],
            text=row["text"],
            counted=row["counted"],
            by=words.listed(row["coders"]),
            within=words.listed(row["within"]),
            question=row["question"],
            voice=row["voice"],
            source=words.one_source(row["source_kind"]) if row["source_kind"] else "",
            document_id=row["document_id"],
        )
        for row in laid.passages
    )
    return Page(shown, laid.many, laid.people, laid.page, laid.pages, laid.people_coded)
