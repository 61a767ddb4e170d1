"""What changed, as `change.json` and `change.csv`: plain types, byte-stable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from listening.priorities.figures import FOR_A_PERCENTAGE, figure
from listening.priorities.waves.charting import Chart
from listening.priorities.waves.nouns import Change, Changes, Level, ThemeOverWaves
from listening.records import Table

CHANGE_COLUMNS = (
    "id", "name", "status", "earlier", "later", "people_earlier", "of_earlier", "share_earlier",
    "people_later", "of_later", "share_later", "difference", "low", "high", "verdict", "why",
)  # fmt: skip


def changes_document(found: Changes) -> dict[str, Any]:
    """Return the content of `change.json`, its status first."""
    return {
        "status": found.status,
        "waves": list(found.waves),
        "paired": found.paired,
        "kinds": {kind: figure(part) for kind, part in found.kinds.items()},
        "notes": list(found.notes),
        "themes": [_theme(found, one) for one in found.themes],
        "not_compared": [
            {"id": code, "name": name, "why": why} for code, name, why in found.not_compared
        ],
    }


def _theme(found: Changes, one: ThemeOverWaves) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "levels": [
            {"wave": wave, **_level(level)}
            for wave, level in zip(found.waves, one.levels, strict=True)
        ],
        "changes": [_change(change) for change in one.changes],
        "chart": None if one.chart is None else _chart(one.chart, found.waves),
    }


def _level(level: Level) -> dict[str, Any]:
    enough = level.of >= FOR_A_PERCENTAGE
    return {
        "people": level.people,
        "of": level.of,
        "share": figure(level.share) if enough else None,
        "interval": [figure(end) for end in level.interval],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "earlier": change.earlier,
        "later": change.later,
        "difference": None if change.difference is None else figure(change.difference),
        "interval": None if change.interval is None else [figure(end) for end in change.interval],
        "verdict": change.verdict,
    }


def _chart(shown: Chart, waves: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": shown.kind,
        "mean": figure(shown.mean),
        "sigma_z": figure(shown.sigma_z),
        "run_rules": shown.run_rules,
        "points": [
            {
                "wave": wave,
                "share": figure(point.share),
                "n_eff": figure(point.n),
                "limits": None if point.limits is None else [figure(x) for x in point.limits],
                "signals": list(point.signals),
            }
            for wave, point in zip(waves, shown.points, strict=True)
        ],
    }


def changes_table(found: Changes) -> Table:
    """Return the rows of `change.csv`: one a change, and one for each theme not compared."""
    rows: list[dict[str, Any]] = []
    for one in found.themes:
        by_wave = dict(zip(found.waves, one.levels, strict=True))
        for change in one.changes:
            before, now = _level(by_wave[change.earlier]), _level(by_wave[change.later])
            told = _change(change)
            low, high = told["interval"] or (None, None)
            rows.append(
                {
                    "earlier": change.earlier,
                    "later": change.later,
                    **{f"{name}_earlier": before[name] for name in ("people", "of", "share")},
                    **{f"{name}_later": now[name] for name in ("people", "of", "share")},
                    "difference": told["difference"],
                    "low": low,
                    "high": high,
                    "id": one.id,
                    "name": one.name,
                    "verdict": change.verdict,
                    "why": "",
                }
            )
    rows += [
        {"id": code, "name": name, "verdict": "not_compared", "why": why}
        for code, name, why in found.not_compared
    ]
    table = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS), dtype=object)
    table["status"] = found.status
    return table.where(table.notna(), None)
