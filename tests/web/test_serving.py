"""The server itself: what is too large, what breaks off, what is served twice."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from waitress import wasyncore

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps import accounts, arriving, attending, uploads
from listening.steps.arriving import Desk
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


def test_many_who_read_hold_their_connections_and_the_next_is_answered(served: Served) -> None:
    held = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=10) for _ in range(150)]
    try:
        for talk in held:
            talk.request("GET", "/health/live")
            answer = talk.getresponse()
            answer.read()
            assert answer.status == 200
        # none of those before was closed for it
        assert all(talk.sock for talk in held)
    finally:
        for talk in held:
            talk.close()


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


def test_what_runs_out_is_swept_beside_the_pages_even_after_a_fault(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(here.site(), served.officer, served.programme)
    half_id = str(uuid.uuid4())
    arriving.begin(desk, half_id, 10, {"filename": "Oriel Quince.txt"})
    book = f"arriving/{half_id}/about"
    desk.vault.write(book, desk.vault.read(book) | {"until": "2026-01-01T00:00:00+00:00"})
    tried: list[Any] = []

    def faulty(site: Any) -> None:
        tried.append(site)
        if len(tried) == 1:
            raise OSError("Oriel Quince.txt")
        arriving.sweep(site)

    monkeypatch.setattr(attending, "sweep", faulty)
    here.reader().nudge()
    _wait_until(lambda: len(tried) == 1)
    here.reader().nudge()
    _wait_until(lambda: arriving.one(desk, half_id) is None)
    assert "OSError" in caplog.text
    assert "Quince" not in caplog.text


def _wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not done() and time.monotonic() < end:
        time.sleep(0.02)
    assert done()


def test_a_piece_that_breaks_off_leaves_nothing_and_the_next_one_goes_on(served: Served) -> None:
    _, token, cookies = _signed_in(served)
    desk = Desk(here.site(), served.officer, served.programme)
    half_id = str(uuid.uuid4())
    arriving.begin(desk, half_id, len(TRANSCRIPT), {"filename": "talk.txt"})
    path = f"/programmes/{served.programme.slug}/arriving/{half_id}/"
    said = {
        "Cookie": cookies,
        "X-CSRFToken": token,
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    lines += f"Content-Length: {len(TRANSCRIPT)}\r\n"
    head = f"PATCH {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n"
    with socket.create_connection(("127.0.0.1", served.port)) as talk:
        talk.sendall(head.encode() + TRANSCRIPT[:100])
    time.sleep(0.5)
    half = arriving.one(desk, half_id)
    assert half is not None
    assert half.arrived == 0

    status, _, headers = _ask(
        served.port, "PATCH", path, TRANSCRIPT, **{k.replace("-", "_"): v for k, v in said.items()}
    )

    assert (status, headers["Upload-Offset"]) == (204, str(len(TRANSCRIPT)))
    assert uploads.counts(served.programme)["waiting"] == 1


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
