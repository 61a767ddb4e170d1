"""Links of resident panels: secret, running out, and closed when the lead says so."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from listening.store.accounts.nouns import PanelLink
from listening.store.accounts.people import programme_of, rows


def make(slug: str, panel_id: str, expires: datetime, most: int) -> str:
    """Keep a link and return its token, which is shown once and kept nowhere.

    Args:
        slug: the programme.
        panel_id: the panel, a UUID.
        expires: until when it may be used.
        most: how many sheets may be answered by it.
    """
    token = secrets.token_urlsafe(32)
    rows("PanelLink").create(
        panel=uuid.UUID(panel_id),
        programme=rows("Programme").get(slug=slug),
        token_hash=_hash(token),
        expires=expires,
        most=most,
    )
    return token


def renew(slug: str, panel_id: str, expires: datetime) -> str:
    """Give a panel another link, open until `expires`; the one before opens nothing any more.

    Returns:
        The token; empty where the programme has no such panel.
    """
    token = secrets.token_urlsafe(32)
    found = _of(slug).filter(panel=panel_id)
    return token if found.update(token_hash=_hash(token), expires=expires, closed=None) else ""


def read(token: str) -> PanelLink | None:
    """Return a link, also one that ran out or was closed: what was said can still be taken back."""
    row = rows("PanelLink").select_related("programme").filter(token_hash=_hash(token)).first()
    return _link(row) if row else None


def of(slug: str) -> list[PanelLink]:
    """Return the links of a programme."""
    return [_link(row) for row in _of(slug).select_related("programme")]


def close(slug: str, panel_id: str, now: datetime) -> bool:
    """Close a link; False where it was closed before, or the programme has none of this panel."""
    return bool(_of(slug).filter(panel=panel_id, closed=None).update(closed=now))


def _of(slug: str) -> Any:
    return rows("PanelLink").filter(programme__slug=slug)


def _link(row: Any) -> PanelLink:
    return PanelLink(str(row.panel), programme_of(row.programme), row.expires, row.closed, row.most)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
