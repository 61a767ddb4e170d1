"""The codebook on the desk: the version that coders see, and the next one while it is prepared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from listening import codebook as books
from listening.codebook import Codebook, Decision
from listening.codebook.checking import check
from listening.codebook.versions import in_order
from listening.errors import InvalidCodebook, NothingToDo
from listening.steps.codebooks import codebook_in
from listening.steps.coding.migrating import BEGUN, JOURNAL, UNDONE
from listening.steps.site import now
from listening.steps.work import Work, content_key
from listening.store.lock import alone_in

#: shelf of the vault on which it all lies
SHELF = "desk"
#: books of the vault: the version that is prepared, and the one that is there before any is sent
DRAFT, FIRST = "desk/draft", "desk/codebook"
_KINDS = {
    "toml": lambda book: books.as_toml(book).encode(),
    "csv": lambda book: books.as_taguette(book).content,
    "qdc": lambda book: books.as_qdc(book).content,
}
#: endings of the files in which a codebook can be had
DOWNLOADS = tuple(_KINDS)


@dataclass(frozen=True)
class Draft:
    """The next version while it is prepared.

    Attributes:
        book: the version; content: the same as TOML.
        by: who prepares it; at: ISO moment of the last change to it.
        notes: what a person should know of how it came to be.
    """

    book: Codebook
    content: str
    by: str
    at: str
    notes: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What tells it from any other: what is published is what was looked at."""
        return content_key(self.content)[:16]


@dataclass(frozen=True)
class Step:
    """A change of version, as the journal of migrations has it.

    Attributes:
        before: the earlier version; now: the later one.
        by: who asked for it; day: ISO.
        begun: whether it was begun and did not come to its end.
    """

    codebook: str
    before: str
    now: str
    by: str
    day: str
    begun: bool


def current(work: Work) -> tuple[str, Codebook] | None:
    """Return the codebook that is coded by, as TOML and read; None before there is one."""
    content = _current(work)
    return (content, read(content)) if content else None


def _current(work: Work) -> str:
    projects = work.store.loop.projects()
    if projects:
        own = projects[-1].codebook
        versions = {one.version for one in projects if one.codebook == own}
        return work.store.loop.book(own, max(versions, key=in_order))
    told = work.vault.read(FIRST)
    if told:
        return work.store.loop.book(str(told["id"]), str(told["version"]))
    try:
        return str(work.store.run().parameters.get("codebook", ""))
    except NothingToDo:
        return ""


@lru_cache(maxsize=32)
def read(content: str) -> Codebook:
    """Return a kept version, read once a process; it may be a draft."""
    return books.load(content, draft=True)


def before(work: Work, book: Codebook) -> Codebook | None:
    """Return the version before one, as far as it is kept."""
    step = last_step(work)
    if step and (step.codebook, step.now) == (book.id, book.version):
        content = work.store.loop.book(book.id, step.before)
        return read(content) if content else None
    every = work.store.loop.versions(book.id)
    kept = [one for one in every if in_order(one) < in_order(book.version)]
    if not kept:
        return None
    return read(work.store.loop.book(book.id, max(kept, key=in_order)))


def last_step(work: Work) -> Step | None:
    """Return the last change of version that stands; None where there is none."""
    lines = [one for one in work.vault.read(JOURNAL).get("versions", []) if one["state"] != UNDONE]
    if not lines:
        return None
    last = lines[-1]
    told = {name: str(last[name]) for name in ("codebook", "before", "now", "by", "day")}
    return Step(**told, begun=last["state"] == BEGUN)


def as_file(work: Work, kind: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the codebook as a file of one of DOWNLOADS.

    Raises:
        NothingToDo: there is no codebook.
    """
    found = current(work)
    if found is None:
        raise NothingToDo("The programme", "has no codebook yet.", "Give it one.")
    content, book = found
    made = content.encode() if kind == "toml" else _KINDS[kind](book)
    return f"{book.id}_{book.version}.{kind}", made


def draft(work: Work) -> Draft | None:
    """Return the version that is prepared; None where none is."""
    told = work.vault.read(DRAFT)
    if not told:
        return None
    content = str(told["content"])
    book = read(content)
    return Draft(book, content, str(told["by"]), str(told["at"]), tuple(told["notes"]))


def let_go(work: Work) -> bool:
    """Prepare it no more; False where nothing was prepared."""
    was = bool(work.vault.read(DRAFT))
    work.vault.erase(DRAFT)
    return was


def take(work: Work, by: str, why: str, name: str, content: bytes, retire: bool = False) -> Draft:
    """Prepare the next version out of a file, in the place of what was prepared before.

    Args:
        work: the workplace.
        by: who gives it; why: in their words, for the trail.
        name: the file's own name; content: its bytes.
        retire: of a table or a file of another program: whether what it does not name is retired.

    Raises:
        InvalidCodebook: it cannot be used, with the entry that breaks a rule.
        NothingToDo: it says what the current version says.
    """
    given = codebook_in(name, content)
    now_there = current(work)
    if now_there is None:
        check(given.codebook, name)
        return _keep(work, given.codebook, by, given.notes)
    _, old = now_there
    decision, taken = _decision(work, by, why), work.store.loop.versions(old.id)
    if name.lower().endswith(".toml"):
        books.crosswalk(replace(old, version="0.0"), given.codebook)  # whether it has every code
        made = books.raised(old, given.codebook, decision, taken)
    else:
        made = books.following(old, given.codebook, decision, taken, retire=retire)
    if all(one.what in ("version", "look") for one in books.differences(old, made.codebook)):
        raise NothingToDo(name, f"says what version {old.version} says.", "Nothing is to be done.")
    return _keep(work, made.codebook, by, (*given.notes, *made.notes))


def change(work: Work, by: str, why: str, how: Callable[[Codebook, Decision], Codebook]) -> Draft:
    """Change the version that is prepared, or begin one with a change.

    Args:
        work: the workplace.
        by: who; why: in their words.
        how: makes the next version out of one: `rename`, say.

    Raises:
        NothingToDo: there is no codebook.
        InvalidCodebook: it cannot be done.
    """
    with alone_in(work.vault.folder / SHELF):
        was = draft(work)
        start = was.book if was else _needed(work)
        made = how(start, _decision(work, by, why))
        version = was.book.version if was else books.free(start.version, _taken(work, start))
        check(made, made.label)
        return _keep(work, _numbered(made, version), by, was.notes if was else ())


def _needed(work: Work) -> Codebook:
    found = current(work)
    if found is None:
        raise NothingToDo("The programme", "has no codebook yet.", "Give it one first.")
    return found[1]


def _taken(work: Work, book: Codebook) -> Sequence[str]:
    return work.store.loop.versions(book.id)


def _numbered(book: Codebook, version: str) -> Codebook:
    """Return a codebook under another number, its last changes with it."""
    lines = [
        replace(one, version=version) if one.version == book.version else one
        for one in book.changes
    ]
    return replace(book, version=version, changes=tuple(lines))


def _decision(work: Work, by: str, why: str) -> Decision:
    return Decision(work.today.isoformat(), by, " ".join(why.split()))


def _keep(work: Work, book: Codebook, by: str, notes: Sequence[str]) -> Draft:
    if not book.in_use:
        raise InvalidCodebook(book.label, "has no code in use.", "Give codes a definition.")
    content, at = books.as_toml(book), now().isoformat(timespec="seconds")
    work.vault.write(DRAFT, {"content": content, "by": by, "at": at, "notes": list(notes)})
    return Draft(book, content, by, at, tuple(notes))
