"""What Django tells of signing in goes into the trail of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from listening.web import signed


def connect() -> None:
    """Begin to listen."""
    from axes.signals import user_locked_out
    from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

    user_logged_in.connect(_signed_in, dispatch_uid="trail")
    user_logged_out.connect(_signed_out, dispatch_uid="trail")
    user_login_failed.connect(_failed, dispatch_uid="trail")
    user_locked_out.connect(_locked_out, dispatch_uid="trail")


def _signed_in(user: Any, request: HttpRequest, **_told: Any) -> None:
    signed.begin(request)
    _note("signed in", user.email)


def _signed_out(user: Any, **_told: Any) -> None:
    if user:
        _note("signed out", user.email)


def _failed(credentials: Mapping[str, Any], **_told: Any) -> None:
    from listening.steps import accounts

    typed = str(credentials.get("username", ""))
    # of an address that we do not know nothing is kept, not even that it was tried
    if accounts.has_account(typed):
        _note("wrong password", typed)


def _locked_out(username: str, **_told: Any) -> None:
    # what was typed may be a password in the wrong box: only an address that we know is kept
    from listening.steps import accounts

    _note("locked out after wrong passwords", username if accounts.has_account(username) else "")


def _note(action: str, email: str) -> None:
    from listening.steps import accounts

    accounts.note(action, email)
