"""The people who agreed to be contacted again: for officers alone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from listening.errors import ListeningError
from listening.steps import contacts
from listening.web.contact_forms import Entering, Reaching
from listening.web.english import in_english
from listening.web.here import site

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the list."""
    return render(
        request, "web/contacts.html", {"rows": contacts.on_page(site(), request.programme)}
    )


@require_POST
def download(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Hand the list out as a table; that it was taken stands in the trail."""
    table = contacts.as_csv(site(), request.person, request.programme)
    headers = {"Content-Disposition": 'attachment; filename="contacts.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Take how to reach somebody of one's own files."""
    form = Entering(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data["said"]
        try:
            contacts.enter(site(), request.person, request.programme, said, form.how)
        except ListeningError as error:
            form.add_error("said", in_english(f"What you gave {error.why} {error.what_to_do}"))
        else:
            messages.success(request, _("They are on the list."))
            return redirect("contacts", request.programme.slug)
    return render(request, "web/contact.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Asked, programme: str, contact: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Change what was entered by hand.

    Raises:
        Http404: there is no such entry: the person may have withdrawn.
    """
    entry = contacts.entered(site(), request.programme, str(contact))
    if entry is None:
        raise Http404
    now = {"contact": entry.contact, "language": entry.language}
    form = Reaching(request.POST or None, initial=now)
    if form.is_valid():
        if contacts.change(site(), request.person, request.programme, entry, form.how):
            messages.success(request, _("It was changed."))
        else:
            messages.error(request, _("It is not on the list any more. Nothing was changed."))
        return redirect("contacts", request.programme.slug)
    return render(request, "web/contact.html", {"form": form, "entry": entry})


@require_POST
def remove(request: Asked, programme: str, contact: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Take what was entered by hand off the list."""
    if contacts.remove(site(), request.person, request.programme, str(contact)):
        messages.success(request, _("It was taken off the list."))
    else:  # pressed twice, or the person withdrew
        messages.error(request, _("It is not on the list any more."))
    return redirect("contacts", request.programme.slug)
