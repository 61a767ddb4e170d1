"""`rank`: from who raised what to the order of themes, and how sure every place in it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from listening.errors import ListeningError
from listening.priorities import words
from listening.priorities.bootstrap import (
    generator,
    rank_intervals,
    ranks,
    replicate,
    single_cluster,
)
from listening.priorities.correction import Audit, Corrected, correct
from listening.priorities.counting import Counted, Sums, count, sums
from listening.priorities.coverage import coverage
from listening.priorities.eligibility import prompted
from listening.priorities.equity import compare, equity, representation
from listening.priorities.exploring import shares_for
from listening.priorities.groups import attributes, group_shares, not_heard
from listening.priorities.nesting import Nesting
from listening.priorities.nouns import (
    Apart,
    Bools,
    Coverage,
    Floats,
    GroupShare,
    Ints,
    Priority,
    Ranking,
    RankSettings,
    Source,
    Theme,
    Within,
)
from listening.priorities.protected import protected
from listening.priorities.rank_sets import floor, rank_sets
from listening.priorities.scoring import order, say, score, slopes, voters
from listening.priorities.sensitivity import sensitivity
from listening.priorities.shares import Shares
from listening.priorities.weighting import weights_of
from listening.priorities.weights import rake
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
    audit: Audit | None = None,
) -> Ranking:
    """Rank themes by how many people raised them, sources of different depth combined fairly.

    Args:
        raised: participant_id, code; a row says that this person raised this theme. Repeats and
            the order of rows mean nothing.
        participants: PARTICIPANTS; everyone with a contribution of their own, who are the
            denominator. `people` persons each; `cluster` is resampled together.
        codes: all themes. Those not rankable are counted apart and take no part in any mean. Those
            that stand under another count for it, and are ranked nowhere (`nesting`).
        settings: the choices made before the ranks are seen.
        seed: 0 or more; equal input and seed give equal results to the last digit.
        population: attribute, value, count; or None. Where `settings.weights` asks for it, shares
            within the score are weighted to it; people are told as they were heard.
        asked: ASKED, who could raise what; None where everybody could raise everything.
        audit: how sources are corrected in which not everybody was read. Of these `participants`
            holds everybody, and `raised` what readers found with those who were read. Groups,
            what is protected and coverage are then told of those who were read.

    Returns:
        The ranking, with what was set aside.

    Raises:
        InvalidTable: a table breaks its rules, or two themes share an id.
        NothingToDo: nobody to count, or no theme to rank.
    """
    if seed < 0:
        raise ListeningError("The seed", "is below 0.", "Give a whole number from 0.")
    nesting = Nesting.of(codes)
    # before anything is counted or corrected: shares, guesses and errors are of the ranked code
    as_coded, raised = raised, nesting.rolled(raised)
    codes, asked, audit = nesting.ranked, nesting.asked(asked), nesting.audit(audit)
    plain, apart, rejects = count(raised, participants, codes, asked)
    raked = rake(participants, population)
    weighted = plain.weighted(raked.weights)
    made = _corrected(weighted if settings.weights else plain, participants, audit, settings)
    counted, read = made.counted, made.read
    votes, all_small = voters(counted, settings)
    heard, seen = sums(counted.unweighted), sums(counted)
    lot = generator(seed, LOTS).permutation(len(counted.themes))
    scores = score(seen, votes, settings.scheme, known=counted.known)
    ordered = order(scores, heard.raised.sum(axis=0), lot)
    found, too_many = attributes(participants[made.rows])
    again = weights_of(raked).again if settings.weights else {}
    drawn = replicate(counted, settings.replicates, seed, RESAMPLES, again)
    ranked, covariance = _priorities(
        counted,
        group_shares(read, found),
        settings,
        seed,
        heard=heard,
        read=sums(read.unweighted),
        seen=seen,
        votes=votes,
        ordered=ordered,
        scores=scores,
        drawn=score(drawn, votes, settings.scheme, known=counted.known),
    )
    named = prompted(asked, participants, [theme.id for theme in counted.themes])
    within = nesting.within(as_coded, participants["participant_id"][made.rows].tolist(), read)
    ranked = _with_notes(ranked, made, counted, named, within)
    sources = _sources(counted, seen, votes, settings)
    single = [kind for s, kind in enumerate(counted.kinds) if votes[s] and _one_group(counted, s)]
    # Claims of certainty: never before people have coded.
    compared = compare(read, found, settings.alpha) if settings.status == "reviewed" else None
    listed = (
        protected(read, found, compared, settings, overall=_places(ordered), lot=lot, seed=seed)
        if compared is not None
        else ()
    )
    heard_as = found if made.rows.all() else attributes(participants)[0]
    of = int(read.people.sum())
    return Ranking(
        settings=settings,
        seed=seed,
        participants=len(counted.people),
        people=int(counted.people.sum()),
        priorities=ranked,
        sources=sources,
        apart=tuple(Apart(t, apart[t.id], of) for t in codes if not t.rankable),
        equity=equity(
            representation(counted, heard_as, population, settings.alpha),
            found,
            settings,
            compared,
            listed,
            audited=bool(counted.corrected.any()),
        ),
        protected=listed,
        not_heard=not_heard(counted, heard_as, population, settings.priority_groups),
        coverage=_coverage(made, ordered, settings.k),
        sensitivity=sensitivity(counted, votes, lot, settings, read=read, weighted=weighted),
        notes=(
            *words.notes(settings, sources, ranked, too_many, single, all_small=all_small),
            *(words.weighed(raked.notes, population is not None) if settings.weights else ()),
            *map(words.corrected, made.told),
            *words.never_asked(ranked),
        ),
        rejects=rejects,
        corrections=made.told,
        weighted=raked.design_effect if settings.weights else {},
        covariance=covariance[np.ix_(ordered, ordered)],
        exploring=shares_for(counted, read, weighted, settings, lot),
    )


def _corrected(
    counted: Counted, participants: Table, audit: Audit | None, settings: RankSettings
) -> Corrected:
    if audit is not None:
        return correct(counted, participants, audit, settings.alpha)
    everybody = np.ones(len(counted.people), dtype=np.bool_)
    return Corrected(counted, counted, everybody, np.zeros_like(counted.known, dtype=np.bool_), ())


def _coverage(made: Corrected, ordered: Ints, k: int) -> Coverage:
    """Return who is covered: those who were read, each for as many people as they stand for."""
    if not made.counted.corrected.any():
        return coverage(made.counted.unweighted, ordered, k)
    raked = made.counted.weight[made.rows] / made.read.people
    found = coverage(made.read.unweighted, ordered, k)
    whole = coverage(replace(made.read, weight=made.read.weight / raked), ordered, k)
    return replace(whole, read=(found.people, found.of))


def _with_notes(
    ranked: Sequence[Priority],
    made: Corrected,
    counted: Counted,
    named: Bools,
    within: Mapping[str, tuple[Within, ...]],
) -> tuple[Priority, ...]:
    """Say of each priority where too few were checked, who was asked by name, what is beneath."""
    place = {theme.id: number for number, theme in enumerate(counted.themes)}
    asked = counted.people @ named.astype(np.int64)
    return tuple(
        replace(
            one,
            too_few_checked=tuple(
                kind
                for source, kind in enumerate(counted.kinds)
                if made.thin[source, place[one.theme.id]]
            ),
            prompted=int(asked[place[one.theme.id]]),
            within=within.get(one.theme.id, ()),
        )
        for one in ranked
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
    read: Sums,
    seen: Sums,
    votes: Ints,
    scores: Floats,
    ordered: Ints,
    drawn: Floats,
) -> tuple[tuple[Priority, ...], Floats]:
    ranked = ranks(drawn, generator(seed, TIES))
    intervals = rank_intervals(ranked, _places(ordered), settings.alpha)
    in_top = (ranked <= settings.k).mean(axis=0)
    gradient = slopes(seen, votes, settings.scheme, known=counted.known)
    covariance = np.atleast_2d(np.cov(drawn, rowvar=False))
    covariance = covariance + np.diag(floor(counted, seen, gradient))
    sets = rank_sets(scores, covariance, settings.alpha, generator(seed, NORMALS))
    shares = Shares(counted, heard, read, settings.alpha)
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
    slope, scored = (
        {
            one.theme.id: dict(zip(counted.kinds, part[:, theme].tolist(), strict=True))
            for one, theme in zip(priorities, ordered, strict=True)
        }
        for part in (gradient, seen.shares)
    )
    why = words.why_order(priorities, slope, scored)
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
