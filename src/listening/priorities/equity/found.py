"""Everything about who was heard and who differs, put together beside one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from listening.priorities.equity import words
from listening.priorities.equity.differences import ENOUGH, Compared
from listening.priorities.equity.nouns import (
    Difference,
    Equity,
    Most,
    PriorityGroup,
    Represented,
    Unmatched,
)
from listening.priorities.groups import Attribute, Key, members, plain
from listening.priorities.nouns import Protected, RankSettings, Theme


def equity(
    represented: tuple[tuple[Represented, ...], tuple[Unmatched, ...]],
    found: Mapping[str, Attribute],
    settings: RankSettings,
    compared: Mapping[str, Compared] | None,
    protected: Sequence[Protected],
    *,
    audited: bool,
) -> Equity:
    """Tell who was heard and who differs.

    Args:
        represented: what `representation` returned.
        found: attributes of those who are compared, by their matching spelling.
        settings: the choices made before the ranks were seen.
        compared: what `compare` returned; None before people have coded.
        protected: the themes that are listed for the priority groups.
        audited: whether of some sources only those are compared whom people read.
    """
    by_theme = _by_theme(compared or {})
    told = [one for each in by_theme.values() for one in each]
    claimed = [one for one in _without_mirrors(told, found) if one.differs]
    return Equity(
        representation=represented[0],
        unmatched=represented[1],
        groups=by_theme,
        differences=tuple(sorted(claimed, key=_surest)),
        tests=sum(one.differs is not None for one in told),
        comparison=words.WAITS if compared is None else _comparison(told, claimed, audited=audited),
        too_few=words.too_few(_too_few(told)),
        priority_groups=tuple(
            _priority_group(found, group, protected, compared) for group in settings.priority_groups
        ),
        most=_most(compared or {}, found, settings),
    )


def _by_theme(compared: Mapping[str, Compared]) -> dict[str, tuple[Difference, ...]]:
    themes = next((one.themes for one in compared.values()), ())
    return {
        theme.id: tuple(
            _difference(one, row, place, theme)
            for one in compared.values()
            for row in range(len(one.evidence.attribute.values))
        )
        for place, theme in enumerate(themes)
    }


def _difference(one: Compared, row: int, place: int, theme: Theme) -> Difference:
    group, rest = one.evidence.group, one.evidence.rest
    attribute = one.evidence.attribute
    label = attribute.name, attribute.values[row]
    at = row, place
    sides = (
        round(group.raised[at]),
        round(group.of[at]),
        round(rest.raised[at]),
        round(rest.of[at]),
    )
    voices = float(group.voices[at]), float(rest.voices[at])
    known = Difference(
        *label,
        theme,
        sides[0],
        sides[1],
        voices[0],
        sides[2],
        sides[3],
        voices[1],
        float(one.shrunk[at]),
    )
    if not one.tested[at]:
        return known
    return _tested(known, one, at, words.difference(label, theme.name, sides))


def _tested(known: Difference, one: Compared, at: tuple[int, int], sentence: str) -> Difference:
    others = one.evidence.rest.shares[at]
    low, high = (float(end[at]) for end in one.ends)
    differs = bool(one.differs[at])
    return replace(
        known,
        ratio=float(one.evidence.group.shares[at] / others) if others else None,
        interval=(low, high if np.isfinite(high) else None),
        p=float(one.p[at]),
        q=float(one.q[at]),
        differs=differs,
        sentence=sentence if differs else "",
    )


def _without_mirrors(
    told: Sequence[Difference], found: Mapping[str, Attribute]
) -> list[Difference]:
    """Leave out a group that is all the others of the other one, where it raised it less."""
    pairs = {one.name for one in found.values() if len(one.values) == 2}
    return [one for one in told if one.attribute not in pairs or _raised_more(one)]


def _raised_more(one: Difference) -> bool:
    return bool(one.people * one.rest_of > one.rest_people * one.of)


def _surest(one: Difference) -> tuple[float, float, str, str, str]:
    return (one.q or 0.0, one.p or 0.0, one.theme.id, one.attribute, one.value)


def _comparison(told: Sequence[Difference], claimed: Sequence[Difference], *, audited: bool) -> str:
    tested = [one for one in told if one.differs is not None]
    groups = {(one.attribute, one.value) for one in tested}
    themes = {one.theme.id for one in tested}
    together = any(round(one.voices) < one.of for one in tested)
    said = words.compared(len(tested), len(groups), len(themes), len(claimed), together=together)
    return f"{said} {words.AUDITED}" if audited else said


def _too_few(told: Sequence[Difference]) -> list[Key]:
    enough = {
        (one.attribute, one.value)
        for one in told
        if one.voices >= ENOUGH and one.rest_voices >= ENOUGH
    }
    every = dict.fromkeys((one.attribute, one.value) for one in told)
    return [group for group in every if group not in enough]


def _priority_group(
    found: Mapping[str, Attribute],
    group: Key,
    protected: Sequence[Protected],
    compared: Mapping[str, Compared] | None,
) -> PriorityGroup:
    chosen = members(dict(found), group)
    participants = 0 if chosen is None else int(chosen.sum())
    listed = [one.theme.name for one in protected if (one.attribute, one.value) == group]
    enough = participants >= ENOUGH
    if compared is not None and participants:
        enough = compared[plain(group[0])].enough(group[1])
    sentence = words.protection(group, participants, listed, enough=enough, waits=compared is None)
    return PriorityGroup(*group, participants, sentence)


def _most(
    compared: Mapping[str, Compared], found: Mapping[str, Attribute], settings: RankSettings
) -> dict[str, Most]:
    """Return Q of each theme: the greatest shrunk share over priority groups of ten voices."""
    most: dict[str, Most] = {}
    for name, value in settings.priority_groups:
        one = compared.get(plain(name))
        chosen = members(dict(found), (name, value))
        if one is None or chosen is None or not one.enough(value):
            continue
        shares = one.shrunk[one.row(value)]
        for theme, share in zip(one.themes, shares.tolist(), strict=True):
            if theme.id not in most or share > most[theme.id].shrunk:
                most[theme.id] = Most(name, value, share)
    return most
