"""An annotation of stretches of a conversation, read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from listening.codebook import OTHER, Codebook
from listening.labelstudio.names import CODES, MEMO, NEW_CODE, REGION_MEMO, SEVERITY
from listening.labelstudio.nouns import Coded, Item
from listening.labelstudio.offsets import to_points
from listening.labelstudio.results import (
    Found,
    Names,
    Part,
    Place,
    degree,
    no_degree,
    parts,
    unknown,
    words,
)
from listening.records import Reject, Span

_Json = Mapping[str, Any]
_OF_REGIONS = frozenset({CODES, REGION_MEMO, NEW_CODE, SEVERITY})


@dataclass
class _Region:
    id: str
    value: _Json = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    memo: str = ""
    proposed: str = ""
    severity: int | None = None
    wrong_severity: bool = False


class _Refused(Exception):  # noqa: N818
    """A stretch cannot be used; its arguments are why, and what to do."""


def read_spans(item: Item, results: Any, book: Codebook, place: Place) -> Found:
    """Return the codings of stretches, in the order of the text.

    A stretch over several turns gives a coding in each; one that touches an interviewer's words is
    refused as a whole.
    """
    names, codings = Names(book), list[Coded]()
    told, rejects = parts(results, place)
    regions, memo = _regions(told)
    for number, region in enumerate(regions, start=1):
        row = f"region {number}"
        codes: dict[str, None] = {}
        for given in region.labels:
            code = names.id_of(given)
            if code:
                codes[code] = None
            else:
                rejects.append(unknown(place, row))
        if region.proposed:
            codes[OTHER] = None
        if region.wrong_severity:
            rejects.append(no_degree(place, row))
        if not codes:
            if not region.labels:
                rejects.append(_bare(place, row))
            continue
        try:
            pieces = _pieces(item, region.value)
        except _Refused as refused:
            why, what_to_do = refused.args
            rejects.append(place.reject("stretch", why, what_to_do, row))
            continue
        codings += [_coded(region, code, piece) for code in codes for piece in pieces]
    return Found(tuple(_once(codings)), memo, tuple(rejects))


def _once(codings: Iterable[Coded]) -> list[Coded]:
    """Return codings in the order of the text; what was marked twice in the same place is one."""
    found: dict[tuple[str, Span], Coded] = {}
    for one in codings:
        first = found.setdefault((one.code, one.span), one)
        if first is not one:
            memos = dict.fromkeys(memo for memo in (first.memo, one.memo) if memo)
            graves = [grave for grave in (first.severity, one.severity) if grave is not None]
            found[one.code, one.span] = replace(
                first,
                memo="\n".join(memos),
                proposed=first.proposed or one.proposed,
                severity=max(graves, default=None),
            )
    return sorted(found.values(), key=lambda one: (one.span.start, one.span.end))


def _regions(told: Iterable[Part]) -> tuple[list[_Region], str]:
    regions: dict[str, _Region] = {}
    memo = ""
    for part in told:
        name, value = part.name, part.value
        if name == MEMO:
            memo = words(value)
        if name not in _OF_REGIONS:
            continue
        region = regions.setdefault(part.id, _Region(part.id))
        if name == CODES:
            region.value = value
            region.labels = list(value.get("paragraphlabels") or ())
        elif name == REGION_MEMO:
            region.memo = words(value)
        elif name == NEW_CODE:
            region.proposed = words(value)
        elif name == SEVERITY:
            region.severity = degree(value)
            region.wrong_severity = region.severity is None
        if "startOffset" in value and not region.value:
            region.value = value
    return list(regions.values()), memo


def _coded(region: _Region, code: str, piece: tuple[Span, str, str]) -> Coded:
    span, participant_id, quote = piece
    return Coded(
        code,
        span,
        participant_id,
        quote,
        memo=region.memo,
        proposed=region.proposed if code == OTHER else "",
        region=region.id,
        severity=region.severity,
    )


def _bare(place: Place, row: str) -> Reject:
    return place.reject(
        "stretch",
        "it carries no code.",
        "Open the item, give the stretch a code or delete it, and submit again.",
        row,
    )


def _pieces(item: Item, value: _Json) -> list[tuple[Span, str, str]]:
    """Return the stretch turn by turn: its place, who said it, and the words there."""
    first, start, last, end = _bounds(item, value)
    pieces = []
    for turn in item.turns[first : last + 1]:
        own = turn is item.turns[first]
        begin = start if own else 0
        stop = end if turn is item.turns[last] else len(turn.text)
        text = turn.text[begin:stop]
        if not text.strip():
            continue
        if not turn.participant_id:
            raise _Refused(
                "it reaches into words that are nobody's evidence: an interviewer's, or what an "
                "officer saw.",
                "Open the item and mark residents' words alone.",
            )
        pieces.append((Span(turn.start + begin, turn.start + stop), turn.participant_id, text))
    if not pieces:
        raise _Refused("it marks no words.", "Open the item and mark it again.")
    _same(value, [text for _, _, text in pieces])
    return pieces


def _bounds(item: Item, value: _Json) -> tuple[int, int, int, int]:
    """Return turn and place in it, in code points, of both ends."""
    turns = item.turns
    try:
        first, last = int(value["start"]), int(value["end"])
        units = int(value["startOffset"]), int(value["endOffset"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise _Refused("it has no place in the text.", "Open the item and mark it again.") from None
    if 0 <= first <= last < len(turns):
        start = to_points(turns[first].text, units[0])
        end = to_points(turns[last].text, units[1])
        if start is not None and end is not None and (first < last or start < end):
            return first, start, last, end
    raise _Refused(
        "it lies outside the text that was sent.",
        "Somebody changed the task or its codings by hand: open the item and mark it again.",
    )


def _same(value: _Json, quoted: Sequence[str]) -> None:
    """Check the words that Label Studio kept against those that stand there now.

    White space is left aside: a browser gives the line between two turns in its own way.
    """
    kept = value.get("text")
    if not isinstance(kept, str) or _bare_words([kept]) != _bare_words(quoted):
        raise _Refused(
            "the words that it quotes are not those that stand in its place.",
            "Open the item, delete the stretch, mark it again and submit.",
        )


def _bare_words(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())
