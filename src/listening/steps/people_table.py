"""`participants.csv` as it comes in by hand: checked row by row, in sentences."""

from __future__ import annotations

from typing import Any

from listening.errors import InvalidTable
from listening.records import KINDS, PARTICIPANTS, Table, table_of

CONSENTED = ("analysis", "quotation")


def people_of(table: Table, name: str) -> tuple[Table, list[str]]:
    """Return participants, and what a person should know about those left out.

    Args:
        table: the file as text; only `participant_id` must be there.
        name: how errors call the file.

    Raises:
        InvalidTable: naming the row and the column.
    """
    rows = [_person(row, number, name) for number, row in enumerate(_records(table), start=2)]
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        first = seen.setdefault(row["participant_id"], number)
        if first != number:
            raise InvalidTable(
                f"{name}, row {number}",
                f"has the participant_id of row {first}.",
                "Keep one row for each person.",
            )
    kept = [row for row in rows if row["consent"] in CONSENTED]
    left_out = len(rows) - len(kept)
    notes = [f"Left out: {left_out} in {name} without consent for analysis."] if left_out else []
    return table_of(kept, PARTICIPANTS), notes


def _records(table: Table) -> list[dict[str, str]]:
    return [{str(k): str(v).strip() for k, v in row.items()} for row in table.to_dict("records")]


def _person(row: dict[str, str], number: int, name: str) -> dict[str, Any]:
    where = f"{name}, row {number}"
    person = row["participant_id"]
    if not person:
        raise InvalidTable(where, "has no participant_id.", "Give every person an id.")
    kind = _one_of(row.get("source_kind") or "survey", KINDS, where, "source_kind")
    consent = _one_of(row.get("consent") or "analysis", (*CONSENTED, "none"), where, "consent")
    people = row.get("people") or "1"
    if not people.isdigit() or int(people) < 1:
        raise InvalidTable(where, "has no whole number in people.", "Write 1 for one person.")
    return {
        "participant_id": person,
        "source_kind": kind,
        "place": row.get("place", ""),
        "language": row.get("language", ""),
        "consent": consent,
        "people": int(people),
        "date": row.get("date", ""),
        "cluster": row.get("cluster") or person,
        "attributes": {k[5:]: v for k, v in row.items() if k.startswith("attr:") and v},
    }


def _one_of(value: str, allowed: tuple[str, ...], where: str, column: str) -> str:
    if value not in allowed:
        raise InvalidTable(where, f"has an unknown {column}.", f"Use one of: {', '.join(allowed)}.")
    return value
