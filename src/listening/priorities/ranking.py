"""`rank`: from who raised what to the order of themes, and how sure every place in it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from listening.errors import ListeningError
from listening.priorities import words
from listening.priorities.bootstrap import (
    Reweigh,
    Weights,
    generator,
    rank_intervals,
    ranks,
    replicate,
    single_cluster,
)
from listening.priorities.counting import Counted, Sums, count, sums
from listening.priorities.coverage import coverage
from listening.priorities.equity import answers, compare, equity
from listening.priorities.groups import attributes, group_shares, not_heard
from listening.priorities.nouns import (
    Apart,
    Floats,
    GroupShare,
    Ints,
    Priority,
    Ranking,
    RankSettings,
    Source,
    Theme,
)
from listening.priorities.protected import protected
from listening.priorities.rank_sets import floor, rank_sets
from listening.priorities.scoring import order, say, score, slopes, voters
from listening.priorities.sensitivity import sensitivity
from listening.priorities.shares import Shares
from listening.records import Table

# What random numbers are drawn for; see `generator`.
LOTS, RESAMPLES, TIES, NORMALS = 1, 2, 3, 4


def rank(
    raised: Table,
    participants: Table,
    codes: Sequence[Theme],
    settings: RankSettings,
    seed: int,
    population: Table | None = None,
    *,
    asked: Table | None = None,
    weights: Weights | None = None,
) -> Ranking:
    """Rank themes by how many people raised them, sources of different depth combined fairly.

    Args:
        raised: participant_id, code; a row says that this person raised this theme. Repeats and
            the order of rows mean nothing.
        participants: PARTICIPANTS; everyone with a contribution of their own, who are the
            denominator. `people` persons each; `cluster` is resampled together.
        codes: all themes. Those not rankable are counted apart and take no part in any mean.
        settings: the choices made before the ranks are seen.
        seed: 0 or more; equal input and seed give equal results to the last digit.
        population: attribute, value, count; or None.
        asked: ASKED, who could raise what; None where everybody could raise everything.
        weights: raking weights of the participants; None where nothing is weighted. People are
            told as they were heard; shares within the score are weighted.

    Returns:
        The ranking, with what was set aside.

    Raises:
        InvalidTable: a table breaks its rules, or two themes share an id.
        NothingToDo: nobody to count, or no theme to rank.
    """
    if seed < 0:
        raise ListeningError("The seed", "is below 0.", "Give a whole number from 0.")
    counted, apart, rejects = count(raised, participants, codes, asked)
    if weights is not None:
        counted = counted.weighted(weights.values)
    votes, all_small = voters(counted, settings)
    heard, seen = sums(counted.unweighted), sums(counted)
    people = heard.raised.sum(axis=0)
    lot = generator(seed, LOTS).permutation(len(counted.themes))
    scores = score(seen, votes, settings.scheme, known=counted.known)
    ordered = order(scores, people, lot)
    found, too_many = attributes(participants)
    ranked, covariance = _priorities(
        counted,
        group_shares(counted, found),
        settings,
        seed,
        heard=heard,
        seen=seen,
        votes=votes,
        scores=scores,
        ordered=ordered,
        again=weights.again if weights else {},
    )
    places = _places(ordered)
    reviewed = settings.status == "reviewed"
    # A claim of certainty: never before people have coded.
    compared = compare(answers(counted), found, settings.alpha) if reviewed else None
    listed = (
        protected(counted, found, compared, settings, read=None, overall=places, lot=lot, seed=seed)
        if compared is not None
        else ()
    )
    sources = _sources(counted, seen, votes, settings)
    single = [kind for s, kind in enumerate(counted.kinds) if votes[s] and _one_group(counted, s)]
    of = int(counted.people.sum())
    return Ranking(
        settings=settings,
        seed=seed,
        participants=len(counted.people),
        people=of,
        priorities=ranked,
        sources=sources,
        apart=tuple(Apart(t, apart[t.id], of) for t in codes if not t.rankable),
        equity=equity(counted, found, population, settings, compared, listed),
        protected=listed,
        not_heard=not_heard(counted, found, population, settings.priority_groups),
        coverage=coverage(counted, ordered, settings.k),
        sensitivity=sensitivity(counted, votes, lot, settings),
        notes=words.notes(settings, sources, ranked, too_many, single, all_small=all_small),
        rejects=rejects,
        covariance=covariance[np.ix_(ordered, ordered)],
    )


def _places(ordered: Ints) -> Ints:
    places = np.empty_like(ordered)
    places[ordered] = np.arange(1, len(ordered) + 1)
    return places


def _one_group(counted: Counted, source: int) -> bool:
    return int((counted.source == source).sum()) > 1 and single_cluster(counted, source)


def _priorities(
    counted: Counted,
    groups: Sequence[tuple[GroupShare, ...]],
    settings: RankSettings,
    seed: int,
    *,
    heard: Sums,
    seen: Sums,
    votes: Ints,
    scores: Floats,
    ordered: Ints,
    again: Mapping[str, Reweigh],
) -> tuple[tuple[Priority, ...], Floats]:
    sampled = replicate(counted, settings.replicates, seed, RESAMPLES, again)
    drawn = score(sampled, votes, settings.scheme, known=counted.known)
    ranked = ranks(drawn, generator(seed, TIES))
    intervals = rank_intervals(ranked, _places(ordered), settings.alpha)
    in_top = (ranked <= settings.k).mean(axis=0)
    gradient = slopes(seen, votes, settings.scheme, known=counted.known)
    covariance = np.atleast_2d(np.cov(drawn, rowvar=False))
    covariance = covariance + np.diag(floor(counted, seen, gradient))
    sets = rank_sets(scores, covariance, settings.alpha, generator(seed, NORMALS))
    shares = Shares(counted, heard, settings.alpha)
    priorities = [
        Priority(
            rank=place,
            theme=counted.themes[theme],
            reach=shares.of_all(theme),
            score=float(scores[theme]),
            rank_interval=(int(intervals[theme, 0]), int(intervals[theme, 1])),
            p_top_k=float(in_top[theme]) if settings.status == "reviewed" else None,
            joint=(int(sets.joint[theme, 0]), int(sets.joint[theme, 1])),
            marginal=(int(sets.marginal[theme, 0]), int(sets.marginal[theme, 1])),
            tied_with=tuple(counted.themes[j].id for j in ordered if sets.tied[theme, j]),
            sources=shares.of_each(theme),
            groups=groups[theme],
            why_order="",
        )
        for place, theme in enumerate(ordered, start=1)
    ]
    slope = {
        one.theme.id: dict(zip(counted.kinds, gradient[:, theme].tolist(), strict=True))
        for one, theme in zip(priorities, ordered, strict=True)
    }
    why = words.why_order(priorities, slope)
    explained = zip(priorities, why, strict=True)
    return tuple(replace(one, why_order=text) for one, text in explained), covariance


def _sources(
    counted: Counted, seen: Sums, votes: Ints, settings: RankSettings
) -> tuple[Source, ...]:
    alpha = say(seen, votes, settings.scheme, counted.known)
    there = seen.people > 0
    mean = (seen.shares * there).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return tuple(
        Source(
            kind=kind,
            participants=int((counted.source == source).sum()),
            people=int(counted.people[counted.source == source].sum()),
            n_eff=float(seen.n_eff[source].max()),
            alpha=float(alpha[source].max()),
            mean_prevalence=float(mean[source]),
            votes=bool(votes[source]),
        )
        for source, kind in enumerate(counted.kinds)
    )
