"""Who raised what: the tables turned into arrays, and the sums that every figure comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa
from scipy.stats import norm

from listening.errors import InvalidTable, NothingToDo
from listening.priorities.eligibility import eligibility
from listening.priorities.nouns import Bools, Floats, Ints, Share, Theme
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

    Only people count who could raise the theme (`Counted.eligible`), so `people` and `squares`
    have an entry per theme; 0 where nobody of a source could.

    Attributes:
        raised: Σ w·y, shape (…, sources, themes).
        people: Σ w, shape (…, sources, themes).
        squares: Σ w², shape (…, sources, themes).
    """

    raised: Floats
    people: Floats
    squares: Floats

    @property
    def shares(self) -> Floats:
        """Σ w·y / Σ w; 0 where nobody of a source could raise the theme."""
        return _ratio(self.raised, self.people)

    @property
    def n_eff(self) -> Floats:
        """Kish's effective number of people, (Σ w)² / Σ w²; 0 where there is nobody."""
        return _ratio(self.people**2, self.squares)


@dataclass(frozen=True)
class Counted:
    """The evidence as arrays: n participants, and m pairs (participant, theme) each present once.

    Themes are in order of their ids and sources in that of `KINDS`, so that no result depends on
    the order of anybody's rows.

    Attributes:
        themes: the rankable themes, K of them.
        kinds: the kinds of source that are there, S of them.
        source: place of each participant's kind in `kinds`, shape (n,).
        people: persons that each participant stands for, shape (n,).
        weight: `people`, times the raking weight where a source is weighted, shape (n,).
        cluster: number of what is resampled together, shape (n,).
        stratum: what resampling stays within, inside each source, shape (n,).
        eligible: whether the instrument let the participant raise the theme, shape (n, K).
        person: participant of each pair, shape (m,).
        theme: theme of each pair, shape (m,).
        value: y of each pair: 1, or what a correction puts in its place, shape (m,).
        vote: part of the participant's one vote that the theme gets, shape (m,).
        known: part of the effective number of people that is left when a source was corrected
            from an audit, shape (S, K); 1 where everybody counted was read, and 0 where that
            cannot be said.
        corrected: which sources a correction estimated, shape (S,).
    """

    themes: tuple[Theme, ...]
    kinds: tuple[str, ...]
    source: Ints
    people: Ints
    weight: Floats
    cluster: Ints
    stratum: Ints
    eligible: Bools
    person: Ints
    theme: Ints
    value: Floats
    vote: Floats
    known: Floats
    corrected: Bools

    @property
    def raised(self) -> Floats:
        """The n × themes matrix that the pairs stand for: 0 and 1 where nothing was corrected."""
        matrix = np.zeros((len(self.people), len(self.themes)))
        matrix[self.person, self.theme] = self.value
        return matrix

    @property
    def unweighted(self) -> Counted:
        """The same, each participant counting for the people they stand for."""
        return replace(self, weight=self.people.astype(np.float64))

    def weighted(self, weights: Floats) -> Counted:
        """Return the same with raking weights, shape (n,), which only matter within a source.

        They are scaled so that the weights of a source still sum to its people.
        """
        weight = self.people * np.asarray(weights, dtype=np.float64)
        size = len(self.kinds)
        people = np.bincount(self.source, weights=self.people, minlength=size)
        scale = people / np.bincount(self.source, weights=weight, minlength=size)
        return replace(self, weight=weight * scale[self.source])


def count(
    raised: Table,
    participants: Table,
    codes: Sequence[Theme],
    asked: Table | None = None,
) -> tuple[Counted, dict[str, int], tuple[Reject, ...]]:
    """Turn the tables into arrays.

    Args:
        raised: participant_id, code; repeats are ignored.
        participants: PARTICIPANTS; the denominator is everyone in it.
        codes: every theme, ranked or not.
        asked: ASKED, who could raise what; None where everybody could raise everything.

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
    able = eligibility(asked, participants, [theme.id for theme in themes])
    rejects += _not_asked(able, person, theme, themes)
    could = able[person, theme]
    person, theme = person[could], theme[could]

    rankable = np.array([theme.rankable for theme in themes])
    people = participants["people"].to_numpy(dtype=np.int64)
    totals = np.bincount(theme, weights=people[person], minlength=len(themes))
    apart = {t.id: int(totals[i]) for i, t in enumerate(themes) if not t.rankable}
    kept = rankable[theme]
    place = np.cumsum(rankable) - 1
    kinds = participants["source_kind"]
    present = tuple(kind for kind in KINDS if (kinds == kind).any())
    person = person[kept].astype(np.int64)
    counted = Counted(
        themes=tuple(theme for theme in themes if theme.rankable),
        kinds=present,
        source=pd.Index(present).get_indexer(pd.Index(kinds)).astype(np.int64),
        people=people,
        weight=people.astype(np.float64),
        cluster=_clusters(participants),
        stratum=np.zeros(len(people), dtype=np.int64),
        eligible=able[:, rankable],
        person=person,
        theme=place[theme[kept]].astype(np.int64),
        value=np.ones(len(person)),
        vote=1 / np.bincount(person, minlength=len(people))[person],
        known=np.ones((len(present), int(rankable.sum()))),
        corrected=np.zeros(len(present), dtype=np.bool_),
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


def _not_asked(
    able: Bools, person: Ints, theme: Ints, themes: Sequence[Theme]
) -> tuple[Reject, ...]:
    stray = theme[~able[person, theme]]
    return tuple(
        Reject(
            "",
            "",
            f"the code {themes[code].id}, raised by {int((stray == code).sum())} participants",
            "was raised by people who, as the list of questions says, could not raise it.",
            "If they could, mend the list of what each question let people raise.",
        )
        for code in sorted(set(stray.tolist()))
    )


def columns(eligible: Bools) -> tuple[Bools, Ints]:
    """Return the distinct columns of who could raise what, and each theme's place among them.

    Themes that the same people could raise share all sums of people. Columns are known by their
    bytes: numpy's own search for equal ones makes a field of every participant.

    Args:
        eligible: shape (participants, themes).
    """
    keys = [column.tobytes() for column in eligible.T]
    place = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    first = [keys.index(key) for key in place]
    return eligible[:, first], np.array([place[key] for key in keys], dtype=np.int64)


def sums(counted: Counted) -> Sums:
    """Return the sums within each source."""
    sources, themes = len(counted.kinds), len(counted.themes)
    cell = counted.source[counted.person] * themes + counted.theme
    weights = counted.weight[counted.person] * counted.value
    raised = np.bincount(cell, weights=weights, minlength=sources * themes)
    people, squares = np.zeros((sources, themes)), np.zeros((sources, themes))
    for source in range(sources):
        rows = counted.source == source
        weight, able = counted.weight[rows], counted.eligible[rows].astype(np.float64)
        people[source], squares[source] = weight @ able, weight**2 @ able
    return Sums(raised.reshape(sources, themes).astype(np.float64), people, squares)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))


def wilson(share: float, n: float, alpha: float) -> tuple[float, float]:
    """Return Wilson's interval of a share seen among `n` (effective) people.

    Source: Wilson 1927, as in statsmodels `proportion_confint(method="wilson")`.
    """
    z = float(norm.ppf(1 - alpha / 2))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At 0 and 1 one end equals the share itself; rounding must not put it on the wrong side.
    return max(0.0, min(share, float(centre - half))), min(1.0, max(share, float(centre + half)))


def share(
    people: float,
    of: float,
    n: float,
    alpha: float,
    *,
    estimated: bool = False,
    read: tuple[int, int] | None = None,
) -> Share:
    """Return `people` of `of` with Wilson's interval on `n` effective people.

    An estimate may leave 0 to `of` by chance; it is told as the nearest that can be. Where nobody
    could raise it, or nothing is known of it, everything is possible.
    """
    if of <= 0:
        return Share(0, 0, 0.0, (0.0, 1.0), estimated, read)
    prevalence = min(1.0, max(0.0, float(people / of)))
    interval = wilson(prevalence, n, alpha) if n > 0 else (0.0, 1.0)
    return Share(round(prevalence * of), round(of), prevalence, interval, estimated, read)
