"""Disclosures of harm: what officers marked for the safeguarding lead, in the vault alone.

Each is a book of its own. It holds the words, who passed them on and what was done; nothing of it
goes into the analysis. A withdrawal leaves it: records of safeguarding have a duty of their own.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from listening import sources
from listening.records import Reading, Table
from listening.store import Vault

SHELF = "disclosures"
NEW, SEEN, ACTED = "new", "seen", "acted on"
#: what is marked: everything that somebody said, a stretch, or a row of a table or manifest
PERSON, STRETCH, COLUMN = "person", "stretch", "column"
#: said on receipts of withdrawals and beside them, whether or not there is such a record
KEPT_APART = (
    "Where a disclosure of harm was passed to the safeguarding lead, that record is kept: the law "
    "on safeguarding asks for it. Nobody else can open it, and it is no part of the analysis."
)


@dataclass(frozen=True)
class Said:
    """One contribution: its row in the file, who said it, the words as they stand there."""

    row: int
    who: str
    text: str
    resident: bool = True


@dataclass(frozen=True)
class Done:
    """One thing that was done about a disclosure."""

    when: str
    who: str
    state: str
    note: str = ""

    @property
    def at(self) -> datetime:
        """When it was done."""
        return datetime.fromisoformat(self.when)


@dataclass(frozen=True)
class Disclosure:
    """One disclosure of harm.

    Attributes:
        id: a UUID.
        file_key: hash of the file's content.
        file: the file's name.
        about: PERSON, STRETCH or COLUMN.
        participant: the person's key in the file; empty for a stretch.
        rows: first and last row of a stretch.
        when: ISO moment, UTC.
        by: e-mail address, or the name in a manifest, of who passed it on.
        note: what they wrote to the lead.
        words: what was said.
        done: what was done since, oldest first.
        also: hashes of later versions of the file, in which the same person is meant.
    """

    id: str
    file_key: str
    file: str
    about: str
    participant: str = ""
    rows: tuple[int, int] = (0, 0)
    when: str = ""
    by: str = ""
    note: str = ""
    words: tuple[Said, ...] = ()
    done: tuple[Done, ...] = field(default=())
    also: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """NEW, SEEN or ACTED: acted on once is acted on."""
        states = {one.state for one in self.done}
        return next((state for state in (ACTED, SEEN) if state in states), NEW)

    @property
    def book(self) -> str:
        """Name of what the vault holds of it."""
        return f"{SHELF}/{self.id}"

    @property
    def moment(self) -> datetime:
        """When it was passed on."""
        return datetime.fromisoformat(self.when)


def keep(vault: Vault, disclosure: Disclosure) -> None:
    """Keep a disclosure as it stands."""
    vault.write(disclosure.book, asdict(disclosure))


def add(vault: Vault, disclosure: Disclosure) -> Disclosure:
    """Keep a new disclosure under an id and a moment of its own."""
    fresh = replace(disclosure, id=str(uuid.uuid4()), when=datetime.now(UTC).isoformat())
    keep(vault, fresh)
    return fresh


def one(vault: Vault, disclosure_id: str) -> Disclosure | None:
    """Return a disclosure; None where there is none of this id."""
    book = vault.read(f"{SHELF}/{disclosure_id}")
    return _of(book) if book else None


def everything(vault: Vault) -> list[Disclosure]:
    """Return every disclosure, newest first."""
    found = [_of(vault.read(book)) for book in vault.books(SHELF)]
    return sorted(found, key=lambda one: one.when, reverse=True)


def _of(book: Mapping[str, Any]) -> Disclosure:
    told = {
        **book,
        "rows": tuple(book["rows"]),
        "words": tuple(Said(**one) for one in book["words"]),
        "done": tuple(Done(**one) for one in book["done"]),
        "also": tuple(book["also"]),
    }
    return Disclosure(**told)


def said_in(turns: Table) -> tuple[Said, ...]:
    """Return the contributions of a table of turns, in their order."""
    rows = turns.to_dict("records")
    return tuple(
        Said(int(row["row"]), row["participant"], row["text"], row["role"] == "participant")
        for row in rows
    )


@dataclass(frozen=True)
class Marked:
    """What is set apart by officers' marks, over all files."""

    disclosures: tuple[Disclosure, ...]

    def of(self, file_key: str) -> sources.Apart:
        """Return what is set apart of a file."""
        here = self.of_people(file_key)
        stretches = [one for one in self.disclosures if one.about == STRETCH]
        rows = [one.rows for one in stretches if one.file_key == file_key]
        # a table that has ids now calls whoever stood in a row otherwise
        rows += [(said.row, said.row) for one in here if by_row(one) for said in one.words]
        return sources.Apart(
            frozenset(one.participant for one in here),
            tuple(rows),
            _telling(one for one in self.disclosures if one.about == PERSON),
            _telling(stretches) | _words(one for one in stretches if file_key in one.also),
        )

    def of_people(self, file_key: str) -> list[Disclosure]:
        """Return marks on everything that somebody said in a file."""
        people = (one for one in self.disclosures if one.about == PERSON)
        return [one for one in people if file_key in (one.file_key, *one.also)]

    def told(self, file_key: str) -> list[Any]:
        """Return what of a file's marks changes how it is read: nothing where there is none."""
        here = self.of(file_key)
        carried = _words(one for one in self.disclosures if file_key in one.also)
        told = (sorted(here.people), here.rows, sorted(carried))
        return [list(told)] if any(told) else []


def by_row(disclosure: Disclosure) -> bool:
    """Whether it is on somebody whom a table without ids tells apart by their row alone."""
    return disclosure.participant.startswith("row ")


def carry(vault: Vault, before: str, file_key: str) -> None:
    """Let marks on a file hold for its corrected version: on people, however their words changed.

    Of a stretch the words hold, however short: rows may have moved.

    Args:
        vault: the programme's.
        before: hash of the file's content.
        file_key: hash of the corrected version's.
    """
    for one in marked(vault).disclosures:
        # other people may stand in a table's rows now: see `mending`
        if before in (one.file_key, *one.also) and not by_row(one):
            carry_one(vault, one, file_key)


def carry_one(vault: Vault, disclosure: Disclosure, file_key: str) -> None:
    """Let a mark hold for another version of its file."""
    if file_key not in (disclosure.file_key, *disclosure.also):
        keep(vault, replace(disclosure, also=(*disclosure.also, file_key)))


def marked(vault: Vault) -> Marked:
    """Return what officers' own marks set apart; a column speaks for itself at every reading."""
    return Marked(tuple(one for one in everything(vault) if one.about != COLUMN))


def pass_on_marked(
    vault: Vault, name: str, file_key: str, reading: Reading, by: str = ""
) -> list[Disclosure]:
    """Put everybody whom a table or manifest marks into the queue, once.

    Args:
        vault: the programme's.
        name: the file's name, as the lead reads it.
        file_key: hash of its content.
        reading: as it was read, before anybody is left out.
        by: who sent it; the officer that the row names when left out.

    Returns:
        Those that were not there before.
    """
    fresh = []
    for row in reading.people[reading.people["disclosure"] == "yes"].itertuples():
        participant = str(row.participant)
        # the same row of the same file is the same disclosure, however often it is read
        known = uuid.uuid5(uuid.NAMESPACE_OID, f"{file_key}|{participant}")
        if one(vault, str(known)):
            continue
        mine = reading.turns[reading.turns["participant"] == participant]
        told = Disclosure(
            str(known), file_key, name, COLUMN, participant,
            when=datetime.now(UTC).isoformat(), by=by or str(row.officer), words=said_in(mine),
        )  # fmt: skip
        keep(vault, told)
        fresh.append(told)
    return fresh


def _telling(disclosures: Iterable[Disclosure]) -> frozenset[str]:
    return frozenset(words for words in _words(disclosures) if sources.telling(words))


def _words(disclosures: Iterable[Disclosure]) -> frozenset[str]:
    return frozenset(
        sources.same_words(said.text) for one in disclosures for said in one.words if said.resident
    )
