"""Machine coding corrected by people who were read in full at random: never published raw.

Design-based supervised learning at the level of participants (Egami, Hinck, Stewart and Wei 2023):
ỹ = ŷ + (R/π)(y − ŷ), with ŷ the machine's guess, y what people coded, R whether a person was read
and π the chance with which they were drawn. Whatever the guesses are worth, the mean of ỹ is right
on average; good guesses make it narrower. For one chance π for all it is PPI++ (Angelopoulos, Duchi
and Zrnic 2023) with λ = 1 − π on those who were not drawn, to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa

from listening.errors import InvalidTable
from listening.priorities.counting import Counted, sums, wilson
from listening.priorities.nouns import Bools, Correction, Floats, Ints
from listening.priorities.protected import subset
from listening.records import TEXT, Table, check

#: Fewer people whom readers found to raise a code say too little of how the machine errs on it.
FEWEST_POSITIVES = 5

#: A chance that fewer people were drawn with is no stratum of its own: how far they vary would
#: hardly be seen, and of a single one not at all.
FEWEST_OF_CHANCE = 10

#: Who was read in full, and with what chance they were drawn; 1 for whoever was chosen on purpose.
AUDITED = pa.DataFrameSchema(
    {
        "participant_id": pa.Column(TEXT, nullable=False, unique=True, coerce=True),
        "probability": pa.Column(
            float, checks=[pa.Check.in_range(0, 1, include_min=False)], coerce=True
        ),
    },
    strict=True,
    name="audit",
)

#: ŷ: how likely the machine holds it, having learnt from other people, that somebody raised a code.
GUESSES = pa.DataFrameSchema(
    {
        "participant_id": pa.Column(TEXT, nullable=False, coerce=True),
        "code": pa.Column(TEXT, nullable=False, coerce=True),
        "probability": pa.Column(float, checks=[pa.Check.in_range(0, 1)], coerce=True),
    },
    strict=True,
    unique=["participant_id", "code"],
    name="guesses",
)


@dataclass(frozen=True)
class Audit:
    """What a correction is made from.

    Attributes:
        kinds: the kinds of source that are corrected.
        read: AUDITED, of those sources; others' rows do not matter.
        guesses: GUESSES; pairs that are not there are 0.
    """

    kinds: tuple[str, ...]
    read: Table
    guesses: Table


class Corrected(NamedTuple):
    """What a correction makes of the evidence.

    Attributes:
        counted: ỹ in the place of y in the corrected sources.
        read: those who were read alone, weighing as many as each stands for: what is known without
            any machine.
        rows: which participants were read, shape (n,); everybody of the other sources.
        thin: where fewer than five of those read raised the theme, shape (sources, themes).
        told: what is said of each corrected source.
    """

    counted: Counted
    read: Counted
    rows: Bools
    thin: Bools
    told: tuple[Correction, ...]


class _Read(NamedTuple):
    """What is known without any machine.

    Attributes:
        said: what readers found, shape (n, themes).
        stands_for: for how many each stands who was read, 0 of the others, shape (n,).
        n_eff: Kish's number of those read who could raise each theme, in one source.
        thin: of which themes too few were found there.
    """

    said: Floats
    stands_for: Floats
    n_eff: Floats
    thin: Bools


def correct(counted: Counted, participants: Table, audit: Audit, alpha: float) -> Corrected:
    """Correct the machine's guesses by those who were read.

    Args:
        counted: the evidence; of the corrected sources only what readers found with those in
            `audit.read` is used. Weighted where the ranking is.
        participants: PARTICIPANTS, in the order of `counted`.
        audit: who was read, and the guesses.
        alpha: 1 minus the confidence of intervals.

    Raises:
        InvalidTable: a table breaks its rules, or nobody of a corrected source was read.
    """
    chance = _chances(participants, audit)
    guess = _guesses(counted, participants, audit)
    here = [source for source, kind in enumerate(counted.kinds) if kind in audit.kinds]
    covered = np.isin(counted.source, here)
    stands_for = np.where(covered, _stands_for(counted, chance, here), 1.0)
    rows = stands_for > 0
    read = subset(replace(counted, weight=counted.weight * stands_for), rows)

    said = counted.raised
    error = stands_for[:, None] * (said - guess)
    vote_error = stands_for[:, None] * (_votes(said) - _votes(guess))
    value = np.where(covered[:, None], guess + error, said) * counted.eligible
    vote = np.where(covered[:, None], _votes(guess) + vote_error, _votes(said)) * counted.eligible
    person, theme = np.nonzero((value != 0) | (vote != 0))
    made = replace(
        counted,
        stratum=np.where(covered, _strata(chance, rows), counted.stratum),
        person=person.astype(np.int64),
        theme=theme.astype(np.int64),
        value=value[person, theme],
        vote=vote[person, theme],
        corrected=np.isin(np.arange(len(counted.kinds)), here),
    )
    thin = np.zeros(counted.known.shape, dtype=np.bool_)
    known = counted.known.copy()
    for source in here:
        mine = counted.source == source
        thin[source] = (said[mine & rows] > 0).sum(axis=0) < FEWEST_POSITIVES
        alone = _Read(said, stands_for, sums(read).n_eff[source], thin[source])
        known[source] = _known(made, value, alone, source)
    made = replace(made, known=known)
    told = tuple(
        _told(made, read, (chance, stands_for), source, thin[source], alpha) for source in here
    )
    return Corrected(made, read, rows, thin, told)


def _chances(participants: Table, audit: Audit) -> Floats:
    """Return π of those who were read, 0 of the others, shape (n,)."""
    table = check(audit.read, AUDITED).set_index("participant_id")["probability"]
    of = table.reindex(pd.Index(participants["participant_id"])).fillna(0.0)
    return of.to_numpy(dtype=np.float64)


def _guesses(counted: Counted, participants: Table, audit: Audit) -> Floats:
    """Return ŷ, shape (n, themes)."""
    table = check(audit.guesses, GUESSES)
    ids = pd.Index(participants["participant_id"])
    person = ids.get_indexer(pd.Index(table["participant_id"]))
    theme = pd.Index([one.id for one in counted.themes]).get_indexer(pd.Index(table["code"]))
    known = (person >= 0) & (theme >= 0)
    guess = np.zeros((len(ids), len(counted.themes)))
    guess[person[known], theme[known]] = table["probability"].to_numpy(dtype=np.float64)[known]
    return guess * counted.eligible


def _stands_for(counted: Counted, chance: Floats, here: list[int]) -> Floats:
    """Return for how many each participant who was read stands: 1/π, made to add up; else 0.

    Whoever was drawn and is not read yet, or has withdrawn, is missing; those who were drawn with
    them stand for all whom the draw was to stand for.
    """
    found = np.zeros(len(chance))
    for source in here:
        mine = counted.source == source
        sure, drawn = mine & (chance == 1), mine & (chance > 0) & (chance < 1)
        left = int(mine.sum() - sure.sum())
        if not (sure | drawn).any() or (left and not drawn.any()):
            raise InvalidTable(
                "The audit",
                f"has nobody who was drawn at random among the {counted.kinds[source]} people.",
                "Give the chance with which each was drawn, below 1 unless everybody was.",
            )
        found[sure] = 1.0
        found[drawn] = 1 / chance[drawn]
        if left:
            found[drawn] *= left / found[drawn].sum()
    return found


def _strata(chance: Floats, rows: Bools) -> Ints:
    """Number those who were drawn alike; 0 for whoever was not read.

    Where everybody has a chance of their own, as in a draw by size, those of rare chances are one
    stratum; with too few of them, one with those of the commonest chance.
    """
    drawn = rows & (chance < 1)
    values, place, counts = np.unique(
        np.round(chance[drawn], 9), return_inverse=True, return_counts=True
    )
    rare = counts < FEWEST_OF_CHANCE
    number = np.where(rare, len(values), np.arange(len(values)))
    if 0 < counts[rare].sum() < FEWEST_OF_CHANCE and not rare.all():
        number[rare] = int(counts.argmax())
    stratum = np.where(rows, 1, 0).astype(np.int64)
    stratum[drawn] = 2 + number[place.reshape(-1)]
    return stratum


def _votes(said: Floats) -> Floats:
    """Divide each person's one vote over what they raised, or are held to have raised."""
    return np.asarray(said / np.maximum(said.sum(axis=1, keepdims=True), 1.0))


def _known(counted: Counted, value: Floats, read: _Read, source: int) -> Floats:
    """Return the part of the effective number of people that is left, per theme.

    What is left of those read alone (Kish's number of them) times what the guesses gain: the
    variance of their share without any machine, by the variance of the corrected share, both by
    their design. Each variance is itself an estimate, from few people where a theme is rare; as
    both come from the same people their errors largely cancel, which those of p(1 − p)/variance do
    not. To both is added what one more person would whom the machine knew nothing of, so that a
    gain seen on a handful is not believed whole. Where too few were found to tell how the machine
    errs, no more is held to be known than from those who were read.
    """
    mine = counted.source == source
    weight = counted.weight[mine][:, None] * counted.eligible[mine]
    stratum, stands_for = counted.stratum[mine], read.stands_for[mine][:, None]
    drawn = weight * stands_for
    one = 1 / np.maximum(read.n_eff, 1) ** 2
    by_hand = _variance(drawn, drawn.sum(axis=0), read.said[mine], stratum) + one
    variance = _variance(weight, weight.sum(axis=0), value[mine], stratum) + one
    left = read.n_eff * by_hand / variance
    left = np.where(read.thin, np.minimum(left, read.n_eff), left)
    n_eff = sums(counted).n_eff[source]
    return np.asarray(
        np.divide(np.minimum(left, n_eff), n_eff, out=np.zeros_like(left), where=n_eff > 0)
    )


def _variance(weight: Floats, people: Floats, said: Floats, stratum: Ints) -> Floats:
    """Return the variance of Σw·y/Σw, linearised: people independent within strata."""
    people = np.maximum(people, 1e-300)
    part = weight * (said - (weight * said).sum(axis=0) / people) / people
    found = np.zeros(part.shape[1])
    for one in np.unique(stratum):
        here = part[stratum == one]
        spread = ((here - here.mean(axis=0)) ** 2).sum(axis=0)
        found += spread * len(here) / max(len(here) - 1, 1)
    return found


def _told(
    made: Counted,
    read: Counted,
    drawn: tuple[Floats, Floats],
    source: int,
    thin: Bools,
    alpha: float,
) -> Correction:
    chance, stands_for = drawn
    mine = made.source == source
    whole, few = sums(made), sums(read)
    ratios = []
    for theme in np.flatnonzero(~thin):
        n = float(whole.n_eff[source, theme] * made.known[source, theme])
        wide = wilson(float(np.clip(whole.shares[source, theme], 0, 1)), n, alpha)
        alone = wilson(float(few.shares[source, theme]), float(few.n_eff[source, theme]), alpha)
        ratios.append((wide[1] - wide[0]) / (alone[1] - alone[0]))
    spread = np.quantile(ratios, [0, 0.5, 1]).tolist() if ratios else [None, None, None]
    return Correction(
        kind=made.kinds[source],
        participants=int(mine.sum()),
        audited=int((mine & (chance > 0) & (chance < 1)).sum()),
        certain=int((mine & (chance == 1)).sum()),
        too_few=tuple(made.themes[theme].id for theme in np.flatnonzero(thin)),
        width_least=spread[0],
        width=spread[1],
        width_most=spread[2],
        people=int(made.people[mine].sum()),
        read=int(made.people[mine & (chance > 0)].sum()),
        heaviest=float(stands_for[mine].max()),
    )
