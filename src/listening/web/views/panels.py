"""A lead's pages of resident panels: open one, see what it said, close it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from listening.errors import ListeningError
from listening.steps.panel import answering, opening, setting_aside, telling
from listening.steps.panel.opening import Opened
from listening.steps.site import now
from listening.web.english import in_english
from listening.web.here import site
from listening.web.panel_forms import Aside, Code, Opening, Shown

if TYPE_CHECKING:
    from listening.web.middleware import Asked

#: how long a link is open that was made anew
_DAYS = 14


@require_safe
def listed(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the panels."""
    found = [(one, one.is_open(now())) for one in opening.listed(site(), request.programme)]
    return render(request, "web/panel/listed.html", {"panels": found})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Choose what a panel is asked; its link is shown once."""
    document = telling.document(site(), request.programme)
    if document is None:
        return render(request, "web/panel/open.html", {"waits": True})
    given = request.POST or None
    form = Opening(given)
    shown = [
        Shown(given, one, opening.passages(document, one.id))
        for one in telling.choices(site(), request.programme, document)
    ]
    if given and all([form.is_valid(), *(one.is_valid() for one in shown)]):
        asked = [one.chosen for one in shown if one.chosen]
        try:
            token = opening.open_panel(
                site(), request.person, request.programme, form.cleaned_data["title"], asked,
                days=form.cleaned_data["days"], most=form.cleaned_data["most"], document=document,
            )  # fmt: skip
        except ListeningError as error:
            form.add_error(None, in_english(f"{error.why} {error.what_to_do}"))
        else:
            return _linked(request, token)
    wrong = [one for one in (form, *shown) if one.errors]
    return render(request, "web/panel/open.html", {"form": form, "shown": shown, "wrong": wrong})


@require_safe
def one(request: Asked, programme: str, panel: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Show what a panel said of each priority."""
    return _one(request, panel, Code())


@require_POST
def download(request: Asked, programme: str, panel: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Hand out what a panel said as a table; that it was taken stands in the trail."""
    found = _opened(request, panel)
    table = telling.as_csv(site(), request.person, request.programme, found.panel)
    headers = {"Content-Disposition": 'attachment; filename="working-panel.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def close(request: Asked, programme: str, panel: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Let nobody answer any more."""
    found = _opened(request, panel)
    if opening.close(site(), request.person, request.programme, found.panel.id):
        messages.success(request, _("The panel is closed: nobody can answer any more."))
    else:  # pressed twice
        messages.warning(request, _("The panel was closed before."))
    return redirect("panel", request.programme.slug, panel)


@require_POST
def renew(request: Asked, programme: str, panel: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Make the link anew: the one before opens nothing."""
    found = _opened(request, panel)
    try:
        token = opening.renew(site(), request.person, request.programme, found.panel.id, _DAYS)
    except ListeningError as error:  # the store was restored without the accounts
        messages.error(request, in_english(error))
        return redirect("panels", request.programme.slug)
    return _linked(request, token)


@require_POST
def erase(request: Asked, programme: str, panel: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Erase what somebody answered who asked for it."""
    found = _opened(request, panel)
    form = Code(request.POST)
    if form.is_valid():
        by, slug = request.person.email, request.programme.slug
        work, code = site().work(request.programme), form.cleaned_data["code"]
        if answering.take_back(work, slug, found.panel, code, by):
            messages.success(request, _("The answers of this code are erased."))
            return redirect("panel", request.programme.slug, panel)
        form.add_error("code", _("No answers of this panel have this code"))
    return _one(request, panel, form)


@require_POST
def aside(request: Asked, programme: str, panel: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Let some sets of answers count no more, or count again."""
    found = _opened(request, panel)
    form = Aside(request.POST, setting_aside.sets(site(), request.programme, found.panel))
    if not form.is_valid():
        return _one(request, panel, Code(), form)
    chosen, why = form.cleaned_data["sets"], form.reason
    many = setting_aside.set_aside(
        site(), request.person, request.programme, found.panel, chosen, why
    )
    if not many:
        messages.warning(request, _("That was so before: nothing was changed."))
    elif why:
        messages.success(request, _("They are set aside, and count no more."))
    else:
        messages.success(request, _("They count again."))
    return redirect("panel", request.programme.slug, panel)


def _one(
    request: Asked, panel: uuid.UUID, form: Code, aside_form: Aside | None = None
) -> HttpResponse:
    found = _opened(request, panel)
    verdicts, missed = telling.verdicts(site(), request.programme, found.panel)
    sets = setting_aside.sets(site(), request.programme, found.panel)
    told = {
        "sets": sets,
        "left": sum(bool(one.aside) for one in sets),
        "aside": aside_form or Aside(None, sets),
        "chosen": request.POST.getlist("sets"),
        "one": found,
        "open": found.is_open(now()),
        "verdicts": verdicts,
        "missed": missed,
        "form": form,
    }
    return render(request, "web/panel/one.html", told)


def _linked(request: Asked, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("panel-door", args=[token]))
    return render(request, "web/panel/link.html", {"link": link})


def _opened(request: Asked, panel: uuid.UUID) -> Opened:
    found = opening.one(site(), request.programme, str(panel))
    if found is None:
        raise Http404
    return found
