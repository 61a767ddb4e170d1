"""The Prefect server of the whole system: on this machine alone, with its database under ours."""

from __future__ import annotations

import socket
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flows.orchestration import quiet
from flows.server import APP
from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps.orchestrating import account

#: where it is unless LISTENING_PREFECT_URL says else
HERE = "http://127.0.0.1:4200/api"
_LOOPBACK = ("127.0.0.1", "localhost")
#: what is due is known by the part with the pages
_UNUSED = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}


@dataclass(frozen=True)
class Place:
    """Where the server answers."""

    url: str
    port: int


def prepared(settings: Settings, environ: MutableMapping[str, str]) -> Place:
    """Set Prefect's settings, before Prefect is imported; return where its server is to answer.

    Raises:
        ListeningError: the address is of another machine, or its port is taken.
    """
    url = settings.prefect_url or HERE
    parts = urlsplit(url)
    if parts.hostname not in _LOOPBACK or parts.scheme != "http":
        raise ListeningError(
            f"Prefect at {url}",
            "is not on this machine, and is not started here.",
            f"Start it there; or set LISTENING_PREFECT_URL to {HERE} to have one here.",
        )
    place = Place(url, parts.port or 80)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", place.port))
        except OSError as error:
            raise ListeningError(
                f"Port {place.port}",
                f"cannot be used ({error.strerror}).",
                "Name another in LISTENING_PREFECT_URL.",
            ) from None
    environ.update(quiet(settings.home) | _UNUSED | {"PREFECT_API_URL": url})
    environ["PREFECT_SERVER_API_AUTH_STRING"] = account(settings.home)
    if settings.prefect_database_url:
        environ["PREFECT_API_DATABASE_CONNECTION_URL"] = _asynchronous(
            settings.prefect_database_url
        )
    Path(environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def serve(place: Place) -> None:
    """Serve Prefect's API until stopped."""
    import uvicorn

    uvicorn.run(APP, factory=True, host="127.0.0.1", port=place.port, log_level="error")


def _asynchronous(url: str) -> str:
    """Name the driver that Prefect needs in an address of PostgreSQL."""
    scheme, colon, rest = url.partition(":")
    return f"postgresql+asyncpg{colon}{rest}" if scheme in ("postgres", "postgresql") else url
