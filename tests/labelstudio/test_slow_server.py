"""A Label Studio behind a proxy that is slow, gives up waiting, or shows a page of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from listening.errors import ListeningError, ServerAway
from listening.labelstudio.client import LabelStudio, Patience, connect
from listening.steps import Work
from listening.steps.coding import pull, push
from listening.steps.desk import pulled
from tests.labelstudio.playing import Coder
from tests.labelstudio.serving import ADMINISTRATOR, Server
from tests.labelstudio.test_review import number_of
from tests.steps.coded_town import book, chosen, lay_out, ticked
from tests.steps.town import RUN

pytestmark = pytest.mark.labelstudio
OpenAt = Callable[[Path], Work]
SOON = Patience((0.05, 0.1, 0.2), connecting=2.0)
_PAGE = b"<html><body><h1>Back in an hour</h1></body></html>"


def _answer(status: str, body: bytes = _PAGE) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


@dataclass
class Between:
    """A proxy as operators put one before Label Studio.

    Attributes:
        url: to be asked.
        instead: of each request, by its first line: what is answered in place of the server's
            own answer; empty to pass it on. The server is asked all the same.
        late: seconds after which what was answered for the server reaches it.
        slow: seconds that each answer takes, in small pieces.
    """

    url: str = ""
    instead: Callable[[str], bytes] = lambda _line: b""
    late: float = 0.0
    slow: float = 0.0
    asked: list[str] = field(default_factory=list)


@contextmanager
def between(to: str) -> Iterator[Between]:
    parts = urlsplit(to)
    own = Between()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        own.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        threads: list[threading.Thread] = []

        def accept() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                server = (str(parts.hostname), int(parts.port or 80))
                one = threading.Thread(target=_serve, args=(own, client, server))
                one.start()
                threads.append(one)

        accepting = threading.Thread(target=accept)
        accepting.start()
        yield own
        listening.shutdown(socket.SHUT_RDWR)
        accepting.join()
        for one in threads:
            one.join()


def _serve(own: Between, client: socket.socket, server: tuple[str, int]) -> None:
    with client:
        request = _whole(client)
        line = request.split(b"\r\n", 1)[0].decode()
        own.asked.append(line)
        instead = own.instead(line)
        if instead:
            client.sendall(instead)
            client.shutdown(socket.SHUT_RDWR)
            if own.late < 0:
                return
            time.sleep(own.late)
        with socket.create_connection(server) as upstream:
            upstream.sendall(request)
            while piece := upstream.recv(65536):
                if not instead:
                    _trickle(client, piece, own.slow)


def _trickle(client: socket.socket, piece: bytes, seconds: float) -> None:
    parts = 5 if seconds else 1
    size = max(1, -(-len(piece) // parts))
    for at in range(0, len(piece), size):
        time.sleep(seconds / parts)
        client.sendall(piece[at : at + size])


def _whole(client: socket.socket) -> bytes:
    """Return a request with its body, that its connection is closed once it is answered."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += client.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    told = [line for line in lines if line.lower().startswith(b"content-length:")]
    size = int(told[0].split(b":")[1]) if told else 0
    while len(body) < size:
        body += client.recv(65536)
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close"]) + b"\r\n\r\n" + body


@pytest.fixture
def proxied(label_studio: Server) -> Iterator[Between]:
    with between(label_studio.url) as own:
        yield own


@pytest.fixture
def through(proxied: Between, label_studio: Server) -> LabelStudio:
    return connect(proxied.url, label_studio.credentials(ADMINISTRATOR), SOON)


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    opened = open_at(tmp_path / "home")
    lay_out(opened, answers=30)
    chosen(opened, tmp_path / "selection.csv")
    return opened


def first_of(word: str, answer: bytes) -> Callable[[str], bytes]:
    """Answer for the server to the first request whose first line holds a word."""
    met: list[str] = []

    def instead(line: str) -> bytes:
        if word in line:
            met.append(line)
        return answer if word in line and len(met) == 1 else b""

    return instead


def there(studio: LabelStudio, work: Work) -> Counter[str]:
    """How often each item stands in Label Studio, in whichever projects of ours."""
    ours = {one.key for one in work.store.loop.projects()}
    found: Counter[str] = Counter()
    for number, key in studio.projects().items():
        if key in ours:
            for task in studio.changed(number, ""):
                found[f"{key} {task['data']['item_key']}"] += 1
    return found


@pytest.mark.parametrize("word", ["/import", "POST /api/projects "])
def test_a_proxy_that_gives_up_waiting_leaves_nothing_twice(
    work: Work,
    proxied: Between,
    through: LabelStudio,
    studio: LabelStudio,
    coders: tuple[Coder, Coder],
    word: str,
) -> None:
    proxied.instead, proxied.late = first_of(word, _answer("504 Gateway Timeout")), 1.5
    push(work, RUN, book(), through, [one.email for one in coders])
    time.sleep(2.5)  # what was given up reaches the server now
    told = pull(work, through)
    push(work, RUN, book(), through, [one.email for one in coders])
    found = there(studio, work)
    assert set(found.values()) == {1}
    keys = [key for key in studio.projects().values() if key in {k.split(" ")[0] for k in found}]
    assert len(keys) == len(set(keys))
    if word == "/import":
        assert any("stood there twice" in note for note in told.notes)


@pytest.mark.parametrize("answer", ["502 Bad Gateway", "503 Service Unavailable"])
def test_a_proxy_without_a_server_behind_it_is_said_to_be_away_and_no_password_to_be_wrong(
    work: Work, proxied: Between, label_studio: Server, coders: tuple[Coder, Coder], answer: str
) -> None:
    proxied.late = -1
    proxied.instead = lambda line: b"" if "/api/version" in line else _answer(answer)
    known = label_studio.credentials(ADMINISTRATOR)
    forgetful = type(known)(known.email, known.password)
    with pytest.raises(ServerAway, match="does not answer"):
        pull(work, connect(proxied.url, forgetful, SOON))
    told = pulled.last(work)
    assert (told.away, told.since) == (True, None)
    proxied.instead = lambda _line: b""
    push(work, RUN, book(), connect(proxied.url, known, SOON), [coders[0].email])


def test_a_page_in_the_place_of_label_studio_is_said_and_the_same_again_goes_on(
    work: Work, proxied: Between, through: LabelStudio, coders: tuple[Coder, Coder],
    studio: LabelStudio,
) -> None:  # fmt: skip
    proxied.late = -1
    proxied.instead = first_of("/import", _answer("200 OK"))
    with pytest.raises(ListeningError, match="shows a page in its place"):
        push(work, RUN, book(), through, [one.email for one in coders])
    push(work, RUN, book(), through, [one.email for one in coders])
    assert set(there(studio, work).values()) == {1}
    proxied.instead = lambda _line: _answer("200 OK")
    with pytest.raises(ListeningError, match="If it is being maintained, wait"):
        pull(work, connect(proxied.url, through._wire._who, SOON))
    assert not pulled.last(work).away
    proxied.instead = lambda _line: b""
    task = next(iter(studio.changed(number_of(work, f"whole/{coders[0].email}"), "")))
    coders[0].annotate(task["id"], ticked("parks"))
    assert pull(work, through).saved.new == 1
    assert pulled.last(work).why == ""


def test_while_an_answer_trickles_in_the_page_can_tell_since_when(
    work: Work, proxied: Between, through: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    push(work, RUN, book(), through, [one.email for one in coders])
    proxied.slow = 1.0
    seen: list[bool] = []
    save = work.store.loop.save_page

    def looking(*given: object) -> object:
        seen.append(pulled.last(work).since is not None)
        return save(*given)  # type: ignore[arg-type]

    work.store.loop.save_page = looking  # type: ignore[method-assign, assignment]
    pull(work, through)
    assert seen
    assert all(seen)
    assert pulled.last(work).since is None
