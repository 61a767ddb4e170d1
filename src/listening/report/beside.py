"""Beside the order: how grave, how widely shared, a panel's word, places and their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.report import ties, words

Document = Mapping[str, Any]

#: with more words of a panel than these, a theme says how many there are of which
_MOST_SENTENCES = 2
_WORDS = {"confirm": "confirms it", "rename": "renames it", "contest": "contests it"}


def figures(document: Document) -> list[tuple[str, str, str]]:
    """Return a row for each theme: its name, how grave it is, how evenly it is spread."""
    priorities = document["priorities"]
    if all(one.get("intensity") is None and one.get("breadth") is None for one in priorities):
        return []
    return [(f"{one['rank']}. {one['name']}", intensity(one), breadth(one)) for one in priorities]


def intensity(theme: Mapping[str, Any]) -> str:
    """Say how grave coders found a theme, and of how many people they marked it."""
    if theme.get("intensity") is None:
        return "not marked"
    return f"{theme['intensity']:.1f} of 3 (marked for {words.people(theme['intensity_people'])})"


def breadth(theme: Mapping[str, Any]) -> str:
    """Say how evenly a theme is raised over groups."""
    found = theme.get("breadth")
    return "not known" if found is None else f"{100 * found:.0f}%"


def criteria(document: Document) -> list[str]:
    """Say which theme each criterion by itself would put first, where it is another one."""
    names = {one["id"]: one["name"] for one in document["priorities"]}
    said = []
    for criterion, told in (
        ("intensity", "how grave it is"),
        ("breadth", "how widely it is shared"),
    ):
        order = document.get("criteria", {}).get(criterion, [])
        if len(order) > 1:
            first = words.listed(names[one] for one in order[:3])
            said.append(f"By {told} alone, the order would begin: {first}.")
    return said


def panel(document: Document) -> list[tuple[str, str, str]]:
    """Return a row for each word of the resident panel: the theme, what it says, when."""
    return [
        (one["name"], _said(word), _when(word))
        for one in document["priorities"]
        for word in one.get("panel", [])
    ]


def of_theme(theme: Mapping[str, Any]) -> list[str]:
    """Say beside one theme what the resident panel said of it."""
    said: Sequence[Mapping[str, Any]] = theme.get("panel", [])
    if len(said) > _MOST_SENTENCES:
        return [_tally(said)]
    return [
        f"The resident panel {_said(word)}{f' ({_when(word)})' if _when(word) else ''}."
        for word in said
    ]


def _tally(said: Sequence[Mapping[str, Any]]) -> str:
    """Say in one sentence what many words of a panel come to; the table holds each."""
    names = list(dict.fromkeys(one["words"] for one in said if one["word"] == "rename"))
    called = f" Names that it gives: {words.listed(f'“{one}”' for one in names[:3])}."
    return f"{_counted(said)}{called if names else ''}"


def _counted(said: Sequence[Mapping[str, Any]]) -> str:
    if any(not one["present"] for one in said):
        return f"The resident panel spoke of it {len(said)} times."
    parts = []
    for word in ("confirm", "rename", "contest"):
        many = sum(one["present"] for one in said if one["word"] == word)
        if many:
            parts.append(f"{words.people(many)} {word}{'s' if many == 1 else ''} it")
    return f"Of the resident panel, {words.listed(parts)}."


def missing(document: Document) -> list[tuple[str, str]]:
    """Return a row for each thing that a panel finds missing from the order: words, when."""
    return [(f"“{one['words']}”", _when(one)) for one in document.get("panel_missing", [])]


def _said(word: Mapping[str, Any]) -> str:
    own = f": “{word['words']}”" if word["words"] else ""
    return f"{_WORDS[word['word']]}{own}"


def _when(word: Mapping[str, Any]) -> str:
    present = f"{words.number(word['present'])} present" if word["present"] else ""
    return ", ".join(part for part in (word["date"], present) if part)


def places(document: Document) -> dict[str, Any] | None:
    """Lay places side by side: themes down, places across; None where no place is known."""
    found: Sequence[Mapping[str, Any]] = document.get("places", [])
    if not found:
        return None
    names = {one["id"]: one["name"] for one in document["priorities"]}
    heard = [place for place in found if place["themes"]]
    by = [{theme["id"]: theme for theme in place["themes"]} for place in heard]
    return {
        "head": [
            "Theme",
            *(f"{place['name']} ({words.people(place['people'])})" for place in heard),
        ],
        "rows": [
            (name, *(_cell(own[code]) for own in by if code in own)) for code, name in names.items()
        ],
        "orders": [_order(place, names) for place in heard],
        "estimated": bool(document.get("correction")),
        "unknown": document.get("place_unknown", 0),
        "indicators": _indicators(found),
    }


def _cell(theme: Mapping[str, Any]) -> str:
    share = words.percentage(theme["prevalence"], theme["of"])
    spread = words.sampling_range(theme["interval"], theme["of"])
    counts = f"{words.number(theme['people'])}{f' ({share}; {spread})' if share else ''}"
    return f"{counts}, rank {theme['rank']}" if theme["rank"] else counts


def _order(place: Mapping[str, Any], names: Mapping[str, str]) -> str:
    who = f"{place['name']} ({words.people(place['people'])})"
    if not place["ordered"]:
        return f"{who}: too few to order. The counts stand alone."
    ranked = sorted(place["themes"], key=lambda theme: theme["rank"])
    told = [{**theme, "name": names[theme["id"]]} for theme in ranked]
    return " ".join([f"{who}:", *(ties.sentences(told, 3) or ["its first three stand apart."])])


def _indicators(found: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    measures: dict[tuple[str, str, str, str], dict[str, str]] = {}
    for place in found:
        for one in place["indicators"]:
            key = one["measure"], one["unit"], one["date"], one["source"]
            measures.setdefault(key, {})[place["name"]] = f"{one['value']:,.12g}"
    if not measures:
        return None
    names = [place["name"] for place in found if place["indicators"]]
    return {
        "head": ["Measure", *names, "Date", "Source"],
        "rows": [
            (f"{measure} ({unit})" if unit else measure,
             *(values.get(name, "–") for name in names), date, source)
            for (measure, unit, date, source), values in measures.items()
        ],
        "numeric": tuple(range(1, 1 + len(names))),
    }  # fmt: skip
