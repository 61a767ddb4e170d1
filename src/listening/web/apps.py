"""Django's entry for the pages."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages as a Django application."""

    name = "listening.web"
    label = "web"

    def ready(self) -> None:
        """Begin to listen for signing in and out."""
        from listening.web import signals

        signals.connect()
