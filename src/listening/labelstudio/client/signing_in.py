"""Signing in without a browser: the session's form, then a personal access token.

An account has one personal token at a time, and its secret half cannot be asked for again. Who lost
it takes it back (`blacklist`) and makes another: whoever else used the old one has to do the same,
so a token is remembered where every command of this software finds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listening.labelstudio.client import plain

if TYPE_CHECKING:
    import httpx

_FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_LOGIN = "/user/login/"
_TOKENS = "/api/token/"


def _nothing() -> str:
    return ""


def _forget(_token: str) -> None:
    """Keep no token: the next command signs in again."""


@dataclass(frozen=True)
class Credentials:
    """Who signs in, and where the personal token is remembered.

    Attributes:
        email: address of the account.
        password: of the account; empty where only a token is known.
        remembered: asked for the token that was kept; empty where there is none.
        keep: told a new token, to be kept as safely as a password.
    """

    email: str
    password: str = field(default="", repr=False)
    remembered: Callable[[], str] = field(default=_nothing, repr=False)
    keep: Callable[[str], None] = field(default=_forget, repr=False)


def access_from(http: httpx.Client, token: str) -> str:
    """Return a pass for five minutes, or nothing where the personal token does not hold."""
    if not token:
        return ""
    answer = http.post(f"{_TOKENS}refresh/", json={"refresh": token})
    if answer.status_code >= 500:
        answer.raise_for_status()
    if answer.status_code != 200:
        return ""
    return _told(http, answer, "access")


def new_token(http: httpx.Client, who: Credentials) -> str:
    """Sign in by the form and return a new personal token; one made before holds no longer.

    Raises:
        ListeningError: no password is known, or address and password do not match.
    """
    if not who.password:
        raise plain.no_account()
    try:
        _session(http, who)
        made = http.post(_TOKENS)
        if made.status_code == 409:
            for known in http.get(_TOKENS).json():
                http.post(f"{_TOKENS}blacklist/", json={"refresh": known["token"]})
            made = http.post(_TOKENS)
        made.raise_for_status()
        token = _told(http, made, "token")
    finally:
        # the session has done its work: what follows is signed by the token alone
        http.cookies.clear()
        for name in ("X-CSRFToken", "Referer"):
            http.headers.pop(name, None)
    who.keep(token)
    return token


def _told(http: httpx.Client, answer: httpx.Response, name: str) -> str:
    """Return a field of an answer.

    Raises:
        ListeningError: it has none: no Label Studio gave it.
    """
    try:
        return str(answer.json()[name])
    except (ValueError, KeyError, TypeError):
        raise plain.other_program(_address(http)) from None


def _address(http: httpx.Client) -> str:
    return str(http.base_url).rstrip("/")


def _answered(answer: httpx.Response) -> httpx.Response:
    """Return an answer of the server itself; of a proxy before it that waits for it, raise."""
    if answer.status_code >= 500:
        answer.raise_for_status()
    return answer


def _session(http: httpx.Client, who: Credentials) -> None:
    page = _answered(http.get(_LOGIN))
    found = _FORM_TOKEN.search(page.text)
    if not found:
        raise plain.other_program(_address(http))
    http.headers["Referer"] = f"{_address(http)}{_LOGIN}"
    form = {
        "csrfmiddlewaretoken": found.group(1),
        "email": who.email,
        "password": who.password,
        "persist_session": "on",
    }
    # the form is shown again, with a sentence, when the password is wrong
    if _answered(http.post(_LOGIN, data=form)).status_code != 302:
        raise plain.wrong_password(who.email)
    if "csrftoken" not in http.cookies:
        raise plain.other_program(_address(http))
    http.headers["X-CSRFToken"] = http.cookies["csrftoken"]
