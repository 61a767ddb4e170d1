"""People of the load: each signs in through the form and keeps a session of their own."""

from __future__ import annotations

import asyncio
import base64
import html
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import httpx
import numpy as np

from benchmarks.leading import PAGES, SURVEY

PASSWORD = "kettle orchard tramline"  # noqa: S105 - of made-up people
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {"Content-Type": "application/offset+octet-stream"}
READING, PREPARING = (5.0, 15.0), (15.0, 45.0)
TURNS, SENTENCES, WORDS = 12, 4, 11


@dataclass
class Log:
    """What was asked for, how long it took, and what went wrong."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    confirmed: list[str] = field(default_factory=list)


class Failed(Exception):  # noqa: N818
    """A page did not come; the person tries the next thing."""


class Somebody:
    """One person with a browser of their own."""

    role = ""

    def __init__(self, url: str, slug: str, number: int, log: Log) -> None:
        self.url, self.slug, self.number, self.log = url, slug, number, log
        self.random = np.random.default_rng([number, len(self.role)])
        self.browser = httpx.AsyncClient(base_url=url, timeout=60, follow_redirects=True)

    async def stay(self, late: float, until: float) -> None:
        """Come so many seconds late, sign in, and go on until the time is over."""
        await asyncio.sleep(late)
        async with self.browser:
            await self._sign_in()
            while time.monotonic() < until:
                try:
                    await self.once()
                except Failed:
                    await self._wait(READING)

    async def once(self) -> None:
        """Do what this person came for, once."""
        raise NotImplementedError

    async def ask(
        self, name: str, method: str, path: str, expected: tuple[int, ...] = (200,), **told: object
    ) -> httpx.Response:
        """Ask for an address and note how long it took, or what went wrong."""
        start = time.perf_counter()
        try:
            answer = await self.browser.request(method, path, **told)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            self._failed(name, type(error).__name__)
            raise Failed from None
        self.log.took[name].append(time.perf_counter() - start)
        if answer.status_code not in expected:
            self._failed(name, str(answer.status_code))
            raise Failed
        return answer

    async def form(self, name: str, page: httpx.Response, path: str, **said: str) -> httpx.Response:
        """Send a form of a page."""
        told = {"csrfmiddlewaretoken": token_of(page), **said}
        return await self.ask(name, "POST", path, data=told, headers={"Referer": self.url})

    def _failed(self, name: str, why: str) -> None:
        self.log.errors[name] += 1
        self.log.said[f"{name}: {why}"] += 1

    async def _wait(self, between: tuple[float, float]) -> None:
        await asyncio.sleep(float(self.random.uniform(*between)))

    async def _sign_in(self) -> None:
        page = await self.ask("sign in", "GET", "/sign-in/")
        who = {"username": f"{self.role}{self.number}@mill.example", "password": PASSWORD}
        done = await self.form("sign in", page, "/sign-in/", **who)
        if done.url.path == "/sign-in/":
            raise SystemExit(f"{who['username']} could not sign in.")


class Lead(Somebody):
    """Opens a page, reads it, opens another."""

    role = "lead"

    async def once(self) -> None:
        path = str(self.random.choice(list(PAGES.values())))
        await self.ask("a lead's page", "GET", f"/programmes/{self.slug}/{path}")
        await self._wait(READING)


class Officer(Somebody):
    """Sends a file in two pieces, answers what is asked, confirms it, looks at the list."""

    role = "officer"

    async def once(self) -> None:
        name = f"talk-{self.number}-{len(self.log.took)}-{self.random.integers(1 << 40)}.txt"
        files = f"/programmes/{self.slug}/files/"
        page = await self.ask("an officer's list", "GET", files)
        at = await self._send(name, interview(self.random), token_of(page))
        page = await self.ask("a file's page", "GET", at)
        asked = set(re.findall(r'name="(interviewer|kind|consent|same)"', page.text))
        said = {"interviewer": "0", "consent": "quotation", "kind": "interview"}
        said = {one: said.get(one, "") for one in asked}
        if said:
            page = await self.form("answers to a file", page, at, **said)
        await self.form("confirm a file", page, f"{at}confirm/")
        self.log.confirmed.append(name)
        await self._wait(PREPARING)

    async def _send(self, name: str, content: bytes, token: str) -> str:
        told = f"filename {base64.b64encode(name.encode()).decode()}"
        head = {**TUS, "X-CSRFToken": token, "Referer": self.url}
        begun = await self.ask(
            "begin a file", "POST", f"/programmes/{self.slug}/arriving/", (201,),
            headers={**head, "Upload-Length": str(len(content)), "Upload-Metadata": told},
        )  # fmt: skip
        where, cut = begun.headers["Location"], len(content) // 2
        for start, piece in ((0, content[:cut]), (cut, content[cut:])):
            done = await self.ask(
                "a piece of a file", "PATCH", where, (204,), content=piece,
                headers={**head, **PIECE, "Upload-Offset": str(start)},
            )  # fmt: skip
        return str(done.headers["Content-Location"])


def token_of(page: httpx.Response) -> str:
    """Return the token that a page's forms carry.

    Raises:
        Failed: the page has none.
    """
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    if not found:
        raise Failed
    return html.unescape(found.group(1))


def interview(random: np.random.Generator) -> bytes:
    """Return a talk of a few hundred words that nobody else has, from the bundled survey's."""
    known = sorted(set(re.findall(r"[a-z]{3,}", SURVEY.read_text(encoding="utf-8-sig").lower())))
    said = []
    for _ in range(TURNS):
        sentences = (
            " ".join(random.choice(known, WORDS)).capitalize() + "." for _ in range(SENTENCES)
        )
        said += ["Wren: And what would help with that?", f"Oriel: {' '.join(sentences)}"]
    return "\n".join(said).encode()
