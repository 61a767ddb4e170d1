"""The reach of the listening in plain words: who was approached, spoke and declined."""

from __future__ import annotations

from typing import Any

from listening.records import Table
from listening.report import words

_HEAD = ["Approached", "Spoke", "Declined", "Share who spoke", "In the files"]
_NOT_COUNTED = "Not counted"


def described(table: Table) -> dict[str, Any]:
    """Describe the reach: a sentence over everything, and a table for each way to tell it by.

    Args:
        table: `priorities.REACH_TABLE`; without a single record there are no tables to show.
    """
    every, *rows = table.to_dict("records")
    if not every["records"]:
        return {
            "sentence": "Nobody recorded how many people were approached and how many declined, "
            "so nothing can be said of those who did not speak.",
            "tables": [],
        }
    by: dict[str, list[Any]] = {}
    for row in rows:
        by.setdefault(str(row["by"]), []).append(row)
    return {"sentence": _sentence(every), "tables": [_table(of, by[of], every) for of in by]}


def _sentence(every: dict[Any, Any]) -> str:
    counts = {name: every[name] for name in ("approached", "spoke", "declined")}
    known = [f"{words.number(many)} {name}" for name, many in counts.items() if many is not None]
    said = f"Officers recorded: {', '.join(known)}."
    if every["without_approached"]:
        without = words.counted(every["without_approached"], "record")
        said += f" {without} of {every['records']} did not count who was approached."
    return said


def _table(by: str, rows: list[Any], every: dict[Any, Any]) -> dict[str, Any]:
    return {
        "caption": f"Who was approached, and who spoke, by {by}",
        "head": [by.capitalize(), *_HEAD],
        "rows": [_row(row["value"] or "Not stated", row) for row in rows] + [_row("All", every)],
    }


def _row(name: str, row: Any) -> tuple[str, ...]:
    counts = (row[column] for column in ("approached", "spoke", "declined"))
    share = row["share_spoke"]
    return (
        name,
        *(_NOT_COUNTED if many is None else words.number(many) for many in counts),
        "–" if share is None else f"{round(100 * share)}%",
        words.number(row["in_files"]),
    )
