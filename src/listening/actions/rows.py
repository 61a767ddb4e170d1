"""Actions as rows of a table, out and back in: one row an action, one column a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date

from listening.actions.nouns import DECISIONS, DIRECTIONS, HELPED, STATUSES, STOPPED, Action
from listening.actions.smart import sentence
from listening.records import Reject
from listening.records.cells import quoted

_FIELDS = tuple(one.name for one in fields(Action))
#: columns of `actions.csv`; `aim` is the sentence, for reading alone
ACTION_COLUMNS: tuple[str, ...] = ("id", "aim", *_FIELDS[1:])
DAYS = ("aim_when", "date", "helped_on", "escalated_on", "answered_on", "reviewed_on")
_CHOICES = {
    "status": STATUSES, "direction": DIRECTIONS, "helped": HELPED, "decision": DECISIONS,
}  # fmt: skip
#: what the store has room for: letters of an id, and digits of a number of people
_LONGEST = {"theme": 200, "codebook_version": 260, "evidence": 100}
_MOST_DIGITS = 6
_USUAL = {"status": STATUSES[0], "helped": HELPED[-1]}


def as_row(action: Action) -> dict[str, str]:
    """Return an action as text cells; one that a spreadsheet would run is quoted."""
    told = {
        **asdict(action),
        "aim": sentence(action),
        "helped_asked": "" if action.helped_asked is None else str(action.helped_asked),
        "evidence": ";".join(action.evidence),
    }
    return {name: quoted(str(told[name])) for name in ACTION_COLUMNS}


def from_rows(
    rows: Iterable[Mapping[str, str]], file: str, drivers: Iterable[str] = ()
) -> tuple[list[Action], list[Reject]]:
    """Read actions back from rows; `aim` is passed over, it is made of its parts.

    Args:
        rows: text cells by column; columns may be missing.
        file: how rejects call it.
        drivers: every `primary/secondary` that may be named.

    Returns:
        The actions, and a reject for every row that cannot be one.
    """
    found, rejects = [], []
    known = {"", *drivers}
    for number, row in enumerate(rows, 2):  # the heading is row 1
        told = {name: _plain(row.get(name, "")) for name in _FIELDS}
        told |= {name: told[name] or usual for name, usual in _USUAL.items()}
        why = _wrong(told, known)
        if why:
            rejects.append(Reject(file, str(number), "An action", why, "Mend it and import again."))
            continue
        asked = told.pop("helped_asked")
        evidence = tuple(one.strip() for one in told.pop("evidence").split(";") if one.strip())
        count = int(asked) if asked else None
        found.append(Action(**told, helped_asked=count, evidence=evidence))
    return found, rejects


def _wrong(told: Mapping[str, str], drivers: set[str]) -> str:
    """Say what is wrong with a row, naming columns and no words of it; empty where nothing is."""
    wrong = [
        *(["has no `idea`."] if not told["idea"] else []),
        *(
            f"has a `{name}` that is none of {', '.join(filter(None, allowed))}."
            for name, allowed in _CHOICES.items()
            if told[name] not in allowed
        ),
        *(
            f"has a `{name}` that is no day such as 2026-03-31."
            for name in DAYS
            if told[name] and not _is_day(told[name])
        ),
    ]
    if told["driver"] not in drivers:
        wrong.append("has a `driver` that is not in the list of drivers.")
    asked = told["helped_asked"]
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= _MOST_DIGITS):
        wrong.append("has a `helped_asked` that is no whole number, or a very large one.")
    parts = {**told, "evidence": max(told["evidence"].split(";"), key=len)}
    wrong += [
        f"has a `{name}` of more than {most} letters."
        for name, most in _LONGEST.items()
        if len(parts[name]) > most
    ]
    if told["status"] == STOPPED and not told["stopped_why"]:
        wrong.append("was stopped and has no `stopped_why`.")
    return wrong[0] if wrong else ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _plain(cell: str) -> str:
    """Take back the mark with which a cell was quoted against a spreadsheet."""
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" and quoted(text[1:]) == text else text
