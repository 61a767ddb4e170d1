"""Levels of themes in a wave, and how they would vary with who was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from listening.priorities.bootstrap import generator
from listening.priorities.counting import wilson
from listening.priorities.nouns import Floats, Ints
from listening.priorities.waves.nouns import Level
from listening.records import KINDS, Table

#: How far fewer accounts vary can hardly be seen: a single one, on however many people, not at all.
FEWEST_ACCOUNTS = 10
#: Numbers held at once while drawing.
CELLS = 2_000_000


@dataclass(frozen=True)
class Sample:
    """One wave as sums of its accounts (a participant, or people who were heard together).

    Attributes:
        kind: the place of each account in the kinds compared, shape (accounts,).
        sums: Σw·y per theme, then Σw; shape (accounts, themes + 1).
        squares: Σw² of each account.
        name: of each account, by which it is known in another wave.
    """

    kind: Ints
    sums: Floats
    squares: Floats
    name: tuple[str, ...]


def sample(
    participants: Table, raised: Table, themes: Sequence[str], kinds: Sequence[str]
) -> Sample:
    """Sum up each account of the kinds compared."""
    here = participants[participants["source_kind"].isin(list(kinds))].reset_index(drop=True)
    matrix = np.zeros((len(here), len(themes)))
    person = pd.Index(here["participant_id"]).get_indexer(pd.Index(raised["participant_id"]))
    theme = pd.Index(list(themes)).get_indexer(pd.Index(raised["code"]))
    known = (person >= 0) & (theme >= 0)
    matrix[person[known], theme[known]] = 1
    people = here["people"].to_numpy(dtype=np.float64)
    # kinds first, so that the accounts of each lie together
    keys = [
        f"{list(kinds).index(kind)} {name}"
        for kind, name in zip(here["source_kind"], _together(here), strict=True)
    ]
    names, account = np.unique(np.array(keys, dtype=object).astype(str), return_inverse=True)
    sums = np.zeros((len(names), len(themes) + 1))
    np.add.at(sums, account, np.column_stack([matrix * people[:, None], people]))
    squares = np.bincount(account, people**2, len(names)).astype(np.float64)
    kind_of = np.array([int(str(name).split(" ", 1)[0]) for name in names], dtype=np.int64)
    return Sample(kind_of, sums, squares, tuple(str(name) for name in names))


def common_kinds(participants: Sequence[Table]) -> dict[str, float]:
    """Return the kinds of source that every wave has, each with its part of all their people.

    A kind of which a wave has fewer than ten accounts is left out, unless all are such.
    """
    people = [table.groupby("source_kind")["people"].sum() for table in participants]
    every = [kind for kind in KINDS if all(kind in own.index for own in people)]
    heard = [accounts(table) for table in participants]
    shared = [kind for kind in every if min(own[kind] for own in heard) >= FEWEST_ACCOUNTS] or every
    total = float(sum(own[shared].sum() for own in people))
    return {kind: float(sum(own[kind] for own in people)) / total for kind in shared}


def accounts(participants: Table) -> dict[str, int]:
    """Return how many accounts there are of each kind: those heard together are one."""
    found = _together(participants).groupby(participants["source_kind"]).nunique()
    return {str(kind): int(number) for kind, number in found.items()}


def _together(participants: Table) -> pd.Series[str]:
    named = participants["cluster"] != ""
    return participants["cluster"].where(named, participants["participant_id"])


def shares(sums: Floats, kind: Ints, parts: Sequence[float]) -> Floats:
    """Return each theme's share, kinds of source having the same part in every wave.

    Args:
        sums: of accounts, shape (..., accounts, themes + 1).
        kind: of each account.
        parts: of each kind, summing to 1.
    """
    found = np.zeros((*sums.shape[:-2], sums.shape[-1] - 1))
    for number, part in enumerate(parts):
        own = sums[..., kind == number, :].sum(axis=-2)
        of = np.where(own[..., -1:] > 0, own[..., -1:], 1)
        found += part * own[..., :-1] / of
    return found


def levels(one: Sample, parts: Sequence[float], alpha: float) -> tuple[Level, ...]:
    """Return each theme's level, its interval on the effective number of people."""
    found = shares(one.sums, one.kind, parts)
    total = one.sums.sum(axis=0)
    inverse = 0.0
    for number, part in enumerate(parts):
        here = one.kind == number
        # Kish: the variance of a sum of shares is that of each kind, by the square of its part
        inverse += part**2 * one.squares[here].sum() / one.sums[here, -1].sum() ** 2
    n = 1 / inverse
    return tuple(
        Level(int(total[k]), int(total[-1]), float(p), wilson(min(1.0, float(p)), n, alpha), n)
        for k, p in enumerate(found)
    )


def drawn(
    samples: Sequence[Sample], parts: Sequence[float], replicates: int, seed: int, *, paired: bool
) -> list[Floats]:
    """Draw the participant bootstrap of every wave.

    Accounts are drawn with replacement within their kind of source, each wave by itself. Where the
    same people are asked again (`paired`), an account that is in several waves is drawn the same
    number of times in each.

    Returns:
        Per wave the shares of each replicate, shape (replicates, themes).
    """
    names = sorted({name for one in samples for name in one.name})
    kinds = np.array([int(name.split(" ", 1)[0]) for name in names])
    place: Mapping[str, int] = {name: number for number, name in enumerate(names)}
    rows = [np.array([place[name] for name in one.name]) for one in samples]
    found: list[Floats] = [np.empty((replicates, one.sums.shape[1] - 1)) for one in samples]
    step = max(1, CELLS // max(1, len(names)))
    random = [generator(seed, 1 + number) for number in range(len(samples))]
    for start in range(0, replicates, step):
        size = min(step, replicates - start)
        if paired:
            every = _multiplicities(kinds, size, random[0])
            counts = [every[:, own] for own in rows]
        else:
            counts = [
                _multiplicities(one.kind, size, chance)
                for one, chance in zip(samples, random, strict=True)
            ]
        for one, own, into in zip(samples, counts, found, strict=True):
            into[start : start + size] = _weighed(one, own, parts)
    return found


def _multiplicities(kind: Ints, size: int, random: np.random.Generator) -> Ints:
    counts = np.zeros((size, len(kind)), dtype=np.int64)
    for number in np.unique(kind):
        here = np.flatnonzero(kind == number)
        counts[:, here] = random.multinomial(len(here), np.full(len(here), 1 / len(here)), size)
    return counts


def _weighed(one: Sample, counts: Ints, parts: Sequence[float]) -> Floats:
    found = np.zeros((len(counts), one.sums.shape[1] - 1))
    for number, part in enumerate(parts):
        here = one.kind == number
        own = counts[:, here] @ one.sums[here]
        of = np.where(own[:, -1:] > 0, own[:, -1:], 1)
        found += part * own[:, :-1] / of
    return found
