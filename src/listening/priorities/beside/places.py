"""Places side by side: what people of each place raised, and how far that can be put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from listening.priorities.bootstrap import generator
from listening.priorities.counting import share
from listening.priorities.eligibility import eligibility
from listening.priorities.groups import attributes, plain
from listening.priorities.nouns import Bools, Floats, Ints, Share, Theme
from listening.priorities.rank_sets import rank_sets
from listening.records import PARTICIPANTS, Table, check

#: With fewer people, or fewer accounts of them, the themes of a place are not put in order.
FEWEST_PEOPLE = 20
FEWEST_ACCOUNTS = 10
#: What the normal draws of the first place are for; see `bootstrap.generator`.
FIRST_PURPOSE = 1000


@dataclass(frozen=True)
class PlaceTheme:
    """One theme in one place.

    Attributes:
        id: of the theme.
        share: who raised it there.
        rank: its place in the order there; None where people are too few to order.
        joint: ranks that it can hold there when the whole order is claimed; None likewise.
        tied_with: ids of themes that cannot be told apart from it there.
    """

    id: str
    share: Share
    rank: int | None
    joint: tuple[int, int] | None
    tied_with: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One place: its people over all sources, and its themes, in order where they have one.

    People who were heard together are one account.
    """

    name: str
    participants: int
    accounts: int
    people: int
    themes: tuple[PlaceTheme, ...]

    @property
    def ordered(self) -> bool:
        """Whether there are people enough to put themes in order."""
        return self.people >= FEWEST_PEOPLE and self.accounts >= FEWEST_ACCOUNTS


def places(
    raised: Table,
    participants: Table,
    codes: Sequence[Theme],
    seed: int,
    alpha: float = 0.05,
    *,
    asked: Table | None = None,
) -> tuple[tuple[Place, ...], int]:
    """Count each place by itself, all its sources in one pool.

    The order of a place is by share. Which themes it cannot tell apart is said by the same
    confidence sets of ranks as for the whole (`rank_sets`), on the covariance of the shares between
    the place's accounts; people of one focus group are one account.

    Args:
        raised: participant_id, code.
        participants: PARTICIPANTS, where `place` stands among the attributes.
        codes: all themes, in the order of the whole; the first goes first where shares are equal.
        seed: of the draws behind the confidence sets.
        alpha: 1 minus the confidence of every interval.
        asked: ASKED, who could raise what; None where everybody could raise everything.

    Returns:
        The places by name, and how many people have none that is known.
    """
    people = check(participants, PARTICIPANTS)
    themes = [theme for theme in codes if theme.rankable]
    found = attributes(people)[0].get(plain("place"))
    persons = people["people"].to_numpy(dtype=np.int64)
    if found is None or not themes:
        return (), int(persons.sum())
    able = eligibility(asked, people, [theme.id for theme in themes])
    matrix = _matrix(raised, people, themes) * able
    alone = people["cluster"] == ""
    together = people["cluster"].where(~alone, people["participant_id"])
    keys = zip(people["source_kind"], alone, together, strict=True)
    account = pd.factorize(pd.MultiIndex.from_tuples(list(keys)))[0].astype(np.int64)
    told = []
    for number, name in enumerate(found.values):
        rows = found.member == number
        one = _Sample(matrix[rows], able[rows], persons[rows], account[rows])
        random = generator(seed, FIRST_PURPOSE + number)
        told.append(_place(name, one, themes, alpha, random))
    return tuple(told), int(persons[found.member < 0].sum())


@dataclass(frozen=True)
class _Sample:
    """People of one place: who raised what, who could, for whom and with whom they were heard."""

    raised: Ints
    able: Bools
    people: Ints
    account: Ints


def _matrix(raised: Table, people: Table, themes: Sequence[Theme]) -> Ints:
    matrix = np.zeros((len(people), len(themes)), dtype=np.int64)
    person = pd.Index(people["participant_id"]).get_indexer(pd.Index(raised["participant_id"]))
    theme = pd.Index([theme.id for theme in themes]).get_indexer(pd.Index(raised["code"]))
    known = (person >= 0) & (theme >= 0)
    matrix[person[known], theme[known]] = 1
    return matrix


def _place(
    name: str, one: _Sample, themes: Sequence[Theme], alpha: float, random: np.random.Generator
) -> Place:
    people, accounts = int(one.people.sum()), len(np.unique(one.account))
    could, squares = one.people @ one.able, one.people**2 @ one.able
    effective = np.divide(could**2, squares, out=np.zeros(len(themes)), where=squares > 0)
    counts = one.people @ one.raised
    shares = [
        share(float(count), float(of), float(n), alpha)
        for count, of, n in zip(counts, could, effective, strict=True)
    ]
    plain_place = Place(
        name,
        len(one.people),
        accounts,
        people,
        tuple(
            PlaceTheme(theme.id, own, None, None, ())
            for theme, own in zip(themes, shares, strict=True)
        ),
    )
    if not plain_place.ordered:
        return plain_place
    figures = counts / np.maximum(could, 1)
    spread = covariance(one.raised, one.able, one.people, one.account)
    sets = rank_sets(figures, spread, alpha, random)
    ordered = np.lexsort((np.arange(len(themes)), -figures))
    return Place(
        name,
        len(one.people),
        accounts,
        people,
        tuple(
            PlaceTheme(
                themes[theme].id,
                shares[theme],
                rank,
                (int(sets.joint[theme, 0]), int(sets.joint[theme, 1])),
                tuple(themes[other].id for other in ordered if sets.tied[theme, other]),
            )
            for rank, theme in enumerate(ordered, start=1)
        ),
    )


def covariance(raised: Ints, able: Bools, people: Ints, account: Ints) -> Floats:
    """Return the covariance of shares Σw·y/Σw between accounts, linearised.

    Where nobody raised a theme, or everybody did, the variance of p̃ = (x + 1)/(n + 2) takes the
    place of none (METHOD.md, section 2), on Kish's effective size.

    Args:
        raised: 0 or 1, shape (participants, themes).
        able: who could raise them, of the same shape.
        people: whom each participant stands for.
        account: the number of what was heard together, shape (participants,).
    """
    total = np.maximum(people @ able, 1)
    shares = people @ raised / total
    residual = people[:, None] * able * (raised - shares) / total
    names, place = np.unique(account, return_inverse=True)
    summed = np.zeros((len(names), raised.shape[1]))
    np.add.at(summed, place, residual)
    accounts = max(2, len(names))
    found = summed.T @ summed * accounts / (accounts - 1)
    n = total**2 / np.maximum(people**2 @ able, 1)
    smoothed = (shares * n + 1) / (n + 2)
    constant = (shares == 0) | (shares == 1)
    return np.asarray(found + np.diag(constant * smoothed * (1 - smoothed) / n))
