"""What a session has shown so far: when it began, the password lately, and the second thing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from listening.steps import second
from listening.web.here import site

if TYPE_CHECKING:
    from listening.web.middleware import Asked

#: in seconds: a session ends after a working day, however much it is used
LONGEST = 12 * 60 * 60
#: in seconds: for so long a password that was given holds for what is asked for once more
FRESH = 30 * 60
_BEGAN, _PROVED, _SECOND = "began", "proved", "second"
#: where somebody goes who has not shown everything, and from where they may leave
SHOWING = frozenset({"second", "sign-out", "language"})
SETTING_UP = frozenset({"new-second", "prove", *SHOWING})


def begin(request: HttpRequest) -> None:
    """Note that somebody signed in with their password at this moment."""
    request.session[_BEGAN] = request.session[_PROVED] = time.time()


def prove(request: HttpRequest) -> None:
    """Note that the password was given again; the session goes on under another name."""
    request.session.cycle_key()
    request.session[_PROVED] = time.time()


def show_second(request: HttpRequest) -> None:
    """Note that the second thing was shown; the session goes on under another name."""
    request.session.cycle_key()
    request.session[_SECOND] = True


def is_over(request: HttpRequest) -> bool:
    """Whether a session has lasted for as long as any may, or the clock was set back meanwhile."""
    return bool(abs(time.time() - request.session.get(_BEGAN, 0)) > LONGEST)


def lacks_second(request: Asked, name: str) -> HttpResponseRedirect | None:
    """Return where to show a code, if there is one to show and it was not shown."""
    if name in SHOWING or request.session.get(_SECOND):
        return None
    return _to("second", request) if second.has(site(), request.person) else None


def lacks_seed(request: Asked) -> HttpResponseRedirect | None:
    """Return where to set up an app, if what one is here is not for a password alone."""
    if request.session.get(_SECOND) or not second.must(site(), request.roles):
        return None
    return _to("new-second", request)


def lacks_proof(request: HttpRequest) -> HttpResponseRedirect | None:
    """Return where to give the password again, if that was not done lately."""
    if abs(time.time() - request.session.get(_PROVED, 0)) <= FRESH:
        return None
    return _to("prove", request)


def onward(request: HttpRequest) -> str:
    """Return where somebody was going; never elsewhere than here."""
    given: Any = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(given, None) and given.startswith("/")
    return str(given) if safe else "/"


def _to(name: str, request: HttpRequest) -> HttpResponseRedirect:
    """Send somebody to a page and back; what they sent is not taken along."""
    back = request.path
    if request.method not in ("GET", "HEAD"):
        back = urlsplit(request.headers.get("Referer", "")).path or "/"
    return redirect(f"{reverse(name)}?{urlencode({'next': back})}")
