"""Starting Prefect for one command, quietly, while other work goes on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from listening.errors import ListeningError

LONGEST_START_S = 180


def quiet(home: Path) -> dict[str, str]:
    """Return Prefect's settings for every process of ours: it tells nobody, and keeps no log."""
    return {
        "PREFECT_HOME": str(home.resolve() / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # a fault is told by the command line, once and in a sentence
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_UI_ENABLED": "false",
        # never a second server of Prefect's own beside ours
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    }


#: one command needs neither schedules nor the search for late runs
_ONE_COMMAND = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}


class Server:
    """The Prefect server of this command, or the one that is running already."""

    def __init__(self, environ: MutableMapping[str, str], process: subprocess.Popen[bytes] | None):
        self._environ = environ
        self._process = process

    def wait(self) -> None:
        """Wait until the server answers.

        Raises:
            ListeningError: it did not come up.
        """
        address = self._environ["PREFECT_API_URL"] + "/health"
        give_up = time.monotonic() + LONGEST_START_S
        while time.monotonic() < give_up:
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise ListeningError(
            "Prefect",
            "did not start.",
            "Run again; if it stays so, delete the folder `prefect` under LISTENING_HOME.",
        )


@contextmanager
def server(home: Path, environ: MutableMapping[str, str]) -> Iterator[Server]:
    """Begin to start a Prefect server and go on at once; `wait` on it before the first flow.

    Where PREFECT_API_URL is set (the whole system is running) that server is used.
    Must be entered before `prefect` is imported: Prefect reads its settings when imported.
    """
    environ.update(quiet(home) | _ONE_COMMAND)
    if environ.get("PREFECT_API_URL"):
        yield Server(environ, None)
        return
    port = _free_port()
    environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    Path(environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "flows.server", str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(environ),
    )
    try:
        yield Server(environ, process)
    finally:
        if process.stdin:
            process.stdin.close()
        process.wait(timeout=30)
        del environ["PREFECT_API_URL"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def process_environment() -> MutableMapping[str, str]:
    """Return the environment of this process, which Prefect reads."""
    return os.environ
