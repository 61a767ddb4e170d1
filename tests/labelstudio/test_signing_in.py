"""Signing in without a browser: tokens that are lost or ran out, and what is said when it fails."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from listening.errors import ListeningError, ServerAway
from listening.labelstudio.client import Credentials, LabelStudio, Patience, connect
from tests.labelstudio.serving import ADMINISTRATOR, PASSWORD, Server, free_port

pytestmark = pytest.mark.labelstudio


@contextmanager
def answering(answer: object) -> Iterator[str]:
    """Something on this machine that answers everything alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_said: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_lost_token_is_replaced_and_one_that_holds_is_used_again(label_studio: Server) -> None:
    kept: list[str] = []
    tokens: dict[str, str] = {}

    def keep(token: str) -> None:
        kept.append(token)
        tokens["last"] = token

    who = Credentials(ADMINISTRATOR, PASSWORD, lambda: tokens.get("last", ""), keep)
    for _again in range(2):
        connect(label_studio.url, who).coders()
    assert len(kept) == 1
    tokens.clear()  # as when the vault is restored without it
    connect(label_studio.url, who).coders()
    assert len(kept) == 2
    tokens["last"] = kept[0]  # one that was taken back
    connect(label_studio.url, who).coders()
    assert len(kept) == 3
    label_studio.tokens[ADMINISTRATOR] = kept[2]


def test_a_pass_that_ran_out_is_renewed_within_a_call(
    studio: LabelStudio, label_studio: Server
) -> None:
    assert studio.coders()
    studio._wire._access = "one.that.ran-out"
    assert studio.coders()


@pytest.mark.parametrize(
    ("email", "password", "told"),
    [
        (ADMINISTRATOR, "a-wrong-password", "do not match"),
        ("nobody@example.org", PASSWORD, "do not match"),
        (ADMINISTRATOR, "", "no password is set"),
    ],
)
def test_who_cannot_be_signed_in_is_told_what_to_set(
    label_studio: Server, email: str, password: str, told: str
) -> None:
    with pytest.raises(ListeningError, match=told) as raised:
        connect(label_studio.url, Credentials(email, password)).coders()
    assert "LISTENING_LABEL_STUDIO_PASSWORD" in raised.value.what_to_do
    assert not re.search(r"a-wrong-password", str(raised.value) + repr(raised.value.__cause__))


def test_a_server_that_is_not_there_is_named_with_what_to_do() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    client = connect(url, Credentials(ADMINISTRATOR, PASSWORD), Patience((0.01,)))
    with pytest.raises(ServerAway, match="does not answer") as raised:
        client.coders()
    assert url in raised.value.what


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"release": "1.9.0"}, "too old"),
        ({"hello": "world"}, "is not Label Studio"),
        ("a page of something else", "is not Label Studio"),
    ],
)
def test_another_program_or_an_old_one_at_the_address_is_told_apart(
    answer: object, told: str
) -> None:
    with answering(answer) as url, pytest.raises(ListeningError, match=told):
        connect(url, Credentials(ADMINISTRATOR, PASSWORD), Patience((0.01,))).coders()
