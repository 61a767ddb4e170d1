"""Pages on harm: an officer passes it on, and the safeguarding lead alone reads it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from listening.errors import ListeningError
from listening.steps import safeguarding
from listening.web import here
from listening.web.english import fault
from listening.web.harm_forms import Acted, Harm

if TYPE_CHECKING:
    from listening.web.middleware import Asked

#: state of a disclosure → what its lead reads, and the colour of the tag
_TAGS = {
    safeguarding.NEW: (gettext_lazy("New"), "red"),
    safeguarding.SEEN: (gettext_lazy("Seen"), "yellow"),
    safeguarding.ACTED: (gettext_lazy("Acted on"), "green"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def harm(request: Asked, programme: str, file: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Let an officer mark what somebody said of harm."""
    upload = request.upload
    told = {
        "file": upload,
        "tell": safeguarding.whom_to_tell(here.site(), request.programme),
        "form": None,
    }
    try:
        found = safeguarding.words(here.site(), upload)
    except ListeningError as error:
        told["why_not"] = fault(error)
        return render(request, "web/harm.html", told)
    form = Harm(request.POST or None, found=found)
    if form.is_valid() and _passed_on(request, form):
        messages.success(
            request,
            _(
                "It was passed to the safeguarding lead and taken out of the analysis. Tell them "
                "yourself today as well: no message was sent."
            ),
        )
        return redirect("file", request.programme.slug, upload.id)
    return render(request, "web/harm.html", told | {"form": form, "found": found})


def _passed_on(request: Asked, form: Harm) -> bool:
    """Pass on what the form says; what it cannot say stands beside its field."""
    note = form.cleaned_data["note"]
    try:
        safeguarding.mark(here.site(), request.person, request.upload, note, form.about)
    except ListeningError as error:
        form.add_error("first", fault(error))
        return False
    here.reader().nudge()
    return True


@require_safe
def queue(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show every disclosure of the programme to its safeguarding lead."""
    found = safeguarding.queue(here.site(), request.programme)
    return render(request, "web/safeguarding.html", {"queue": [(o, _TAGS[o.state]) for o in found]})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Asked, programme: str, disclosure: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Show one disclosure with its words; note that it was seen, and what was done."""
    where = here.site(), request.person, request.programme, str(disclosure)
    seen = "seen" in request.POST
    form = Acted(None if seen else request.POST or None)
    if seen and safeguarding.act(*where, safeguarding.SEEN):
        return redirect("disclosure", request.programme.slug, disclosure)
    if form.is_valid() and safeguarding.act(*where, safeguarding.ACTED, form.cleaned_data["note"]):
        return redirect("disclosure", request.programme.slug, disclosure)
    told = safeguarding.opened(*where)
    if told is None:
        raise Http404
    return render(
        request, "web/disclosure.html", {"told": told, "form": form, "tag": _TAGS[told.state]}
    )
