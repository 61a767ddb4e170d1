"""How far coding has come, by project, coder and stream: as far as the last pull knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from listening.labelstudio.nouns import BLIND
from listening.labelstudio.protocol import Server
from listening.steps.coding.naming import BOOK
from listening.steps.coding.showing import title_of
from listening.steps.work import Work
from listening.store.coding import KeptProject, Standing


@dataclass
class Row:
    """Counts of items, of one stream in one project, or put together.

    Attributes:
        sent: how many are in Label Studio; unsent: how many are still to be sent.
        to_read: of those sent, how many nobody has read or skipped.
        read, skipped: how many readings; reopen: in which something was refused.
        gone: deleted by hand in Label Studio.
    """

    stream: str = ""
    sent: int = 0
    to_read: int = 0
    read: int = 0
    skipped: int = 0
    reopen: int = 0
    unsent: int = 0
    gone: int = 0

    def add(self, one: Standing) -> None:
        """Add a standing."""
        self.sent += one.pushed
        self.to_read += one.waiting
        self.read += sum(one.read.values())
        self.skipped += sum(one.skipped.values())
        self.reopen += sum(one.unfinished.values())
        self.unsent += one.unsent
        self.gone += one.gone


@dataclass
class Project:
    """A project in Label Studio.

    Attributes:
        title: as people know it; link: where it opens, empty where that is not known.
        role: assisted, blind or adjudication; coder: whose it is, where it is one coder's.
        rows: of each stream; whole: of all.
    """

    title: str
    link: str
    role: str
    coder: str
    rows: list[Row] = field(default_factory=list)
    whole: Row = field(default_factory=Row)


@dataclass
class Coder:
    """What one coder has done: readings over all projects, and what is left in their own."""

    address: str
    read: int = 0
    skipped: int = 0
    reopen: int = 0
    left: int = 0


@dataclass(frozen=True)
class Refused:
    """Something that was coded and cannot be used, why, and where it is opened again."""

    where: str
    why: str
    what_to_do: str
    link: str


@dataclass(frozen=True)
class Progress:
    """How far it has come.

    Attributes:
        projects: in the order in which they came.
        coders: by address.
        named: who may be given more of the audit.
        refused: what cannot be used, the first of them; more: how many there are beside.
        leaving: tasks of people who withdrew that are still to be deleted in Label Studio.
    """

    projects: tuple[Project, ...]
    coders: tuple[Coder, ...]
    named: tuple[str, ...]
    refused: tuple[Refused, ...]
    more: int
    leaving: int

    def of_role(self, role: str) -> Row:
        """Return the counts of all projects of a role together."""
        found = Row()
        for one in self.projects:
            if one.role == role:
                for name in _COUNTS:
                    setattr(found, name, getattr(found, name) + getattr(one.whole, name))
        return found


_COUNTS = ("sent", "to_read", "read", "skipped", "reopen", "unsent", "gone")
#: what could not be used that a page lists
_MOST = 20


def progress(work: Work, server: Server | None) -> Progress:
    """Say how far it has come.

    Args:
        work: the workplace.
        server: for links; it is not asked anything.
    """
    standings = work.store.loop.standings()
    projects: dict[str, Project] = {}
    for one in standings:
        project = projects.setdefault(one.project.key, _project(one.project, server))
        row = Row(one.stream)
        for counts in (row, project.whole):
            counts.add(one)
        project.rows.append(row)
    named = tuple(str(one) for one in work.vault.read(BOOK).get("coders", []))
    refused = work.store.loop.rejects()
    return Progress(
        tuple(projects.values()),
        tuple(_coders(standings, named)),
        named,
        _refused(work, server, refused[:_MOST]),
        max(len(refused) - _MOST, 0),
        len(work.store.loop.leaving()),
    )


def _project(one: KeptProject, server: Server | None) -> Project:
    link = server.link(one.number) if server and one.number is not None else ""
    return Project(title_of(one), link, one.role, one.coder)


def _coders(standings: Sequence[Standing], named: Sequence[str]) -> list[Coder]:
    found: dict[str, Coder] = {one: Coder(one) for one in named}
    for one in standings:
        if one.project.role == BLIND:
            found.setdefault(one.project.coder, Coder(one.project.coder)).left += one.waiting
        for name, counts in (
            ("read", one.read),
            ("skipped", one.skipped),
            ("reopen", one.unfinished),
        ):
            for who, count in counts.items():
                coder = found.setdefault(who, Coder(who))
                setattr(coder, name, getattr(coder, name) + count)
    return [found[who] for who in sorted(found)]


def _refused(
    work: Work, server: Server | None, told: Sequence[tuple[str, int | None, Mapping[str, str]]]
) -> tuple[Refused, ...]:
    by_key = {one.key: one for one in work.store.loop.projects()}
    found = []
    for key, task, reject in told:
        project = by_key[key]
        there = server is not None and task is not None and project.number is not None
        link = server.link(int(project.number or 0), task) if server and there else ""
        where = f"{title_of(project)}, {reject['row']}"
        found.append(Refused(where, reject["why"], reject["what_to_do"], link))
    return tuple(found)
