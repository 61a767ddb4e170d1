"""The tables of a release, with cells that no spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from listening.records.cells import quoted
from listening.report import words
from listening.report.release import wording
from listening.report.tables import PRIORITY_COLUMNS

Rows = list[list[Any]]
COLUMNS = (*PRIORITY_COLUMNS, "certainty", "suppressed")


def as_csv(document: Mapping[str, Any]) -> bytes:
    """Write `priorities.csv` of a release: the working columns, and which figures are withheld."""
    rows = []
    for one in document["priorities"]:
        low, high = one["interval"] or (None, None)
        first, last = one["rank_interval"] or (None, None)
        told = {**one, "status": document["status"], "tied_with": ";".join(one["tied_with"])}
        told |= {"interval_low": low, "interval_high": high, "rank_low": first, "rank_high": last}
        told["suppressed"] = bool(one.get("suppressed"))
        rows.append({name: safe(told.get(name)) for name in COLUMNS})
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return table.to_csv(index=False, lineterminator="\n").encode()


def safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return quoted(cell) if isinstance(cell, str) else cell


def sheets(document: Mapping[str, Any]) -> dict[str, tuple[Sequence[str], Rows]]:
    """Return every table of a release: its sheet's name to its heading and rows."""
    ranked = document["priorities"]
    return {
        "Priorities": (
            ("Place", "Theme", "What it is", "People", "Of", "Share", "Low", "High", "Certainty",
             "Cannot be told apart from"),
            [_priority(one, document) for one in ranked],
        ),
        "Sources": (
            ("Theme", "Source", "People", "Of", "Share", "Low", "High"),
            [[one["name"], words.source(kind), *_figures(share), *_ends(share)]
             for one in ranked for kind, share in one["sources"].items()],
        ),
        "Groups": (
            ("Theme", "Attribute", "Group", "People",
             "Of those read" if document["correction"] else "Of", "Share"),
            [[one["name"], words.label(part["attribute"]), part["value"], *_figures(part)]
             for one in ranked for part in one["groups"]],
        ),
        "Who was heard": (
            ("Source", "People", "Of them read", "Say in the order", "Votes"),
            [[words.source(kind), one["people"],
              document["correction"].get(kind, {}).get("read", "all"), one["alpha"],
              "yes" if one["votes"] else "no"]
             for kind, one in document["sources"].items()],
        ),
        "Not heard": (
            ("Attribute", "Group", "Heard", "In the population", "What that means"),
            [[words.label(one["attribute"]), one["value"], one["heard"], one["population"],
              one["sentence"]]
             for one in document["not_heard"]],
        ),
        "Quotes": (
            ("Theme", "Quote", "Whose words", "Source", "Beside it", "Evidence"),
            [[one["name"], quote["text"], _whose(quote),
              words.one_source(quote["source_kind"]) or "not told",
              "; ".join(f"{words.label(n)}: {v}" for n, v in quote["attributes"].items()),
              quote["evidence_id"]]
             for one in ranked for quote in one["quotes"]],
        ),
    }  # fmt: skip


def _priority(one: Mapping[str, Any], document: Mapping[str, Any]) -> list[Any]:
    names = {other["id"]: other["name"] for other in document["priorities"]}
    tied = "; ".join(names[other] for other in one["tied_with"])
    return [
        wording.place(one, document), one["name"], one["statement"], *_figures(one), *_ends(one),
        wording.sure(one, document), tied,
    ]  # fmt: skip


def _figures(told: Mapping[str, Any]) -> list[Any]:
    if wording.estimated(told):
        return ["estimate", told["of"], told["prevalence"]]
    people = wording.WITHHELD if told["people"] is None else told["people"]
    of = wording.WITHHELD if told["of"] is None else told["of"]
    return [people, of, told["prevalence"]]


def _ends(told: Mapping[str, Any]) -> list[Any]:
    return list(told.get("interval") or (None, None))


def _whose(quote: Mapping[str, Any]) -> str:
    return "resident's own words" if quote["voice"] == "verbatim" else "officer's account"
