"""The people who agreed to be contacted again: for officers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from listening.steps import contacts
from listening.web.here import site

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the list."""
    return render(
        request, "web/contacts.html", {"contacts": contacts.on_page(site(), request.programme)}
    )


@require_POST
def download(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Hand the list out as a table; that it was taken stands in the trail."""
    table = contacts.as_csv(site(), request.person, request.programme)
    headers = {"Content-Disposition": 'attachment; filename="contacts.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)
