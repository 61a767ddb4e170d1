"""Ways for a connection and a server to fail: a proxy that cuts, and a server killed and back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

#: bytes of an answer that pass before it is cut
LET_THROUGH = 100


@dataclass
class Proxy:
    """A TCP proxy on this machine that can lose answers.

    Attributes:
        url: to be asked instead of the server.
        cuts: of each request, by its first line: whether its answer is cut in the middle.
        asked: the first lines of all requests.
    """

    url: str = ""
    cuts: Callable[[str], bool] = lambda _line: False
    asked: list[str] = field(default_factory=list)
    lost: int = 0


@contextmanager
def proxy(to: str) -> Iterator[Proxy]:
    """Stand between a client and a server; one request for each connection, as the client does."""
    parts = urlsplit(to)
    server = (str(parts.hostname), int(parts.port or 80))
    own = Proxy()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        own.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        threads: list[threading.Thread] = []

        def accept() -> None:
            while True:
                try:
                    client, _address = listening.accept()
                except OSError:
                    return
                thread = threading.Thread(target=_serve, args=(own, client, server))
                thread.start()
                threads.append(thread)

        accepting = threading.Thread(target=accept)
        accepting.start()
        yield own
        # a closed socket does not wake who waits on it everywhere
        listening.shutdown(socket.SHUT_RDWR)
        accepting.join()
        for thread in threads:
            thread.join()


def _serve(own: Proxy, client: socket.socket, server: tuple[str, int]) -> None:
    with client, suppress(OSError), socket.create_connection(server) as upstream:
        first = client.recv(65536)
        line = first.split(b"\r\n", 1)[0].decode()
        own.asked.append(line)
        cut = own.cuts(line)
        upstream.sendall(first)
        sending = threading.Thread(target=_pass_on, args=(client, upstream))
        sending.start()
        while piece := upstream.recv(65536):
            if cut:
                # it was done, and the answer is on its way: the client gets the beginning of it
                client.sendall(piece[:LET_THROUGH])
                own.lost += 1
                break
            client.sendall(piece)
        client.shutdown(socket.SHUT_RDWR)
        sending.join()


def _pass_on(client: socket.socket, upstream: socket.socket) -> None:
    with suppress(OSError):
        while piece := client.recv(65536):
            upstream.sendall(piece)
        upstream.shutdown(socket.SHUT_WR)
