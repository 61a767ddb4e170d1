"""Counts of the coding loop that load nothing: codings by code, and a mark of its state."""

from __future__ import annotations

from collections import defaultdict

from listening.store.frames import objects


def given(alias: str, codebook: str) -> dict[str, dict[str, int]]:
    """Return how many codings stand under each code of a codebook, by their status."""
    from django.db.models import Count

    rows = objects(alias, "Coding").filter(reading__current=True, reading__codebook=codebook)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted = rows.values_list("code", "status").annotate(many=Count("pk")).order_by()
    for code, status, many in counted:
        found[code][status] = many
    return dict(found)


def mark(alias: str) -> str:
    """Return a mark that is another one as soon as anything was read, changed or erased."""
    from django.db.models import Count, Max

    parts: list[object] = []
    for name in ("CodingReading", "Coding", "CodingChange", "CodingItem", "Selection"):
        rows = objects(alias, name)
        parts += rows.aggregate(last=Max("pk"), many=Count("pk")).values()
    now = objects(alias, "CodingReading").filter(current=True)
    parts.append(now.count())
    return " ".join(str(part or 0) for part in parts)
