"""What the store has of each annotation: codes, and where they stand in Label Studio."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from listening.store.frames import objects


class Marked(NamedTuple):
    """One code of an annotation: the region that carries it, and how grave it is."""

    region: str
    code: str
    severity: int | None


def marks(alias: str, project_key: str, without: str = "") -> dict[int, list[Marked]]:
    """Return the codes of each annotation of a project that counts, by its number.

    Args:
        alias: of the store's connection.
        project_key: of the project.
        without: of the trail: codes are those before this was done; empty for those of now.
    """
    rows = objects(alias, "Coding").filter(
        reading__current=True, reading__item__project__key=project_key
    )
    before = _before(alias, project_key, without) if without else {}
    found: dict[int, list[Marked]] = defaultdict(list)
    columns = ("pk", "status", "reading__annotation", "region", "code", "severity")
    for key, status, annotation, region, code, severity in rows.order_by("pk").values_list(
        *columns
    ):
        was = before.get((key, code, status), code)
        found[annotation].append(Marked(region, was, severity))
    return dict(found)


def _before(alias: str, project_key: str, what: str) -> dict[tuple[int, str, str], str]:
    """Return the code that codings had before a change, by coding and what it became."""
    lines = objects(alias, "CodingChange").filter(
        what=what, undone=False, coding__reading__item__project__key=project_key
    )
    return {
        (coding, now["code"], now["status"]): was["code"]
        for coding, was, now in lines.values_list("coding_id", "was", "now")
    }
