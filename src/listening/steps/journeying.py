"""The experience map of a run: the programme's journey, people's codings, and quotes at each step.

For the team alone: a release knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening import priorities
from listening.codebook import Codebook
from listening.coding.counted import counted
from listening.coding.journey import StepTold, experience
from listening.priorities.figures import figure
from listening.programme import Journey
from listening.programme import load as load_programme
from listening.records import Reject, Table
from listening.steps.finding import text_of
from listening.steps.reviewing import Coded
from listening.steps.signing import fingerprint
from listening.steps.work import Work
from listening.store.releases import SIGNED

#: the file of a programme's own rules in its folder; what it says now goes before what a run kept
RULES = "programme.toml"


@dataclass(frozen=True)
class Mapped:
    """What `priorities.json` says of the journey; None where the programme asks about none."""

    document: dict[str, Any] | None
    rejects: tuple[Reject, ...] = ()


def mapped(
    work: Work, parameters: Mapping[str, Any], coded: Coded | None, own: Table, heard: Table
) -> Mapped:
    """Return the experience map of a run.

    Args:
        work: the workplace.
        parameters: of the run.
        coded: what people coded; None before anybody has.
        own: SEGMENTS of residents' own words.
        heard: PARTICIPANTS.
    """
    journey = _journey(work, parameters)
    if journey is None:
        return Mapped(None)
    if coded is None:
        return Mapped({"name": journey.name, "codebook_version": "", "feelings": "", "steps": []})
    rows = counted(coded.codings)
    rows = rows[rows["participant_id"].isin(heard["participant_id"])].reset_index(drop=True)
    told, wrong = experience(journey, rows, under(coded.codebook))
    quotes = _quotes(work, told, own, heard)
    steps = [_step(one, quotes.get(number, [])) for number, one in enumerate(told)]
    return Mapped(
        {
            "name": journey.name,
            "codebook_version": coded.codebook.label,
            "feelings": "codes" if journey.good or journey.bad else "severity",
            "steps": steps,
        },
        wrong,
    )


def under(book: Codebook) -> dict[str, frozenset[str]]:
    """Return each code of a book with itself and all codes below it."""
    found: dict[str, set[str]] = {code.id: {code.id} for code in book.codes}
    parents = {code.id: code.parent for code in book.codes}
    for code, parent in parents.items():
        above = parent
        while above in found and code not in found[above]:
            found[above].add(code)
            above = parents[above]
    return {code: frozenset(below) for code, below in found.items()}


def _journey(work: Work, parameters: Mapping[str, Any]) -> Journey | None:
    rules = work.settings.home / RULES
    text = text_of(rules) if rules.is_file() else str(parameters.get("programme") or "")
    return load_programme(text, RULES).journey if text else None


def _step(one: StepTold, quotes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": one.name,
        "codes": list(one.codes),
        "people": one.people,
        "segments": one.segments,
        "said": one.said,
        "good": one.good,
        "bad": one.bad,
        "both": one.both,
        "balance": None if one.balance is None else figure(one.balance),
        "severity": None if one.grave is None else figure(one.grave),
        "severity_people": one.grave_people,
        "point": one.point,
        "quotes": quotes,
        "evidence": [segment for segment, _ in one.evidence],
    }


def _quotes(
    work: Work, told: tuple[StepTold, ...], own: Table, heard: Table
) -> dict[int, list[dict[str, Any]]]:
    """Return one quote of each feeling for each step, and whether somebody signed it off."""
    rows = [
        {"segment_id": segment, "code": f"{number} {feeling}", "score": 1.0}
        for number, one in enumerate(told)
        for segment, feeling in one.evidence
    ]
    if not rows:
        return {}
    chosen = priorities.by_theme(priorities.choose(own, heard, pd.DataFrame(rows), per_theme=1))
    decisions = work.store.releases.decisions()
    signed = {(d.segment_id, d.words) for d in decisions if d.decision == SIGNED}
    found: dict[int, list[dict[str, Any]]] = {}
    for key, quotes in chosen.items():
        number, _, feeling = key.partition(" ")
        for quote in quotes:
            good = (quote["segment_id"], fingerprint(quote["text"])) in signed
            told_of = {**quote, "feeling": feeling, "signed": good}
            found.setdefault(int(number), []).append(told_of)
    return found
