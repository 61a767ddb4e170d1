"""Made-up programmes whose survey is read in part: working results that the audit corrects.

The correction is the software's own (`listening.priorities`); what attackers may know of it, the
guesses, who was read and the formula of the estimator, is worked out here anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.attackers import Attack, Person, Programme, crowds_of
from listening import priorities
from listening.priorities import RankSettings, Theme
from listening.priorities.correction import Audit
from listening.records import PARTICIPANTS, Table, table_of

SURVEY = "survey"
#: A survey of fewer people than this is read as a whole.
FEWEST = 8


@dataclass
class Reading:
    """Who of a programme's survey was read, and what a machine guesses of everybody.

    Attributes:
        random: its own, so that programmes are the same with and without it.
        read: ids of people of the survey.
        guesses: id to theme to a likelihood.
    """

    random: np.random.Generator
    read: set[str] = field(default_factory=set)
    guesses: dict[str, dict[str, float]] = field(default_factory=dict)

    def go_on(self, made: Programme, more: int | None = None) -> None:
        """Read `more` people of the survey, or at first a part; guess about everybody new."""
        for one in made.people:
            if one.source == SURVEY and one.id not in self.guesses:
                guess = {t: 0.6 * (t in one.raised) + self._noise() for t in made.themes}
                self.guesses[one.id] = {t: float(np.clip(p, 0, 1)) for t, p in guess.items()}
        left = [one.id for one in _survey(made) if one.id not in self.read]
        if more is None:
            more = max(4, int(len(left) * self.random.uniform(0.15, 0.8)))
        number = min(more, max(0, len(left) - 2))
        self.read |= {left[n] for n in self.random.permutation(len(left))[:number].tolist()}

    def _noise(self) -> float:
        return float(self.random.normal(0.15, 0.15))

    def counts(self, one: Person) -> bool:
        """Whether what was read of somebody counts by itself."""
        return one.source != SURVEY or one.id in self.read


def begin(made: Programme, seed: int) -> Reading | None:
    """Read a part of a programme's survey; None where it has none, or a small one."""
    if len(_survey(made)) < FEWEST:
        return None
    reading = Reading(np.random.default_rng(seed + 11))
    reading.go_on(made)
    return reading


@dataclass(frozen=True)
class Known:
    """What whoever knows the machine's guesses knows of a corrected ranking.

    Attributes:
        people: everybody heard, by source.
        stands: for how many somebody of a source stands who was read.
        guessed: theme to source to the people whom guesses alone add to the estimate.
        slopes: source to what one estimated person adds to a score.
        everyone: how many were read.
    """

    people: Mapping[str, int]
    stands: Mapping[str, float]
    guessed: Mapping[str, Mapping[str, float]]
    slopes: Mapping[str, float]
    everyone: int


def working(made: Programme, reading: Reading, k: int) -> tuple[dict[str, Any], Known]:
    """Return the working document of a programme as the audit corrects it, and what is known."""
    people = made.people
    survey = _survey(made)
    read = [one for one in survey if one.id in reading.read]
    raised = [(one.id, t) for one in people if reading.counts(one) for t in sorted(one.raised)]
    pairs = [(one.id, t, p) for one in survey for t, p in reading.guesses[one.id].items()]
    chances = pd.DataFrame(
        {"participant_id": [one.id for one in read], "probability": len(read) / len(survey)}
    )
    guessed = pd.DataFrame(pairs, columns=["participant_id", "code", "probability"])
    ranking = priorities.rank(
        pd.DataFrame(raised, columns=["participant_id", "code"]),
        participants(made),
        [Theme(t, f"Theme {t}", "") for t in made.themes],
        RankSettings(k=k, replicates=40, status="reviewed"),
        7,
        audit=Audit((SURVEY,), chances, guessed),
    )
    document = priorities.document(
        ranking, programme="Made up", wave="", codebook_version="1", quotes={}, not_yet_read=0
    )
    sizes = {s: sum(one.source == s for one in people) for s in {one.source for one in people}}
    each = len(survey) / len(read)
    slopes = {
        one.kind: one.alpha / one.mean_prevalence / one.people
        for one in ranking.sources
        if one.votes and one.mean_prevalence > 0
    }
    known = Known(
        sizes,
        dict.fromkeys(sizes, 1.0) | {SURVEY: each},
        {t: {SURVEY: _beyond(reading, survey, t, each)} for t in made.themes},
        slopes,
        sum(map(reading.counts, people)),
    )
    return document, known


def _beyond(reading: Reading, survey: list[Person], theme: str, each: float) -> float:
    own = {one.id: reading.guesses[one.id][theme] for one in survey}
    return sum(own.values()) - each * sum(p for pid, p in own.items() if pid in reading.read)


def participants(made: Programme) -> Table:
    """Return the people of a programme as PARTICIPANTS."""
    rows = [
        {"participant_id": one.id, "source_kind": one.source, "place": "", "language": "en",
         "consent": "quotation", "people": 1, "date": "", "cluster": one.id,
         "attributes": one.values}
        for one in made.people
    ]  # fmt: skip
    return table_of(rows, PARTICIPANTS)


def crowds(one: Person, reading: Reading) -> list[str]:
    """Name the groups that somebody is in, read or heard, as the ledger does."""
    own = crowds_of(one)
    return [*(f"heard|{crowd}" for crowd in own), *(own if reading.counts(one) else [])]


def _survey(made: Programme) -> list[Person]:
    return [one for one in made.people if one.source == SURVEY]


def ends(
    theme: str, crowd: str, told: Mapping[str, Any], known: Known
) -> tuple[float, float] | None:
    """Turn an estimate back into a count of those who were read; None where sources are mixed."""
    if crowd == "all" and len(known.people) > 1:
        return None
    low, high = borders(crowd, theme, told, known)
    return max(0.0, low / known.stands[SURVEY]), high / known.stands[SURVEY]


def estimate(
    attack: Attack, release: int, theme: str, crowd: str, told: Mapping[str, Any], known: Known
) -> None:
    """Take in an estimate: all of it but what those who were read raised is known."""
    terms: dict[int, float] = {}
    for s in _sources(crowd, known):
        terms |= dict.fromkeys(attack.total(release, theme, f"source|{s}"), known.stands[s])
    attack.between(terms, *borders(crowd, theme, told, known))


def borders(crowd: str, theme: str, told: Mapping[str, Any], known: Known) -> tuple[float, float]:
    """Return between what the people lie for whom those stand who were read and raised it."""
    sources = _sources(crowd, known)
    everybody = sum(known.people[s] for s in sources)
    share, half = told["prevalence"], told["rounded_to"] / 2
    low = -1e9 if share <= told["rounded_to"] + 1e-9 else (share - half) * everybody - 0.5
    high = 1e9 if share >= 1 - told["rounded_to"] - 1e-9 else (share + half) * everybody + 0.5
    beyond = sum(known.guessed[theme].get(s, 0.0) for s in sources)
    return low - beyond, high - beyond


def _sources(crowd: str, known: Known) -> list[str]:
    return list(known.people) if crowd == "all" else [crowd.removeprefix("source|")]


def order(attack: Attack, release: int, above: str, below: str, known: Known) -> None:
    """Take in that one theme's score is at least another's."""
    terms: dict[int, float] = {}
    gap = 1e-6
    for s, slope in known.slopes.items():
        for theme, sign in ((above, -1.0), (below, 1.0)):
            cells = attack.total(release, theme, f"source|{s}")
            terms |= dict.fromkeys(cells, sign * slope * known.stands[s])
            gap -= sign * slope * known.guessed[theme].get(s, 0.0)
    attack.rows.append((terms, gap))
