"""The researcher's page of a programme: how far coding has come, and what to do next."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from listening.steps.desk import asked, doing, showing
from listening.steps.desk.asked import PUBLISH, PUSH, UNDO
from listening.web import here, words
from listening.web.coding_forms import Asking, Coders

if TYPE_CHECKING:
    from listening.steps.desk.showing import Desk
    from listening.web.middleware import Asked


@require_safe
def shown(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show the page; what is asked anew while something is done says when it is over."""
    desk = showing.shown(here.site(), request.programme)
    if getattr(request, "htmx", False) and not desk.busy:
        return HttpResponseClientRefresh()
    return _page(request, desk, Coders())


@require_POST
def ask(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Ask for something to be done; pressed twice, it is done once."""
    form = Asking(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be understood. Press the button once more."))
        return redirect("coding", request.programme.slug)
    what, once = form.cleaned_data["what"], form.cleaned_data["once"]
    about: list[str] = []
    if what == PUSH:
        coders = Coders(request.POST)
        if not coders.is_valid():
            return _page(request, showing.shown(here.site(), request.programme), coders)
        about = coders.cleaned_data["coders"]
    elif what == UNDO and form.cleaned_data["version"]:
        about = [form.cleaned_data["version"]]
    if doing.ask(here.site(), request.person, request.programme, what, once, about):
        here.reader().nudge()
    return redirect("coding", request.programme.slug)


@require_safe
def curve(request: Asked, programme: str, number: int, width: str) -> HttpResponse:  # noqa: ARG001
    """Hand out the picture of a curve of new codes."""
    if width not in ("wide", "narrow"):
        raise Http404
    drawn = showing.picture(here.site(), request.programme, number, width)
    if not drawn:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


def _page(request: Asked, desk: Desk, coders: Coders) -> HttpResponse:
    over = [one for one in desk.asked if not one.open]
    told: dict[str, Any] = {
        "desk": desk,
        "coders": coders,
        "once": secrets.token_hex(8),
        "doing": [(words.ASKED[one.what], one) for one in reversed(desk.asked) if one.open],
        "over": [(words.ASKED[one.what], one) for one in over],
        "button": words.TO_ASK.get(desk.advice.do, ""),
        "at": _moment(desk.figures.get("at")),
        "begun": bool(desk.progress.projects),
        "publish": PUBLISH,
        "failed": asked.FAILED,
        "kinds": words.PROJECTS,
    }
    return render(request, "web/coding.html", told)


def _moment(told: object) -> datetime | None:
    return datetime.fromisoformat(str(told)) if told else None
