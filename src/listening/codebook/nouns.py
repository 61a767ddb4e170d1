"""What a codebook is made of: codes, counter-examples, and the trail of what was changed."""

from __future__ import annotations

from dataclasses import dataclass

OTHER = "other"
NO_REASON = "no-reason-given"
#: only active codes are matched and counted
STATUSES = ("draft", "active", "retired")
#: what a change may be
KINDS = ("merge", "split", "rename", "retire")


@dataclass(frozen=True)
class CounterExample:
    """A text that is easily taken for one code and belongs to another."""

    text: str
    belongs_to: str


@dataclass(frozen=True)
class Code:
    """One code, as researchers define it.

    Attributes:
        id: lower-case words joined by hyphens; it never changes and never comes to mean another
            thing.
        parent: id of a broader code.
        status: one of STATUSES.
        replaced_by: of a retired code. One id: it was merged into that code, and its codings go
            there. Several: it was split, and its codings are to be read again. None: its codings
            are kept and do not count.
        codable: false for a mere heading over other codes.
        guid: by which other programs know it (REFI-QDA).
        colour: in which other programs show it, such as ``#00703c``.
    """

    id: str
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[CounterExample, ...] = ()
    parent: str = ""
    status: str = "active"
    replaced_by: tuple[str, ...] = ()
    codable: bool = True
    guid: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Change:
    """One line of the trail.

    Attributes:
        version: the version that the change made.
        what: one of KINDS.
        codes: ids of the codes that were changed.
        into: ids that they became, if any.
        date: ISO.
        by: who decided it.
        why: in their words.
        was: the name before, of a rename.
        now: the name after, of a rename.
    """

    version: str
    what: str
    codes: tuple[str, ...]
    into: tuple[str, ...] = ()
    date: str = ""
    by: str = ""
    why: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class Codebook:
    """A versioned set of codes, with the trail of how it came to be."""

    id: str
    name: str
    version: str
    language: str
    source: str
    codes: tuple[Code, ...]
    changes: tuple[Change, ...] = ()

    @property
    def label(self) -> str:
        """The codebook and its version, as every count carries it."""
        return f"{self.id} {self.version}"

    @property
    def in_use(self) -> tuple[Code, ...]:
        """The codes that are matched and counted."""
        return tuple(code for code in self.codes if code.status == "active" and code.codable)

    def code(self, code_id: str) -> Code | None:
        """Return a code by its id, or None; `other` and `no-reason-given` are always there."""
        every = (*self.codes, *ALWAYS_THERE)
        return next((code for code in every if code.id == code_id), None)

    def called(self, code_id: str) -> str:
        """Return a code's name, or the id where there is no such code."""
        found = self.code(code_id)
        return found.name if found else code_id


ALWAYS_THERE = (
    Code(OTHER, "Other", "Says something that no code of the codebook covers."),
    Code(NO_REASON, "No reason given", "Answered, but with nothing that could be coded."),
)
#: how what is always there is called, in small letters: no other code at the top has such a name
RESERVED = frozenset({OTHER, "other / new", NO_REASON, "no reason given"})
