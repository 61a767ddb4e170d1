"""Showing once more who one is: the password again, and a code from an app on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from listening.errors import ListeningError
from listening.steps import accounts, second
from listening.web import signed
from listening.web.english import in_english
from listening.web.forms import Proof, SecondCode
from listening.web.here import site

if TYPE_CHECKING:
    from listening.web.middleware import Asked


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: Asked) -> HttpResponseBase:
    """Take the password once more; wrong ones are counted by django-axes."""
    form = Proof(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data["password"]
        found = authenticate(request, username=request.person.email, password=given)
        if found == request.user:
            signed.prove(request)
            return redirect(signed.onward(request))
        form.add_error("password", _("The password is wrong"))
    return render(request, "web/prove.html", {"form": form, "next": signed.onward(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Asked) -> HttpResponseBase:
    """Take a code, after the password."""
    form = SecondCode(request.POST or None)
    if form.is_valid() and _is_right(form, request, new=False):
        signed.show_second(request)
        return redirect(signed.onward(request))
    return render(request, "web/second.html", {"form": form, "next": signed.onward(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: Asked) -> HttpResponseBase:
    """Show what an app is to read, and take the first code of it."""
    form = SecondCode(request.POST or None)
    if form.is_valid() and _is_right(form, request, new=True):
        signed.show_second(request)
        accounts.sign_out_elsewhere(request.person, request.session.session_key or "")
        messages.success(request, _("From now on you sign in with a code as well."))
        return redirect(signed.onward(request))
    address = second.offer(site(), request.person)
    told = {
        "form": form,
        "next": signed.onward(request),
        "picture": _drawn(address),
        "address": address,
        "has": second.has(site(), request.person),
    }
    return render(request, "web/second_new.html", told)


@require_POST
def elsewhere(request: Asked) -> HttpResponse:
    """End every other session of one's own."""
    accounts.sign_out_elsewhere(request.person, request.session.session_key or "")
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("password")


def _is_right(form: SecondCode, request: Asked, *, new: bool) -> bool:
    given = form.cleaned_data["code"]
    try:
        right = (second.accept if new else second.see)(site(), request.person, given)
    except ListeningError as error:
        form.add_error("code", in_english(f"{error.what} {error.why} {error.what_to_do}"))
        return False
    if not right:
        form.add_error("code", _("The code is wrong, or was used already. Wait for the next one."))
    return right


def _drawn(address: str) -> SafeString:
    """Return the address as a picture that phones read; nothing in it is text."""
    import segno

    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=4))  # noqa: S308 - squares alone, no words of anybody's
