"""What a lead reads of panels, and what there is to ask them about."""

from __future__ import annotations

from typing import Any

from listening.errors import NothingToDo
from listening.steps import kept_results
from listening.steps.panel import opening, said
from listening.steps.panel.said import Verdict
from listening.steps.site import Site
from listening.store.accounts import Person, Programme, trail
from listening.store.panels import AskedAbout, KeptPanel


def document(site: Site, programme: Programme) -> dict[str, Any] | None:
    """Return what the kept results say; None before any were made."""
    kept = kept_results.kept_results(site.work(programme))
    try:
        return kept_results.document(kept) if kept else None
    except NothingToDo:
        return None


def choices(site: Site, programme: Programme, told: dict[str, Any]) -> list[AskedAbout]:
    """Return what a lead may show of a document, in released words where there are any."""
    releases = site.work(programme).store.releases.all()
    released = releases[-1].tables.get("priorities", []) if releases else []
    return opening.choices(told, released)


def verdicts(
    site: Site, programme: Programme, panel: KeptPanel
) -> tuple[list[Verdict], list[tuple[str, int]]]:
    """Return what a panel said of each priority, and what it finds missing."""
    return said.verdicts(site.work(programme), panel)


def as_csv(site: Site, person: Person, programme: Programme, panel: KeptPanel) -> bytes:
    """Return what a panel said as a table; the trail says who took it."""
    trail.note(
        "panel downloaded", who=person.email, programme=programme.slug, on=f"panels/{panel.id}"
    )
    return said.as_csv(site.work(programme), panel)
