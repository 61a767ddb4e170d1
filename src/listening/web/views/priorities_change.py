"""What changed between waves, and the days on which waves begin."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from listening.errors import ListeningError, NothingToDo
from listening.steps import waves
from listening.steps.desk import doing
from listening.steps.desk.asked import RESULTS
from listening.steps.leading import change, standing
from listening.web import here
from listening.web.english import fault
from listening.web.views.priorities import back_to_the_list, page
from listening.web.wave_forms import NewWave

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show what changed since the wave before."""
    return _shown(request, NewWave())


@require_POST
def begin(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Let a wave begin on a day; what changed is worked out anew."""
    form = NewWave(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            waves.begin(here.site(), request.person, request.programme, given["day"], given["name"])
        except ListeningError as error:
            form.add_error("day", fault(error))
        else:
            messages.success(request, _("What changed is being worked out."))
            return _anew(request)
    return _shown(request, form)


@require_POST
def take_back(request: Asked, programme: str, day: str) -> HttpResponse:  # noqa: ARG001
    """Let no wave begin on a day."""
    if waves.take_back(here.site(), request.person, request.programme, day):
        messages.success(request, _("No wave begins on that day any more."))
    else:  # pressed twice
        messages.warning(request, _("No wave began on that day."))
    return _anew(request)


def _anew(request: Asked) -> HttpResponse:
    """Ask for the results anew, of which the waves are a part."""
    once = request.POST.get("once", "")[:40]
    if doing.ask(here.site(), request.person, request.programme, RESULTS, once):
        here.reader().nudge()
    return redirect("priorities-change", request.programme.slug)


def _shown(request: Asked, form: NewWave) -> HttpResponse:
    work = here.site().work(request.programme)
    try:
        found, kept = standing.needed(here.site(), request.programme)
        told = change.changed(kept)
    except NothingToDo as error:
        return back_to_the_list(request, error)
    except FileNotFoundError:  # replaced since the page was asked for
        return back_to_the_list(request, standing.replaced())
    heads = {
        "left_head": (_("Theme"), _("Why")),
        "left_caption": _("Themes that do not mean the same in every wave, or cannot be told"),
        "waves_head": (_("Wave"), _("Heard"), _("Who read it"), _("In the comparison")),
        "waves_caption": _("Who was heard in each wave"),
        "months_head": (_("Month"), _("Heard")),
        "months_caption": _("People by the month in which they were heard"),
        "control_head": (_("Wave"), _("Share"), _("Limits"), _("Rules broken")),
    }
    more = {
        "tab": "priorities-change",  # also where a form of it was wrong
        "page": told,
        "form": form,
        "begins": waves.begins(work),
        "once": secrets.token_hex(8),
        **heads,
    }
    return page(request, "web/priorities_change.html", found, more)
