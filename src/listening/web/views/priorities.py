"""The programme lead's pages: the ranked priorities, each of them, and what stands behind them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from listening.errors import NothingToDo
from listening.steps.desk import doing
from listening.steps.desk.asked import RESULTS
from listening.steps.leading import change, first, standing, theme
from listening.web import here
from listening.web.english import in_english
from listening.web.while_made import while_made

if TYPE_CHECKING:
    from listening.steps.leading.standing import Standing
    from listening.web.middleware import Asked

#: groups that were hardly heard which the first page names
_MISSING = 3
#: pages about the priorities as a whole, by the names of their addresses
TABS = (
    ("priorities", gettext_lazy("Priorities")),
    ("priorities-voices", gettext_lazy("Who was heard")),
    ("priorities-places", gettext_lazy("Places")),
    ("priorities-choices", gettext_lazy("What would change the order")),
    ("priorities-change", gettext_lazy("What changed")),
    ("priorities-made", gettext_lazy("How this was made")),
)


@require_safe
@while_made
def shown(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show the first page; what is asked anew while results are made says when they are there."""
    site = here.site()
    found = standing.standing(site, request.programme)
    if getattr(request, "htmx", False) and not found.busy:
        return HttpResponseClientRefresh()
    told = first.first(site, request.programme, found)
    missing = told.not_heard if told else ()
    more = {
        "page": told,
        "once": secrets.token_hex(8),
        "wants": [row for row in told.top if row.asked_for] if told else [],
        "missing": missing[:_MISSING],
        "since": change.since_last(found.kept) if found.kept else ("", ""),
        "more_missing": max(0, len(missing) - _MISSING),
        "figures_head": (_("Theme"), _("Raised by"), _("Sampling range"), _("Rank, taken alone")),
    }
    return page(request, "web/priorities.html", found, more)


@require_safe
@while_made
def one(request: Asked, programme: str, theme_id: str) -> HttpResponse:  # noqa: ARG001
    """Show one priority."""
    try:
        found, kept = standing.needed(here.site(), request.programme)
    except NothingToDo as error:
        return back_to_the_list(request, error)
    told = theme.theme(here.site().work(request.programme), kept, found.document, theme_id)
    if told is None:
        raise Http404
    head = (_("Source"), _("Raised by"), _("Sampling range"))
    return page(request, "web/priority.html", found, {"page": told, "source_head": head})


@require_POST
def ask(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Ask for the priorities to be worked out anew; pressed twice, it is done once."""
    once = request.POST.get("once", "")[:40]
    if doing.ask(here.site(), request.person, request.programme, RESULTS, once):
        here.reader().nudge()
    return redirect("priorities", request.programme.slug)


def page(request: Asked, template: str, found: Standing, told: dict[str, Any]) -> HttpResponse:
    """Show a page that stands on kept results."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    working = here.working(RESULTS, request.programme.slug) if found.busy else None
    shown = {"standing": found, "tabs": TABS, "tab": name, "working": working, **told}
    return render(request, template, shown)


def back_to_the_list(request: Asked, error: NothingToDo) -> HttpResponse:
    """Say why a page cannot be shown, on the first one."""
    messages.error(request, in_english(error))
    return redirect("priorities", request.programme.slug)
