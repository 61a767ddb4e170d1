"""Equity as `priorities.json` says it: plain types, and null where nothing can be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from listening.priorities.equity.nouns import Difference, Equity, Represented
from listening.priorities.figures import figure, part
from listening.priorities.nouns import GroupShare


def fields(equity: Equity) -> dict[str, Any]:
    """Return the fields of `priorities.json` that are about equity as a whole."""
    return {
        "representation": [_represented(one) for one in equity.representation],
        "not_matched": [
            {
                "attribute": one.attribute,
                "values": list(one.values),
                "people": one.people,
                "sentence": one.sentence,
            }
            for one in equity.unmatched
        ],
        "differences": [
            {"id": one.theme.id, "name": one.theme.name, **_difference(one)}
            for one in equity.differences
        ],
        "comparison": {
            "tests": equity.tests,
            "sentence": equity.comparison,
            "too_few": equity.too_few,
        },
        "priority_groups": [
            {
                "attribute": one.attribute,
                "value": one.value,
                "participants": one.participants,
                "sentence": one.sentence,
            }
            for one in equity.priority_groups
        ],
    }


def groups(shares: Sequence[GroupShare], equity: Equity, theme: str) -> list[dict[str, Any]]:
    """Return the `groups` of one theme, each with its figures beside the others'.

    `difference` is null before people have coded.
    """
    told = {(one.attribute, one.value): one for one in equity.groups.get(theme, ())}
    rows = []
    for group in shares:
        one = told.get((group.attribute, group.value))
        rows.append(
            {
                "attribute": group.attribute,
                "value": group.value,
                "people": group.people,
                "of": group.of,
                "prevalence": part(group.people, group.of),
                "difference": None if one is None else _beside(one),
            }
        )
    return rows


def most(equity: Equity, theme: str) -> dict[str, Any] | None:
    """Return the priority group that holds a theme most, or None."""
    found = equity.most.get(theme)
    if found is None:
        return None
    return {"attribute": found.attribute, "value": found.value, "shrunk": figure(found.shrunk)}


def _represented(one: Represented) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "value": one.value,
        "people": one.people,
        "of": one.of,
        "unknown": one.unknown,
        "population": one.population,
        "population_of": one.population_of,
        "ratio": _figure(one.ratio),
        "interval": None if one.interval is None else [figure(end) for end in one.interval],
        "under_heard": one.under_heard,
        "shortfall": one.shortfall,
        "whatever_unknown": one.whatever_unknown,
        "sentence": one.sentence,
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {"attribute": one.attribute, "value": one.value, **_beside(one)}


def _beside(one: Difference) -> dict[str, Any]:
    return {
        "people": one.people,
        "of": one.of,
        "voices": figure(one.voices),
        "rest_people": one.rest_people,
        "rest_of": one.rest_of,
        "rest_voices": figure(one.rest_voices),
        "shrunk": figure(one.shrunk),
        "ratio": _figure(one.ratio),
        "interval": None if one.interval is None else [_figure(end) for end in one.interval],
        "p": _figure(one.p),
        "q": _figure(one.q),
        "differs": one.differs,
        "sentence": one.sentence,
    }


def _figure(value: float | None) -> float | None:
    return None if value is None else figure(value)
