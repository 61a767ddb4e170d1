"""The ranking as `priorities.json` (INTERFACE.md): plain types, byte-stable, no claim too many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.priorities.equity import written
from listening.priorities.equity.nouns import Equity
from listening.priorities.equity.words import WAITS
from listening.priorities.figures import figure, part
from listening.priorities.nouns import (
    Correction,
    Coverage,
    NotHeard,
    Priority,
    Protected,
    Ranking,
    RankSettings,
    Share,
)
from listening.priorities.words import STATEMENTS, corrected
from listening.records import Table

#: A theme that moves further than this under another way of ranking is flagged (METHOD §2).
FAR = 3

Quotes = Mapping[str, Sequence[Mapping[str, Any]]]


def document(
    ranking: Ranking,
    *,
    programme: str,
    wave: str,
    codebook_version: str,
    quotes: Quotes,
    not_yet_read: int,
    negative_cases: Quotes | None = None,
    chosen: Mapping[str, Any] | None = None,
    asks: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]] | None = None,
) -> dict[str, Any]:
    """Return the content of `priorities.json`, its status first.

    Args:
        ranking: what `rank` returned.
        programme: the programme's name.
        wave: the wave's name.
        codebook_version: the version of the codebook that every count belongs to.
        quotes: theme id to quotes (text, voice, source_kind, attributes, segment_id).
        not_yet_read: people who are not counted because nobody has read them yet.
        negative_cases: theme id to what may contradict it (text, voice, source_kind, segment_id,
            question, quotable, why), where it was looked for.
        chosen: when the choices were made, and those made before them (`choices_made`).
        asks: theme id to `needs` and `changes`, where they were looked for (`priorities.asks`).
    """
    against, asked = negative_cases or {}, asks or {}
    settings = ranking.settings
    return {
        "status": settings.status,
        "statement": STATEMENTS[settings.status],
        "programme": programme,
        "wave": wave,
        "codebook_version": codebook_version,
        "k": settings.k,
        "scheme": settings.scheme,
        "choices": {**choices(settings, ranking.seed), **(chosen or {})},
        "participants": ranking.participants,
        "people": ranking.people,
        "not_yet_read": not_yet_read,
        "notes": list(ranking.notes),
        "priorities": [
            _priority(
                one,
                ranking.equity,
                quotes.get(one.theme.id, ()),
                against.get(one.theme.id, ()),
                asked.get(one.theme.id, {}),
            )
            for one in ranking.priorities
        ],
        "protected": [_protected(one) for one in ranking.protected],
        "not_heard": [_not_heard(one) for one in ranking.not_heard],
        **written.fields(ranking.equity),
        "coverage": _coverage(ranking.coverage, settings.k),
        "sensitivity": _sensitivity(ranking),
        "exploring": dict(ranking.exploring),
        "correction": {one.kind: _correction(one) for one in ranking.corrections},
        "weighted": {kind: figure(effect) for kind, effect in ranking.weighted.items()},
        "apart": [
            {"id": one.theme.id, "name": one.theme.name, "people": one.people, "of": one.of}
            for one in ranking.apart
        ],
        "sources": {
            one.kind: {
                "participants": one.participants,
                "people": one.people,
                "n_eff": figure(one.n_eff),
                "alpha": figure(one.alpha),
                "mean_prevalence": figure(one.mean_prevalence),
                "votes": one.votes,
            }
            for one in ranking.sources
        },
    }


def without_themes(
    participants: Table,
    settings: RankSettings,
    *,
    programme: str,
    wave: str,
    not_yet_read: int,
    chosen: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return `priorities.json` where there is nothing to rank yet: too little was said to group.

    Args:
        participants: PARTICIPANTS, everyone with a contribution of their own.
        settings: the choices that the ranking would have used.
        programme: the programme's name.
        wave: the wave's name.
        not_yet_read: people whom nobody has read yet.
        chosen: when the choices were made, and those made before them.
    """
    people = int(participants["people"].sum())
    by_kind = participants.groupby("source_kind", sort=True)["people"].agg(["size", "sum"])
    return {
        "status": settings.status,
        "statement": STATEMENTS[settings.status],
        "programme": programme,
        "wave": wave,
        "codebook_version": "",
        "k": settings.k,
        "scheme": settings.scheme,
        "choices": {**choices(settings, None), **(chosen or {})},
        "participants": len(participants),
        "people": people,
        "not_yet_read": not_yet_read,
        "notes": ["There is too little material to group, and no codebook: read the passages."],
        "priorities": [],
        "protected": [],
        "not_heard": [],
        "representation": [],
        "not_matched": [],
        "differences": [],
        "comparison": {"tests": 0, "sentence": WAITS, "too_few": ""},
        "priority_groups": [],
        "coverage": {"k": settings.k, "people": 0, "of": people, "prevalence": None, "greedy": []},
        "sensitivity": {"orders": {}, "flips_unscaled": [], "themes": []},
        "exploring": {},
        "correction": {},
        "weighted": {},
        "apart": [],
        "sources": {
            str(kind): {
                "participants": int(row["size"]),
                "people": int(row["sum"]),
                "n_eff": figure(row["sum"]),
                "alpha": 0.0,
                "mean_prevalence": 0.0,
                "votes": False,
            }
            for kind, row in by_kind.iterrows()
        },
    }


def choices(settings: RankSettings, seed: int | None) -> dict[str, Any]:
    """Return what was chosen before any rank was seen, as plain types."""
    return {
        "k": settings.k,
        "scheme": settings.scheme,
        "weights": settings.weights,
        "priority_groups": [list(group) for group in settings.priority_groups],
        "resamples": settings.replicates,
        "confidence": figure(1 - settings.alpha),
        "seed": seed,
    }


def _share(one: Share) -> dict[str, Any]:
    return {
        "people": one.people,
        "of": one.of,
        "prevalence": part(one.people, one.of),
        "interval": [figure(end) for end in one.interval],
        "estimated": one.estimated,
        **_found(one.read),
    }


def _found(read: tuple[int, int] | None) -> dict[str, Any]:
    """Return what was found with those who were read, where that is not everybody."""
    return {} if read is None else {"read": {"people": read[0], "of": read[1]}}


def _priority(
    one: Priority,
    equity: Equity,
    quotes: Sequence[Mapping[str, Any]],
    against: Sequence[Mapping[str, Any]],
    asked: Mapping[str, Sequence[Mapping[str, Any]]],
) -> dict[str, Any]:
    return {
        "rank": one.rank,
        "id": one.theme.id,
        "name": one.theme.name,
        "statement": one.theme.statement,
        **_share(one.reach),
        "score": figure(one.score),
        "rank_interval": list(one.rank_interval),
        "p_top_k": None if one.p_top_k is None else figure(one.p_top_k),
        "tier": one.joint[0],
        "joint_ranks": list(one.joint),
        "marginal_ranks": list(one.marginal),
        "tied_with": list(one.tied_with),
        "why_order": one.why_order,
        "too_few_checked": list(one.too_few_checked),
        "prompted": one.prompted,
        **_within(one),
        "sources": {kind: _share(share) for kind, share in one.sources.items()},
        "groups": written.groups(one.groups, equity, one.theme.id),
        "equity": written.most(equity, one.theme.id),
        "needs": [dict(passage) for passage in asked.get("needs", ())],
        "changes": [dict(passage) for passage in asked.get("changes", ())],
        "quotes": [dict(quote) for quote in quotes],
        "negative_cases": [dict(case) for case in against],
    }


def _within(one: Priority) -> dict[str, Any]:
    """Return the codes beneath a priority, where there are any."""
    told = [
        {"id": w.theme.id, "name": w.theme.name, "under": w.theme.under, "people": w.people}
        for w in one.within
    ]
    return {"within": told} if told else {}


def _protected(one: Protected) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "value": one.value,
        "id": one.theme.id,
        "name": one.theme.name,
        "people": one.people,
        "of": one.of,
        "prevalence": part(one.people, one.of),
        "shrunk": figure(one.shrunk),
        "rank": one.rank,
        "rank_in_group": one.rank_in_group,
        "p_top_3": figure(one.p_top_3),
    }


def _not_heard(one: NotHeard) -> dict[str, Any]:
    capacity = one.hearing_capacity
    return {
        "attribute": one.attribute,
        "value": one.value,
        "heard": one.heard,
        "accounts": one.accounts,
        "population": one.population,
        "unknown": one.unknown,
        "hearing_capacity": None if capacity is None else figure(capacity),
        "sentence": one.sentence,
    }


def _correction(one: Correction) -> dict[str, Any]:
    widths = {"least": one.width_least, "middle": one.width, "most": one.width_most}
    return {
        "participants": one.participants,
        "audited": one.audited,
        "certain": one.certain,
        "people": one.people,
        "read": one.read,
        "heaviest": figure(one.heaviest),
        "too_few_checked": list(one.too_few),
        "width_against_audited_alone": {
            name: None if width is None else figure(width) for name, width in widths.items()
        },
        "sentence": corrected(one),
    }


def _coverage(one: Coverage, k: int) -> dict[str, Any]:
    return {
        "k": k,
        "people": one.people,
        "of": one.of,
        "prevalence": part(one.people, one.of),
        **_found(one.read),
        "greedy": [
            {"id": theme, "people": people, "prevalence": part(people, one.of)}
            for theme, people in one.greedy
        ],
    }


def _sensitivity(ranking: Ranking) -> dict[str, Any]:
    orders = ranking.sensitivity
    places = {
        way: {theme: place for place, theme in enumerate(order, start=1)}
        for way, order in orders.items()
    }
    moves = []
    for one in ranking.priorities:
        theme = one.theme.id
        ranks = {way: place[theme] for way, place in places.items()}
        furthest = max(abs(place - one.rank) for place in ranks.values())
        moves.append(
            {
                "id": theme,
                "rank": one.rank,
                "ranks": ranks,
                "moves": furthest,
                "flagged": furthest > FAR,
            }
        )
    return {
        "orders": {way: list(order) for way, order in orders.items()},
        "flips_unscaled": [
            one.theme.id
            for one in ranking.priorities
            if places["unscaled"][one.theme.id] != one.rank
        ],
        "themes": moves,
    }
