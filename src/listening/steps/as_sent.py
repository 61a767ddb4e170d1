"""An officer's uploads as their own pages show them, with what stands beside them in the vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from listening.records import Reject
from listening.steps import sketch_books
from listening.steps.site import Site
from listening.steps.understanding import SAME, SHOWN, Answers, Understood
from listening.store.accounts import Person, Programme, Upload, nouns
from listening.store.accounts import uploads as kept


@dataclass(frozen=True)
class Like:
    """A file that is kept and says much the same.

    Attributes:
        name: what its officer called it; empty where that is another officer.
        day: when it was read.
    """

    name: str
    day: date


@dataclass(frozen=True)
class Sent:
    """One upload as its officer sees it.

    Attributes:
        name: the file's own name.
        understood: what was understood when it was last looked at.
        removed: kind of what was replaced in it to how often; empty until it is kept.
        set_aside: how many things were set aside, once it is kept.
        rejects: the first of them.
        read: whether something of it is kept, also while it is being read again.
        held: whether the vault still holds it as it was sent.
        copy_of: id and name of the officer's own file of which it was set aside as a copy.
        like: files that are kept and say much the same.
        other: whether its officer said that somebody else speaks there.
    """

    id: str
    name: str
    state: str
    added: datetime
    understood: Understood
    answers: Answers
    removed: dict[str, int]
    set_aside: int
    rejects: tuple[Reject, ...]
    read: bool = False
    held: bool = False
    copy_of: tuple[str, str] = ("", "")
    like: tuple[Like, ...] = ()
    other: bool = False

    @property
    def ready(self) -> bool:
        """Whether nothing is left to answer before it can be read."""
        return self.state in (nouns.WAITING, nouns.STOPPED) and not self.understood.open


def mine(site: Site, person: Person, programme: Programme) -> list[Sent]:
    """Return somebody's own uploads in a programme, newest first."""
    return [sent(site, upload) for upload in kept.of(person, programme.slug)]


def sent(site: Site, upload: Upload) -> Sent:
    """Return an upload as its officer sees it."""
    work = site.work(upload.programme)
    book = work.vault.read(upload.book)
    name = str(book.get("name", "A file"))
    removed: dict[str, int] = {}
    rejects: tuple[Reject, ...] = ()
    for source in work.store.sources({upload.source_key: name}) if upload.source_key else []:
        removed, rejects = dict(source.removed), source.rejects
    understood = Understood.of(book["understood"]) if "understood" in book else Understood()
    return Sent(
        upload.id,
        name,
        upload.state,
        upload.added,
        understood,
        Answers(**book.get("answers", {})),
        removed,
        len(rejects),
        rejects[:SHOWN],
        bool(upload.source_key),
        work.vault.has_file(upload.book),
        _copy_of(site, upload, str(book.get("copy_of", ""))),
        tuple(_like(site, upload, understood)),
        SAME in understood.asked and SAME not in understood.open,
    )


def _like(site: Site, upload: Upload, understood: Understood) -> Iterator[Like]:
    """Yield the files that say much the same: the officer's own with their names, and first."""
    vault = site.work(upload.programme).vault
    known = set(sketch_books.files(vault))  # one may have been withdrawn or erased meanwhile
    found = [(of, _copy_of(site, upload, of)[1]) for of in understood.like if of in known]
    for of, name in sorted(found, key=lambda one: not one[1]):
        yield Like(name, sketch_books.day_of(vault, of))


def _copy_of(site: Site, upload: Upload, first: str) -> tuple[str, str]:
    """Return id and name of the officer's own upload of a content: another's is not told."""
    vault = site.work(upload.programme).vault
    for one in kept.of_content(upload.programme.slug, first) if first else ():
        if one.officer.id == upload.officer.id:
            return one.id, str(vault.read(one.book)["name"])
    return "", ""
