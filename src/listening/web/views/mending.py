"""A kept file corrected by a new version, or answered about anew."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from listening.errors import ListeningError
from listening.steps import as_sent, mending, uploads
from listening.steps.understanding import READABLE
from listening.web import here, words
from listening.web.english import fault
from listening.web.forms import Questions
from listening.web.marking import Mending
from listening.web.views.files import interviewer, say

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Asked, programme: str, file: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Take a corrected version; ask what only its officer knows."""
    if request.method == "POST" and "correction" in request.POST:
        return _take(request)
    waits = mending.draft(here.site(), request.upload)
    form = None
    if waits:
        said = {name: value for name, value in vars(waits.answers).items() if value}
        form = Questions(request.POST or None, understood=waits.understood, initial=said)
        if request.method == "POST" and form.is_valid():
            return _answer(request, form)
    told = {
        "kept": as_sent.sent(here.site(), request.upload),
        "sent": waits,
        "form": form,
        "readable": ",".join(READABLE),
        **({"kind": words.KINDS.get(waits.understood.kind, ""), "interviewer": interviewer(waits),
            "set_aside": words.set_aside(waits.rejects)} if waits else {}),
    }  # fmt: skip
    return render(request, "web/correct.html", told)


def _take(request: Asked) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file:
            mending.correct(here.site(), request.upload, file.name or "", file.read())
        else:
            messages.error(request, _("Choose a file, then send."))
    except ListeningError as error:
        say(request, error)
    return redirect("file-correct", request.programme.slug, request.upload.id)


def _answer(request: Asked, form: Questions) -> HttpResponse:
    try:
        if form.no_consent:
            mending.let_go(here.site(), request.upload)
            messages.success(request, _("The corrected version was erased. The earlier one stays."))
            return _back(request)
        mending.answer(here.site(), request.upload, form.answers())
    except ListeningError as error:
        say(request, error)
    return redirect("file-correct", request.programme.slug, request.upload.id)


@require_POST
def confirm(request: Asked, programme: str, file: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Let a corrected version be read."""
    try:
        mending.confirm(here.site(), request.upload)
        here.reader().nudge()
    except ListeningError as error:
        say(request, error)
    return _back(request)


@require_POST
def let_go(request: Asked, programme: str, file: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Erase a corrected version that was not read."""
    try:
        mending.let_go(here.site(), request.upload)
        messages.success(request, _("The change was erased. The file stays as it was."))
    except ListeningError as error:
        say(request, error)
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: Asked, programme: str, file: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Ask everything about a kept file anew."""
    site, upload = here.site(), request.upload
    sent = as_sent.sent(site, upload)
    if sent.state != "kept" or not sent.held:
        messages.error(request, _("What was answered about this file cannot be changed now."))
        return _back(request)
    asked = mending.attributes(site, request.programme)
    form = Mending(request.POST or None, sent=sent, attributes=asked)
    if request.method == "POST" and form.is_valid():
        try:
            return _changed(request, form)
        except ListeningError as error:
            form.add_error(None, fault(error))
    return render(request, "web/mend.html", {"sent": sent, "form": form})


def _changed(request: Asked, form: Mending) -> HttpResponse:
    if form.no_consent:
        uploads.without_consent(here.site(), request.upload)
    elif mending.change(here.site(), request.upload, form.answers()):
        here.reader().nudge()
    else:
        messages.success(request, _("That is what you had answered: nothing was changed."))
    return _back(request)


def _back(request: Asked) -> HttpResponse:
    return redirect("file", request.programme.slug, request.upload.id)
