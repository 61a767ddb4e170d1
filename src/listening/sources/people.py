"""One row per person of a file: what the manifest says, and what the person's own row says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from listening.records import PEOPLE, Table, table_of
from listening.sources.cells import count_of_people, is_name

_OF_CONSENT = ("young", "consent_by", "disclosure")
_OF_ONE = ("withdrawal_code", "contact")
_PLAIN = ("place", "date", "language", "method", "officer", "note_taker", "consent_until")


def person(
    file: str,
    participant: str,
    *,
    kind: str,
    row: Mapping[str, str],
    own: Mapping[str, str] | None = None,
    attributes: Mapping[str, str] | None = None,
    programme_id: str = "",
    named: bool = False,
) -> dict[str, Any]:
    """Return a row of PEOPLE.

    Args:
        file: the file's name.
        participant: the person's key within the file.
        kind: kind of source when nobody states one.
        row: the manifest's row, empty where there is none.
        own: cells of the person's own row that are named like manifest columns; they win, except
            that a consent of ``none`` in the manifest stands.
        attributes: the person's own attributes; they win over the manifest's ``attr:`` columns.
        programme_id: the manifest's id, where it is this one person's.
        named: whether the manifest's row is on this one person: a code or a telephone number on a
            whole file of several people is nobody's.
    """
    own = own or {}

    def said(column: str) -> str:
        return own.get(column, "") or row.get(column, "")

    told = {name[5:]: value for name, value in row.items() if name.startswith("attr:")}
    given = told | {name: value for name, value in (attributes or {}).items() if value}
    kind = said("kind") or kind
    refused = row.get("consent") == "none"
    return {
        "file": file,
        "participant": participant,
        "kind": kind,
        "people": count_of_people(said("people")) or 1,
        **{column: said(column) for column in _PLAIN},
        "voice": said("voice") or default_voice(kind),
        "consent": "none" if refused else said("consent"),
        "programme_id": programme_id,
        **{column: said(column) for column in _OF_CONSENT},
        **{column: said(column) if named else own.get(column, "") for column in _OF_ONE},
        "attributes": {name: value for name, value in given.items() if value},
    }


def default_voice(kind: str) -> str:
    """Street notes are an officer's words; everything else is taken down word for word."""
    return "paraphrase" if kind == "street" else "verbatim"


def people_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return rows of `person` as the PEOPLE table."""
    return table_of(rows, PEOPLE)


def officers(rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return names of officers and note-takers, for the pseudonymiser to look for."""
    found: dict[str, None] = {}
    for row in rows:
        for column in ("officer", "note_taker"):
            if is_name(name := row.get(column, "").strip(), at_least=1):
                found[name] = None
    return tuple(found)
