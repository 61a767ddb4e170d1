"""Django's entry for the store."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The store as a Django application."""

    name = "listening.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
