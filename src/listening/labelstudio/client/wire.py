"""Requests to one Label Studio: signed, tried again while it is away, told plainly when refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from listening.labelstudio.client import plain
from listening.labelstudio.client.signing_in import Credentials, access_from, new_token

if TYPE_CHECKING:
    import httpx

Done = TypeVar("Done")
#: seconds that one answer may take: large imports are answered when they are done
LONGEST = 600.0
#: the same of what only asks: the largest page takes some seconds
ASKING = 120.0
#: methods that may be sent twice: the second time changes nothing
_AGAIN = frozenset({"GET", "PUT", "PATCH", "DELETE"})
_SIGNING = (401,)
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
#: the server is there and cannot answer now
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Patience:
    """How long a server that is away is waited for.

    Attributes:
        waits: seconds before each further try; a restart takes about ten.
        connecting: seconds that a connection may take.
    """

    waits: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
    connecting: float = 10.0


def of_this_machine(url: str) -> bool:
    """Whether an address never leaves this machine."""
    return urlsplit(url).hostname in _THIS_MACHINE


class Wire:
    """Signed requests; the server is looked at before the first."""

    def __init__(
        self, url: str, who: Credentials, patience: Patience, over_http: bool = False
    ) -> None:
        self.url = url
        self._who = who
        self._patience = patience
        self._over_http = over_http
        self._http: httpx.Client | None = None
        self._access = ""

    def get(self, path: str, **params: str | int) -> Any:
        """Return the JSON of an answer.

        Raises:
            NotThere: there is no such thing.
            ListeningError: the server is away, or refuses.
        """
        return self.send("GET", path, f"show {_kind(path)}", params=params)

    def send(
        self,
        method: str,
        path: str,
        what: str,
        json: object = None,
        params: Mapping[str, Any] | None = None,
        telling: bool = False,
    ) -> Any:
        """Send a request and return the JSON of its answer, or None.

        Args:
            method: of HTTP.
            path: from the server's root.
            what: what it does, for an error's sentence.
            json: the body.
            params: of the query.
            telling: whether the server's own words may be shown: where no resident's can be among
                them.

        Raises:
            AnswerLost: a POST was sent and may have been done; ask before you send it again.
            NotThere: there is no such thing.
            ListeningError: the server is away, or refuses.
        """

        def once() -> httpx.Response:
            return self._once(method, path, json, params)

        return self._read(self.again(once, lost=method not in _AGAIN), what, telling)

    def again(self, once: Callable[[], Done], lost: bool = False) -> Done:
        """Call until it is answered, or the patience ends; what is called asks before it sends.

        Args:
            once: raises a transport error, or AnswerLost, to be called again.
            lost: whether a request that may have reached the server ends in AnswerLost.

        Raises:
            ServerAway: it did not answer in all that time.
        """
        import httpx

        for wait in (*self._patience.waits, None):
            try:
                return once()
            except (httpx.ConnectError, httpx.ConnectTimeout):
                pass  # it never arrived
            except (httpx.TransportError, httpx.HTTPStatusError, plain.AnswerLost) as error:
                if lost:
                    raise plain.AnswerLost from error
            if wait is not None:
                time.sleep(wait)
        raise plain.away(self.url)

    def close(self) -> None:
        """Forget what was found out about the server; the next request asks anew."""
        if self._http:
            self._http.close()
        self._http = None

    def _once(
        self, method: str, path: str, json: object, params: Mapping[str, Any] | None
    ) -> httpx.Response:
        import httpx

        http = self._opened()
        for _signed in (False, True):
            if not self._access:
                self._access = self._sign(http)
            answer = http.request(
                method, path, json=json, params=params,
                headers={"Authorization": f"Bearer {self._access}"},
                timeout=httpx.Timeout(
                    ASKING if method == "GET" else LONGEST, connect=self._patience.connecting
                ),
            )  # fmt: skip
            if answer.status_code not in _SIGNING:
                break
            self._access = ""
        if answer.status_code in _BUSY:
            answer.raise_for_status()
        return answer

    def _sign(self, http: httpx.Client) -> str:
        """Return a new pass, by the personal token or, where that does not hold, by the form."""
        return access_from(http, self._who.remembered()) or access_from(
            http, new_token(http, self._who)
        )

    def _opened(self) -> httpx.Client:
        import httpx

        if self._http is None:
            self._see_address()
            timeout = httpx.Timeout(LONGEST, connect=self._patience.connecting)
            # an environment's proxy is not for the machine next door; no connection is kept open
            # that a restart would leave dead: calls are few and large
            self._http = httpx.Client(
                base_url=self.url,
                timeout=timeout,
                trust_env=False,
                limits=httpx.Limits(max_keepalive_connections=0),
            )
            self._check(self._http)
        return self._http

    def _see_address(self) -> None:
        """See that what is sent there cannot be read on the way, before anything is."""
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise plain.no_address(self.url)
        if parts.scheme == "http" and not (self._over_http or of_this_machine(self.url)):
            raise plain.no_https(self.url)

    def _check(self, http: httpx.Client) -> None:
        """See that a Label Studio answers there that is new enough."""
        import httpx

        try:
            release = str(http.get("/api/version").raise_for_status().json()["release"])
        except (httpx.TransportError, httpx.HTTPStatusError) as error:
            self.close()
            known = isinstance(error, httpx.HTTPStatusError) and error.response.status_code < 500
            if known:
                raise plain.other_program(self.url) from None
            raise
        except (ValueError, KeyError, TypeError):
            self.close()
            raise plain.other_program(self.url) from None
        if _numbers(release) < plain.OLDEST:
            self.close()
            raise plain.too_old(release)

    def _read(self, answer: httpx.Response, what: str, telling: bool) -> Any:
        if answer.status_code == 404:
            raise plain.NotThere.when(what)
        if answer.status_code in {401, 403}:
            raise plain.no_right(what)
        if answer.status_code >= 300:
            said = _said(answer) if telling else ""
            raise plain.refused(what, answer.status_code, said)
        try:
            return answer.json() if answer.content else None
        except ValueError:
            raise plain.other_program(self.url) from None


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".")[:2] if part.isdigit())


def _kind(path: str) -> str:
    return path.removeprefix("/api/").split("/")[0]


def _said(answer: httpx.Response) -> str:
    with suppress(ValueError, AttributeError):
        told = answer.json()
        faults = told.get("validation_errors") or {"": [told.get("detail", "")]}
        return "; ".join(str(fault) for several in faults.values() for fault in several)[:500]
    return ""
