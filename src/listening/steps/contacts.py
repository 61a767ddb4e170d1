"""The network of people who agreed to be asked again: kept in the vault, written out on request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from listening.errors import NothingToDo
from listening.records import Table
from listening.steps.csvs import without_formulas, write_csv
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store import Vault
from listening.store.accounts import Person, Programme, trail


@dataclass(frozen=True)
class Contact:
    """Somebody who agreed to be contacted again, and who listened to them."""

    participant_id: str
    contact: str
    language: str
    officer: str


COLUMNS = list(Contact.__dataclass_fields__)


def contacts(work: Work, officer: str = "") -> list[Contact]:
    """Return who agreed to be contacted again, by id; whoever withdrew is not among them.

    Args:
        work: the workplace.
        officer: only those whom this officer listened to.
    """
    return [
        Contact(person, **how)
        for person, how in sorted(work.vault.read("contacts").items())
        if not officer or how["officer"].casefold() == officer.casefold()
    ]


def keep_contacts(
    vault: Vault, file_keys: Collection[str], told: Mapping[str, Mapping[str, str]]
) -> None:
    """Keep how to reach people; whoever files do not name any more is on the list no longer.

    A person whom an id of the whole programme names stays: another file may have told of them.

    Args:
        vault: the vault.
        file_keys: hashes of the files' contents, as they are now and were before.
        told: participant id to `contact`, `language` and `officer`.
    """
    known = vault.read("contacts")
    theirs = {pid for key, pid in vault.read("people").items() if key.split("|", 1)[0] in file_keys}
    now = {pid: how for pid, how in known.items() if pid not in theirs} | dict(told)
    if now != known:
        vault.write("contacts", now)


def write_contacts(work: Work, out: Path, officer: str = "") -> int:
    """Write the contact list as CSV, for its owner's eyes; return how many people are on it.

    Raises:
        NothingToDo: nobody agreed to be contacted again.
    """
    listed = contacts(work, officer)
    if not listed:
        raise NothingToDo(
            "The contact list", "is empty.", "Contacts stand in the column `contact` of a manifest."
        )
    write_csv(out, _table(listed))
    out.chmod(0o600)
    return len(listed)


def on_page(site: Site, programme: Programme) -> list[Contact]:
    """Return the contact list of a programme."""
    return contacts(site.work(programme))


def as_csv(site: Site, person: Person, programme: Programme) -> bytes:
    """Return the contact list as a table for a spreadsheet; the trail says who took it."""
    listed = on_page(site, programme)
    trail.note(
        "contact list downloaded",
        who=person.email,
        programme=programme.slug,
        detail={"people": str(len(listed))},
    )
    return _table(listed).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _table(listed: list[Contact]) -> Table:
    """Return a table whose cells no spreadsheet takes for formulas."""
    return without_formulas(pd.DataFrame([asdict(one) for one in listed], columns=COLUMNS))
