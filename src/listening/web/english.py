"""Sentences of the rooms behind the pages, which are in English whatever the pages speak."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from listening.errors import ListeningError


def in_english(said: object) -> SafeString:
    """Return a sentence marked as English, for browsers and for whoever reads it out."""
    return format_html('<span lang="en-GB">{}</span>', str(said))


def fault(error: ListeningError) -> SafeString:
    """Return what could not be done and what to do next: to people, without its colon."""
    return in_english(f"{error.what} {error.why} {error.what_to_do}")
