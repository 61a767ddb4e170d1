"""The page on which a resident's withdrawal is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core import signing
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods

from listening.errors import ListeningError
from listening.steps import leaving
from listening.steps.copies import known_by
from listening.steps.receipts import (
    Receipt,
    counted,
    said_of_actions,
    said_of_alike,
    said_of_releases,
)
from listening.steps.safeguarding import KEPT_APART
from listening.web.counted import many_of
from listening.web.english import in_english
from listening.web.forms import Leaving, Sure
from listening.web.here import site
from listening.web.rules import ADMINISTRATOR

if TYPE_CHECKING:
    from listening.web.middleware import Asked


#: an answer to "are you sure?" is only taken for the person who was asked about
_SALT = "withdrawal"
_MINUTES = 15
_WAIT = ngettext_lazy("{shown} file waits unread.", "{shown} files wait unread.", "many")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Ask who withdraws, ask once more, erase, and show the receipt."""
    everywhere = ADMINISTRATOR in request.roles
    sure = Sure(request.POST) if "participant" in request.POST else None
    if sure and sure.is_valid():
        return _erased(request, sure.cleaned_data["participant"])
    form = Leaving(None if sure else request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data["said"]
            found = leaving.meant(site(), request.person, request.programme, said, everywhere)
            sure = Sure(initial={"participant": signing.dumps(found, salt=_salt(request))})
        except ListeningError as error:
            form.add_error("said", in_english(f"What you gave {error.why} {error.what_to_do}"))
    told = {
        "form": sure or form,
        "sure": sure,
        "everywhere": everywhere,
        "kept": KEPT_APART,
        "known_by": known_by(site().work(request.programme).vault),
    }
    return render(request, "web/withdraw.html", told)


def _salt(request: Asked) -> str:
    """Return what an answer is bound to: ids are the same in every programme."""
    return f"{_SALT} {request.programme.slug} {request.person.id}"


def _unread(request: Asked) -> str:
    """Say how many files nobody has read yet: the resident may speak in them too."""
    many = leaving.unread(site(), request.programme)
    if not many:
        return ""
    more = _(
        "Where they hold the same talk, id or file, the person is left out of them; a talk of less "
        "than 22 words is not known again. What is half sent is erased after a day."
    )
    return f"{many_of(many, _WAIT)} {more} "


def _said(receipt: Receipt) -> SafeString:
    """Say what was erased; what is counted is named in English."""
    return format_html(
        _(
            "Receipt {receipt}: erased {counted}. Give the resident this number. It does not say "
            "who they are."
        ),
        receipt=receipt.receipt,
        counted=in_english(counted(receipt.counts)),
    )


def _for_the_team(receipt: Receipt) -> list[str]:
    """Say what is left to be done by people."""
    return [said_of_alike(receipt), *said_of_releases(receipt), said_of_actions(receipt)]


def _erased(request: Asked, participant: str) -> HttpResponseBase:
    try:
        meant = signing.loads(participant, salt=_salt(request), max_age=_MINUTES * 60)
        receipt = leaving.leave(site(), request.person, request.programme, meant)
    except signing.BadSignature:
        messages.error(request, _("That took too long. Nothing was erased: begin again."))
    except ListeningError as error:
        messages.error(request, in_english(error))
    else:
        known = known_by(site().work(request.programme).vault)
        messages.success(
            request,
            format_html(
                "{} {}{}",
                _said(receipt),
                _unread(request),
                in_english(
                    f"{known} {KEPT_APART} "
                    f"{' '.join(filter(None, _for_the_team(receipt)))}".rstrip()
                ),
            ),
        )
    return redirect("withdraw", request.programme.slug)
