"""To whom the administrator's password and token are shown, and to whom not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from listening.errors import ListeningError
from listening.labelstudio.client import Credentials, Patience, connect
from listening.settings import Settings
from listening.steps import label_studio as steps

FORM = b'<input name="csrfmiddlewaretoken" value="x">'
GOT = '{"access": "a pass"}'


@contextmanager
def impostor(posted: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Something that looks like Label Studio at first, and keeps what it is sent."""
    heard: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/api/version": b'{"release": "1.23.2"}', "/user/login/": FORM}
            self._answer(pages.get(self.path, b"<html>a page</html>"))

        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(posted)

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a site that has used its own Label Studio: a password and a token are kept."""
    known = Settings(home=tmp_path / "var")
    steps.prepared(known)
    client = steps.needed(known)
    client._wire._who.keep("the token of the one here")
    assert client._wire._who.remembered() == "the token of the one here"
    return known


def test_the_token_of_one_server_is_sent_to_no_other(settings: Settings) -> None:
    with impostor(GOT.encode()) as (url, heard):
        other = replace(settings, label_studio_url=url)
        client = steps.needed(other)
        assert client._wire._who.remembered() == ""
        with pytest.raises(ListeningError, match="do not match"):
            client.coders()
    assert not [one for one in heard if b"the token of" in one]


def test_an_address_written_otherwise_is_the_same_server(settings: Settings) -> None:
    same = replace(settings, label_studio_url=f"{steps.HERE.upper()}/")
    assert steps.needed(same)._wire._who.remembered() == "the token of the one here"


def test_the_password_that_was_made_here_is_told_to_this_machine_alone(settings: Settings) -> None:
    assert steps.needed(settings)._wire._who.password
    far = replace(settings, label_studio_url="https://coding.example.org")
    assert steps.needed(far)._wire._who.password == ""
    own = replace(far, label_studio_password="open-sesame")
    assert steps.needed(own)._wire._who.password == "open-sesame"


@pytest.mark.parametrize("url", ["http://192.0.2.7:8799", "http://coding.example.org"])
def test_another_machine_is_not_asked_without_https(settings: Settings, url: str) -> None:
    with pytest.raises(ListeningError, match="without https"):
        steps.needed(replace(settings, label_studio_url=url)).coders()


def test_without_https_where_the_settings_allow_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with impostor(b"") as (url, _heard):
        # as another machine: the address of this one that the rule does not know
        monkeypatch.setattr("listening.labelstudio.client.wire._THIS_MACHINE", frozenset())
        with pytest.raises(ListeningError, match="without https"):
            steps.needed(replace(settings, label_studio_url=url)).coders()
        allowed = replace(settings, label_studio_url=url, label_studio_http="allowed")
        with pytest.raises(ListeningError, match="no password is set"):
            steps.needed(allowed).coders()


@pytest.mark.parametrize("url", ["coding.example.org", "ftp://coding.example.org", "http://"])
def test_what_is_no_address_is_said(settings: Settings, url: str) -> None:
    with pytest.raises(ListeningError, match="no such address"):
        steps.needed(replace(settings, label_studio_url=url)).coders()


@pytest.mark.parametrize("posted", [b"", b"a page", b"[]", b'{"hello": "world"}', GOT.encode()])
def test_an_answer_that_is_no_json_is_not_label_studios(posted: bytes) -> None:
    with impostor(posted) as (url, _heard):
        who = Credentials("ada@example.org", "", lambda: "a token")
        with pytest.raises(ListeningError, match="is not Label Studio"):
            connect(url, who, Patience((0.01,))).coders()
