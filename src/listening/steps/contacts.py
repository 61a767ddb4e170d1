"""The network of people who agreed to be asked again: kept in the vault, written out on request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pandas as pd

from listening.errors import NothingToDo
from listening.records import Table
from listening.steps import by_hand
from listening.steps.by_hand import Entry
from listening.steps.csvs import without_formulas, write_csv
from listening.steps.site import Site
from listening.steps.withdraw import who
from listening.steps.work import Work
from listening.store import Vault
from listening.store.accounts import Person, Programme, trail
from listening.store.accounts import uploads as sent


@dataclass(frozen=True)
class Contact:
    """Somebody who agreed to be contacted again, and who listened to them.

    Attributes:
        entered_by: e-mail address of who entered it by hand; empty where a file told it.
        entered_on: ISO date of that.
    """

    participant_id: str
    contact: str
    language: str
    officer: str
    entered_by: str = ""
    entered_on: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the list on the page.

    Attributes:
        id: of what was entered by hand; empty where a file told it.
        gone: whether nothing that the person said is kept any more.
    """

    contact: Contact
    id: str = ""
    gone: bool = False


COLUMNS = list(Contact.__dataclass_fields__)


def contacts(work: Work, officer: str = "") -> list[Contact]:
    """Return who agreed to be contacted again, by id; whoever withdrew is not among them.

    Args:
        work: the workplace.
        officer: only those whom this officer listened to.
    """
    listed = (row.contact for row in _rows(work))
    return [one for one in listed if not officer or one.officer.casefold() == officer.casefold()]


def _rows(work: Work) -> list[Row]:
    """Return what files told and what was entered by hand, by participant."""
    told = [Row(Contact(person, **how)) for person, how in work.vault.read("contacts").items()]
    told += [
        Row(
            Contact(one.participant_id, one.contact, one.language, one.officer, one.by, one.day),
            one.id,
            not work.store.file_keys_of(one.participant_id),
        )
        for one in by_hand.entries(work.vault)
    ]
    return sorted(told, key=lambda row: row.contact.participant_id)


def keep_contacts(
    vault: Vault, file_keys: Collection[str], told: Mapping[str, Mapping[str, str]]
) -> None:
    """Keep how to reach people; whoever files do not name any more is on the list no longer.

    What was entered by hand is kept apart, and stays. A person whom an id of the whole programme
    names stays: another file may have told of them.

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
            "The contact list",
            "is empty.",
            "Contacts stand in the column `contact` of a manifest, or are entered on the page.",
        )
    write_csv(out, _table(listed))
    out.chmod(0o600)
    return len(listed)


def on_page(site: Site, programme: Programme) -> list[Row]:
    """Return the contact list of a programme."""
    return _rows(site.work(programme))


def enter(
    site: Site, person: Person, programme: Programme, said: str, how: Mapping[str, str]
) -> Entry:
    """Enter how to reach somebody who agreed to it; the trail says that, and not how.

    Args:
        site: the site.
        person: who enters it.
        programme: where.
        said: withdrawal code, id or name of the person; an id or a name from one's own files.
        how: `contact` and `language`.

    Raises:
        NothingToDo: nobody is meant by it, several are, or they have withdrawn.
    """
    work = site.work(programme)
    whom = who(work, said, sent.file_keys(person, programme.slug))
    day = site.today().isoformat()
    fresh = Entry("", whom, how["contact"], how["language"], person.name, person.email, day)
    kept = by_hand.add(work.vault, fresh)
    _note(person, programme, "contact entered", kept.id)
    return kept


def entered(site: Site, programme: Programme, entry_id: str) -> Entry | None:
    """Return what was entered by hand; None where there is no such entry, or not any more."""
    return by_hand.one(site.work(programme).vault, entry_id)


def change(
    site: Site, person: Person, programme: Programme, entry: Entry, how: Mapping[str, str]
) -> bool:
    """Change how to reach somebody; False where they withdrew meanwhile, or it was removed."""
    now = replace(entry, **how, officer=person.name, by=person.email, day=site.today().isoformat())
    changed = by_hand.change(site.work(programme).vault, now)
    if changed:
        _note(person, programme, "contact changed", entry.id)
    return changed


def remove(site: Site, person: Person, programme: Programme, entry_id: str) -> bool:
    """Erase what was entered by hand; False where it is not there any more."""
    removed = by_hand.remove(site.work(programme).vault, entry_id)
    if removed:
        _note(person, programme, "contact removed", entry_id)
    return removed


def not_agreed(work: Work, file_key: str, local: str = "") -> None:
    """Take off the list whom an officer says did not agree, and who speaks in no other file.

    Args:
        work: the workplace.
        file_key: hash of the content of the file of which it is said.
        local: what the person is called in it; everybody when left out.
    """
    of_file = f"{file_key}|{local}"
    people = work.vault.read("people").items()
    theirs = {pid for key, pid in people if (key == of_file if local else key.startswith(of_file))}
    by_hand.drop(work.vault, {pid for pid in theirs if work.store.file_keys_of(pid) <= {file_key}})


def _note(person: Person, programme: Programme, action: str, entry_id: str) -> None:
    trail.note(action, who=person.email, programme=programme.slug, on=f"contacts/{entry_id}")


def as_csv(site: Site, person: Person, programme: Programme) -> bytes:
    """Return the contact list as a table for a spreadsheet; the trail says who took it."""
    listed = contacts(site.work(programme))
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
