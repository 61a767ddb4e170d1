"""The experience map: what people met on a journey, step by step, and how it was for them.

How it was is what people coded: codes of things that went well or badly, or how grave coders found
what was said. No machine guesses at anybody's feelings. The unit is a person, as everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from listening.programme import Journey
from listening.records import CODINGS, Reject, Table, check

#: fewer people who say how it was are no ground for a high or a low point
FEWEST = 5
#: how a person was left by a step
GOOD, BAD, BOTH = "good", "bad", "both"


@dataclass(frozen=True)
class StepTold:
    """What is known of one step.

    Attributes:
        name: of the step.
        codes: ids of its codes that the codebook knows.
        people: how many people spoke of it; segments: in how many passages.
        good: how many of them for whom it went well, bad: badly, both: the one and the other.
        grave: the mean of how grave coders found it, each person once; None where nobody marked it.
        grave_people: of how many people that is known.
        point: `high`, `low`, or empty.
        evidence: ids of its passages with how each was: good, bad, both or empty.
    """

    name: str
    codes: tuple[str, ...]
    people: int
    segments: int
    good: int
    bad: int
    both: int
    grave: float | None
    grave_people: int
    point: str
    evidence: tuple[tuple[str, str], ...]

    @property
    def said(self) -> int:
        """How many people said how it was."""
        return self.good + self.bad + self.both

    @property
    def balance(self) -> float | None:
        """From −1, it went badly for all who say how it was, to 1; None where too few do."""
        return (self.good - self.bad) / self.said if self.said >= FEWEST else None


def experience(
    journey: Journey, codings: Table, under: Mapping[str, Collection[str]]
) -> tuple[tuple[StepTold, ...], tuple[Reject, ...]]:
    """Return what people's codings say of each step of a journey.

    Args:
        journey: the programme's.
        codings: CODINGS that count, one set of codes on each passage (`counted`).
        under: code id to itself and the codes below it; of every code that the codebook knows.

    Returns:
        The steps in order, and codes of the journey that the codebook does not know.
    """
    rows = check(codings, CODINGS)
    rows = rows[rows["code"] != ""]
    wrong = _strangers(journey, under)
    of_segment = rows.groupby("segment_id")["code"].agg(frozenset).to_dict()
    good, bad = _below(journey.good, under), _below(journey.bad, under)
    told = []
    for step in journey.steps:
        own = rows[rows["code"].isin(_below(step.codes, under))]
        feelings = {
            segment: _felt(of_segment[segment] & good, of_segment[segment] & bad)
            for segment in sorted(set(own["segment_id"]))
        }
        told.append(_step(step.name, [c for c in step.codes if c in under], own, feelings))
    return _with_points(told), wrong


def _step(name: str, codes: Sequence[str], own: Table, feelings: Mapping[str, str]) -> StepTold:
    said: dict[str, set[str]] = {}
    for person, segment in own[["participant_id", "segment_id"]].itertuples(index=False):
        said.setdefault(str(person), set()).add(feelings[segment])
    persons = [_felt(felt & {GOOD, BOTH}, felt & {BAD, BOTH}) for felt in said.values()]
    marked = own[own["severity"].notna()]
    each = marked.groupby("participant_id")["severity"].mean()
    return StepTold(
        name,
        tuple(codes),
        len(said),
        len(feelings),
        persons.count(GOOD),
        persons.count(BAD),
        persons.count(BOTH),
        grave=None if each.empty else float(pd.to_numeric(each).mean()),
        grave_people=len(each),
        point="",
        evidence=tuple(feelings.items()),
    )


def _felt(good: Collection[str], bad: Collection[str]) -> str:
    if good and bad:
        return BOTH
    return GOOD if good else BAD if bad else ""


def _below(codes: Sequence[str], under: Mapping[str, Collection[str]]) -> frozenset[str]:
    return frozenset(one for code in codes for one in under.get(code, ()))


def _with_points(told: Sequence[StepTold]) -> tuple[StepTold, ...]:
    """Mark the one step that went best, if it went well, and the one that went worst, if badly."""
    known = [one.balance for one in told if one.balance is not None]
    high = max(known, default=0.0)
    low = min(known, default=0.0)

    def point(one: StepTold) -> str:
        if one.balance == high > 0 and known.count(high) == 1:
            return "high"
        return "low" if one.balance == low < 0 and known.count(low) == 1 else ""

    return tuple(replace(one, point=point(one)) for one in told)


def _strangers(journey: Journey, under: Mapping[str, Collection[str]]) -> tuple[Reject, ...]:
    named = [code for step in journey.steps for code in step.codes] + [*journey.good, *journey.bad]
    return tuple(
        Reject(
            "programme.toml",
            "",
            f"The code “{code}” of the journey",
            "The codebook has none of this id.",
            "Use the ids of the codebook, as it was coded by, and run again.",
        )
        for code in dict.fromkeys(named)
        if code not in under
    )
