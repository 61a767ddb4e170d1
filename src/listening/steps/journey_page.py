"""The experience map as its page shows it: from the kept results, nothing computed anew."""

from __future__ import annotations

from typing import Any

from listening.errors import NothingToDo
from listening.report import journey
from listening.steps import kept_results
from listening.steps.site import Site
from listening.store.accounts import Programme


def shown(site: Site, programme: Programme) -> dict[str, Any] | None:
    """Return the map of the kept results; None before there are any, or where no journey is told.

    Returns:
        As `report.journey.described`.
    """
    kept = kept_results.kept_results(site.work(programme))
    try:
        found = kept_results.document(kept).get("journey") if kept else None
    except NothingToDo:
        return None
    return journey.described(found, {}) if found else None
