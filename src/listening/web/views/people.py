"""An administrator's pages: who is what in a programme, and what was done there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from listening.errors import ListeningError
from listening.steps import accounts
from listening.web import words
from listening.web.english import in_english
from listening.web.forms import Invite
from listening.web.words import ROLES

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show who is what; invite others. The link is shown once."""
    form = Invite(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        by = request.person.email
        sent = accounts.invite(given["email"], request.programme, given["role"], by)
        link = request.build_absolute_uri(reverse("invitation", args=[sent.token]))
        form = Invite()
    members = [(one, ROLES[one.role]) for one in accounts.members(request.programme)]
    told = {"form": form, "link": link, "members": members, "days": accounts.INVITATION_DAYS}
    return render(request, "web/people.html", told)


@require_POST
def take(request: Asked, programme: str, member: int) -> HttpResponse:  # noqa: ARG001
    """Take a role from somebody."""
    try:
        taken = accounts.remove(request.programme, member, request.person)
    except ListeningError as error:
        messages.error(request, in_english(error))
        return redirect("people", request.programme.slug)
    if taken is None:
        raise Http404
    said = _("%(email)s is no longer %(role)s.")
    told = {"email": taken.person.email, "role": ROLES[taken.role]}
    messages.success(request, said % told)
    return redirect("people", request.programme.slug)


@require_safe
def trail(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show who did what, newest first."""
    changes = [
        replace(one, object=words.short(one.object)) for one in accounts.changes(request.programme)
    ]
    return render(request, "web/trail.html", {"changes": changes})
