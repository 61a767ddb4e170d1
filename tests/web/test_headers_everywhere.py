"""Every address, whoever asks and whatever comes of it: what browsers are told."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from listening.store.configuration import options, site_options
from tests.web.test_urls import ALLOWED, address_of, addresses
from tests.web.town import Town, client_of

#: elements that hold something to run or to draw with; data for a script is neither
_RUNS = {"script", "style"}


class Inside(HTMLParser):
    """Collects what a policy without exceptions forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in = tag if tag in _RUNS and given.get("type") != "application/json" else ""
        self.forbidden += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.forbidden += [f"{tag} style"] if "style" in given else []
        self.forbidden += [f"{tag} hx-on"] if any(n.startswith("hx-on") for n in given) else []
        for name in ("src", "href", "action", "formaction", "data"):
            link = given.get(name, "")
            if re.match(r"\s*(javascript|data|vbscript):", link, re.I) or (
                name == "src" and re.match(r"(https?:)?//", link)
            ):
                self.forbidden.append(f"{tag} {name}={link[:30]}")

    def handle_data(self, data: str) -> None:
        if self._in and data.strip():
            self.forbidden.append(f"{self._in}: {data.strip()[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""


def checked(answer: Any, where: str) -> None:
    """See that an answer says everything that it must."""
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'", where
    assert policy["frame-ancestors"] == "'none'", where
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'", where
    assert set(" ".join(policy.values()).split()) == {"'none'", "'self'"}, where
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin", where
    assert answer["X-Content-Type-Options"] == "nosniff", where
    assert answer["X-Frame-Options"] == "DENY", where
    assert answer["Referrer-Policy"] == "same-origin", where
    assert answer["Cache-Control"] == "no-store", where
    assert "camera=()" in answer["Permissions-Policy"], where
    assert "Access-Control-Allow-Origin" not in answer, where
    assert "Server" not in answer, where
    kind = answer.get("Content-Type", "")
    if kind.startswith("text/"):
        assert "charset=utf-8" in kind.lower(), where
    if kind.startswith("text/html") and "attachment" not in answer.get("Content-Disposition", ""):
        page = Inside()
        page.feed(answer.content.decode())
        assert not page.forbidden, where
    drawn = not kind.startswith(("text/html", "text/plain"))
    if drawn and answer.status_code == 200 and answer.content:
        # what is no page of ours is never drawn as one
        assert "attachment" in answer.get("Content-Disposition", "") or "svg" in kind, where


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_no_address_lets_anything_in(town: Town, name: str) -> None:
    pattern = next(one for one in addresses() if one.name == name)
    address = address_of(town, pattern)
    for who in sorted({*ALLOWED[name], "nobody", "outsider"}):
        client = client_of(town.people.get(who))
        for method in ("trace", "get", "post"):
            answer = getattr(client, method)(address)
            assert method != "trace" or answer.status_code in (302, 403, 404, 405, 412)
            checked(answer, f"{method} {name} as {who}: {answer.status_code}")
            answer.close()


@pytest.mark.parametrize(
    "at", ["/nowhere/", "/static/nothing.js", "/programmes/x/", "/%00/", "/.git/config"]
)
def test_what_is_not_there_says_the_same(town: Town, at: str) -> None:
    answer = client_of(None).get(at)
    assert answer.status_code in (302, 404)
    if not at.startswith("/static/"):
        checked(answer, at)


def test_a_fault_of_ours_says_the_same(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import Client

    def breaks(_: object) -> None:
        raise RuntimeError("what a resident said")

    monkeypatch.setattr("listening.steps.accounts.programmes_of", breaks)
    client = client_of(town.people["officer"])
    assert isinstance(client, Client)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"resident said" not in answer.content
    checked(answer, "fault")


def test_every_cookie_is_for_this_host_over_a_safe_line_and_for_no_script(town: Town) -> None:
    from django.test import override_settings

    with override_settings(**site_options("s" * 50, "https://localhost")):
        client = client_of(town.people["administrator"])
        made = client.get("/sign-in/", secure=True).cookies
        client.get("/password/", secure=True)
        client.post("/language/", {"language": "en-gb", "next": "/"}, secure=True)
        client.post("/password/elsewhere/", secure=True)
        cookies = {**made, **client.cookies}
        header = client.get("/password/", secure=True)["Strict-Transport-Security"]
    # the test client brings its session under the name of before
    ours = {name: one for name, one in cookies.items() if name != "session"}
    assert {"__Host-csrf", "__Host-messages", "__Host-language"} & set(ours)
    for name, one in ours.items():
        assert name.startswith("__Host-"), name
        assert one["secure"], name
        assert one["httponly"], name
        assert one["samesite"] in ("Lax", "Strict"), name
        assert (one["path"], one["domain"]) == ("/", ""), name
    assert "max-age=31536000" in header
    assert "includeSubDomains" in header


def test_no_page_of_ours_needs_an_exception_by_its_settings() -> None:
    told = options()
    assert "django.contrib.admin" not in told["INSTALLED_APPS"]
    assert not told.get("DEBUG")
