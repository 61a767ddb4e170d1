"""Which codebook is coded by."""

from __future__ import annotations

from pathlib import Path

from listening.codebook import Codebook, load
from listening.codebook.versions import after
from listening.errors import ListeningError, NothingToDo
from listening.steps.codebooks import codebook_text
from listening.steps.work import Work

#: the command that brings what was coded to a later version
CARRY = "listening coding migrate --codebook FILE"


def shown_book(work: Work, codebook: str) -> str:
    """Return a codebook, by its id, in the version that coders are shown, as TOML.

    The newest that is kept may be one that was taken back.
    """
    shown = {one.version for one in work.store.loop.projects() if one.codebook == codebook}
    return work.store.loop.book(codebook, shown.pop() if len(shown) == 1 else "")


def same_text(work: Work, book: Codebook) -> None:
    """Refuse a version of a codebook that reads otherwise than the one of its number before.

    A version is one text for good: what was coded under it is read by it, and one that was taken
    back may be in the trail.

    Raises:
        ListeningError: it reads otherwise.
    """
    before = work.store.loop.book(book.id, book.version)
    if before and load(before) != book:
        raise ListeningError(
            f"Version {book.version} of {book.name}",
            "reads otherwise than the version of that number that was shown to coders before: "
            "nobody could tell which of the two something was coded by.",
            f'Nothing was changed. Write version = "{_free(work, book)}" into the file, and carry '
            f"what was coded along: {CARRY}.",
        )


def _free(work: Work, book: Codebook) -> str:
    """Return the first number after this version under which nothing is kept."""
    number = after(book.version)
    while work.store.loop.book(book.id, number):
        number = after(number)
    return number


def book_for(work: Work, run_id: str, path: Path | None) -> str:
    """Return a codebook as TOML: the one that is named, else that of the projects or of the run.

    Raises:
        NothingToDo: none is named, the projects have none or several, and the run has none.
        InvalidCodebook: the file is none.
    """
    if path:
        return codebook_text(path)
    shown = {(one.codebook, one.version) for one in work.store.loop.projects()}
    if len(shown) == 1:
        return work.store.loop.book(*shown.pop())
    own = work.store.run(run_id).parameters.get("codebook", "")
    if not own:
        raise NothingToDo(
            "No codebook was named",
            "and the run has none.",
            "Name one with --codebook.",
        )
    return str(own)
