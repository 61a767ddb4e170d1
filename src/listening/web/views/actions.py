"""Actions: the list by priority, and the page of one."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from listening.steps.acting import keeping, moving, views
from listening.web.action_words import (
    DAYS,
    DECISIONS,
    DIRECTIONS,
    FIELDS,
    HELPED,
    OUTCOMES,
    STATUSES,
)
from listening.web.english import in_english
from listening.web.here import site
from listening.web.rules import LEAD, RESEARCHER

if TYPE_CHECKING:
    from listening.steps.acting.keeping import Action
    from listening.web.middleware import Asked

_WIDTHS = {"wide": 720, "narrow": 340}
#: who may read the residents' words behind evidence
_WORDS = frozenset({LEAD, RESEARCHER})


@require_safe
def listed(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show every priority with what is done about it."""
    found = views.by_priority(site(), request.programme)
    rows = [(one, [(action, *STATUSES[action.status]) for action in one.actions]) for one in found]
    any_of = any(one.actions for one in found)
    return render(request, "web/actions/list.html", {"rows": rows, "any": any_of})


@require_POST
def download(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Hand the actions out as a table; that it was taken stands in the trail."""
    table = moving.taken(site(), request.person, request.programme)
    headers = {"Content-Disposition": 'attachment; filename="working-actions.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def one(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Show one action with everything that hangs on it."""
    kept = asked_for(request, action)
    page = views.page(site(), request.programme, kept, words=bool(request.roles & _WORDS))
    told: dict[str, Any] = {
        "action": kept,
        "page": page,
        "status": STATUSES[kept.status],
        "days": days_of(kept),
        "direction": DIRECTIONS[kept.direction],
        "helped": HELPED[kept.helped],
        "decision": DECISIONS[kept.decision],
        "tests": keeping.tests(site(), request.programme, kept.id),
        "history": [
            (
                datetime.fromisoformat(line.at),
                line.who,
                FIELDS.get(line.what) or in_english(line.what),
                line,
            )
            for line in keeping.history(site(), request.programme, kept.id)
        ],
    }
    return render(request, "web/actions/one.html", told)


@require_safe
def chart(request: Asked, programme: str, action: uuid.UUID, width: str) -> HttpResponse:  # noqa: ARG001
    """Hand out the picture of a run chart.

    Raises:
        Http404: there is no such action, or no point to draw.
    """
    kept = asked_for(request, action)
    drawn = ""
    if width in _WIDTHS:
        drawn = views.chart_picture(site(), request.programme, kept, _WIDTHS[width])
    if not drawn:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_safe
def tests(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Show the tests of change of an action beside its run chart."""
    kept = asked_for(request, action)
    page = views.page(site(), request.programme, kept, words=False)
    told = {
        "action": kept,
        "page": page,
        "tests": [
            (test, OUTCOMES[test.act]) for test in keeping.tests(site(), request.programme, kept.id)
        ],
    }
    return render(request, "web/actions/tests.html", told)


def days_of(action: Action) -> dict[str, date | None]:
    """Return the days of an action as days."""
    told = {name: getattr(action, name) for name in DAYS}
    return {name: date.fromisoformat(day) if day else None for name, day in told.items()}


def asked_for(request: Asked, action: uuid.UUID) -> Action:
    """Return the action that the address names.

    Raises:
        Http404: the programme has none of that id.
    """
    kept = keeping.one(site(), request.programme, str(action))
    if kept is None:
        raise Http404
    return kept
