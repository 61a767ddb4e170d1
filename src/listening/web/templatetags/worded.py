"""Words that records hold, such as `retired`, in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

_WORDS: dict[str, Any] = {
    # streams of coding
    "audit": _("audit"),
    "training": _("training"),
    "discovery": _("discovery"),
    # codes
    "active": _("active"),
    "draft": _("draft"),
    "retired": _("retired"),
    # decisions on quotes
    "signed": _("signed"),
    "refused": _("refused"),
    "taken back": _("taken back"),
    # disclosures of harm
    "new": _("new"),
    "seen": _("seen"),
    "acted on": _("acted on"),
    # releases
    "provisional": _("provisional"),
    "reviewed": _("reviewed"),
    # tallies
    "officer": _("officer"),
    "place": _("place"),
    "language": _("language"),
    "method": _("method"),
}


@register.filter
def worded(word: str) -> str:
    """Return the word as a page says it; one that is not known stays."""
    return str(_WORDS.get(word, word))
