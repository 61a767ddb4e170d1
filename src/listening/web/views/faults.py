"""Pages for what cannot be shown, each with what to do next."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that one may not open this."""
    return _page(request, 403, _("You may not open this page"), _("Ask your administrator for it."))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is nothing here."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("Check the address, or begin at the first page."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, or that the database cannot be reached just now."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return away()
    return _page(
        request,
        500,
        _("Something went wrong that is not your fault"),
        _("What arrived is kept. Try again; if it happens once more, tell your administrator."),
    )


def away() -> HttpResponse:
    """Say that the database does not answer: it is restarted, or another writes for too long."""
    told = {
        "title": _("The pages cannot be shown just now"),
        "what_to_do": _(
            "What arrived is kept. Try again in a minute; if it stays so, tell your administrator."
        ),
    }
    # drawn without the request: who asks stands in the database
    words = render_to_string("web/fault.html", told)
    return HttpResponse(words, status=503, headers={"Retry-After": "60"})


def made_anew(request: HttpRequest) -> HttpResponse:
    """Say that the results went while the page was made."""
    return _page(
        request,
        503,
        _("The results are being made anew"),
        _("Open the page again in a moment."),
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form was open for too long, or came from elsewhere."""
    return _page(
        request,
        403,
        _("This page had been open for too long"),
        _("Go back, load it again, and repeat."),
    )


def _page(request: HttpRequest, status: int, title: str, what_to_do: str) -> HttpResponse:
    told = {"title": title, "what_to_do": what_to_do}
    return render(request, "web/fault.html", told, status=status)
