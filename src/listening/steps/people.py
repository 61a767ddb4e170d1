"""One row per person over all the sources in which they were heard."""

from __future__ import annotations

from typing import Any

import pandas as pd

from listening.records import PARTICIPANTS, Table, table_of


def merged(participants: Table) -> Table:
    """Merge a person's rows from several sources.

    The first source in order names kind, place and date; the narrowest consent holds; attributes
    are joined, and what was said first of one stays.
    """
    if participants["participant_id"].is_unique:
        return participants
    people: dict[str, dict[Any, Any]] = {}
    for row in participants.to_dict("records"):
        first = people.setdefault(row["participant_id"], row)
        if row["consent"] == "analysis":
            first["consent"] = "analysis"
        first["attributes"] = _joined(first["attributes"], row["attributes"])
    return table_of(people.values(), PARTICIPANTS)


def _joined(first: dict[str, str], later: dict[str, str]) -> dict[str, str]:
    """Join attributes; an empty cell has said nothing."""
    said = {name: value for name, value in later.items() if not first.get(name)}
    return {**first, **said}


def with_place(participants: Table) -> Table:
    """Make the place one of the attributes, so that places stand side by side like other groups."""
    joined = [
        {**given, "place": place} if place and "place" not in given else dict(given)
        for given, place in zip(participants["attributes"], participants["place"], strict=True)
    ]
    return participants.assign(attributes=pd.Series(joined, index=participants.index, dtype=object))
