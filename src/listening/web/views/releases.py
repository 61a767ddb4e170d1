"""Releases: what would go now, what stands in the way, what went, and its files."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from listening.errors import ListeningError
from listening.steps import going_out
from listening.steps.desk import asked, doing
from listening.steps.going_out import PROVISIONAL
from listening.steps.kept_releases import ZIP
from listening.web import here, words
from listening.web.english import in_english
from listening.web.release_forms import Make

if TYPE_CHECKING:
    from listening.steps.going_out import Standing
    from listening.web.middleware import Asked

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
}


@require_safe
def listed(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show the page; what is asked anew while something is done says when it is over."""
    if getattr(request, "htmx", False) and not _busy(request):
        return HttpResponseClientRefresh()
    standing = going_out.standing(here.site().work(request.programme))
    return _page(request, standing, _form(standing))


@require_POST
def make(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Ask for a release; pressed twice, it is made once."""
    standing = going_out.standing(here.site().work(request.programme))
    form = _form(standing, request.POST)
    if form is None or not form.is_valid():
        return _page(request, standing, form)
    given = form.cleaned_data
    about = (given["profile"], PROVISIONAL if given["provisional"] else "", given["mark"])
    site, person = here.site(), request.person
    if doing.ask(site, person, request.programme, asked.RELEASE, given["once"], about):
        here.reader().nudge()
    return redirect("releases", request.programme.slug)


@require_safe
def download(request: Asked, programme: str, release: str, part: str) -> HttpResponse:  # noqa: ARG001
    """Hand out a file of a release, or all of them."""
    work = here.site().work(request.programme)
    try:
        name, content = going_out.fetched(work, request.person, request.programme, release, part)
    except ListeningError as error:
        messages.error(request, in_english(error))
        return redirect("releases", request.programme.slug)
    kind = _TYPES.get(name.rsplit(".", maxsplit=1)[-1])
    if kind is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _busy(request: Asked) -> bool:
    return any(one.open for one in going_out.requests(here.site().work(request.programme)))


def _form(standing: Standing, given: Any = None) -> Make | None:
    """Return the form, where something may go."""
    if standing.kept is None or not standing.may:
        return None
    profile = standing.before if standing.before in standing.may else standing.may[0]
    return Make(
        given,
        profiles=standing.may,
        is_provisional=standing.status == "provisional",
        initial={"profile": profile, "mark": standing.kept.mark, "once": secrets.token_hex(8)},
    )


def _page(request: Asked, standing: Standing, form: Make | None) -> HttpResponse:
    work = here.site().work(request.programme)
    found = going_out.requests(work)
    told = {
        "standing": standing,
        "form": form,
        "blocked": [(words.PROFILES[name], why) for name, why in standing.blocked.items() if why],
        "all_blocked": bool(standing.blocked) and not standing.may,
        "why": next(iter(standing.blocked.values()), ""),
        "lines": [(one, _files(one.files)) for one in going_out.lines(work)],
        "zip": ZIP,
        "desk": {"busy": any(one.open for one in found)},
        "doing": [(words.ASKED[one.what], one) for one in reversed(found) if one.open],
        "over": [(words.ASKED[one.what], one) for one in found if not one.open],
        "failed": asked.FAILED,
    }
    return render(request, "web/releases.html", told)


def _files(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what each file is, those for people first."""
    order = list(words.RELEASED)
    known = sorted(names, key=lambda one: order.index(one) if one in order else len(order))
    return [(name, words.RELEASED.get(name, name)) for name in known]
