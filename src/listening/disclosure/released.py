"""The released `priorities.json`: a list of what may stand in it, and nothing beside that list.

Every figure is what protection lets through, or follows from that alone: percentages and ranges are
worked out from rounded figures, ties and ranks from those ranges. What a working document holds and
this list does not name is left out, and `release.json` says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scipy.stats import norm

from listening.disclosure import certainty, estimates, sentences
from listening.disclosure.cells import HEARD
from listening.disclosure.nouns import EVERYONE, Crowd, Shown, Told, Truth, group, heard, source
from listening.disclosure.places import placed, places_of
from listening.disclosure.profiles import SMALL, Profile
from listening.records import chances

Document = Mapping[str, Any]

#: Entries of a working document that a release knows how to protect.
KNOWN = (
    "status", "statement", "programme", "wave", "codebook_version", "k", "scheme", "participants",
    "people", "not_yet_read", "notes", "priorities", "protected", "not_heard", "coverage",
    "sensitivity", "apart", "sources", "choices", "correction",
)  # fmt: skip
#: What was chosen before any rank was seen: of these nothing is about anybody.
CHOSEN = ("k", "scheme", "weights", "priority_groups", "resamples", "confidence")
KNOWN_OF_A_PRIORITY = (
    "rank", "id", "name", "statement", "people", "of", "prevalence", "interval", "score",
    "rank_interval", "p_top_k", "tier", "joint_ranks", "marginal_ranks", "tied_with", "why_order",
    "sources", "groups", "needs", "changes", "quotes", "negative_cases", "estimated", "read",
    "too_few_checked", "within",
)  # fmt: skip
#: Stands for the name of a theme that is made of few residents' words.
UNNAMED = "Theme whose words are withheld"
#: Ranges are told in steps of five points.
STEP = 0.05
#: With fewer found, a correction says too little of how the machine errs (ADR 0017).
FEWEST_POSITIVES = 5
_Z = float(norm.ppf(0.975))


def released(
    document: Document, truth: Truth, told: Told, profile: Profile, quotes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the document of a release.

    Args:
        document: the working one.
        truth: its exact figures; used for what follows from nobody's count.
        told: what protection lets through.
        profile: its name is told.
        quotes: theme id to quotes.
    """
    themes = {one["id"]: one for one in document["priorities"]}
    places = places_of(document, truth, told)
    themes = {one: _spoken(themes[one], document, told) for one in themes}
    names = {one: themes[one]["name"] for one in themes}
    ordered = sorted(themes, key=lambda one: (places[one], *_widest(told, one), names[one]))
    wide = _widening(document)
    rows = [
        _priority(themes[one], places[one], truth, told, wide, quotes.get(one, ()))
        for one in ordered
    ]
    _ties(rows)
    return {
        "release": "",
        "number": 0,
        "status": document["status"],
        "statement": document["statement"],
        "programme": document["programme"],
        "wave": document["wave"],
        "codebook_version": document["codebook_version"],
        "profile": profile.name,
        "k": document["k"],
        "scheme": document["scheme"],
        "choices": {n: v for n, v in document.get("choices", {}).items() if n in CHOSEN},
        "participants": None,
        "people": _heard(told, EVERYONE).value,
        "correction": sentences.correction(document, told),
        "not_yet_read": _waiting(document["not_yet_read"], profile),
        "notes": sentences.notes(document, told),
        "priorities": rows,
        "protected": _protected(document, told, names, places),
        "not_heard": _not_heard(document, told),
        "coverage": {
            "k": document["k"],
            **_share(told.covered, told.sizes[EVERYONE]),
            "greedy": [],
        },
        "sensitivity": {"orders": {}, "flips_unscaled": [], "themes": [], "suppressed": True},
        "apart": [
            {"id": one["id"], "name": one["name"],
             **_share(told.cells[one["id"]][EVERYONE], told.sizes[EVERYONE])}
            for one in document["apart"]
            if one["id"] in told.cells
        ],
        "sources": {
            kind: _source(one, _heard(told, source(kind)))
            for kind, one in document["sources"].items()
        },
    }  # fmt: skip


def _heard(told: Told, crowd: Crowd) -> Shown:
    """Return what is told of how many were heard; where all of them count, they are the crowd."""
    return told.sizes.get(heard(crowd)) or told.sizes[crowd]


def unknown(document: Document) -> list[str]:
    """Name the entries of a working document that no rule of release knows."""
    found = {name for name in document if name not in KNOWN}
    for one in document["priorities"]:
        found |= {f"priorities: {name}" for name in one if name not in KNOWN_OF_A_PRIORITY}
    return sorted(found)


def _widest(told: Told, theme: str) -> tuple[int]:
    """Order themes of one place by what is told of them, and by nothing else."""
    one = told.cells[theme][EVERYONE]
    if share := estimates.read_share(one):
        return (-round(100 * share),)
    value = one.value
    return (-value if isinstance(value, int) else 0,)


def _spoken(one: Mapping[str, Any], document: Document, told: Told) -> Mapping[str, Any]:
    """Return a theme without what residents said and nobody signed off.

    Where there is no codebook a machine made the themes: their statements list words of single
    residents, and so does the name of a theme of which it is not told that many raised it.
    """
    if document["codebook_version"]:
        return one
    few = told.cells[one["id"]][EVERYONE].value is None
    return {**one, "statement": "", **({"name": f"{UNNAMED} ({one['id']})"} if few else {})}


def _priority(
    one: Mapping[str, Any],
    place: int,
    truth: Truth,
    told: Told,
    wide: Mapping[Crowd, float],
    quotes: Sequence[Any],
) -> dict[str, Any]:
    theme = one["id"]
    row = told.cells[theme]
    sure = truth.sure.get(theme)
    chance = None if sure is None else certainty.told(sure, told.sure.get(theme, 2))
    return {
        "rank": place,
        "placed": placed(theme, told),
        "id": theme,
        "name": one["name"],
        "statement": one["statement"],
        **_reach(EVERYONE, theme, truth, told, wide),
        "score": None,
        "rank_interval": None,
        "p_top_k": chance,
        "certainty": chances.word(chance) if isinstance(chance, float) else chance,
        "tier": None,
        "tied_with": [],
        "why_order": "",
        "sources": {
            kind: _reach(source(kind), theme, truth, told, wide) for kind in one["sources"]
        },
        "groups": [
            {
                "attribute": part["attribute"],
                "value": part["value"],
                **_share(
                    row[group(part["attribute"], part["value"])],
                    told.sizes[group(part["attribute"], part["value"])],
                ),
            }
            for part in one["groups"]
        ],
        "needs": [],
        "changes": [],
        "quotes": [dict(quote) for quote in quotes],
        "negative_cases": [],
        "done": [],
    }


def _reach(
    crowd: Crowd, theme: str, truth: Truth, told: Told, wide: Mapping[Crowd, float]
) -> dict[str, Any]:
    one = told.cells[theme][crowd]
    if estimates.estimated(truth, theme, crowd):
        return _estimate(one, crowd, told, wide[crowd])
    return _share(one, _base(crowd, theme, truth, told), wide[crowd])


def _estimate(one: Shown, crowd: Crowd, told: Told, wide: float) -> dict[str, Any]:
    """Return what is told of an estimate: a percentage and its range, and no number of people.

    The range is that of the people who were read alone, around both ends of what was rounded.
    """
    share, step, read = estimates.read_share(one), told.steps[crowd], told.sizes[crowd].value
    ends = None
    if share is not None and isinstance(read, int):
        around = [max(0.0, share - step / 200), min(1.0, share + step / 200)]
        ends = [interval(end, read, wide)[side] for side, end in enumerate(around)]
    return {
        "people": None,
        "of": _heard(told, crowd).value,
        "prevalence": share,
        "interval": ends,
        "estimated": True,
        "read": read,
        "rounded_to": step / 100,
        **({"suppressed": True} if share is None else {}),
        **({"kept_from": one.kept} if one.kept else {}),
    }


def _base(crowd: Crowd, theme: str, truth: Truth, told: Told) -> Shown:
    """Return among whom a theme was counted: not told where only some of the crowd could raise it.

    A percentage of the whole crowd would be wrong, and how many were asked is one more count.
    """
    size = told.sizes[crowd]
    return replace(size, value=None) if crowd in truth.asked.get(theme, {}) else size


def _share(one: Shown, of: Shown, wide: float | None = None) -> dict[str, Any]:
    """Return what is told of one count among a crowd; a percentage from rounded figures alone."""
    withheld = one.value is None
    figures = isinstance(one.value, int) and isinstance(of.value, int) and of.value >= SMALL
    share = min(1.0, one.value / of.value) if figures else None  # type: ignore[operator]
    told: dict[str, Any] = {
        "people": one.value,
        "of": of.value,
        "prevalence": None if share is None else round(share, 2),
    }
    if wide is not None:
        told["interval"] = None if share is None else interval(share, int(of.value or 0), wide)
    if withheld:
        told["suppressed"] = True
    if one.kept:
        told["kept_from"] = one.kept
    return told


def interval(share: float, of: int, wide: float) -> list[float]:
    """Return Wilson's interval of rounded figures, each end moved outward to five points."""
    n = of / wide**2
    centre = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n)) / (1 + _Z * _Z / n)
    low = math.floor(round((centre - half) / STEP, 9)) * STEP
    high = math.ceil(round((centre + half) / STEP, 9)) * STEP
    return [round(max(0.0, low), 2), round(min(1.0, high), 2)]


def _widening(document: Document) -> dict[Crowd, float]:
    """Return how much wider than Wilson's a crowd's ranges are, the most over all themes.

    Of an estimate, than Wilson's of those who were read; of themes that too few of them raised,
    whose figures are withheld, it is not asked.

    One number for a crowd, in quarters: it carries the design (clusters, weights, correction) and
    says nothing of any one theme.
    """
    wide: dict[Crowd, float] = {}
    for one in document["priorities"]:
        shares = {EVERYONE: one} | {source(kind): s for kind, s in one["sources"].items()}
        for crowd, share in shares.items():
            few = share.get("estimated") and share["read"]["people"] < FEWEST_POSITIVES
            own = 1.0 if few else _ratio(share)
            wide[crowd] = max(wide.get(crowd, 1.0), math.ceil(round(own * 4, 3)) / 4)
    return wide


def _ratio(share: Mapping[str, Any]) -> float:
    of, ends = int(share["of"]), share["interval"]
    if not of or ends is None:
        return 1.0
    p = share["people"] / of
    of = int(share["read"]["of"]) if share.get("estimated") else of
    plain = math.sqrt(p * (1 - p) / of + _Z * _Z / (4 * of * of)) * _Z / (1 + _Z * _Z / of)
    return max(1.0, (ends[1] - ends[0]) / 2 / plain) if plain else 1.0


def _ties(rows: list[dict[str, Any]]) -> None:
    """Say which themes cannot be told apart: those whose released ranges overlap.

    Overlapping ranges are a cautious criterion (Klein, Wright & Wieczorek 2020).
    """
    known = [row for row in rows if row["interval"]]
    for row in known:
        low, high = row["interval"]
        # ends were moved outward: ranges that only touch did not overlap
        above = sum(other["interval"][0] >= high for other in known)
        below = sum(other["interval"][1] <= low for other in known)
        first, last = 1 + above, len(rows) - below
        row["rank_interval"] = [min(first, row["rank"]), max(last, row["rank"])]
        row["tier"] = row["rank_interval"][0]
        row["tied_with"] = [
            other["id"]
            for other in known
            if other is not row and other["interval"][0] < high and low < other["interval"][1]
        ]


def _waiting(people: int, profile: Profile) -> int | str | None:
    if people == 0:
        return 0
    if people < max(10, profile.threshold):
        return "fewer than 10"
    return 5 * ((people + 2) // 5)


def _source(one: Mapping[str, Any], size: Shown) -> dict[str, Any]:
    return {
        "participants": None,
        "people": size.value,
        "n_eff": None,
        "alpha": None if size.zone else round(round(one["alpha"] / STEP) * STEP, 2),
        "mean_prevalence": None,
        "votes": one["votes"],
        **({"suppressed": True} if size.zone else {}),
    }


def _protected(
    document: Document, told: Told, names: Mapping[str, str], places: Mapping[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "attribute": one["attribute"],
            "value": one["value"],
            "id": one["id"],
            "name": names.get(one["id"], one["name"]),
            **_share(
                told.cells[one["id"]][group(one["attribute"], one["value"])],
                told.sizes[group(one["attribute"], one["value"])],
            ),
            "rank": places[one["id"]],
            "rank_in_group": None,
            "p_top_3": None,
        }
        for one in document["protected"]
        if (one["id"], group(one["attribute"], one["value"])) in told.preferred
    ]


def _not_heard(document: Document, told: Told) -> list[dict[str, Any]]:
    rows = []
    for one in document["not_heard"]:
        size = _heard(told, group(one["attribute"], one["value"]))
        if size.value is None:
            continue  # to stand in this list is to be fewer than 14 accounts
        accounts = min(size.high, HEARD - 1)
        capacity = None if accounts == 0 else round(1 - 0.05 ** (1 / accounts), 2)
        rows.append(
            {
                "attribute": one["attribute"],
                "value": one["value"],
                "heard": size.value,
                "population": one["population"],
                "unknown": None,
                "hearing_capacity": capacity,
                "sentence": sentences.not_heard(one, size, capacity),
                **({"suppressed": True} if size.zone else {}),
            }
        )
    return rows
