"""What coders gave an item, side by side and without their names, for whoever decides."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from listening.codebook import Codebook
from listening.labelstudio import shown as html
from listening.labelstudio.configs import shown
from listening.labelstudio.nouns import SPANS, SUBMITTED, Coded, Item, ItemReading
from listening.records import Span

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FEW_WORDS = 9

_Mark = tuple[str, Span]


def answers(item: Item, readings: Sequence[ItemReading], book: Codebook, seed: int) -> str:
    """Return what all gave, and what each gave besides, as HTML; A and B are drawn by item."""
    drawn = sorted((one for one in readings if one.state == SUBMITTED), key=lambda one: one.coder)
    random.Random(f"{seed} {item.key}").shuffle(drawn)  # noqa: S311 (no secret hangs on it)
    common = _common(drawn)
    agreed = [_agreed(item, mark, drawn, book) for mark in common]
    parts = [html.listed("Both gave" if len(drawn) == 2 else "All gave", agreed)]
    for letter, one in zip(_LETTERS, drawn, strict=False):
        title = f"{letter} gave{' besides' if agreed else ''}"
        parts.append(html.listed(title, _besides(item, one, common, book)))
    return "".join(parts)


def where(item: Item, span: Span) -> str:
    """Return who said it and its first words, so that it is found."""
    turn = next((turn for turn in reversed(item.turns) if turn.start <= span.start), item.turns[0])
    words = turn.text[max(0, span.start - turn.start) : span.end - turn.start].split()
    few = " ".join(words[:_FEW_WORDS]) + (" …" if len(words) > _FEW_WORDS else "")
    return f"{turn.author}, “{few}”"


def _common(readings: Sequence[ItemReading]) -> list[_Mark]:
    """Return the codes, with their exact stretches, that all gave, in the order of the text."""
    counts = Counter(mark for one in readings for mark in {_mark(coded) for coded in one.codings})
    marks = [mark for mark, count in counts.items() if count == len(readings) > 1]
    return sorted(marks, key=lambda mark: (mark[1], mark[0]))


def _mark(coded: Coded) -> _Mark:
    return (coded.code, coded.span)


def _agreed(item: Item, mark: _Mark, readings: Sequence[ItemReading], book: Codebook) -> str:
    """Return a code that all gave, with what each says of it where they differ."""
    said = [
        next(_details(coded) for coded in one.codings if _mark(coded) == mark) for one in readings
    ]
    named = _named(item, mark, book)
    if len(set(said)) == 1:
        return named + (f" ({said[0]})" if said[0] else "")
    each = [f"{letter}: {told or 'no more'}" for letter, told in zip(_LETTERS, said, strict=False)]
    return f"{named} ({' / '.join(each)})"


def _besides(
    item: Item, one: ItemReading, common: Sequence[_Mark], book: Codebook
) -> Iterator[str]:
    if not one.codings:
        yield "No code applies."
    for coded in one.codings:
        if _mark(coded) not in common:
            details = _details(coded)
            yield _named(item, _mark(coded), book) + (f" ({details})" if details else "")
    if one.memo:
        yield f"Memo: {one.memo}"


def _named(item: Item, mark: _Mark, book: Codebook) -> str:
    code, span = mark
    place = f"{where(item, span)}: " if item.layout == SPANS else ""
    return f"{place}{shown(book, code)}"


def _details(coded: Coded) -> str:
    parts = (
        f"proposed: {coded.proposed}" if coded.proposed else "",
        f"severity {coded.severity}" if coded.severity is not None else "",
        f"memo: {coded.memo}" if coded.memo else "",
    )
    return "; ".join(part for part in parts if part)
