"""Who was heard beside who lives there, and who differs: the figures put into words and rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.report import words

Document = Mapping[str, Any]
Figures = Mapping[str, Any]
#: of groups that are not under-heard for certain: what can be told all the same
_SHORTFALL = {
    "likely": "Fewer than expected, but too few in all to be sure",
    "some": "Somewhat fewer than expected",
}


def heard(document: Document) -> dict[str, Any]:
    """Hold who was heard against who lives there."""
    rows = document["representation"]
    return {
        "under": [one["sentence"] for one in rows if one["under_heard"]],
        "likely": [one["sentence"] for one in rows if one["shortfall"] in ("likely", "some")],
        "rows": [_row(one) for one in rows],
        "not_matched": [one["sentence"] for one in document["not_matched"]],
        "any": bool(rows or document["not_matched"]),
    }


def _row(one: Figures) -> tuple[str, str, str, str, str]:
    by_part = one["of"] * one["population"] / one["population_of"] if one["population_of"] else 0.0
    return (
        group(one),
        f"{words.number(one['people'])} of {words.number(one['of'])}",
        f"about {words.number(round(by_part))}",
        _times(one),
        _told(one),
    )


def _told(one: Figures) -> str:
    if one["interval"] is None:
        return "Nothing can be told"
    if one["under_heard"]:
        return "Under-heard" if one["whatever_unknown"] else "Under-heard among those known"
    return _SHORTFALL.get(one["shortfall"], "No shortfall can be told")


def _times(one: Figures) -> str:
    """Write a ratio with its range: `0.65 (0.47 to 0.87)`."""
    if one["interval"] is None:
        return "not known"
    low, high = one["interval"]
    top = "no end" if high is None else f"{high:.2f}"
    return (
        f"{'no end' if one['ratio'] is None else format(one['ratio'], '.2f')} ({low:.2f} to {top})"
    )


def differs(document: Document) -> dict[str, Any]:
    """Say which groups raise what more or less often than all others."""
    found = document["differences"]
    return {
        "comparison": document["comparison"]["sentence"],
        "too_few": document["comparison"]["too_few"],
        "sentences": [one["sentence"] for one in found],
        "rows": [
            (
                one["name"],
                group(one),
                _of(one["people"], one["of"]),
                _of(one["rest_people"], one["rest_of"]),
                _times(one),
            )
            for one in found
        ],
    }


def group(one: Figures) -> str:
    """Name a group: `tenure: private rent`."""
    return f"{words.label(one['attribute'])}: {one['value']}"


def group_head(document: Document) -> list[str]:
    """Return the head of a theme's table of groups: compared once people have coded."""
    if document["status"] == "provisional":
        return ["Group", "Raised by"]
    return ["Group", "Raised by", "Others", "Beside others"]


def beside(found: Figures | None) -> tuple[str, ...]:
    """Return further cells of a group's row: what others raised, and whether that differs."""
    if found is None:
        return ()
    others = _of(found["rest_people"], found["rest_of"])
    if found["differs"] is None:
        return others, "too few to compare"
    if not found["differs"]:
        return others, "cannot be told"
    more = found["ratio"] is None or found["ratio"] > 1
    return others, "more often" if more else "less often"


def cells(theme: Figures, document: Document) -> dict[str, str]:
    """Return the cells of `priorities.csv` that are about groups, several joined by `;`."""
    different = [
        f"{group(one)} ({beside(one['difference'])[1]})"
        for one in theme["groups"]
        if one["difference"] is not None and one["difference"]["differs"]
    ]
    kept = [group(one) for one in document["protected"] if one["id"] == theme["id"]]
    return {"differs": ";".join(different), "protected_for": ";".join(kept)}


def _of(people: int, of: int) -> str:
    return f"{words.number(people)} of {words.number(of)}"
