"""Replacing ranges of a text and carrying every span of its parse along, exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple, TypeVar

import pandas as pd
import pandera.pandas as pa

from listening.records import TEXT, Entity, Parsed, Span, Spans

#: The edit log: what was replaced where, never the words themselves. Offsets are code points of
#: the original text of that index.
EDITS = pa.DataFrameSchema(
    {
        "text_index": pa.Column(int, checks=[pa.Check.ge(0)]),
        "start": pa.Column(int, checks=[pa.Check.ge(0)]),
        "end": pa.Column(int, checks=[pa.Check.ge(1)]),
        "kind": pa.Column(pd.StringDtype(na_value=TEXT.na_value), coerce=True),
        "replacement": pa.Column(pd.StringDtype(na_value=TEXT.na_value), coerce=True),
    },
    strict=True,
    name="edits",
)


class Find(NamedTuple):
    """A range of a text that must go, what it is, and what to write instead ("" = by its kind)."""

    start: int
    end: int
    kind: str
    replacement: str = ""


_Ranged = TypeVar("_Ranged", Span, Entity)


def settle(finds: Iterable[Find]) -> list[Find]:
    """Return finds that no longer overlap: the longest gives its kind to all that it touches.

    What sticks out of the longest goes too, so that no half of an identifier is left behind. Of
    two equally long ones the one given first wins.
    """
    settled: list[Find] = []
    longest: Find | None = None
    for find in sorted(finds, key=lambda f: f.start):
        if longest is None or find.start >= settled[-1].end:
            settled.append(find)
            longest = find
            continue
        if find.end - find.start > longest.end - longest.start:
            longest = find
        settled[-1] = longest._replace(start=settled[-1].start, end=max(settled[-1].end, find.end))
    return settled


def apply(parsed: Parsed, edits: Sequence[Find]) -> Parsed:
    """Return `parsed` with each edit's range replaced and every span moved to the new text.

    A replacement is one token. Entities and phrases that it touches are dropped; sentences that it
    spans become one.

    Args:
        parsed: the text and its spans.
        edits: sorted, not overlapping, each inside the text and not empty.
    """
    if not edits:
        return parsed
    shift = _Shift(edits)
    kept, last = [], 0
    for edit in edits:
        kept += [parsed.text[last : edit.start], edit.replacement]
        last = edit.end
    kept.append(parsed.text[last:])
    return replace(
        parsed,
        text="".join(kept),
        tokens=_tokens(parsed, edits, shift),
        sentences=_sentences(parsed, edits, shift),
        entities=shift.untouched(parsed.entities),
        phrases=shift.untouched(parsed.phrases),
    )


class _Shift:
    """Maps positions of the old text, outside the edits, to the new one."""

    def __init__(self, edits: Sequence[Find]) -> None:
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        growth = [len(edit.replacement) - (edit.end - edit.start) for edit in edits]
        self._growth = [0, *accumulate(growth)]

    def __call__(self, position: int) -> int:
        return position + self._growth[bisect_right(self._ends, position)]

    def touches(self, start: int, end: int) -> bool:
        first = bisect_right(self._ends, start)
        return first < len(self._starts) and self._starts[first] < end

    def untouched(self, spans: tuple[_Ranged, ...]) -> tuple[_Ranged, ...]:
        return tuple(
            s._replace(start=self(s.start), end=self(s.end))
            for s in spans
            if not self.touches(s.start, s.end)
        )


def _tokens(parsed: Parsed, edits: Sequence[Find], shift: _Shift) -> Spans:
    found = [Span(shift(e.start), shift(e.start) + len(e.replacement)) for e in edits]
    for token in parsed.tokens:
        if not shift.touches(token.start, token.end):
            found.append(Span(shift(token.start), shift(token.end)))
            continue
        at = token.start
        for edit in edits:
            if edit.end <= at or edit.start >= token.end:
                continue
            if edit.start > at:
                found.append(Span(shift(at), shift(edit.start)))
            at = edit.end
        if at < token.end:
            found.append(Span(shift(at), shift(token.end)))
    return Spans(sorted(found))


def _sentences(parsed: Parsed, edits: Sequence[Find], shift: _Shift) -> tuple[Span, ...]:
    joined: list[Span] = []
    for sentence in parsed.sentences:
        start, end = sentence
        for edit in edits:
            if edit.start < end and edit.end > start:
                start, end = min(start, edit.start), max(end, edit.end)
        if joined and start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    # A start inside an edit cannot be: the edit's own start has been taken in above.
    return tuple(Span(shift(s.start), shift(s.end)) for s in joined)


def compose(first: Sequence[Find], second: Sequence[Find], text: str) -> list[Find]:
    """Return the edits of the original text that do what `first` and then `second` do.

    Args:
        first: edits of the original text.
        second: edits of what `first` made of it.
        text: what `first` made of it.
    """
    edits = list(first)
    for edit in reversed(second):  # from the right, so that offsets to the left stay true
        edits = _compose_one(edits, edit, text)
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return edits


def _compose_one(edits: list[Find], later: Find, text: str) -> list[Find]:
    before: list[Find] = []
    touched: list[tuple[Find, int]] = []
    after: list[Find] = []
    growth, growth_before, growth_touched = 0, 0, 0
    for edit in edits:
        start = edit.start + growth
        end = start + len(edit.replacement)
        growth += len(edit.replacement) - (edit.end - edit.start)
        if end <= later.start:
            before.append(edit)
            growth_before = growth
        elif start >= later.end:
            after.append(edit)
        else:
            touched.append((edit, start))
            growth_touched = growth
    if not touched:
        return [
            *before,
            later._replace(start=later.start - growth_before, end=later.end - growth_before),
            *after,
        ]
    head_start, (tail, tail_start) = touched[0][1], touched[-1]
    low = min(later.start, head_start)
    high = max(later.end, tail_start + len(tail.replacement))
    whole = text[low : later.start] + later.replacement + text[later.end : high]
    merged = Find(low - growth_before, high - growth_touched, later.kind, whole)
    return [*before, merged, *after]
