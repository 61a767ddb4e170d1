"""What could stand beside a quote, and how many people of the sample share it: for its signer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from listening.disclosure.nouns import Crowd, group, source
from listening.disclosure.quotes import MOST_ATTRIBUTES, PLACE, SHARED, Candidate

#: why something does not stand beside a quote
HIDDEN, WHERE, FEW, TOGETHER, FULL, UNKNOWN = (
    "sensitive", "where", "few", "together", "full", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class Beside:
    """One thing that is known of who spoke.

    Attributes:
        name: the attribute; empty for the kind of source.
        people: how many participants of the sample share it.
        why: why it does not stand beside the quote; empty where it could. A release may leave it
            out all the same, where it would point to a count that is withheld.
    """

    name: str
    value: str
    people: int
    why: str


@dataclass(frozen=True)
class Shared:
    """What could stand beside a quote.

    Attributes:
        rows: the kind of source first, then attributes, the most general first.
        together: how many participants share all of what could stand there.
    """

    rows: tuple[Beside, ...]
    together: int


def inside(members: Mapping[str, Iterable[Crowd]]) -> dict[Crowd, set[str]]:
    """Return the participants of each crowd."""
    found: dict[Crowd, set[str]] = {}
    for person, crowds in members.items():
        for crowd in crowds:
            found.setdefault(crowd, set()).add(person)
    return found


def shared(
    one: Candidate, crowds: Mapping[Crowd, AbstractSet[str]], hidden: Iterable[str]
) -> Shared:
    """Say what could stand beside a quote, and why not the rest.

    Args:
        one: the quote.
        crowds: the participants of each crowd that is counted.
        hidden: attributes that never stand beside a quote.
    """
    never = {name.casefold() for name in hidden}
    together: AbstractSet[str] | None = None
    rows: list[Beside] = []
    for name, value, crowd in _in_order(one, crowds):
        people = crowds.get(crowd, frozenset())
        both = people if together is None else together & people
        full = sum(bool(row.name) and not row.why for row in rows) >= MOST_ATTRIBUTES
        why = _why_not(name, never, one.participant_id in people, len(people), len(both), full)
        if not why:
            together = both
        rows.append(Beside(name, value, len(people), why))
    return Shared(tuple(rows), len(together or ()))


def _in_order(
    one: Candidate, crowds: Mapping[Crowd, AbstractSet[str]]
) -> list[tuple[str, str, Crowd]]:
    values: dict[str, int] = {}
    for crowd in crowds:
        kind, name, *_ = (*crowd.split("|"), "")
        if kind == "group":
            values[name] = values.get(name, 0) + 1
    names = sorted(one.attributes, key=lambda name: (values.get(name, 0), name))
    told = [(name, one.attributes[name], group(name, one.attributes[name])) for name in names]
    return [("", one.source_kind, source(one.source_kind)), *told]


def _why_not(name: str, never: set[str], known: bool, alone: int, both: int, full: bool) -> str:
    if name.casefold() in never:
        return HIDDEN
    if name.casefold() == PLACE:
        return WHERE
    if not known:
        return UNKNOWN
    if alone < SHARED:
        return FEW
    if full:
        return FULL
    return "" if both >= SHARED else TOGETHER
