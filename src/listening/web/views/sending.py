"""Where an officer's files arrive piece by piece, over a connection that breaks."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listening.errors import ListeningError
from listening.steps import arriving
from listening.steps.arriving import Desk
from listening.web import here, tus

if TYPE_CHECKING:
    from listening.web.middleware import Asked


def begun(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Begin a file, or say what this server can do."""
    method = _method(request)
    if method not in ("POST", "OPTIONS"):
        return HttpResponseNotAllowed(["POST", "OPTIONS"])
    response = _spoken(request, method, "/", b"")
    if response.status_code == 201:
        half_id = response["Location"].removeprefix("/")
        response["Location"] = reverse("half-sent-file", args=[request.programme.slug, half_id])
        return _whole(request, half_id, response)  # an empty file is whole when it begins
    return response


def half(request: Asked, programme: str, half: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Say how much of a file is there, take a piece, or erase it."""
    half_id, method = str(half), _method(request)
    if method not in tus.ALONE:
        return HttpResponseNotAllowed(tus.ALONE)
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > arriving.LARGEST_PIECE:
        return _said(_("This piece is too large."), 413)
    with arriving.alone(_desk(request), half_id) as alone:
        if not alone:
            return _said(_("Another piece of this file is arriving."), 423)
        response = _spoken(request, method, f"/{half_id}", request.body)
        went_well = response.status_code in (200, 204) and method != "DELETE"
        return _whole(request, half_id, response) if went_well else response


@require_POST
def discard(request: Asked, programme: str, half: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Erase what is there of a file, from the page that lists it."""
    half_id = str(half)
    with arriving.alone(_desk(request), half_id) as alone:
        if alone:
            arriving.let_go(_desk(request), half_id)
            messages.success(request, _("What had arrived of the file was erased."))
        else:
            messages.error(request, _("The file is arriving just now. Pause it first."))
    return redirect("files", request.programme.slug)


def _spoken(request: Asked, method: str, path: str, body: bytes) -> HttpResponse:
    """Answer by the protocol."""
    headers = {name.lower(): said for name, said in request.headers.items()}
    try:
        status, told, words = tus.answer(_desk(request), method, path, headers, body)
    except ListeningError as error:
        return _said(f"{error.what} {error.why} {error.what_to_do}", 413)
    response = HttpResponse(
        words, status=status, headers=told, content_type="text/plain; charset=utf-8"
    )
    if status == 460:
        response.reason_phrase = "Checksum Mismatch"
    return response


def _whole(request: Asked, half_id: str, response: HttpResponse) -> HttpResponse:
    """Take a file in once all of it is there, and name the page to go on with."""
    found = arriving.one(_desk(request), half_id)
    if found is None or found.arrived < found.size:
        return response
    try:
        done = arriving.finish(_desk(request), found)
    except ListeningError as error:
        # a setting of the programme that only its operator can mend: the file is kept for that
        return _said(f"{error.what} {error.why} {error.what_to_do}", 503)
    slug = request.programme.slug
    one = len(done.took) == 1
    response["Content-Location"] = (
        reverse("file", args=[slug, done.took[0]]) if one else reverse("files", args=[slug])
    )
    if not done.fresh:
        _say_once(request, _("What you sent had been sent before. It is not kept twice."))
    return response


def _say_once(request: Asked, words: str) -> None:
    """Say something on the next page, however many files it is true of."""
    waiting = messages.get_messages(request)
    said = {str(one) for one in waiting}
    if isinstance(waiting, BaseStorage):
        waiting.used = False  # they were looked at here, and shown to nobody
    if words not in said:
        messages.warning(request, words)


def _desk(request: Asked) -> Desk:
    return Desk(here.site(), request.person, request.programme)


def _method(request: Asked) -> str:
    return tus.effective(request.method or "", request.headers.get("X-HTTP-Method-Override", ""))


def _said(words: str, status: int) -> HttpResponse:
    headers = {"Tus-Resumable": tus.VERSION}
    return HttpResponse(
        words, status=status, headers=headers, content_type="text/plain; charset=utf-8"
    )
