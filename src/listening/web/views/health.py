"""How the system is: bare words for machines, and a page for administrators."""

from __future__ import annotations

import hmac
import threading
import time
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from listening.steps import health
from listening.web import here, metrics
from listening.web.health_words import told

if TYPE_CHECKING:
    from listening.web.middleware import Asked

#: seconds for which it is not looked again: anybody may ask
FRESH = 5.0
_PLAIN = "text/plain; charset=utf-8"
_LOOPBACK = ("127.0.0.1", "::1")
_UNAVAILABLE = 503


class _Ready:
    """Whether the system is ready, looked at now and then."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._site: object = None
        self._at = 0.0
        self._good = False

    def now(self) -> bool:
        """Return whether the system is ready."""
        with self._turn:
            site = here.site()
            if self._site is not site or time.monotonic() - self._at > FRESH:
                alive = here.reader().is_alive()
                self._good = health.is_ready(health.ready(site, alive))
                self._site, self._at = site, time.monotonic()
            return self._good


_READY = _Ready()


@require_safe
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that this process answers."""
    return HttpResponse("live\n", content_type=_PLAIN)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whether it can work, and nothing of why not."""
    good = _READY.now()
    word = "ready\n" if good else "not ready\n"
    return HttpResponse(word, content_type=_PLAIN, status=200 if good else _UNAVAILABLE)


@require_safe
def measured(request: HttpRequest) -> HttpResponse:
    """Tell Prometheus, on this machine or with the token; for others there is nothing here."""
    if not (_from_here(request) or _knows(request)):
        raise Http404
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show an administrator how everything is."""
    site = here.site()
    checks = health.ready(site, here.reader().is_alive())
    checks += health.beside(site, request.programme.slug)
    return render(request, "web/health.html", {"checks": [told(one) for one in checks]})


def _from_here(request: HttpRequest) -> bool:
    """Whether a process of this machine asks, and not a proxy on it for somebody else."""
    through = {"X-Forwarded-For", "Forwarded"} & set(request.headers)
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not through


def _knows(request: HttpRequest) -> bool:
    token = here.site().settings.metrics_token
    given = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
