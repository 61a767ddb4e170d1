"""Small frozen things that stages pass on beside the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from listening.records.tables import REJECTS, Table, Vectors, table_of


class Span(NamedTuple):
    """Half-open range of code points in a text."""

    start: int
    end: int


class Entity(NamedTuple):
    """A range of a text and what it names (spaCy's label, or our own)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Parsed:
    """What the one spaCy pass found in a text; every span is in code points of that text."""

    text: str
    tokens: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    phrases: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Reject:
    """One thing set aside (a row of rejects.csv)."""

    file: str
    row: str
    what: str
    why: str
    what_to_do: str

    @property
    def sentence(self) -> str:
        """The file, what happened and what to do, as a person is told."""
        return f"{self.file}: {self.why} {self.what_to_do}"


def rejects_table(rejects: Sequence[Reject]) -> Table:
    """Turn rejects into their table."""
    return table_of([vars(reject) for reject in rejects], REJECTS)


@dataclass(frozen=True)
class ReadOptions:
    """What the user says of the columns and rows of tables; empty means: recognise them.

    Attributes:
        text: names of free-text columns.
        participant: name of the column that tells people apart.
        question: name of a column holding each row's question.
        attributes: names of attribute columns.
        drop: (column, value) pairs; rows that match any are left out.
        consent: consent declared for people about whom neither file nor manifest says anything.
    """

    text: tuple[str, ...] = ()
    participant: str = ""
    question: str = ""
    attributes: tuple[str, ...] = ()
    drop: tuple[tuple[str, str], ...] = ()
    consent: str = ""


@dataclass(frozen=True)
class Speaker:
    """Somebody whose label stands in a transcript, for the person who checks.

    Attributes:
        label: as the file spells it; it may be a name.
        role: one of ROLES.
        turns: how often they speak.
        sure: whether the label or a manifest says the role; otherwise it is a guess.
    """

    label: str
    role: str
    turns: int
    sure: bool


@dataclass(frozen=True)
class Reading:
    """What was understood of one file: turns, the people who speak in them, what was refused."""

    turns: Table
    people: Table
    rejects: tuple[Reject, ...] = ()
    #: plain sentences on what was guessed, for the person who checks ("2 speakers; we think ...").
    notes: tuple[str, ...] = ()
    #: people's names that the file's structure gives away (speaker labels, title lines, id cells):
    #: the pseudonymiser looks for them in every text of the file.
    names: tuple[str, ...] = ()
    #: who speaks, where the file labels its speakers, in the order in which they are first heard.
    speakers: tuple[Speaker, ...] = ()


class Encoder(Protocol):
    """Turns texts into vectors of length 1."""

    name: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of float32 per text, each of Euclidean length 1."""
        ...
