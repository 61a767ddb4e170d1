"""Quotes on pages: each as it would be published, with what could say who spoke, and a decision."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listening import privacy
from listening.disclosure import quotes, telling
from listening.disclosure.beside import Beside, Shared
from listening.errors import NothingToDo
from listening.steps import kept_quotes, signing
from listening.steps.kept_results import KeptResults, document
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Person, Programme, trail
from listening.store.releases import NO, REFUSED, SIGNED, TAKEN_BACK, YES, Around, Decision

__all__ = ["DECISIONS", "NO", "REFUSED", "SIGNED", "TAKEN_BACK", "YES", "Beside", "Board", "Given",
           "One", "Piece", "Shared", "board", "decide", "one"]  # fmt: skip

#: what may be decided on a page
DECISIONS = (SIGNED, REFUSED, TAKEN_BACK)
#: languages in which what could say who spoke is looked for
LOOKED_IN = ("en", "unsure", "")
_KINDS = {stand_in: kind for kind, stand_in in privacy.DESCRIPTORS.items()} | {"[a name]": "person"}
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Piece:
    """A part of a quote as it would be published.

    Attributes:
        kind: what was taken out (`person`, `school`), `place` where a public place is made general,
            `brackets` for any other words in square brackets; of words that may say who spoke one
            of `telling.KINDS`; empty for the rest.
        was: a public place's own name.
    """

    text: str
    kind: str = ""
    was: str = ""


@dataclass(frozen=True)
class Row:
    """A quote in the list."""

    id: str
    text: str
    voice: str
    decision: str
    by: str
    why: str


@dataclass(frozen=True)
class Board:
    """Every candidate quote.

    Attributes:
        themes: name of each theme that has any, in the order of rank, with its quotes.
        first: id of the first that waits; empty where none does.
        waits, signed, refused: how many.
    """

    themes: tuple[tuple[str, tuple[Row, ...]], ...]
    first: str
    waits: int
    signed: int
    refused: int


@dataclass(frozen=True)
class One:
    """One quote, with all that its signer needs.

    Attributes:
        number: its place in the list, from 1; of: how many there are.
        previous, following: ids of its neighbours; empty at the ends.
        pieces: the quote as it would be published.
        before, after: the sentences around it, for the signer alone.
        original: the words that were translated; empty where it is no translation.
        beside: what could stand beside it; None where that cannot be said, with `beside_why`.
        rare: words that nobody else used.
        looked: whether what may say who spoke was looked for: the language is understood.
        may: whether its person agreed to be quoted, and the consent holds.
        as_said: whether the words are those that the store holds.
        decision: what holds; None while it waits.
        log: every decision, the newest first.
        words: hash of what is read here; seen: how many decisions there were when it was read.
    """

    id: str
    number: int
    of: int
    previous: str
    following: str
    theme: str
    statement: str
    voice: str
    source_kind: str
    question: str
    pieces: tuple[Piece, ...]
    before: str
    after: str
    language: str
    original: str
    beside: Shared | None
    beside_why: str
    rare: tuple[str, ...]
    looked: bool
    may: bool
    as_said: bool
    decision: Decision | None
    log: tuple[Decision, ...]
    words: str
    seen: int


@dataclass(frozen=True)
class Given:
    """A decision as a page brings it.

    Attributes:
        decision: one of DECISIONS.
        words: hash of what was read; seen: how many decisions there were then.
        speaks: whether it speaks for its theme: YES or NO; empty where that was not said.
    """

    decision: str
    why: str
    words: str
    seen: int
    speaks: str = ""


def quote_id(one: quotes.Candidate) -> str:
    """Return what names a quote in addresses and in the trail."""
    return hashlib.sha256(f"{one.segment_id}|{one.theme}".encode()).hexdigest()[:16]


def board(work: Work, kept: KeptResults) -> Board:
    """Return every candidate quote of kept results, by theme."""
    signing.take_over(work, kept.folder)
    found, names = _candidates(work, kept)
    log = _log(work)
    themes: dict[str, list[Row]] = {}
    for candidate in found:
        name = names.get(candidate.theme, (candidate.theme, ""))[0]
        themes.setdefault(name, []).append(_row(candidate, log))
    rows = [row for of in themes.values() for row in of]
    many = {word: sum(row.decision == word for row in rows) for word in _WORDS}
    first = next((row.id for row in rows if row.decision == signing.WAITS), "")
    return Board(tuple((name, tuple(of)) for name, of in themes.items()), first, *many.values())


_WORDS = (signing.WAITS, SIGNED, REFUSED)


def one(work: Work, kept: KeptResults, quote: str) -> One:
    """Return one quote with all that its signer needs.

    Raises:
        NothingToDo: it is no candidate of these results any more.
    """
    found, names = _candidates(work, kept)
    ids = [quote_id(candidate) for candidate in found]
    if quote not in ids:
        raise NothingToDo("This quote", "is not among the results any more.", "See the list.")
    at = ids.index(quote)
    candidate = found[at]
    around = work.store.releases.around(candidate.segment_id) or Around("", "", "", "", "")
    log = _log(work).get((candidate.segment_id, candidate.theme), [])
    looked = candidate.translated or around.language in LOOKED_IN
    known = kept_quotes.known(work, kept.folder)
    name, statement = names.get(candidate.theme, (candidate.theme, ""))
    text = quotes.general(candidate.text, candidate.places)
    return One(
        id=quote,
        number=at + 1,
        of=len(ids),
        previous=ids[at - 1] if at else "",
        following=ids[at + 1] if at + 1 < len(ids) else "",
        theme=name,
        statement=statement,
        voice=candidate.voice,
        source_kind=candidate.source_kind,
        question=around.question,
        pieces=tuple(_pieces(candidate, text, looked)),
        before=_sentences(around.before)[-1],
        after=_sentences(around.after)[0],
        language=around.language,
        original=around.beside if candidate.translated else "",
        beside=known.beside.get((candidate.segment_id, candidate.theme)),
        beside_why=known.why,
        rare=tuple(telling.rare(text, known.people, known.of)) if looked else (),
        looked=looked,
        may=candidate.may,
        as_said=candidate.as_said,
        decision=signing.standing(candidate, log[-1] if log else None),
        log=tuple(reversed(log)),
        words=signing.fingerprint(candidate.text),
        seen=len(log),
    )


def decide(
    site: Site, person: Person, programme: Programme, kept: KeptResults, quote: str, given: Given
) -> str:
    """Write a decision into the log, with a line in the trail.

    Returns:
        The id of the next quote that waits, after this one and then from the start; empty where
        none does.

    Raises:
        NothingToDo: the quote is not there any more, or is not what was read.
        ListeningError: it may not be signed off.
    """
    work = site.work(programme)
    with work.alone():  # whoever withdraws meanwhile is out before anything is written
        found, _ = _candidates(work, kept)
        candidate = next((c for c in found if quote_id(c) == quote), None)
        if candidate is None:
            raise NothingToDo("This quote", "is not among the results any more.", "See the list.")
        log = _log(work).get((candidate.segment_id, candidate.theme), [])
        if given.words != signing.fingerprint(candidate.text) or given.seen != len(log):
            raise NothingToDo(
                "This quote",
                "has changed since you opened it, or somebody decided on it meanwhile.",
                "Read it once more, then decide.",
            )
        name, speaks = person.name or person.email, given.speaks
        signing.enter(work, candidate, given.decision, name, given.why, speaks)
    trail.note(
        f"quote {_SAID[given.decision]}",
        who=person.email,
        programme=programme.slug,
        on=f"quotes/{quote}",
    )
    return _next(work, found, quote)


_SAID: Mapping[str, str] = {
    SIGNED: "signed off", REFUSED: "refused", TAKEN_BACK: "decision taken back",
}  # fmt: skip


def _next(work: Work, found: Sequence[quotes.Candidate], quote: str) -> str:
    log = _log(work)
    rows = [_row(candidate, log) for candidate in found]
    at = next(place for place, row in enumerate(rows) if row.id == quote)
    waiting = [row.id for row in (*rows[at + 1 :], *rows[:at]) if row.decision == signing.WAITS]
    return waiting[0] if waiting else ""


def _candidates(
    work: Work, kept: KeptResults
) -> tuple[list[quotes.Candidate], dict[str, tuple[str, str]]]:
    """Return candidates in the order of rank, and name and statement of each theme."""
    told = document(kept)
    ranked = [*told["priorities"], *told.get("apart", ())]
    names = {one["id"]: (str(one["name"]), str(one.get("statement", ""))) for one in ranked}
    order = {theme: place for place, theme in enumerate(names)}
    found = signing.candidates(work, kept.folder)
    return sorted(found, key=lambda one: order.get(one.theme, len(order))), names


def _log(work: Work) -> dict[tuple[str, str], list[Decision]]:
    found: dict[tuple[str, str], list[Decision]] = {}
    for decision in work.store.releases.every_decision():
        found.setdefault((decision.segment_id, decision.theme), []).append(decision)
    return found


def _row(one: quotes.Candidate, log: Mapping[tuple[str, str], list[Decision]]) -> Row:
    own = log.get((one.segment_id, one.theme), [])
    holds = signing.standing(one, own[-1] if own else None)
    text = quotes.general(one.text, one.places)
    word = holds.decision if holds else signing.WAITS
    by = f"{holds.by}, {holds.day}" if holds else ""
    return Row(quote_id(one), text, one.voice, word, by, holds.why if holds else "")


def _pieces(one: quotes.Candidate, text: str, looked: bool) -> list[Piece]:
    """Cut a quote as it would be published where something was taken out or may say who spoke."""
    places: dict[str, list[str]] = {}
    for start, end, kind in one.places:
        places.setdefault(quotes.general(one.text[start:end], [(0, end - start, kind)]), []).append(
            one.text[start:end]
        )
    marks = [(m.start(), m.end(), "") for m in telling.STAND_IN.finditer(text)]
    marks += list(telling.flags(text)) if looked else []
    pieces, last = [], 0
    for start, end, kind in sorted(marks):
        if start > last:
            pieces.append(Piece(text[last:start]))
        words = text[start:end]
        was = "" if kind or not places.get(words) else places[words].pop(0)
        stood = "place" if was else _KINDS.get(words, "brackets")
        pieces.append(Piece(words, kind or stood, was))
        last = end
    return [*pieces, Piece(text[last:])] if last < len(text) else pieces


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text.strip())] or [""]
