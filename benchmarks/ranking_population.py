"""Respondents of the NHS comments as a population of whom everything is known, and draws of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import kendalltau

from benchmarks import nhs
from listening.priorities import Theme
from listening.records import PARTICIPANTS, Encoder, Table, Vectors, table_of

SIZES = (60, 150, 400, 1000)
TOP = 5

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Blank:
    """Stands for an encoder where texts are not looked at."""

    name = "blank"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


@dataclass(frozen=True)
class Population:
    """Respondents.

    Attributes:
        comments: what they wrote.
        row_of: the respondent of each comment, −1 for who is left out.
        raised: respondents x codes: whether any comment of theirs carries the code.
        mentions: respondents x codes: how many do.
    """

    comments: nhs.Comments
    row_of: Ints
    raised: Floats
    mentions: Floats

    @property
    def codes(self) -> list[Theme]:
        return [Theme(f"c{k:02d}", name, "") for k, name in enumerate(self.comments.codes)]

    @property
    def order(self) -> Ints:
        """Codes, the most raised first."""
        return np.argsort(-self.raised.sum(axis=0), kind="stable")

    @property
    def ranks(self) -> Ints:
        return np.argsort(self.order) + 1


def population(shared: Path, encoder: Encoder, *, everybody: bool) -> Population:
    """Read it; without those on whom choices were made, unless `everybody`."""
    comments = nhs.read(shared, encoder)
    kept = np.ones(len(comments.texts), dtype=bool) if everybody else ~comments.development
    people = np.array(comments.texts.people, dtype=object)
    ids = pd.Index(sorted(set(people[kept])))
    row_of = np.where(kept, ids.get_indexer(pd.Index(people)), -1)
    mentions = np.zeros((len(ids), len(comments.codes)))
    np.add.at(mentions, row_of[kept], comments.marks[kept].astype(float))
    return Population(comments, row_of, (mentions > 0).astype(float), mentions)


def people_table(count: int) -> Table:
    blank = {"source_kind": "survey", "place": "", "language": "en", "consent": "analysis"}
    blank |= {"date": "", "cluster": ""}
    rows = [
        {**blank, "participant_id": f"p{n:05d}", "people": 1, "attributes": {}}
        for n in range(count)
    ]
    return table_of(rows, PARTICIPANTS)


def pairs(raised: NDArray[np.bool_]) -> Table:
    person, code = np.nonzero(raised)
    return pd.DataFrame(
        {
            "participant_id": [f"p{n:05d}" for n in person],
            "code": [f"c{k:02d}" for k in code],
        }
    )


def agreement(
    scores: Floats, truth: Population, random: np.random.Generator
) -> tuple[float, float, float, float]:
    """Hold an order against the whole.

    Small counts tie, and τ_b forgives ties: of two orders that are equally wrong the one with more
    ties comes out higher. So τ is told as well with ties broken by lot, as a ranking breaks them.

    Returns:
        τ_b; τ, RBO at p = .9 and the share of the first five found, ties broken by lot.
    """
    shares = truth.raised.mean(axis=0)
    order = np.lexsort((random.random(len(scores)), -scores))
    return (
        float(kendalltau(scores, shares).statistic),
        float(kendalltau(-np.argsort(order), shares).statistic),
        rbo(order.tolist(), truth.order.tolist()),
        len(set(truth.order[:TOP].tolist()) & set(order[:TOP].tolist())) / TOP,
    )


def rbo(one: Sequence[int], other: Sequence[int], p: float = 0.9) -> float:
    """Return rank-biased overlap of two orders of the same things, extrapolated (Webber 2010)."""
    together, total = 0, 0.0
    seen: tuple[set[int], set[int]] = (set(), set())
    for depth, (a, b) in enumerate(zip(one, other, strict=True), start=1):
        seen[0].add(a)
        seen[1].add(b)
        together = len(seen[0] & seen[1])
        total += p ** (depth - 1) * together / depth
    return (1 - p) * total + p ** len(one) * together / len(one)
