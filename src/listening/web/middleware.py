"""What every request passes: headers, the gate, and where one is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from listening import __version__
from listening.errors import Fault
from listening.steps import accounts, arriving, uploads
from listening.steps.nouns import Person, Programme, Upload
from listening.web import here, signed
from listening.web.rules import RULES, Rule

Answer = Callable[[HttpRequest], HttpResponse]
_LOG = logging.getLogger("listening.web")

#: everything comes from this site; nothing runs or is drawn that stands in a page itself
CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: what a browser can do and no page of ours asks for
_UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone",
    "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT,
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # also where Django's own middleware is not come to
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Asked(HttpRequest):
    """A request that came through the gate."""

    person: Person
    programme: Programme
    roles: frozenset[str]
    #: the file that the address names: one's own
    upload: Upload


class Headers:
    """Says to browsers what a page may do, and to keep none of it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to the answer."""
        response = self._answer(request)
        for name, value in HEADERS.items():
            response[name] = value
        if not request.path.startswith(str(settings.STATIC_URL)):
            response["Cache-Control"] = "no-store"
        return response


class Gate:
    """Opens an address for those whom its rule allows; what is another's does not exist."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._answer(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponseBase],
        _args: tuple[object, ...],
        kwargs: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        """Stop whoever may not go on.

        Raises:
            Http404: the address is of a programme in which one is nothing, or of another's file.
            PermissionDenied: one is not what the address is for, or it has no rule.
        """
        rule = RULES.get(_name_of(cast("Asked", request)))
        if rule is None:
            raise PermissionDenied
        if not rule.signed_in:
            return None
        user = request.user
        if not user.is_authenticated:
            # the path alone: what somebody looks for does not travel any further
            return redirect_to_login(request.path)
        if signed.is_over(request):
            logout(request)
            return redirect_to_login(request.path)
        asked = cast("Asked", request)
        asked.person = Person(user.pk, user.email, user.name)
        return self._admit(asked, rule, kwargs)

    def _admit(
        self, asked: Asked, rule: Rule, kwargs: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        """Let somebody in whom we know, or send them to show more of who they are."""
        if lacking := signed.lacks_second(asked, _name_of(asked)):
            return lacking
        if rule.roles:
            self._enter(asked, kwargs["programme"])
            if not rule.roles & asked.roles:
                _refused(asked)
                raise PermissionDenied
            if lacking := signed.lacks_seed(asked):
                return lacking
        if rule.fresh and (lacking := signed.lacks_proof(asked)):
            return lacking
        if "file" in kwargs:
            self._open(asked, str(kwargs["file"]))
        if "half" in kwargs and not arriving.one(_desk(asked), str(kwargs["half"])):
            raise Http404
        return None

    def process_exception(self, _request: HttpRequest, error: Exception) -> None:
        """Say where a fault lies and not what it says: that may be a resident's word."""
        if not isinstance(error, Http404 | PermissionDenied):
            _LOG.error("%s", Fault.of(error))

    def _enter(self, asked: Asked, slug: str) -> None:
        programme = accounts.programme(slug)
        roles = accounts.roles(asked.person, programme) if programme else frozenset()
        if not programme or not roles:
            _refused(asked)
            raise Http404
        asked.programme, asked.roles = programme, roles

    def _open(self, asked: Asked, upload_id: str) -> None:
        upload = uploads.one(asked.person, asked.programme, upload_id)
        if upload is None:
            _refused(asked)
            raise Http404
        asked.upload = upload


def _name_of(asked: Asked) -> str:
    return asked.resolver_match.view_name if asked.resolver_match else ""


def _refused(asked: Asked) -> None:
    """Note who tried what: by number and by the address's name, never by its words."""
    _LOG.warning("refused: %s to person %s", _name_of(asked), asked.person.id)


def _desk(asked: Asked) -> arriving.Desk:
    return arriving.Desk(here.site(), asked.person, asked.programme)


def whereabouts(request: HttpRequest) -> dict[str, Any]:
    """Tell templates in which programme one is, and what one may open there."""
    roles: frozenset[str] = getattr(request, "roles", frozenset())
    return {
        "programme": getattr(request, "programme", None),
        "may": {name: bool(rule.roles & roles) for name, rule in _by_word()},
        "version": __version__,
        "languages": settings.LANGUAGES,
    }


def _by_word() -> list[tuple[str, Any]]:
    return [(name.replace("-", "_"), rule) for name, rule in RULES.items() if rule.roles]
