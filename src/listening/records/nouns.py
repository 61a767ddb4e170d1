"""Small frozen things that stages pass on beside the tables."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar, overload

from listening.records.tables import REJECTS, Table, Vectors, table_of

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Made = TypeVar("Made")


class Span(NamedTuple):
    """Half-open range of code points in a text."""

    start: int
    end: int


class Spans(Sequence[Span]):
    """Spans that are kept as numbers: a tuple of a text's tokens takes ten times its memory."""

    __slots__ = ("_ends",)

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._ends = array("I", (end for span in spans for end in span))

    def __len__(self) -> int:
        return len(self._ends) // 2

    def __iter__(self) -> Iterator[Span]:
        ends = iter(self._ends)
        return map(Span, ends, ends)

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Span, ...]: ...
    def __getitem__(self, at: int | slice) -> Span | tuple[Span, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        at = range(len(self))[at]
        return Span(self._ends[2 * at], self._ends[2 * at + 1])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Spans):
            return self._ends == other._ends
        return tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Spans({list(self)})"


class Entity(NamedTuple):
    """A range of a text and what it names (spaCy's label, or our own)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Parsed:
    """What the one spaCy pass found in a text; every span is in code points of that text."""

    text: str
    tokens: Sequence[Span] = ()
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


class Spread(Protocol):
    """Does the same work on many parts, here or on other machines.

    Which parts there are depends on the content alone, never on how many machines there are: so
    the results are the same to the byte, whoever does the work.
    """

    def __call__(
        self, work: Callable[[Shared, Part], Made], shared: Shared, parts: Iterable[Part]
    ) -> Iterator[Made]:
        """Yield `work(shared, part)` for every part, in their order.

        Args:
            work: a function of a module, so that another machine can import it.
            shared: what every part needs.
            parts: what is to be done; no words but pseudonymised ones.
        """
        ...


def in_turn(
    work: Callable[[Shared, Part], Made], shared: Shared, parts: Iterable[Part]
) -> Iterator[Made]:
    """Do the work here, one part after another: the `Spread` of one machine."""
    for part in parts:
        yield work(shared, part)
