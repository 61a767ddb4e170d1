"""`stand_beside`: the document of the ranking, with what stands beside it. No rank is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.priorities.beside.figures import Intensity, breadth, intensity
from listening.priorities.beside.places import Place, PlaceTheme, places
from listening.priorities.figures import figure, part
from listening.priorities.groups import plain
from listening.priorities.nesting import Nesting
from listening.priorities.nouns import Theme
from listening.records import INDICATORS, PANEL, Reject, Table, check

Document = dict[str, Any]


@dataclass(frozen=True)
class Brought:
    """What a programme brings, each of it or none.

    Attributes:
        severities: SEVERITIES, of people's codings.
        panel: PANEL.
        indicators: INDICATORS.
        missed: what a panel finds missing from the order: `words`, `date`, `present`.
    """

    severities: Table | None = None
    panel: Table | None = None
    indicators: Table | None = None
    missed: Sequence[Mapping[str, Any]] = ()


def stand_beside(
    document: Document,
    raised: Table,
    participants: Table,
    codes: Sequence[Theme],
    brought: Brought,
    seed: int,
    *,
    asked: Table | None = None,
) -> tuple[Document, tuple[Reject, ...]]:
    """Return the document with intensity, breadth, places, indicators and the panel's word.

    Args:
        document: what `document` returned; it is not changed, and no figure of it is.
        raised: participant_id, code.
        participants: PARTICIPANTS who were counted.
        codes: all themes.
        brought: what a programme brings.
        seed: of the draws behind the places' confidence sets.
        asked: ASKED, who could raise what; None where everybody could raise everything.

    Returns:
        The document, and words of the panel on what is no theme.
    """
    nesting = Nesting.of(codes)
    raised, asked = nesting.rolled(raised), nesting.asked(asked)
    top = nesting.top if nesting.above else None
    grave = {} if brought.severities is None else intensity(brought.severities, top)
    words, rejects = _words(brought.panel, [one["id"] for one in document["priorities"]])
    order = {one["id"]: one["rank"] for one in document["priorities"]}
    ranked = sorted((code for code in codes if code.id in order), key=lambda code: order[code.id])
    found, unknown = places(raised, participants, ranked, seed, asked=asked)
    priorities = [
        {**one, **_figures(one, grave.get(one["id"])), "panel": words.get(one["id"], [])}
        for one in document["priorities"]
    ]
    told: Document = {**document, "priorities": priorities}
    told["criteria"] = _criteria(priorities)
    told["places"] = _places(found, brought.indicators)
    told["place_unknown"] = unknown
    told["panel_missing"] = [dict(one) for one in brought.missed]
    return told, rejects


def _figures(one: Mapping[str, Any], grave: Intensity | None) -> dict[str, Any]:
    by: dict[str, list[tuple[int, int]]] = {}
    for group in one["groups"]:
        by.setdefault(group["attribute"], []).append((group["people"], group["of"]))
    whole = breadth(pair for pairs in by.values() for pair in pairs)
    each = {attribute: breadth(pairs) for attribute, pairs in by.items()}
    return {
        "intensity": None if grave is None else figure(grave.figure),
        "intensity_people": 0 if grave is None else grave.people,
        "breadth": None if whole is None else figure(whole),
        "breadth_by": {name: figure(own) for name, own in each.items() if own is not None},
    }


def _criteria(priorities: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the order by each criterion alone; themes without the figure are left out.

    Equal figures stand in the order of the ranking.
    """
    return {
        name: [
            one["id"]
            for one in sorted(
                (one for one in priorities if one[name] is not None),
                key=lambda one: (-one[name], one["rank"]),
            )
        ]
        for name in ("intensity", "breadth")
    }


def _places(found: Sequence[Place], indicators: Table | None) -> list[dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for one in found:
        told[plain(one.name)] = {
            "name": one.name,
            "participants": one.participants,
            "people": one.people,
            "ordered": one.ordered,
            "themes": [_theme(theme) for theme in one.themes],
            "indicators": [],
        }
    table = None if indicators is None else check(indicators, INDICATORS)
    for row in [] if table is None else table.to_dict("records"):
        place = told.setdefault(plain(row["place"]), _unheard(str(row["place"])))
        figures = {"measure": row["measure"], "value": figure(row["value"])}
        place["indicators"].append(
            {**figures, "unit": row["unit"], "date": row["date"], "source": row["source"]}
        )
    return [told[key] for key in sorted(told)]


def _unheard(name: str) -> dict[str, Any]:
    """Describe a place of which there are figures and nobody was heard."""
    return {
        "name": name,
        "participants": 0,
        "people": 0,
        "ordered": False,
        "themes": [],
        "indicators": [],
    }


def _theme(one: PlaceTheme) -> dict[str, Any]:
    return {
        "id": one.id,
        "people": one.share.people,
        "of": one.share.of,
        "prevalence": part(one.share.people, one.share.of),
        "interval": [figure(end) for end in one.share.interval],
        "rank": one.rank,
        "joint_ranks": None if one.joint is None else list(one.joint),
        "tied_with": list(one.tied_with),
    }


def _words(
    panel: Table | None, themes: Sequence[str]
) -> tuple[dict[str, list[dict[str, Any]]], tuple[Reject, ...]]:
    """Return what the panel said of each theme, by date, and what it said of no theme."""
    if panel is None:
        return {}, ()
    said: dict[str, list[dict[str, Any]]] = {}
    rejects = []
    for row in check(panel, PANEL).sort_values(["date", "word"], kind="stable").to_dict("records"):
        if row["id"] in themes:
            present = None if pd.isna(row["present"]) else int(row["present"])
            told = {"word": row["word"], "words": row["words"], "date": row["date"]}
            said.setdefault(row["id"], []).append({**told, "present": present})
        else:
            rejects.append(
                Reject(
                    "panel.csv",
                    "",
                    "what was said of one theme",
                    "It names a theme that is not in the order.",
                    "Use the ids of priorities.csv, and run again.",
                )
            )
    return said, tuple(rejects)
