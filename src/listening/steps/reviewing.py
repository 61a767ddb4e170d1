"""What people coded, as far as it ranks; and what is told while it does not yet."""

from __future__ import annotations

from dataclasses import dataclass

from listening.codebook import RECODE, Codebook
from listening.codebook import load as load_codebook
from listening.coding.counted import counted
from listening.coding.reviewed import Reviewed, reviewed
from listening.coding.waiting import REOPEN, SETTLE
from listening.priorities.words import NAMES
from listening.records import Table
from listening.steps.coded_books import of_one_book
from listening.steps.coding.books import shown_book
from listening.steps.coding.coded import codings_of
from listening.steps.work import Work

_WHY = {
    SETTLE: "coders who read the same words alone differ. Let somebody settle them: listening "
    "coding adjudicate, then listening coding pull.",
    RECODE: "a code was split that their words carry. Let coders read them again in Label Studio, "
    "then listening coding pull.",
    REOPEN: "something that a coder marked was refused. See what in listening coding status, let "
    "the coder mend it in Label Studio, then listening coding pull.",
}


@dataclass(frozen=True)
class Coded:
    """What people coded of a run.

    Attributes:
        codebook: the newest version under which they coded.
        codings: CODINGS, every reading of that codebook.
        found: who counts, and what they raise.
        notes: what a person should know.
    """

    codebook: Codebook
    codings: Table
    found: Reviewed
    notes: tuple[str, ...]


def coded(work: Work, run_id: str, own: Table) -> Coded | None:
    """Return what people coded of a run; None before anybody has.

    Args:
        work: the workplace.
        run_id: the run.
        own: SEGMENTS of residents' own words.
    """
    codings, notes = of_one_book(codings_of(work, run_id))
    codings = codings[codings["segment_id"].isin(own["segment_id"])].reset_index(drop=True)
    if codings.empty:
        return None
    book = load_codebook(shown_book(work, str(codings["codebook"].iloc[0])))
    found = reviewed(own, codings, counted(codings))
    return Coded(book, codings, found, (*notes, *_lacking(found), *_waiting(found)))


def _lacking(found: Reviewed) -> list[str]:
    """Say how many more people are to be read before the order is that of people's codings."""
    if found.enough:
        return []
    left = ", ".join(f"{number} more in {_named(kind)}" for kind, number in found.lacking.items())
    return [
        f"People have begun to code: {len(found.people)} are read in full. The order stays the "
        f"machine's until a hundred people of each source (all where there are fewer) are: {left}."
    ]


def _waiting(found: Reviewed) -> list[str]:
    """Say how many people are not counted until something is done about what was read."""
    return [
        f"{number} {'person waits' if number == 1 else 'people wait'} to be counted: {_WHY[why]}"
        for why, number in sorted(found.waiting.items())
    ]


def _named(kind: str) -> str:
    return NAMES[kind][0].lower() + NAMES[kind][1:]
