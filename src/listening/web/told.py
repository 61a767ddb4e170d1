"""What a page says once, kept on the reader's own machine until it is shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class OwnCookie(CookieStorage):
    """Django's cookie of messages under a name that browsers take from this host alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"
