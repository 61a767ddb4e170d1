"""What the loop did and how it stands, as plain data for machines."""

from __future__ import annotations

from typing import Any

from listening.steps.coding.pulling import Pulled
from listening.steps.coding.pushing import Pushed
from listening.steps.coding.standing import Status


def plain_push(told: Pushed) -> dict[str, Any]:
    """Return what was sent."""
    return {
        "sent": dict(told.sent),
        "there": told.there,
        "streams": dict(told.streams),
        "double": told.double,
        "suggested": told.suggested,
        "invitations": dict(told.invitations),
        "links": dict(told.links),
        "notes": list(told.notes),
    }


def plain_pull(told: Pulled) -> dict[str, Any]:
    """Return what came back; `rejects` as in rejects.csv."""
    return {
        "tasks": told.tasks,
        **vars(told.saved),
        "held_back": told.held_back,
        "deleted_for_withdrawal": told.gone,
        "waiting_to_be_deleted": told.waiting,
        "rejects": [vars(reject) for reject in told.rejects],
        "notes": list(told.notes),
    }


def plain_status(told: Status) -> dict[str, Any]:
    """Return how far the coding has come."""
    return {
        "projects": [dict(row) for row in told.projects],
        "codings": told.codings,
        "waiting_to_be_deleted": told.leaving,
        "rejects": [vars(reject) for reject in told.rejects],
    }
