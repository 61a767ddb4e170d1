"""The experience map of a programme's journey, for its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from listening.steps import journey_page
from listening.web.here import site

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show it, as the kept results tell it."""
    return render(
        request, "web/journey.html", {"journey": journey_page.shown(site(), request.programme)}
    )
