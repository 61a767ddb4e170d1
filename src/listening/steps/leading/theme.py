"""One priority's page: what it says, who said it, what they want, and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from listening.report import certainty, doubts, equity, themes
from listening.report.passages import Passage
from listening.steps import signing
from listening.steps.kept_results import KeptResults
from listening.steps.leading.first import Row, rows
from listening.steps.leading.standing import Document
from listening.steps.work import Work


@dataclass(frozen=True)
class Quoted:
    """A candidate quote.

    Attributes:
        passage: its words, and where they come from.
        decision: `signed`, `refused` or `waits`; by: who decided, and when.
    """

    passage: Passage
    decision: str
    by: str


@dataclass(frozen=True)
class One:
    """Everything on the page of one theme.

    Attributes:
        row: as it stands in the list; axis and axis_title: of the chart there.
        facts: sentences on its figures and its place.
        asks: heading, passages: what people need, and what they asked for.
        quotes: up to three.
        against: passages that may contradict it.
        sources: source, how many raised it there, what sampling would allow.
        group_head, groups: the table of groups.
        differs: sentences on who raises it more or less often than others.
        protected: for whom it matters most.
        not_heard: groups that were hardly heard, with what that means; none_missing where none.
        changes: where it would stand under other choices.
        before, after: id and name of its neighbours in the order; None at the ends.
    """

    row: Row
    axis: tuple[tuple[float, str], ...]
    axis_title: str
    sure: str
    facts: tuple[str, ...]
    asks: tuple[tuple[str, tuple[Passage, ...]], ...]
    quotes: tuple[Quoted, ...]
    against: tuple[Passage, ...]
    sources: tuple[tuple[str, ...], ...]
    group_head: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    differs: tuple[str, ...]
    protected: tuple[str, ...]
    not_heard: tuple[tuple[str, str], ...]
    none_missing: str
    changes: tuple[str, ...]
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def theme(work: Work, kept: KeptResults, told: Document, wanted: str) -> One | None:
    """Return the page of one theme; None where there is no such theme among the ranked."""
    priorities = told["priorities"]
    place = next((n for n, one in enumerate(priorities) if one["id"] == wanted), None)
    if place is None:
        return None
    found = priorities[place]
    said = themes.one(found, told, {})
    laid = rows(told)
    voices = doubts.voices(told)
    return One(
        row=laid.rows[place],
        axis=laid.axis,
        axis_title=laid.axis_title,
        sure=certainty.repeats(found, told),
        facts=tuple(said["facts"]),
        asks=tuple((heading, tuple(items)) for heading, items in said["asks"]),
        quotes=_quotes(work, kept, wanted, [*said["quotes"], *said["more"]], found["quotes"]),
        against=tuple(said["against"]),
        sources=tuple(said["sources"]),
        group_head=tuple(said["group_head"]),
        groups=tuple(said["groups"]),
        differs=tuple(
            sentence
            for one, sentence in zip(
                told["differences"], equity.differs(told)["sentences"], strict=True
            )
            if one["id"] == wanted
        ),
        protected=tuple(
            sentence
            for one, sentence in zip(told["protected"], voices["protected"], strict=True)
            if one["id"] == wanted
        ),
        not_heard=tuple(voices["not_heard"]),
        none_missing=voices["none_missing"],
        changes=tuple(doubts.of_theme(found, told)),
        before=_neighbour(priorities, place - 1),
        after=_neighbour(priorities, place + 1),
    )


def _quotes(
    work: Work,
    kept: KeptResults,
    wanted: str,
    passages: Sequence[Passage],
    quotes: Sequence[Mapping[str, Any]],
) -> tuple[Quoted, ...]:
    """Return the quotes of a theme with what was decided on each."""
    decided = {
        one.segment_id: one for one in signing.waiting(work, kept.folder) if one.theme == wanted
    }
    told = []
    for passage, quote in zip(passages, quotes, strict=True):
        one = decided.get(quote["segment_id"])
        told.append(Quoted(passage, one.decision if one else "waits", one.by if one else ""))
    return tuple(told)


def _neighbour(priorities: Sequence[Mapping[str, Any]], place: int) -> tuple[str, str] | None:
    if not 0 <= place < len(priorities):
        return None
    return priorities[place]["id"], priorities[place]["name"]
