"""The corrected ranking beside equal effort by hand, the machine alone, and mentions counted."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.ranking_population import (
    TOP,
    Floats,
    Ints,
    Population,
    agreement,
    pairs,
    people_table,
    population,
)
from listening import embeddings
from listening.coding import Texts
from listening.coding.guesses import by_person, guesses
from listening.priorities.correction import Audit, Corrected, correct
from listening.priorities.counting import count, sums, wilson

#: people drawn, and how many of them are read
SIZES = ((400, 100), (1000, 200), (150, 100), (1000, 400))
#: codes by the share of the whole that raises them: name, from, to below
BANDS = (
    ("below 1.5 %", 0.0, 0.015),
    ("1.5–3 %", 0.015, 0.03),
    ("3–7 %", 0.03, 0.07),
    ("7 % up", 0.07, 1.0),
)
WAYS = (
    "corrected",
    "those read alone (equal effort by hand)",
    "machine alone, likelihoods added",
    "machine alone, those at least as likely as not",
    "everybody by hand, people",
    "everybody by hand, mentions",
)


def table(shared: Path, redraws: int) -> list[str]:
    truth = population(shared, embeddings.load_encoder(), everybody=False)
    return compared(truth, texts(truth), redraws)


def compared(truth: Population, said: Texts, redraws: int) -> list[str]:
    share = truth.raised.mean(axis=0)
    lines = [
        f"{len(truth.raised):,} respondents on whom no choice about suggestions was made, "
        f"{len(truth.codes)} codes. {redraws:,} draws with replacement of each size; a part of "
        "the people drawn is read by people, at random, and the machine learns from these alone, "
        "in five groups so that nobody's guess knows their own codes. Error: of shares, in "
        f"points, root mean square over codes. Order: τ_b; and with ties broken by lot τ, RBO "
        f"(p = .9), first {TOP}. Codes taught: of how many the machine could learn anything, on "
        "average; of the others its guess is the same for everybody. How intervals were to be "
        "made was decided on the other respondents, on whom choices are made.",
        "",
        "| people | read | way | codes taught | error | bias at most | τ_b | τ | RBO | first 5 "
        "| τ against equal effort (95 %) |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    told = [
        "",
        "How often intervals of 95 % hold the share of the whole, over all codes and by how many "
        f"of the whole raise the code ({_numbers(share)} codes). The last two columns are of codes "
        "that five or more of those read raised, in that draw. Of a rare code such draws are those "
        "that found too many: whoever reads these alone is misled by any interval, "
        "with a machine or without.",
        "",
        f"| people | read | way | all codes | {' | '.join(name for name, _, _ in BANDS)} | width "
        "| five or more found | width |",
        f"|---|---|---|---|{'---|' * len(BANDS)}---|---|---|",
    ]
    for size, read in SIZES:
        start = time.perf_counter()
        random = np.random.default_rng(1000 * size + read)
        draws = [_Draw(truth, said, size, read, random, seed) for seed in range(redraws)]
        lines += _rows(draws, share, size, read)
        told += _held(draws, share, size, read)
        print(
            *lines[-len(WAYS) :],
            *told[-len(draws[0].intervals) :],
            f"{time.perf_counter() - start:.0f} s",
            sep="\n",
            file=sys.stderr,
        )
    return lines + told


def _numbers(share: Floats) -> str:
    return ", ".join(str(int(_within(share, low, high).sum())) for _, low, high in BANDS)


def _within(share: Floats, low: float, high: float) -> NDArray[np.bool_]:
    return np.asarray((low <= share) & (share < high))


def texts(truth: Population) -> Texts:
    """Return one text per respondent, in the order of `truth.raised`."""
    kept = np.flatnonzero(truth.row_of >= 0)
    own = by_person(truth.comments.texts.part(kept))
    people = np.array(truth.comments.texts.people, dtype=object)[kept]
    place = dict(zip(people, truth.row_of[kept], strict=True))
    return own.part(np.argsort([place[who] for who in own.people]))


class _Draw:
    """What each way finds in one draw."""

    def __init__(
        self,
        truth: Population,
        said: Texts,
        size: int,
        read: int,
        random: np.random.Generator,
        seed: int,
    ) -> None:
        rows = random.integers(0, len(truth.raised), size)
        chosen = np.sort(random.permutation(size)[:read])
        raised = truth.raised[rows]
        guess = likely(truth, said, rows, chosen, seed)
        self.corrected = _corrected(truth, raised, guess, chosen)
        alone = raised[chosen].mean(axis=0)
        known = np.zeros(size, dtype=bool)
        known[chosen] = True
        filled = np.where(known[:, None], raised, guess)
        sure = np.where(known[:, None], raised, guess >= 0.5)
        seen = sums(self.corrected.counted).shares[0]
        mentions = truth.mentions[rows].sum(axis=0)
        found = (seen, alone, filled.mean(axis=0), sure.mean(axis=0), raised.mean(axis=0), mentions)
        self.shares = dict(zip(WAYS, found, strict=True))
        self.agreements = {way: agreement(one, truth, random) for way, one in self.shares.items()}
        self.intervals = {
            WAYS[0]: _wilson(seen, sums(self.corrected.counted).n_eff[0] * self.known),
            WAYS[1]: _wilson(alone, np.full(len(alone), float(read))),
            WAYS[4]: _wilson(raised.mean(axis=0), np.full(len(alone), float(size))),
        }
        self.enough = ~self.corrected.thin[0]
        self.taught = int((np.ptp(guess, axis=0) > 1e-12).sum())

    @property
    def known(self) -> Floats:
        return self.corrected.counted.known[0]


def likely(truth: Population, said: Texts, rows: Ints, chosen: Ints, seed: int) -> Floats:
    """Return the guesses of the people drawn; who was drawn twice is one person to learn from."""
    distinct, place = np.unique(rows, return_inverse=True)
    names = [theme.id for theme in truth.codes]
    read = {
        said.people[row]: frozenset(names[k] for k in np.flatnonzero(truth.raised[row]))
        for row in rows[chosen]
    }
    table = guesses(said.part(distinct), read, seed)
    who = pd.Index([said.people[row] for row in distinct])
    found = np.zeros((len(distinct), len(names)))
    found[
        who.get_indexer(pd.Index(table["participant_id"])),
        pd.Index(names).get_indexer(pd.Index(table["code"])),
    ] = table["probability"]
    return found[place]


def _corrected(truth: Population, raised: Floats, guess: Floats, chosen: Ints) -> Corrected:
    people = people_table(len(raised))
    known = np.zeros(raised.shape, dtype=bool)
    known[chosen] = raised[chosen] > 0
    counted, _, _ = count(pairs(known), people, truth.codes)
    read = people.iloc[chosen][["participant_id"]].reset_index(drop=True)
    table = pairs(np.ones(raised.shape, dtype=bool)).assign(probability=guess.ravel())
    audit = Audit(("survey",), read.assign(probability=len(chosen) / len(raised)), table)
    return correct(counted, people, audit, 0.05)


def _wilson(shares: Floats, n: Floats) -> Floats:
    return np.array(
        [wilson(min(1.0, max(0.0, p)), m, 0.05) for p, m in zip(shares, n, strict=True)]
    )


def _rows(draws: list[_Draw], share: Floats, size: int, read: int) -> Iterator[str]:
    rival = np.array([draw.agreements[WAYS[1]][1] for draw in draws])
    for way in WAYS:
        found = np.array([draw.shares[way] for draw in draws])
        agreed = np.array([draw.agreements[way] for draw in draws])
        gain = agreed[:, 1] - rival
        half = 1.96 * gain.std(ddof=1) / np.sqrt(len(gain))
        told = f"{gain.mean():+.3f} ± {half:.3f}" if way != WAYS[1] else ""
        error = bias = ""
        if way != WAYS[5]:
            error = f"{100 * np.sqrt(((found - share) ** 2).mean()):.2f}"
            bias = f"{100 * np.abs((found - share).mean(axis=0)).max():.1f}"
        taught = f"{np.mean([draw.taught for draw in draws]):.1f}" if way == WAYS[0] else ""
        yield (
            f"| {size:,} | {read} | {way} | {taught} | {error} | {bias} "
            f"| {agreed[:, 0].mean():.3f} | {agreed[:, 1].mean():.3f} | {agreed[:, 2].mean():.3f} "
            f"| {agreed[:, 3].mean():.3f} | {told} |"
        )


def _held(draws: list[_Draw], share: Floats, size: int, read: int) -> Iterator[str]:
    """Say how often intervals hold the truth and how wide they are, by how many raise the code."""
    enough = np.array([draw.enough for draw in draws])
    for way in draws[0].intervals:
        ends = np.array([draw.intervals[way] for draw in draws])
        low, high = ends[..., 0], ends[..., 1]
        held, wide = (low <= share) & (share <= high), 100 * (high - low)
        by = " | ".join(f"{held[:, _within(share, *of)].mean():.3f}" for _, *of in BANDS)
        yield (
            f"| {size:,} | {read} | {way} | {held.mean():.3f} | {by} | {wide.mean():.1f} "
            f"| {held[enough].mean():.3f} | {wide[enough].mean():.1f} |"
        )
