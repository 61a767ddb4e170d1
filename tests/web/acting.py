"""Actions as leads keep them: made up."""

from __future__ import annotations

from typing import Any

from listening.steps.acting import keeping
from listening.steps.acting.keeping import Action, Cycle, Point
from tests.web.town import Town


def begun(town: Town, **told: Any) -> Action:
    """Begin an action as the lead."""
    fresh = Action(**{"idea": "A repairs team for damp", "theme": "housing", **told})
    return keeping.save(town.site, town.people["lead"], town.here, fresh)


def pointed(town: Town, action: Action, *values: float) -> int:
    """Give an action points on days in a row, and a test of change; return a point's id."""
    lead = town.people["lead"]
    for day, value in enumerate(values or (3.0,), 1):
        point = Point(f"2026-05-{day:02}", value)
        keeping.add_point(town.site, lead, town.here, action.id, point)
    keeping.save_test(town.site, lead, town.here, action.id, Cycle(plan="Try it on one stair"))
    return keeping.points(town.site, town.here, action.id)[0].id
