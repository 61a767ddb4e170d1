"""The reach of the listening: the team sees it, officers record it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from listening.steps import reach
from listening.web.here import site
from listening.web.reach_forms import Tally
from listening.web.rules import OFFICER

if TYPE_CHECKING:
    from listening.web.middleware import Asked

_BY = ("officer", "place", "language", "method")


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show who was approached, spoke and declined, by each of four."""
    by = reach.shown(site(), request.programme)
    (every,) = by[""]
    rows = {of: [_row(row) for row in by.get(of, [])] for of in _BY}
    told = {
        "every": every,
        "tables": [(of, rows[of], _row(every)) for of in _BY if rows[of]],
        "mine": _mine(request),
    }
    return render(request, "web/reach.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Take an officer's own tally."""
    form = Tally(request.POST or None)
    if form.is_valid():
        reach.record(site(), request.person, request.programme, form.said)
        messages.success(request, _("It was recorded."))
        return redirect("reach", request.programme.slug)
    return render(request, "web/tally.html", {"form": form})


@require_POST
def remove(request: Asked, programme: str, tally: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Take back a tally of one's own."""
    if reach.remove(site(), request.person, request.programme, str(tally)):
        messages.success(request, _("It was removed."))
    else:  # pressed twice, or somebody else's
        messages.error(request, _("There is no such record of yours any more."))
    return redirect("reach", request.programme.slug)


def _mine(request: Asked) -> list[reach.Tally]:
    if OFFICER not in request.roles:
        return []
    return reach.recorded_by(site(), request.person, request.programme)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    share = row["share_spoke"]
    return {**row, "share": "–" if share is None else f"{round(100 * share)}%"}
