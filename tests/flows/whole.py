"""A whole system for tests: a real Prefect server and worker, and pages that leave work to them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from listening.steps.handing import Handing
from listening.steps.orchestrating import Runs
from tests.conftest import ROOT

#: seconds after which a test gives up; a busy machine starts a process slowly
PATIENCE = 240.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until(done: Callable[[], Any], why: str) -> Any:
    """Wait for something, and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := done():
            return found
        time.sleep(0.4)
    raise AssertionError(f"waited in vain: {why}")


@dataclass
class Whole:
    """A server and a worker of one home, as `make serve` starts them."""

    home: Path
    port: int
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def log(self) -> Path:
        return self.home.parent / "log"

    def handing(self) -> Handing:
        """The hands of the pages, which look often."""
        return Handing(Runs(self.url, self.home), looks_every=0.5)

    def start(self, part: str) -> None:
        """Start `prefect` or `worker`."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT")}
        environ |= {"LISTENING_HOME": str(self.home), "LISTENING_PREFECT_URL": self.url}
        with self.log.open("ab") as log:
            self.parts[part] = subprocess.Popen(
                [sys.executable, "-m", "listening", part],
                cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/health", timeout=2).close()
        except OSError:
            return False
        return True

    def works(self) -> bool:
        return b"Working for" in self.log.read_bytes()

    def kill(self, part: str) -> None:
        """Kill a part as a power cut does."""
        self.parts[part].kill()
        self.parts.pop(part).wait(60)

    def processes_of_runs(self) -> list[int]:
        """The processes that carry out runs of this worker."""
        return [pid for pid in below(self.parts["worker"].pid) if "flows.engine" in words(pid)]

    def stop(self) -> None:
        for process in self.parts.values():
            process.send_signal(signal.SIGTERM)
        for process in self.parts.values():
            process.wait(60)


def words(pid: int) -> str:
    """The command line of a process; empty where it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def below(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(one.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(one.parent.name))
    return found + [deeper for one in found for deeper in below(one)]
