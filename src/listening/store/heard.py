"""How people were heard, for the reach of the listening: no word of theirs is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from listening.store.frames import batches, objects


def heard(alias: str, source_keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return a row for each person, source and method.

    Returns:
        `source`, `participant_id`, `people`, `place`, `language`, `method`.
    """
    rows: list[dict[str, Any]] = []
    for batch in batches(list(source_keys)):
        methods = _methods(alias, batch)
        people = objects(alias, "Participant").filter(source_id__in=batch)
        fields = ("source_id", "participant_id", "people", "place", "language")
        for source, participant, many, place, language in people.values_list(*fields):
            rows += [
                {
                    "source": source,
                    "participant_id": participant,
                    "people": many,
                    "place": place,
                    "language": language,
                    "method": method,
                }
                for method in sorted(methods.get((source, participant), {""}))
            ]
    return rows


def _methods(alias: str, batch: Sequence[str]) -> dict[tuple[str, str], set[str]]:
    """Return by which methods each person of each source was heard, where a method is known."""
    told = objects(alias, "Document").filter(source_id__in=batch).exclude(method="")
    fields = ("source_id", "document_id", "method")
    method = {(source, document): by for source, document, by in told.values_list(*fields)}
    found: dict[tuple[str, str], set[str]] = {}
    if not method:
        return found
    said = objects(alias, "Passage").filter(source_id__in={source for source, _ in method})
    pairs = said.exclude(participant_id="").values_list(
        "source_id", "document_id", "participant_id"
    )
    for source, document, participant in pairs.distinct():
        if by := method.get((source, document)):
            found.setdefault((source, participant), set()).add(by)
    return found
