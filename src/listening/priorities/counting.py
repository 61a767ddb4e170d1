"""Who raised what: the tables turned into arrays, and the sums that every figure comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa
from scipy.stats import norm

from listening.errors import InvalidTable, NothingToDo
from listening.priorities.nouns import Floats, Ints, Share, Theme
from listening.records import KINDS, PARTICIPANTS, TEXT, Reject, Table, check

#: participant raised code; repeats mean nothing.
RAISED = pa.DataFrameSchema(
    {
        "participant_id": pa.Column(TEXT, nullable=False, coerce=True),
        "code": pa.Column(TEXT, nullable=False, coerce=True),
    },
    strict=True,
    name="raised",
)


class Sums(NamedTuple):
    """Sums over people within sources, the last axes being source and theme.

    Attributes:
        raised: Σ w·y, shape (…, sources, themes).
        people: Σ w, shape (…, sources).
        squares: Σ w², shape (…, sources).
    """

    raised: Floats
    people: Floats
    squares: Floats


@dataclass(frozen=True)
class Counted:
    """The evidence as arrays: n participants, and m pairs (participant, theme) each present once.

    Themes are in order of their ids and sources in that of `KINDS`, so that no result depends on
    the order of anybody's rows.
    """

    themes: tuple[Theme, ...]
    kinds: tuple[str, ...]
    source: Ints
    people: Ints
    cluster: Ints
    person: Ints
    theme: Ints

    @property
    def raised(self) -> Ints:
        """The n × themes matrix of 0 and 1 that the pairs stand for."""
        matrix = np.zeros((len(self.people), len(self.themes)), dtype=np.int64)
        matrix[self.person, self.theme] = 1
        return matrix


def count(
    raised: Table, participants: Table, codes: Sequence[Theme]
) -> tuple[Counted, dict[str, int], tuple[Reject, ...]]:
    """Turn the tables into arrays.

    Args:
        raised: participant_id, code; repeats are ignored.
        participants: PARTICIPANTS; the denominator is everyone in it.
        codes: every theme, ranked or not.

    Returns:
        The evidence on rankable themes; people per id of the themes that are shown apart; what was
        set aside because its participant or code is not among those given.

    Raises:
        InvalidTable: a table breaks its rules, or two themes share an id.
        NothingToDo: there are no participants, or no theme that can be ranked.
    """
    participants = check(participants, PARTICIPANTS)
    pairs = check(raised, RAISED).drop_duplicates()
    themes = _themes(codes)
    if participants.empty:
        raise NothingToDo(
            "The ranking",
            "has nobody to count: no participant has a contribution of their own.",
            "Add material, or look into rejects.csv for what was set aside.",
        )
    ids = pd.Index(participants["participant_id"])
    person = ids.get_indexer(pd.Index(pairs["participant_id"]))
    theme = pd.Index([theme.id for theme in themes]).get_indexer(pd.Index(pairs["code"]))
    rejects = _set_aside(pairs, person, theme)
    known = (person >= 0) & (theme >= 0)
    person, theme = person[known], theme[known]

    rankable = np.array([theme.rankable for theme in themes])
    people = participants["people"].to_numpy(dtype=np.int64)
    totals = np.bincount(theme, weights=people[person], minlength=len(themes))
    apart = {t.id: int(totals[i]) for i, t in enumerate(themes) if not t.rankable}
    kept = rankable[theme]
    place = np.cumsum(rankable) - 1
    kinds = participants["source_kind"]
    present = tuple(kind for kind in KINDS if (kinds == kind).any())
    counted = Counted(
        themes=tuple(theme for theme in themes if theme.rankable),
        kinds=present,
        source=pd.Index(present).get_indexer(pd.Index(kinds)).astype(np.int64),
        people=people,
        cluster=_clusters(participants),
        person=person[kept].astype(np.int64),
        theme=place[theme[kept]].astype(np.int64),
    )
    return counted, apart, rejects


def _themes(codes: Sequence[Theme]) -> list[Theme]:
    themes = sorted(codes, key=lambda theme: theme.id)
    for one, next_one in pairwise(themes):
        if one.id == next_one.id:
            raise InvalidTable(
                "The list of codes", f"holds the id {one.id} twice.", "Give each code its own id."
            )
    if not any(theme.rankable for theme in themes):
        raise NothingToDo(
            "The ranking",
            "has no theme that can be ranked.",
            "Give a codebook with at least one code besides 'other' and 'no reason given'.",
        )
    return themes


def _clusters(participants: Table) -> Ints:
    """Number what is resampled together; an empty cluster is the participant alone."""
    named = participants["cluster"] != ""
    name = participants["cluster"].where(named, participants["participant_id"])
    keys = [
        (kind, alone, key)
        for kind, alone, key in zip(participants["source_kind"], ~named, name, strict=True)
    ]
    return pd.factorize(pd.MultiIndex.from_tuples(keys))[0].astype(np.int64)


def _set_aside(pairs: Table, person: Ints, theme: Ints) -> tuple[Reject, ...]:
    rejects = []
    strangers = int((person < 0).sum())
    if strangers:
        rejects.append(
            Reject(
                "",
                "",
                f"{strangers} codings",
                "belong to people who are not among the participants counted.",
                "If they should count, add them to participants.csv.",
            )
        )
    unknown = pairs["code"].to_numpy(dtype=object)[(theme < 0) & (person >= 0)]
    for code in sorted(set(unknown)):
        rejects.append(
            Reject(
                "",
                "",
                f"the code {code}, raised by {int((unknown == code).sum())} participants",
                "is not in the codebook.",
                "Add it to the codebook, or recode these under a code that is.",
            )
        )
    return tuple(rejects)


def sums(counted: Counted) -> Sums:
    """Return the sums within each source."""
    sources, themes = len(counted.kinds), len(counted.themes)
    cell = counted.source[counted.person] * themes + counted.theme
    weights = counted.people[counted.person]
    raised = np.bincount(cell, weights=weights, minlength=sources * themes)
    return Sums(
        raised.reshape(sources, themes).astype(np.float64),
        np.bincount(counted.source, counted.people, sources).astype(np.float64),
        np.bincount(counted.source, counted.people**2, sources).astype(np.float64),
    )


def wilson(share: float, n: float, alpha: float) -> tuple[float, float]:
    """Return Wilson's interval of a share seen among `n` (effective) people.

    Source: Wilson 1927, as in statsmodels `proportion_confint(method="wilson")`.
    """
    z = float(norm.ppf(1 - alpha / 2))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At 0 and 1 one end equals the share itself; rounding must not put it on the wrong side.
    return max(0.0, min(share, float(centre - half))), min(1.0, max(share, float(centre + half)))


def share(people: float, of: float, squares: float, alpha: float) -> Share:
    """Return `people` of `of` with Wilson's interval on Kish's effective size, of² / Σw²."""
    prevalence = float(people / of)
    return Share(int(people), int(of), prevalence, wilson(prevalence, of * of / squares, alpha))
