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

#: stages of a run
_STAGES: dict[str, Any] = {
    "read": _("Reading"),
    "load": _("Loading the language models"),
    "language": _("Finding sentences"),
    "pseudonymise": _("Taking out names and addresses"),
    "segment": _("Cutting it into passages"),
    "store": _("Keeping it"),
    "embed": _("Comparing passages"),
    "topics": _("Grouping passages"),
    "match": _("Looking for themes"),
    "uncovered": _("Looking for what no theme covers"),
    "priorities": _("Putting themes in order"),
    "report": _("Writing the results"),
}


@register.filter
def staged(stage: str) -> str:
    """Return what a run is doing; a stage that is not known stays."""
    return str(_STAGES.get(stage, stage))


@register.filter
def worded(word: str) -> str:
    """Return the word as a page says it; one that is not known stays."""
    return str(_WORDS.get(word, word))
