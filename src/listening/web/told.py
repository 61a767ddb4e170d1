"""What a page says once, kept on the reader's own machine until it is shown."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class OwnCookie(CookieStorage):
    """Django's cookie of messages under a name that browsers take from this host alone."""

    @property
    def cookie_name(self) -> str:
        """The name, as of the other cookies."""
        return "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"
