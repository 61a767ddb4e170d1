"""What was removed from one's own file, undone and added to; and what the programme was taught."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from listening.errors import ListeningError
from listening.steps import as_sent, removed, taught
from listening.steps.taught import NO_NAME
from listening.web import here, words
from listening.web.counted import many_of
from listening.web.english import fault
from listening.web.marking import Adding, Keeping
from listening.web.removed_words import kind_of
from listening.web.rules import ADMINISTRATOR
from listening.web.views.files import say

if TYPE_CHECKING:
    from listening.web.middleware import Asked

_READ = ngettext_lazy(
    "{shown} file is being read again.", "{shown} files are being read again.", "many"
)
_STAY = ngettext_lazy(
    "In {shown} file the words stay: somebody withdrew from it, or it did not come through these "
    "pages. Tell your administrator.",
    "In {shown} files the words stay: somebody withdrew from it, or it did not come through these "
    "pages. Tell your administrator.",
    "many",
)
_RELEASES = ngettext_lazy(
    "{shown} release held the words: its files are not here any more, and a programme lead is told "
    "to make a new one.",
    "{shown} releases held the words: their files are not here any more, and a programme lead is "
    "told to make a new one.",
    "many",
)
_ACTIONS = ngettext_lazy(
    "{shown} action holds the words: its page tells a programme lead to say it otherwise.",
    "{shown} actions hold the words: their pages tell a programme lead to say it otherwise.",
    "many",
)
#: from how many places on somebody is asked once more
MANY = 20


@require_safe
def shown(request: Asked, programme: str, file: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Show the text of one's own file as others will read it, and what was replaced."""
    return _page(request, Adding())


@require_POST
def keep(request: Asked, programme: str, file: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Say that words are no name."""
    form = Keeping(request.POST)
    if not form.is_valid():
        return redirect(_address(request))
    try:
        return _say(request, form.cleaned_data["words"], NO_NAME)
    except ListeningError as error:
        say(request, error)
        return redirect(_address(request))


@require_POST
def add(request: Asked, programme: str, file: uuid.UUID) -> HttpResponseBase:  # noqa: ARG001
    """Say that words should have been removed, and what they are."""
    form = Adding(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            return _say(request, given["words"], given["said"])
        except ListeningError as error:
            form.add_error("words", fault(error))
    return _page(request, form)


@require_safe
def listed(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show an officer what they taught, and an administrator everything."""
    everybody = ADMINISTRATOR in request.roles
    listed = removed.list_of(here.site(), request.person, request.programme, everybody)
    entries = [(words.TAUGHT[said], of) for said, of in listed]
    return render(request, "web/taught.html", {"entries": entries, "everybody": everybody})


@require_POST
def forget(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Take words off the list of the programme."""
    form = Keeping(request.POST)
    if form.is_valid():
        of = form.cleaned_data["words"]
        everybody = ADMINISTRATOR in request.roles
        again = removed.forget(here.site(), request.person, request.programme, of, everybody)
        here.reader().nudge()
        messages.success(request, f"{_('Taken off the list.')} {_read_again(again)}")
    return redirect("taught", request.programme.slug)


def _say(request: Asked, given: str, said: str) -> HttpResponseBase:
    """Say what words are, asked once more where that goes far."""
    even = taught.tidy(given)
    reach = removed.reach(here.site(), request.upload, even, said)
    far = reach.times > MANY or (said == NO_NAME and reach.files > 1)
    if far and "sure" not in request.POST:
        told = {"words": even, "said": said, "reach": reach, "stays": said in words.STAYING}
        return render(request, "web/removed_sure.html", told | {"back": _address(request)})
    again = removed.teach(here.site(), request.upload, even, said)
    here.reader().nudge()
    messages.success(request, f"{_('Noted.')} {_read_again(again)}")
    return redirect("file", request.programme.slug, request.upload.id)


def _page(request: Asked, form: Adding) -> HttpResponseBase:
    number = request.GET.get("page", "")[:9]  # Python reads no number of thousands of digits
    try:
        page = removed.shown(here.site(), request.upload, int(number) if number.isdecimal() else 1)
    except ListeningError as error:
        say(request, error)
        return redirect("file", request.programme.slug, request.upload.id)
    sent = as_sent.sent(here.site(), request.upload)
    found = [(kind_of(one.kind), one) for one in page.found]
    told = {"sent": sent, "shown": page, "found": found, "form": form}
    return render(request, "web/removed.html", told)


def _read_again(again: removed.Again) -> str:
    said = many_of(again.files, _READ)
    if again.holds:
        said = _("It still holds: it was said of another file too. No file has to be read again.")
    elif not again.files:
        said = _("No file has to be read again.")
    more = ((again.left, _STAY), (again.releases, _RELEASES), (again.actions, _ACTIONS))
    told = [said, *(many_of(many, words_of) for many, words_of in more if many)]
    if again.codebook:
        told.append(_("The codebook holds the words: tell a researcher to say it otherwise there."))
    return " ".join(told)


def _address(request: Asked) -> str:
    return reverse("file-removed", args=[request.programme.slug, request.upload.id])
