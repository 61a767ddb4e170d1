"""Label Studio as a process on this machine: what it is told, and when it is ready.

It listens on this machine alone, signs nobody up without an invitation, and calls nobody: no
counting of use, no look for newer versions, no reports of faults.
"""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from listening.errors import ListeningError, ServerAway

HOST = "127.0.0.1"
#: seconds for the first start on a slow machine, which makes its tables
FIRST_START = 300.0
LOG = "label-studio.log"
DATABASE = "label_studio.sqlite3"


@dataclass(frozen=True)
class Place:
    """Where a Label Studio runs, and who its first administrator is.

    Attributes:
        executable: `label-studio` in its own environment.
        folder: for its database, its key and its log.
        port: on this machine.
        email: of the administrator, who is made at the first start.
        password: at least eight characters; later starts do not change it.
    """

    executable: Path
    folder: Path
    port: int
    email: str
    password: str = field(repr=False)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def command(self) -> list[str]:
        """What starts it."""
        options = ["--no-browser", "--internal-host", HOST, "--port", str(self.port)]
        return [str(self.executable), "start", *options, "--log-level", "WARNING"]


def environment(place: Place, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the process's environment: `environ` with nothing of ours and its settings in it."""
    kept = {
        name: value
        for name, value in environ.items()
        # our secrets are none of its business, and another's settings would be taken for ours
        if not name.startswith(("LISTENING_", "LABEL_STUDIO_", "DJANGO_", "PYTHON"))
    }
    return {
        **kept,
        "LABEL_STUDIO_BASE_DATA_DIR": str(place.folder.absolute()),
        "LABEL_STUDIO_USERNAME": place.email,
        "LABEL_STUDIO_PASSWORD": place.password,
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        # readers do not wait for writers, and a killed process leaves the last whole state
        "LABEL_STUDIO_AZURE_MOUNT_FIX": "true",
        "LABEL_STUDIO_CORS_ALLOWED_ORIGINS": place.url,
        "LABEL_STUDIO_CONVERTER_DOWNLOAD_RESOURCES": "false",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "DEBUG": "false",
    }


def check(place: Place) -> None:
    """See that it can be started here.

    Raises:
        ListeningError: it is not installed, or the port is taken; it would take the next one and
            say so where nobody looks.
    """
    if not place.executable.is_file():
        raise ListeningError(
            "Label Studio", "is not installed here.", "Run: make label-studio (needs 1 GB)."
        )
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, place.port))
        except OSError:
            raise ListeningError(
                f"Port {place.port}",
                "is taken, perhaps by a Label Studio that already runs.",
                "Stop that one, or choose another port in LISTENING_LABEL_STUDIO_URL.",
            ) from None
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)


@contextmanager
def running(place: Place, environ: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run Label Studio beside this process; it is ready when the block begins.

    Raises:
        ListeningError: it cannot be started; its own words are in its log.
    """
    check(place)
    with (place.folder / LOG).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - the operator's own Label Studio
            place.command,
            env=environment(place, environ),
            cwd=place.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(place, process)
        yield process
    finally:
        stop(process)


def wait_until_ready(place: Place, process: subprocess.Popen[bytes]) -> None:
    """Wait until it answers.

    Raises:
        ServerAway: it ended, or did not answer in five minutes.
    """
    import httpx

    until = time.monotonic() + FIRST_START
    while process.poll() is None and time.monotonic() < until:
        try:
            if httpx.get(f"{place.url}/health", timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    stop(process)
    raise ServerAway(
        "Label Studio", "did not start.", f"Its own words are in {place.folder / LOG}."
    )


def stop(process: subprocess.Popen[bytes], patience: float = 10.0) -> None:
    """End it, kindly at first."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def prepare(place: Place, environ: Mapping[str, str]) -> None:
    """Make its empty tables, as the first start does in half a minute; nobody has an account.

    Raises:
        ListeningError: it is not installed, or fails.
    """
    check(place)
    command = [str(place.executable), "version"]
    done = subprocess.run(  # noqa: S603
        command,
        env=environment(place, environ),
        cwd=place.folder,
        capture_output=True,
        check=False,
    )
    if done.returncode or not (place.folder / DATABASE).is_file():
        raise ListeningError("Label Studio", "cannot make its tables.", "Install it again.")
