"""Around every request: its id, how long it took, and a line and a count that say no more."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from listening.web import logs, metrics

Answer = Callable[[HttpRequest], HttpResponse]
#: addresses for machines, which know this one by any name
PROBES = ("/health/live", "/health/ready", "/metrics")
#: what is asked for and is none of our addresses, and files of the pages themselves
UNKNOWN, STATIC = "-", "static"
HEADER = "X-Request-Id"


class Watched:
    """Gives every request an id, and notes how it was answered."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note how."""
        begun = time.perf_counter()
        token = logs.request_id.set(logs.id_of(request.headers.get(HEADER, "")))
        try:
            if request.path in PROBES and settings.ALLOWED_HOSTS:
                # a service manager asks 127.0.0.1, whatever people call the site
                request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
            response = self._answer(request)
            response[HEADER] = logs.request_id.get()
            self._note(request, response.status_code, time.perf_counter() - begun)
            return response
        finally:
            logs.request_id.reset(token)

    def _note(self, request: HttpRequest, status: int, seconds: float) -> None:
        view = name_of(request)
        metrics.answered(view, status, seconds)
        told: dict[str, object] = {
            "method": request.method if request.method in METHODS else "other",
            "view": view,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        if roles := sorted(getattr(request, "roles", ())):
            told["role"] = " ".join(roles)
        logs.answered(told)


#: what is sent for a method may be anybody's word
METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT")


def name_of(request: HttpRequest) -> str:
    """Return what an address is called; never the address, which may name somebody."""
    if request.resolver_match:
        return request.resolver_match.view_name or UNKNOWN
    return STATIC if request.path.startswith(str(settings.STATIC_URL)) else UNKNOWN
