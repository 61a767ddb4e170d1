"""One change to the codebook at a time, as a researcher makes it on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from listening import codebook as books
from listening.codebook import Codebook, Decision
from listening.codebook.making import slug
from listening.errors import InvalidCodebook
from listening.steps.desk.books import Draft, change, current, draft
from listening.steps.work import Work


@dataclass(frozen=True)
class Part:
    """What a code is split into: a code of its own, with its meaning."""

    name: str
    definition: str


def rename(work: Work, by: str, why: str, code: str, name: str) -> Draft:
    """Give a code another name.

    Raises:
        InvalidCodebook: it is not there, or the name is none.
    """
    return change(work, by, why, lambda book, told: books.rename(book, code, name, told))


def merge(work: Work, by: str, why: str, code: str, into: str) -> Draft:
    """Merge a code into another one.

    Raises:
        InvalidCodebook: one of them is not there, or they are the same.
    """
    return change(work, by, why, lambda book, told: books.merge(book, [code], into, told))


def retire(work: Work, by: str, why: str, code: str) -> Draft:
    """Retire a code.

    Raises:
        InvalidCodebook: it is not there.
    """
    return change(work, by, why, lambda book, told: books.retire(book, code, "", told))


def split(work: Work, by: str, why: str, code: str, parts: Sequence[Part]) -> Draft:
    """Split a code into new ones; what was coded with it is to be read again.

    Raises:
        InvalidCodebook: it is not there, or the parts are no two codes with a meaning.
    """
    if not all(part.name.strip() and part.definition.strip() for part in parts):
        raise InvalidCodebook(
            "A part of the split", "has no name or no definition.", "Say of each what it means."
        )

    def apart(book: Codebook, told: Decision) -> Codebook:
        taken = [one.id for one in book.codes]
        named: dict[str, Part] = {}
        for part in parts:
            named[slug(part.name, [*taken, *named])] = part
        made = books.split(book, code, [(key, one.name) for key, one in named.items()], told)
        codes = [
            replace(one, definition=named[one.id].definition.strip(), status="active")
            if one.id in named
            else one
            for one in made.codes
        ]
        return replace(made, codes=tuple(codes))

    return change(work, by, why, apart)


def codes(work: Work) -> list[tuple[str, str]]:
    """Return id and name of the codes in use, of what is prepared or of what there is."""
    ready, found = draft(work), current(work)
    book = ready.book if ready else found[1] if found else None
    alive = [one for one in book.codes if one.status != "retired"] if book else []
    return [(one.id, one.name) for one in alive]


def add(work: Work, by: str, why: str, name: str, definition: str) -> Draft:
    """Add a code.

    Raises:
        InvalidCodebook: it has no name or no definition, or another one has its name.
    """
    if not name.strip() or not definition.strip():
        raise InvalidCodebook("A new code", "needs a name and a definition.", "Give it both.")

    def with_it(book: Codebook, _told: Decision) -> Codebook:
        made = slug(name, [one.id for one in book.codes])
        fresh = books.Code(made, " ".join(name.split()), definition.strip())
        return replace(book, version=books.free(book.version, ()), codes=(*book.codes, fresh))

    return change(work, by, why, with_it)
