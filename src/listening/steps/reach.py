"""The reach of the listening: officers' tallies, from `reach.csv` and the pages, beside the files.

Tallies lie in the vault, because they name officers; no tally is of a person who was approached.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from listening import priorities, sources
from listening.errors import ListeningError
from listening.records import TALLIES, Reject, Table, table_of
from listening.sources import FoundFile
from listening.steps.finding import content_of, refused
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store import Vault
from listening.store.accounts import Person, Programme, trail
from listening.store.heard import heard

SHELF = "tallies"
#: book of who was heard by which officer, by source
OFFICERS = "officers"


@dataclass(frozen=True)
class Tally:
    """What an officer recorded of one piece of listening; None is a count that nobody took.

    Attributes:
        id: a UUID.
        officer: who listened, by name.
        by: e-mail address of who recorded it.
        note: for the team; it is shown beside the tally alone.
    """

    id: str
    date: str
    officer: str
    place: str
    language: str
    method: str
    approached: int | None
    spoke: int | None
    declined: int | None
    note: str = ""
    by: str = ""
    recorded: str = ""

    @property
    def day(self) -> datetime:
        """The day of the listening."""
        return datetime.fromisoformat(self.date)


def found_beside(files: Iterable[FoundFile]) -> tuple[list[dict[str, Any]], list[Reject]]:
    """Return the rows of every `reach.csv` in plain data, and what of them is set aside."""
    rows: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    for file in files:
        try:
            table, wrong = sources.read_reach(file.name, content_of(file))
        except ListeningError as error:
            rejects.append(refused(file.name, error))
            continue
        rejects += wrong
        rows += _plain(table)
    return rows, rejects


def keep_officers(vault: Vault, told: Iterable[tuple[str, str, str]]) -> None:
    """Keep which officer heard whom.

    Args:
        vault: the vault.
        told: source, participant id and the officer's name; who is named nowhere is left out.
    """
    fresh: dict[str, dict[str, str]] = {}
    for source, participant, officer in told:
        if officer:
            fresh.setdefault(source, {})[participant] = officer
    if fresh:
        known = vault.read(OFFICERS)
        joined = {source: known.get(source, {}) | people for source, people in fresh.items()}
        vault.write(OFFICERS, known | joined)


def keep_sender(work: Work, sources: list[str], officer: str) -> None:
    """Keep that everybody of these sources was heard by who sent them, unless their file says."""
    known = work.vault.read(OFFICERS)
    told = [
        (row["source"], row["participant_id"], officer)
        for row in heard(work.store.alias, sources)
        if row["participant_id"] not in known.get(row["source"], {})
    ]
    keep_officers(work.vault, told)


def table(work: Work, names: Iterable[str], beside: list[dict[str, Any]]) -> Table:
    """Return the reach (`priorities.REACH_TABLE`) of the sources of a run.

    Args:
        work: the workplace.
        names: keys of its sources.
        beside: the rows that `found_beside` returned for it.
    """
    own = [{name: row[name] for name in TALLIES.columns} for row in map(asdict, everything(work))]
    tallies = table_of([*beside, *own], TALLIES)
    officers = work.vault.read(OFFICERS)
    rows = [
        {**row, "officer": officers.get(row["source"], {}).get(row["participant_id"], "")}
        for row in heard(work.store.alias, list(names))
    ]
    columns = ["participant_id", "people", *priorities.REACH_BY]
    return priorities.reach_of(tallies, pd.DataFrame(rows, columns=columns))


def shown(site: Site, programme: Programme) -> dict[str, list[dict[str, Any]]]:
    """Return the reach of a programme by what it is told by; "" is over everything."""
    work = site.work(programme)
    book = _newest(work)
    rows = table(work, book.get("names", {}), book.get("reach", []))
    by: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_dict("records"):
        by.setdefault(row["by"], []).append({str(name): value for name, value in row.items()})
    return by


def everything(work: Work) -> list[Tally]:
    """Return every tally that was recorded on a page, newest day first."""
    found = [Tally(**work.vault.read(book)) for book in work.vault.books(SHELF)]
    return sorted(found, key=lambda one: (one.date, one.recorded), reverse=True)


def recorded_by(site: Site, person: Person, programme: Programme) -> list[Tally]:
    """Return what somebody recorded themselves."""
    return [one for one in everything(site.work(programme)) if one.by == person.email]


def record(site: Site, person: Person, programme: Programme, said: Mapping[str, Any]) -> Tally:
    """Keep a tally.

    Args:
        site: the site.
        person: who records it, and listened.
        programme: where.
        said: `date`, `place`, `language`, `method`, the three counts and `note`.
    """
    told = Tally(
        id=str(uuid.uuid4()),
        officer=person.name,
        by=person.email,
        recorded=datetime.now(UTC).isoformat(),
        **said,
    )
    site.work(programme).vault.write(f"{SHELF}/{told.id}", asdict(told))
    _note(person, programme, "tally recorded", told)
    return told


def remove(site: Site, person: Person, programme: Programme, tally_id: str) -> bool:
    """Take back a tally of one's own; False where there is none."""
    mine = {one.id: one for one in recorded_by(site, person, programme)}
    told = mine.get(tally_id)
    if told is None:
        return False
    site.work(programme).vault.erase(f"{SHELF}/{told.id}")
    _note(person, programme, "tally removed", told)
    return True


def _newest(work: Work) -> dict[str, Any]:
    if work.store.is_empty():
        return {}
    return work.vault.read(f"runs/{work.store.run().run_id}")


def _plain(table: Table) -> list[dict[str, Any]]:
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def _note(person: Person, programme: Programme, action: str, on: Tally) -> None:
    trail.note(action, who=person.email, programme=programme.slug, on=f"{SHELF}/{on.id}")
