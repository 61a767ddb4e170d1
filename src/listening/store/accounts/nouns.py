"""What the accounts hand out: small frozen values, never rows of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

OFFICER, RESEARCHER, LEAD, ADMINISTRATOR = "officer", "researcher", "lead", "administrator"
SAFEGUARDING = "safeguarding"
#: what somebody may be in a programme; one person may be several
ROLES: tuple[str, ...] = (OFFICER, RESEARCHER, LEAD, ADMINISTRATOR, SAFEGUARDING)

WAITING, READING, KEPT, REFUSED, STOPPED = "waiting", "reading", "kept", "refused", "stopped"
#: what may become of an upload: it waits for its officer, is being read, was kept, was refused,
#: or was stopped by a fault of ours and may be tried again
STATES: tuple[str, ...] = (WAITING, READING, KEPT, REFUSED, STOPPED)


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: int
    email: str
    name: str


@dataclass(frozen=True)
class Programme:
    """A programme of listening; `slug` names it in addresses and folders."""

    slug: str
    name: str


@dataclass(frozen=True)
class Member:
    """One role of one person in one programme."""

    id: int
    person: Person
    programme: Programme
    role: str


@dataclass(frozen=True)
class Invitation:
    """A link that was sent and may still be used.

    Without a programme it lets somebody who has an account choose a new password.
    """

    email: str
    programme: Programme | None
    role: str
    expires: datetime


@dataclass(frozen=True)
class PanelLink:
    """The link of a resident panel: whose, until when, for how many, and whether it was closed."""

    panel: str
    programme: Programme
    expires: datetime
    closed: datetime | None
    most: int


@dataclass(frozen=True)
class Upload:
    """One file that an officer sent, without its name and its words: those lie in the vault."""

    id: str
    programme: Programme
    officer: Person
    state: str
    source_key: str
    added: datetime

    @property
    def book(self) -> str:
        """Name of what the vault holds of it."""
        return f"uploads/{self.id}"


@dataclass(frozen=True)
class Change:
    """One line of the trail: who did what, when, to what."""

    when: datetime
    who: str
    programme: str
    action: str
    object: str
    detail: Mapping[str, str]
