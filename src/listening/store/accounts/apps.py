"""Django's entry for the accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts as a Django application."""

    name = "listening.store.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
