"""What people's codings say of whom: who has been read in full, and what they raise.

METHOD.md, sections 1 and 3: nobody is in a denominator of whom a part was not read. What waits to
be settled, read again or opened again (`waiting`) is not read yet: else whatever it says would
count as nobody's concern. Of a survey those count whom the blind audit drew at random, or everybody
once all are read; whom somebody picked would bend every share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.codebook import NO_REASON
from listening.coding.selection import AUDIT, FEWEST_AUDITED
from listening.coding.waiting import read_in_full, waiting
from listening.records import Table

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Reviewed:
    """What is counted of people's codings.

    Attributes:
        people: participants who count: read in full.
        raised: distinct participant_id, code; everybody who counts and carries no code has none.
        evidence: segment_id, code of the passages that show it.
        waiting: how many people wait because words of theirs are to be settled, read again since a
            code was split, or opened again since something was refused, by SETTLE, RECODE, REOPEN.
        taught: participant_id, code of everybody read in full, drawn or not; an empty code where
            somebody raises nothing. It teaches what others may raise, and is no evidence by itself.
        lacking: by kind of source, how many more people are to be read before its order is called
            reviewed; empty when all have enough.
    """

    people: frozenset[str]
    raised: Table
    evidence: Table
    lacking: Mapping[str, int]
    taught: Table
    waiting: Mapping[str, int] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """Whether what was read may rank."""
        return bool(self.people) and not self.lacking


def reviewed(segments: Table, codings: Table, counted: Table) -> Reviewed:
    """Count what people coded.

    Args:
        segments: SEGMENTS of residents' own words, nil answers among them.
        codings: CODINGS: every reading.
        counted: the one set of codes of each unit (`adjudicate.counted`).
    """
    waits = waiting(codings)
    read = read_in_full(codings, waits)
    everybody = _in_full(segments, read)
    drawn = _in_full(segments, read[read["stream"] == AUDIT])
    surveyed = set(segments.loc[segments["source_kind"] == "survey", "participant_id"])
    people = everybody - (surveyed - drawn if surveyed - everybody else set())
    known = counted[counted["participant_id"].isin(everybody)]
    known = known.assign(code=known["code"].where(known["code_status"] == "active", ""))
    coded = known.loc[
        known["participant_id"].isin(people) & (known["code"] != ""),
        ["participant_id", "segment_id", "code"],
    ]
    return Reviewed(
        people,
        _with_silent(coded, segments, people),
        coded[["segment_id", "code"]].drop_duplicates(ignore_index=True),
        _lacking(segments, people),
        known[["participant_id", "code"]].drop_duplicates(ignore_index=True),
        Counter(why for _, why in {(who, why) for (who, _), why in waits.items()}),
    )


def segments_read(segments: Table, codings: Table) -> Flags:
    """Say of each segment whether a person has read it; a nil answer needs no reading.

    Args:
        segments: SEGMENTS.
        codings: CODINGS; a whole answer reads every segment in it.
    """
    units = codings.drop_duplicates(["document_id", "segment_id", "whole"])
    found = segments["segment_id"].isin(units.loc[~units["whole"], "segment_id"])
    answers = units.loc[units["whole"], ["document_id", "participant_id", "start", "end"]]
    places = segments[["segment_id", "document_id", "participant_id", "start", "end"]]
    inside = places.merge(answers, on=["document_id", "participant_id"], suffixes=("", "_of"))
    inside = inside[(inside["start"] < inside["end_of"]) & (inside["end"] > inside["start_of"])]
    within = segments["segment_id"].isin(inside["segment_id"])
    return np.asarray(found | within | segments["nil"], dtype=np.bool_)


def _in_full(segments: Table, codings: Table) -> frozenset[str]:
    """Return whom nothing is left to read of; whoever gave nil answers alone was never read."""
    read = segments_read(segments, codings)
    unread = set(segments.loc[~read, "participant_id"])
    return frozenset(set(codings["participant_id"]) - unread)


def _with_silent(coded: Table, segments: Table, people: frozenset[str]) -> Table:
    """Return who raises what; whoever said nothing at all gave no reason."""
    spoke = set(segments.loc[~segments["nil"], "participant_id"])
    silent = pd.DataFrame(
        [(who, NO_REASON) for who in sorted(people - spoke)], columns=["participant_id", "code"]
    )
    both = pd.concat([coded[["participant_id", "code"]], silent], ignore_index=True)
    return (
        both.astype(str)
        .drop_duplicates()
        .sort_values(["participant_id", "code"], ignore_index=True)
    )


def _lacking(segments: Table, people: frozenset[str]) -> dict[str, int]:
    """Return how many people of each source are still to be read: a hundred, or all of fewer."""
    kinds = segments.drop_duplicates("participant_id").set_index("participant_id")["source_kind"]
    there = Counter(kinds)
    read = Counter(kinds[kinds.index.isin(people)])
    lacking = {kind: min(FEWEST_AUDITED, number) - read[kind] for kind, number in there.items()}
    return {str(kind): number for kind, number in sorted(lacking.items()) if number > 0}
