"""An officer's files: sending, answering, confirming, what was removed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from listening.errors import ListeningError
from listening.steps import arriving, as_sent, mending, safeguarding, uploads
from listening.steps.arriving import Desk
from listening.steps.handing import READ
from listening.steps.understanding import LARGEST_FILE, READABLE, SAME, SOMEBODY_ELSE
from listening.web import here, words
from listening.web.counted import many_of
from listening.web.english import fault, in_english
from listening.web.forms import Questions
from listening.web.removed_words import removed

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from listening.steps.nouns import Upload
    from listening.web.middleware import Asked


_AGAIN = ngettext_lazy(
    "{shown} file had been sent before.", "{shown} files had been sent before.", "many"
)


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show one's own files; take new ones."""
    if request.method == "POST":
        return _take(request)
    mine = as_sent.mine(here.site(), request.person, request.programme)
    reading = any(one.state == "reading" for one in mine)
    told = {
        "files": [{"sent": one, "tag": _tag(one)} for one in mine],
        "reading": reading,
        "working": here.working(READ) if reading else None,
        "readable": ",".join(READABLE),
        "largest": LARGEST_FILE,
        "sending": {name: str(said) for name, said in words.SENDING.items()},
        "half_sent": arriving.mine(Desk(here.site(), request.person, request.programme)),
    }
    return render(request, "web/files.html", told)


def _take(request: Asked) -> HttpResponseBase:
    """Take the files of one form."""
    try:
        took = [one for file in request.FILES.getlist("files") for one in _take_one(request, file)]
    except ListeningError as error:  # a setting of the programme that only its operator can mend
        messages.error(request, in_english(error))
        return redirect("files", request.programme.slug)
    # a file's name may be a person's: it stands on pages alone, never in a cookie
    if not took:
        messages.error(request, _("Choose at least one file, then send."))
    again = sum(not fresh for _, fresh in took)
    if again:
        messages.warning(request, many_of(again, _AGAIN))
    only = took[0][0] if len(took) == 1 else ""
    return redirect(only or reverse("files", args=[request.programme.slug]))


def _take_one(request: Asked, file: UploadedFile[bytes]) -> list[tuple[str, bool]]:
    """Take a file, or every file of an archive; return each one's page, and whether it is new."""
    took = uploads.receive_all(
        here.site(), request.person, request.programme, file.name or "", file.read()
    )
    return [(_page_of(upload), fresh) for upload, fresh in took]


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Asked, programme: str, file: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Show what was understood of a file; ask what only its officer knows."""
    upload = request.upload
    sent = as_sent.sent(here.site(), upload)
    said = {name: value for name, value in vars(sent.answers).items() if value}
    if sent.other:
        said[SAME] = SOMEBODY_ELSE
    asked, like = sent.understood, sent.like
    form = Questions(request.POST or None, understood=asked, like=like, initial=said)
    if request.method == "POST" and form.is_valid():
        return _answer(request, upload, form)
    shown = {
        "sent": sent,
        "form": form,
        "tag": _tag(sent),
        "kind": words.KINDS.get(sent.understood.kind, ""),
        "interviewer": interviewer(sent),
        "draft": mending.draft(here.site(), upload) if sent.read else None,
        "removed": removed(sent.removed),
        "passed_on": safeguarding.passed_on(here.site(), upload),
        "set_aside": words.set_aside(sent.rejects or sent.understood.rejects),
    }
    return render(request, "web/file.html", shown)


def _answer(request: Asked, upload: Upload, form: Questions) -> HttpResponse:
    try:
        if form.no_consent:
            uploads.without_consent(here.site(), upload)
        else:
            uploads.answer(here.site(), upload, form.answers())
    except ListeningError as error:
        say(request, error)
    return redirect(_page_of(upload))


@require_POST
def confirm(request: Asked, programme: str, file: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Let a file be read."""
    upload = request.upload
    try:
        uploads.confirm(here.site(), upload)
        here.reader().nudge()
    except ListeningError as error:
        say(request, error)
    return redirect(_page_of(upload))


@require_POST
def discard(request: Asked, programme: str, file: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Let a file go that was not read."""
    upload = request.upload
    try:
        uploads.discard(here.site(), upload)
        messages.success(request, _("The file was erased."))
    except ListeningError as error:
        say(request, error)
        return redirect(_page_of(upload))
    return redirect("files", request.programme.slug)


def say(request: Asked, error: ListeningError) -> None:
    """Say on the next page what could not be done: a sentence to officers, without its colon."""
    messages.error(request, fault(error))


def _page_of(upload: Upload) -> str:
    return reverse("file", args=[upload.programme.slug, upload.id])


def _tag(sent: as_sent.Sent) -> tuple[str, str]:
    return words.STATES["ready" if sent.state == "waiting" and sent.ready else sent.state]


def interviewer(sent: as_sent.Sent) -> str:
    """Return the label of the one who is taken for the interviewer."""
    place = sent.understood.interviewer
    return sent.understood.speakers[int(place)].label if place.isdigit() else ""
