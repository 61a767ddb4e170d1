"""Whether words are fit to be shown to a panel: no numbers of people, no quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from listening.steps.own_words import runs

_FIGURE = re.compile(r"\d|%|\bper cent\b|\bpercent\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“”„«»\"]|(?<!\w)['‘]")
OWN = "This holds a resident’s own words: say it in yours"


def unfit(text: str, passages: Sequence[str] = ()) -> str:
    """Say why words cannot be shown to people outside of the team; empty where they can.

    Args:
        text: a name or a statement.
        passages: residents' own words that nobody has signed off.
    """
    if _FIGURE.search(text):
        return "Take the figures out: a panel is shown no numbers of people"
    if _QUOTED.search(text):
        return "Take the quotation marks out: a panel is shown no quotes"
    mine = runs(text)
    if any(mine & runs(passage) for passage in passages):
        return OWN
    return ""
