"""Contacts that officers entered themselves: a book of the vault apart from those of files.

Reading a file again changes what files told, and nothing here: each entry has a mark of its own,
who entered it and when. A withdrawal takes it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from listening.errors import NothingToDo
from listening.store import Vault
from listening.store.lock import alone_in

BOOK = "contacts_by_hand"


@dataclass(frozen=True)
class Entry:
    """How to reach somebody, as an officer entered it.

    Attributes:
        id: a UUID.
        participant_id: whom it reaches.
        contact: how to reach them.
        language: in which to speak to them; may be empty.
        officer: name of who entered it, or changed it last.
        by: their e-mail address.
        day: ISO date of that.
    """

    id: str
    participant_id: str
    contact: str
    language: str
    officer: str
    by: str
    day: str


def entries(vault: Vault) -> list[Entry]:
    """Return what was entered, by participant and in the order in which it was."""
    found = [Entry(**one) for one in vault.read(BOOK).values()]
    return sorted(found, key=lambda one: one.participant_id)


def one(vault: Vault, entry_id: str) -> Entry | None:
    """Return an entry; None where there is none of this id, or not any more."""
    return next((entry for entry in entries(vault) if entry.id == entry_id), None)


def add(vault: Vault, entry: Entry) -> Entry:
    """Keep a new entry under an id of its own; the same once more is the one that is there.

    Raises:
        NothingToDo: the person has withdrawn meanwhile.
    """
    with alone_in(vault.folder):  # a withdrawal takes its turn before or after
        if entry.participant_id not in _known(vault):
            raise NothingToDo("This person", "is not here any more.", "Nothing was kept.")
        for known in entries(vault):
            if (known.participant_id, known.contact) == (entry.participant_id, entry.contact):
                return known
        fresh = replace(entry, id=str(uuid.uuid4()))
        _write(vault, [*entries(vault), fresh])
        return fresh


def change(vault: Vault, entry: Entry) -> bool:
    """Put an entry in the place of the one of its id; False where that is gone."""
    with alone_in(vault.folder):
        known = entries(vault)
        if entry.id not in {one.id for one in known}:
            return False
        _write(vault, [entry if one.id == entry.id else one for one in known])
        return True


def remove(vault: Vault, entry_id: str) -> bool:
    """Erase an entry; False where there is none of this id."""
    with alone_in(vault.folder):
        known = entries(vault)
        left = [one for one in known if one.id != entry_id]
        if len(left) < len(known):
            _write(vault, left)
        return len(left) < len(known)


def drop(vault: Vault, participants: Collection[str]) -> None:
    """Erase what reaches these people."""
    with alone_in(vault.folder):
        forget(vault, participants)


def forget(vault: Vault, participants: Collection[str]) -> None:
    """Erase what reaches these people. Whoever calls is alone in the vault's folder."""
    known = entries(vault)
    left = [one for one in known if one.participant_id not in participants]
    if len(left) < len(known):
        _write(vault, left)


def _write(vault: Vault, kept: Collection[Entry]) -> None:
    vault.write(BOOK, {one.id: asdict(one) for one in kept})


def _known(vault: Vault) -> set[str]:
    people = vault.read("people")
    return {str(pid) for key, pid in people.items() if not key.startswith("withdrawn|")}
