"""Invitations: links that are used once and run out."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from listening.store.accounts.nouns import Invitation
from listening.store.accounts.people import programme_of, rows, tidy


def send(email: str, slug: str, role: str, expires: datetime) -> str:
    """Keep an invitation and return its token, which is shown once and kept nowhere.

    Args:
        email: whom it is for.
        slug: the programme; empty for a new password.
        role: what they are to be in it.
        expires: until when it may be used.
    """
    token = secrets.token_urlsafe(32)
    programme = rows("Programme").get(slug=slug) if slug else None
    rows("Invitation").create(
        token_hash=_hash(token),
        email=tidy(email),
        programme=programme,
        role=role,
        expires=expires,
    )
    return token


def read(token: str, now: datetime) -> Invitation | None:
    """Return an invitation that may still be used."""
    row = _open(token, now).select_related("programme").first()
    if row is None:
        return None
    programme = programme_of(row.programme) if row.programme else None
    return Invitation(row.email, programme, row.role, row.expires)


def use(token: str, now: datetime) -> bool:
    """Use an invitation up; False where somebody else was quicker."""
    return bool(_open(token, now).update(used=now))


def _open(token: str, now: datetime) -> Any:
    return rows("Invitation").filter(token_hash=_hash(token), used=None, expires__gt=now)


def _hash(token: str) -> str:
    """Return what is kept: under the site's own key, so that no link of before a restore opens."""
    from django.utils.crypto import salted_hmac

    return str(salted_hmac("invitation", token, algorithm="sha256").hexdigest())
