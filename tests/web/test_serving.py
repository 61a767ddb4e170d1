"""The server itself: what is too large, what breaks off, what is served twice."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from waitress import wasyncore

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps import accounts, uploads
from listening.steps.nouns import Person, Programme
from listening.store.accounts import people
from listening.web import here
from listening.web.serve import make_server
from tests.web.material import TRANSCRIPT
from tests.web.town import client_of, join


@dataclass
class Served:
    """A site that answers on a port."""

    home: Path
    port: int
    programme: Programme
    officer: Person
    session: str


@contextmanager
def running(home: Path, url: str = "") -> Iterator[Any]:
    """Yield a server that answers; it is stopped from within its own loop."""
    server = make_server(Settings(home=home, url=url), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    thread.join(20)
    server.task_dispatcher.shutdown()
    here.reader().stop()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with running(tmp_path / "home") as server:
        programme = accounts.begin_programme("Mill Town")
        officer = join("officer@mill.example", programme, "officer")
        session = client_of(officer).cookies["session"].value
        yield Served(tmp_path / "home", server.effective_port, programme, officer, session)


def test_behind_a_proxy_cookies_and_pages_are_safe(tmp_path: Path) -> None:
    with running(tmp_path / "home", "https://listening.example.org") as server:
        status, _, headers = _ask(
            server.effective_port,
            "GET",
            "/sign-in/",
            Host="listening.example.org",
            X_Forwarded_Proto="https",
            X_Forwarded_For="203.0.113.7",
        )
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookie = headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrf=")
    assert "Secure" in cookie


def _ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> Any:
    talk = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    talk.request(method, path, body or None, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = talk.getresponse()
    got = (answer.status, answer.read().decode(), answer.headers)
    talk.close()
    return got


def _form(token: str, content: bytes) -> bytes:
    part = b'--cut\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
    return (
        part % (b"csrfmiddlewaretoken", b"", token.encode())
        + part % (b"files", b'; filename="talk.txt"', content)
        + b"--cut--\r\n"
    )


def _signed_in(served: Served) -> tuple[str, str, str]:
    """Return the address to send to, the token of its form, and the cookies."""
    path = f"/programmes/{served.programme.slug}/files/"
    _, page, headers = _ask(served.port, "GET", path, Cookie=f"session={served.session}")
    (token,) = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)[:1]
    csrf = re.findall(r"csrf=(\w+)", " ".join(headers.get_all("Set-Cookie")))[0]
    return path, token, f"session={served.session}; csrf={csrf}"


def _kept(served: Served) -> list[Path]:
    return [path for path in (served.home / "programmes").rglob("uploads/*") if path.is_file()]


def test_an_upload_that_breaks_off_leaves_nothing_and_can_be_sent_again(served: Served) -> None:
    path, token, cookies = _signed_in(served)
    body = _form(token, TRANSCRIPT)
    kind = "multipart/form-data; boundary=cut"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", served.port)) as talk:
        talk.sendall(head.encode() + body[: len(body) // 2])
    time.sleep(0.5)
    assert _kept(served) == []
    assert uploads.counts(served.programme)["waiting"] == 0

    status, _, _ = _ask(served.port, "POST", path, body, Cookie=cookies, Content_Type=kind)

    assert status == 302
    assert len(_kept(served)) == 2  # the file, and what was understood of it
    assert uploads.counts(served.programme)["waiting"] == 1


def test_one_file_sent_many_times_at_once_is_one_upload(served: Served) -> None:
    path, token, cookies = _signed_in(served)
    body = _form(token, TRANSCRIPT)
    kind = "multipart/form-data; boundary=cut"

    def send() -> None:
        _ask(served.port, "POST", path, body, Cookie=cookies, Content_Type=kind)

    at_once = [threading.Thread(target=send) for _ in range(6)]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()
    assert uploads.counts(served.programme)["waiting"] == 1
    assert len(_kept(served)) == 2
    received = people.rows("Change").filter(action="file received")
    assert received.count() == 1


def test_what_is_too_large_is_refused_before_it_is_read(served: Served) -> None:
    talk = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    talk.putrequest("POST", "/sign-in/")
    talk.putheader("Content-Length", str(65 * 1024 * 1024))
    talk.endheaders()
    assert talk.getresponse().status == 413
    talk.close()


def test_a_site_is_served_once(served: Served) -> None:
    with pytest.raises(ListeningError, match="another process"):
        make_server(Settings(home=served.home), "127.0.0.1", 0)
