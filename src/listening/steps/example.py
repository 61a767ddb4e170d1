"""The bundled example as a programme of a site, with somebody who may do everything in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from listening import codebook as books
from listening.errors import ListeningError
from listening.steps import accounts
from listening.steps.desk.books import FIRST
from listening.steps.discover import discover
from listening.steps.ingest import begin, ingest
from listening.steps.kept_results import kept_results, make_results
from listening.steps.site import RULES, Site
from listening.steps.work import Request, Work
from listening.store.accounts import ADMINISTRATOR, Person, Programme, nouns, people

NAME = "Tallow Wharf, a made-up example"
#: everything but the safeguarding lead, whom an operator names
_ROLES = (ADMINISTRATOR, nouns.LEAD, nouns.RESEARCHER, nouns.OFFICER)
_LETTERS = 12


@dataclass(frozen=True)
class Laid:
    """The example as it lies there.

    Attributes:
        programme: its name and slug.
        email: with which its administrator signs in.
        password: the same; empty where the account was there before.
        fresh: whether anything was read now.
    """

    programme: Programme
    email: str
    password: str
    fresh: bool


def lay_out(
    site: Site, folder: Path, email: str, rules: Path | None = None, codebook: Path | None = None
) -> Laid:
    """Read the example's files into a programme of their own; what is done is not done again.

    Args:
        site: where.
        folder: with the files.
        email: of whoever may do everything in it; their account is made where there is none.
        rules: the programme's own settings.
        codebook: which themes are looked for.
    """
    programme = accounts.begin_programme(NAME)
    work = site.work(programme)
    own = work.settings.home / RULES
    if rules and not own.exists():
        own.write_bytes(_read(rules))
        own.chmod(0o600)
    fresh = kept_results(work) is None
    if fresh:
        _take(work, folder, own if own.exists() else None, codebook)
    # last: the password is shown once, by whoever comes to the end
    return Laid(programme, people.tidy(email), _administrator(programme, email), fresh)


def _take(work: Work, folder: Path, rules: Path | None, codebook: Path | None) -> None:
    run_id = begin(work, Request((folder,), programme=rules, codebook=codebook))
    ingest(work, run_id)
    discover(work, run_id)
    if codebook and not work.vault.read(FIRST):
        content = _read(codebook).decode("utf-8")
        book = books.load(content, codebook.name)
        work.store.loop.keep_book(book.id, book.version, content)
        work.vault.write(FIRST, {"id": book.id, "version": book.version})
    make_results(work)


def _administrator(programme: Programme, email: str) -> str:
    """Give somebody every role; return their password where the account was made now."""
    known, password = people.find(email), ""
    if known is None:
        password = secrets.token_urlsafe(_LETTERS)
        known = _join(email, password)
    for role in _ROLES:
        people.give(known, programme.slug, role)
    return password


def _join(email: str, password: str) -> Person:
    name, at, where = email.partition("@")
    if not (name and at and where):
        raise ListeningError(f"{email!r}", "is not an e-mail address.", "Correct it.")
    return people.join(email, "Administrator", password)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ListeningError(
            f"{path}", f"cannot be read ({error.strerror}).", "Name another file."
        ) from None
