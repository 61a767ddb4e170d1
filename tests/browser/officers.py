"""A server as an operator starts it, and an officer's phone that is checked wherever it rests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

PASSWORD = "kettle orchard tramline"


@dataclass
class Server:
    """A server of its own, as an operator starts it."""

    url: str
    environ: dict[str, str]
    shots: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; what it says goes into a log beside the pictures."""
        port = self.url.rsplit(":", 1)[1]
        with (self.shots / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "listening", "serve", "--port", port],
                cwd=ROOT, env=self.environ, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        wait_for(self.url, self.process)

    def kill(self) -> None:
        """Stop it as a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(60)

    def stop(self) -> None:
        """Stop it as its operator does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(60) == 0

    def invite(self, email: str, role: str) -> str:
        """Return the link by which somebody joins."""
        words = ["--invite", email, "--programme", "Mill Town, spring", "--role", role, "--json"]
        done = subprocess.run(
            [sys.executable, "-m", "listening", "users", *words],
            cwd=ROOT, env=self.environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return str(json.loads(done.stdout)["link"])


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 150
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/sign-in/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not come up")


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start a server with an encrypted vault; its log names no fault and nobody."""
    from listening.store import new_key

    url = f"http://127.0.0.1:{free_port()}"
    environ = {
        **os.environ,
        "LISTENING_HOME": str(folder / "home"),
        "LISTENING_URL": url,
        "LISTENING_VAULT_KEY": new_key(),
    }
    server = Server(url, environ, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
    said = (folder / "log").read_text(encoding="utf-8")
    assert "Error" not in said
    assert "Quince" not in said
    assert "talk" not in said


class Phone:
    """One page on a narrow screen that is checked wherever it comes to rest."""

    def __init__(self, browser: Any, shots: Path, **options: Any) -> None:
        axe = pytest.importorskip("axe_playwright_python.sync_playwright")
        self._axe = axe.Axe()
        self.shots = shots
        self._seen = 0
        self.said: list[str] = []
        size = {"width": 390, "height": 844}
        self.page = browser.new_context(viewport=size, **options).new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def check(self, name: str) -> None:
        """Look at the page: a picture of it, no barrier, no scrolling sideways."""
        self._seen += 1
        picture = self.shots / f"{self._seen:02}-{name}.png"
        self.page.screenshot(path=str(picture), full_page=True)
        self.no_barrier(name)
        assert self.page.evaluate("document.documentElement.scrollWidth") == 390, name

    def no_barrier(self, name: str) -> None:
        """Let axe look at the page as it is."""
        found = self._axe.run(self.page).response["violations"]
        assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found] == [], name


def done(page: Any) -> None:
    """Wait until a file has been read."""
    page.get_by_text("Done", exact=True).wait_for(timeout=150_000)


def join(page: Any, link: str, name: str) -> None:
    """Join by an invitation."""
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()


def by_keyboard(page: Any, wanted: Callable[[], bool], key: str = "Tab") -> None:
    """Press a key until what is wanted has the focus; the focus can always be seen."""
    for _ in range(40):
        page.keyboard.press(key)
        if wanted():
            return
    raise AssertionError("the keyboard does not get there")


def focused(page: Any, text: str) -> Callable[[], bool]:
    words = "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
    return lambda: text in str(page.evaluate(words))


def send(page: Any, files: list[Path]) -> None:
    """Send files from the page that lists one's own."""
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Send", exact=True).click()
