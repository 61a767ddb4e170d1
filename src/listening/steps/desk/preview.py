"""The codebook as a page shows it, and what a next version would do to what was coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from listening import codebook as books
from listening.codebook import RECODE, Code, Codebook, Difference
from listening.steps.desk.books import Draft, before, current, draft
from listening.steps.work import Work

_ACTIVE = "active"
_Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Shown:
    """A code as a page shows it.

    Attributes:
        depth: how many codes it stands under.
        given: codings that count; again: those that wait to be read again.
        examples: how many there are.
        heading: whether it is no code and stands over others alone.
    """

    id: str
    name: str
    definition: str
    include: str
    exclude: str
    depth: int
    status: str
    given: int
    again: int
    examples: int
    heading: bool


@dataclass(frozen=True)
class Book:
    """The codebook that there is.

    Attributes:
        codes: in the order of its hierarchy; retired ones last.
        was: the version before; empty where none is kept.
        changed: what changed since then, in sentences.
    """

    id: str
    name: str
    version: str
    codes: tuple[Shown, ...]
    was: str
    changed: tuple[str, ...]

    @property
    def in_use(self) -> tuple[Shown, ...]:
        """The codes that may be given."""
        return tuple(one for one in self.codes if one.status == _ACTIVE and not one.heading)


@dataclass(frozen=True)
class Effect:
    """What becomes of the codings of a code."""

    said: str
    codings: int


@dataclass(frozen=True)
class Preview:
    """What a next version would change.

    Attributes:
        draft: the version.
        from_version: the version that there is; empty where it is the first.
        changes: what changes, in sentences; ask: those at which somebody should look first.
        effects: what becomes of codings.
    """

    draft: Draft
    from_version: str
    changes: tuple[str, ...]
    ask: tuple[str, ...]
    effects: tuple[Effect, ...]

    @property
    def again(self) -> int:
        """How many codings are to be read again."""
        return sum(one.codings for one in self.effects if one.said.startswith(_AGAIN))


_AGAIN = "To be read again"


def book_now(work: Work) -> Book | None:
    """Return the codebook that there is; None before there is one."""
    found = current(work)
    if found is None:
        return None
    book = found[1]
    was = before(work, book)
    told = books.differences(was, book) if was else []
    changed = tuple(one.sentence for one in told if one.what != "version")
    counts = work.store.loop.given(book.id)
    codes = tuple(_shown(code, depth, counts) for code, depth in _in_order(book))
    return Book(book.id, book.name, book.version, codes, was.version if was else "", changed)


def preview(work: Work) -> Preview | None:
    """Return what the version that is prepared would change; None where none is."""
    next_one = draft(work)
    if next_one is None:
        return None
    found = current(work)
    if found is None:
        codes = next_one.book.in_use
        said = tuple(f"Code “{code.name}” is new." for code in codes)
        return Preview(next_one, "", said, (), ())
    old = found[1]
    told = [one for one in books.differences(old, next_one.book) if one.what != "version"]
    effects = tuple(_effects(old, next_one.book, work.store.loop.given(old.id)))
    return Preview(next_one, old.version, _said(told, False), _said(told, True), effects)


def _said(told: list[Difference], mend: bool) -> tuple[str, ...]:
    return tuple(one.sentence for one in told if one.mend == mend)


def _effects(old: Codebook, new: Codebook, counts: _Counts) -> Iterator[Effect]:
    for code, fate in books.crosswalk(old, new).fates.items():
        count = counts.get(code, {}).get(_ACTIVE, 0)
        if not count or (fate.standing == _ACTIVE and fate.code == code):
            continue
        name = old.called(code)
        if fate.standing == RECODE:
            yield Effect(f"{_AGAIN}, and not counted until then: “{name}”", count)
        elif fate.code != code:
            yield Effect(f"From “{name}” to “{new.called(fate.code)}”", count)
        else:
            yield Effect(f"Kept under “{name}”, and not counted any more", count)


def _shown(code: Code, depth: int, counts: _Counts) -> Shown:
    own = counts.get(code.id, {})
    return Shown(
        code.id,
        code.name,
        code.definition,
        code.include,
        code.exclude,
        depth,
        code.status,
        own.get(_ACTIVE, 0),
        own.get(RECODE, 0),
        len(code.examples),
        not code.codable,
    )


def _in_order(book: Codebook) -> Iterator[tuple[Code, int]]:
    """Yield codes with how deep they stand, each under its parent; what is retired comes last."""
    alive = [code for code in book.codes if code.status != "retired"]
    known = {code.id for code in alive}
    under: dict[str, list[Code]] = {}
    for code in alive:
        under.setdefault(code.parent if code.parent in known else "", []).append(code)

    def below(parent: str, depth: int) -> Iterator[tuple[Code, int]]:
        for code in under.get(parent, []):
            yield code, depth
            yield from below(code.id, depth + 1)

    yield from below("", 0)
    yield from ((code, 0) for code in book.codes if code.status == "retired")
