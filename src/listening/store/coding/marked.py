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


def marks(alias: str, project_key: str) -> dict[int, list[Marked]]:
    """Return the codes of each annotation of a project that counts, by its number."""
    rows = objects(alias, "Coding").filter(
        reading__current=True, reading__item__project__key=project_key
    )
    found: dict[int, list[Marked]] = defaultdict(list)
    columns = ("reading__annotation", "region", "code", "severity")
    for annotation, *row in rows.order_by("pk").values_list(*columns):
        found[annotation].append(Marked(*row))
    return dict(found)
