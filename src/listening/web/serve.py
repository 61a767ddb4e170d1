"""The server: one process with the pages, and what sees to what is confirmed and asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps import PackagedModels
from listening.steps.attending import Reader
from listening.steps.handing import Handing
from listening.steps.orchestrating import Runs
from listening.steps.site import LARGEST_REQUEST, open_site
from listening.web import here

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
#: requests answered at the same time
THREADS = 8
#: browsers keep their connections open while somebody reads; whoever comes beyond these waits for
#: one to close. A process may often have 1,024 files open, and the databases need some.
CONNECTIONS = 800


def run(server: Any) -> None:
    """Serve until stopped with Ctrl-C; the file that is being read is finished first."""
    try:
        server.run()
    finally:
        here.reader().stop()


def make_server(settings: Settings, host: str, port: int) -> Any:
    """Return a server that listens and does not run yet; port 0 takes any that is free.

    Raises:
        ListeningError: the address would carry passwords in the clear, or is taken.
    """
    if host not in LOOPBACK and not settings.url:
        raise ListeningError(
            f"The address {host}",
            "can be reached from other machines, and nothing says how people will reach it.",
            "Set LISTENING_URL to the https address of the proxy in front of it.",
        )
    _see_safe(settings.url)
    from waitress.server import create_server

    _log()
    pages = application(settings)
    try:
        return create_server(pages, host=host, port=port, **_limits(settings))
    except OSError as error:
        here.reader().stop()
        raise ListeningError(
            f"Port {port}", f"cannot be used ({error.strerror}).", "Choose another with --port."
        ) from None


def _see_safe(url: str) -> None:
    found = urlsplit(url)
    if url and found.scheme != "https" and found.hostname not in LOOPBACK:
        raise ListeningError(
            "LISTENING_URL",
            "is no https address: passwords and residents' words would travel in the clear.",
            "Put a proxy with https in front, and give its address.",
        )


def application(settings: Settings) -> Wsgi:
    """Open the site and return what any WSGI server can serve; begin to read what was confirmed."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    site = open_site(settings, PackagedModels(settings))
    hands = Handing(Runs(settings.prefect_url, settings.home)) if settings.prefect_url else None
    reader = Reader(site, hands)
    reader.begin()
    here.serve_from(site, reader)
    pages = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - imported now: nobody waits for it with a first page
    return pages


def _log() -> None:
    """Show our own lines; Django's would show an exception's words, which may be a resident's."""
    shown = logging.StreamHandler()
    shown.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name in ("listening", "waitress"):
        logging.getLogger(name).handlers = [shown]
    # a line for every request that waits for a thread: how long requests take is among the metrics
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _limits(settings: Settings) -> dict[str, Any]:
    """Return how much a request may bring, and whose word is taken for where it came from."""
    limits: dict[str, Any] = {
        "threads": THREADS,
        "connection_limit": CONNECTIONS,
        # select() serves fewer than that
        "asyncore_use_poll": True,
        "max_request_body_size": LARGEST_REQUEST,
        # what is sent is held in memory: nothing of it ever lies in a temporary file
        "inbuf_overflow": LARGEST_REQUEST + 1,
        "ident": None,
    }
    if urlsplit(settings.url).scheme == "https":
        limits |= {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            "clear_untrusted_proxy_headers": True,
        }
    return limits
