"""Views of the record: you said we did, driver diagram, equity, escalated, shared drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from listening.errors import ListeningError
from listening.steps.acting import keeping, released, sharing, views
from listening.steps.acting.released import FILES
from listening.web.action_words import DECISIONS, HELPED, STATUSES
from listening.web.english import in_english
from listening.web.here import site
from listening.web.views.actions import days_of

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_safe
def you_said(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the working face: what was said, what was done, whether residents say that it helped."""
    found = views.by_priority(site(), request.programme)
    told: dict[str, Any] = {
        "rows": [
            (
                one,
                [
                    (action, *STATUSES[action.status], HELPED[action.helped])
                    for action in one.actions
                ],
            )
            for one in found
        ],
        "ready": released.ready(site(), request.programme),
    }
    return render(request, "web/actions/you_said.html", told)


@require_POST
def residents(request: Asked, programme: str, sheet: str) -> HttpResponseBase:  # noqa: ARG001
    """Hand out the residents' page or the poster, as a file to print.

    Raises:
        Http404: there is no such sheet.
    """
    if sheet not in FILES:
        raise Http404
    try:
        name, page = released.file(site(), request.person, request.programme, sheet)
    except ListeningError as error:
        messages.error(request, in_english(error))
        return redirect("you-said", request.programme.slug)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(page, content_type="text/html; charset=utf-8", headers=headers)


@require_safe
def diagram(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the driver diagrams."""
    drawn = [
        # our own drawing, in which every word is escaped
        (tree, mark_safe(picture))  # noqa: S308
        for tree, picture in views.diagrams(site(), request.programme)
    ]
    return render(request, "web/actions/drivers.html", {"diagrams": drawn})


@require_safe
def equity(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show every action with its equity review, those without one first."""
    rows = [
        (one, STATUSES[one.status], DECISIONS[one.decision])
        for one in keeping.everything(site(), request.programme)
    ]
    rows.sort(key=lambda row: bool(row[0].decision))
    told = {"rows": rows, "missing": views.missing_voices(site(), request.programme)}
    return render(request, "web/actions/equity.html", told)


@require_safe
def escalated(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show what was passed on; what waits for an answer stands first."""
    rows = [one for one in keeping.everything(site(), request.programme) if one.escalated_to]
    rows.sort(key=lambda one: (bool(one.answer), one.escalated_on))
    dated = [(days_of(one)["escalated_on"], days_of(one)["answered_on"], one) for one in rows]
    return render(request, "web/actions/escalated.html", {"rows": dated})


@require_safe
def shared(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the drivers that one's own programmes have in common."""
    held, rows = sharing.shared(site(), request.person)
    return render(request, "web/actions/shared.html", {"held": held, "rows": rows})
