"""Who read which segment and what they found there, from rows of `codings.csv`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from listening.records import Reject, Table

NEEDED = ("participant_id", "segment_id", "code", "coder")
#: a code, and where a stretch of text that carries it begins and ends
Span = tuple[str, int, int]
#: of a place in a text: no text is as long
_DIGITS = 10


@dataclass(frozen=True)
class Reading:
    """What one coder found in one segment.

    Attributes:
        coder: who read it, by the name without capitals.
        codes: what they found; empty where they found nothing.
        spans: where, as far as they marked it.
    """

    coder: str
    codes: frozenset[str]
    spans: frozenset[Span]


@dataclass(frozen=True)
class Segment:
    """A segment that two or more coders have read.

    Attributes:
        participant_id: who said it; empty where that is not told.
        segment_id: its id; a participant's segments differ in it.
        text: its words, empty where the table does not hold them.
        question: what was asked, empty where that is not told.
        readings: at least two, by coder.
    """

    participant_id: str
    segment_id: str
    text: str
    question: str
    readings: tuple[Reading, ...]

    @property
    def person(self) -> str:
        """Whom it is drawn together with; where nobody is named, it stands for somebody alone."""
        return self.participant_id or f"segment {self.segment_id}"


@dataclass(frozen=True)
class DoubleCoded:
    """What can be compared.

    Attributes:
        segments: those that two or more have read, by participant and segment.
        read: how many segments anybody has read.
        coders: everybody who has read anything, by name without capitals.
        merged: how many of them were written in several ways.
        codes: every code that counts and that anybody has applied anywhere, by id.
        notes: what a person should know, in sentences.
        rejects: rows that could not be used in full, with the reason.
    """

    segments: tuple[Segment, ...]
    read: int
    coders: tuple[str, ...]
    merged: int
    codes: tuple[str, ...]
    notes: tuple[str, ...]
    rejects: tuple[Reject, ...]


#: participant and segment
_Key = tuple[str, str]


@dataclass
class _Found:
    """A reading while its rows come in."""

    codes: set[str] = field(default_factory=set)
    spans: set[Span] = field(default_factory=set)


def double_coded(codings: Table, name: str = "codings.csv") -> DoubleCoded:
    """Return the segments that two or more people have read, with what each found.

    Rows whose `origin` is not `human` are the machine's and left out. A row whose `code_status` is
    not `active` says that somebody read the segment, and no more. Names of coders that differ in
    capitals or spaces alone are one person's: nobody agrees with themselves.

    Args:
        codings: text columns, at least NEEDED; `origin`, `code_status`, `codebook_version`, `text`,
            `question`, `start` and `end` where there are any.
        name: what rejects call the table.
    """
    found: dict[_Key, dict[str, _Found]] = {}
    words: dict[_Key, tuple[str, str]] = {}
    spellings: dict[str, set[str]] = {}
    rejects: list[Reject] = []
    for position, row in enumerate(codings.to_dict("records")):
        if _plain(row.get("origin", _PERSON)) != _PERSON:
            continue
        key, coder = (
            (row["participant_id"].strip(), row["segment_id"].strip()),
            _plain(row["coder"]),
        )
        if not key[1] or not coder:
            rejects.append(_reject(name, position, *_NOBODY))
            continue
        spellings.setdefault(coder, set()).add(row["coder"])
        if not words.get(key, ("",))[0]:
            words[key] = (row.get("text", ""), row.get("question", ""))
        told = _take(row, found.setdefault(key, {}).setdefault(coder, _Found()))
        if told:
            rejects.append(_reject(name, position, *told))
    segments = tuple(
        Segment(*key, *words[key], _readings(by_coder))
        for key, by_coder in sorted(found.items())
        if len(by_coder) > 1
    )
    merged = sum(len(ways) > 1 for ways in spellings.values())
    everything = [one for by_coder in found.values() for one in by_coder.values()]
    return DoubleCoded(
        segments,
        len(found),
        tuple(sorted(spellings)),
        merged,
        tuple(sorted({code for one in everything for code in one.codes})),
        _notes(codings, merged),
        tuple(rejects),
    )


def _plain(name: str) -> str:
    """Return a name as it is compared: whoever wrote it with other capitals or spaces meant it."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _readings(by_coder: Mapping[str, _Found]) -> tuple[Reading, ...]:
    return tuple(
        Reading(coder, frozenset(one.codes), frozenset(one.spans))
        for coder, one in sorted(by_coder.items())
    )


def _take(row: Mapping[Any, str], reading: _Found) -> tuple[str, str] | None:
    """Add what a row says to a reading; return what is wrong with it, and what to do."""
    code = _code(row)
    if not code:
        return None
    reading.codes.add(code)
    place = _place(row)
    if place:
        reading.spans.add((code, *place))
    return _NO_PLACE if place is None else None


#: `origin` of what a person coded
_PERSON = "human"
_NOBODY = (
    "It does not say which segment was read, or by whom.",
    "Fill in segment_id and coder in every row.",
)
_NO_PLACE = (
    "Its start and end are no whole numbers, the start before the end: it counts as a code of the "
    "whole segment.",
    "Mend them, or leave both empty.",
)


def _reject(name: str, position: int, why: str, what_to_do: str) -> Reject:
    return Reject(name, str(position + 2), "One coding", why, what_to_do)


def _code(row: Mapping[Any, str]) -> str:
    counts = _plain(row.get("code_status", "")) in ("", "active")
    return row["code"].strip() if counts else ""


def _place(row: Mapping[Any, str]) -> tuple[int, int] | tuple[()] | None:
    """Return where a coding begins and ends, nothing where that is not told, None where wrongly."""
    start, end = row.get("start", "").strip(), row.get("end", "").strip()
    if not start and not end:
        return ()
    if not all(one.isdecimal() and len(one) < _DIGITS for one in (start, end)):
        return None
    if int(start) >= int(end):
        return None
    return int(start), int(end)


def _notes(codings: Table, merged: int) -> tuple[str, ...]:
    notes = []
    if merged:
        names = "The name of 1 coder is" if merged == 1 else f"The names of {merged} coders are"
        notes.append(
            f"{names} written in several ways that differ in capitals or spaces alone: taken for "
            "one person each."
        )
    people = codings
    if "origin" in codings:
        people = codings[codings["origin"].map(_plain) == _PERSON]
        if left := len(codings) - len(people):
            notes.append(f"Rows left out because their origin is not human: {left}.")
    if "code_status" in people:
        status = people["code_status"].map(_plain)
        if resting := int((~status.isin(["", "active"])).sum()):
            notes.append(
                f"Codings of codes that were split or retired, or are drafts: {resting}. Their "
                "segments count as read, without these codes."
            )
    if "codebook_version" in people:
        versions = sorted({v for v in people["codebook_version"].str.strip() if v})
        if len(versions) > 1:
            notes.append(
                f"The codings were made under {len(versions)} versions ({', '.join(versions)}): "
                "what differs may be the codebook. Carry them to one version first, with "
                "`listening codebook migrate`."
            )
    return tuple(notes)
