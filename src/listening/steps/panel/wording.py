"""Whether words are fit to be shown to a panel: no numbers of people, no quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIGURE = re.compile(r"\d|%|\bper cent\b|\bpercent\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“”„«»\"]|(?<!\w)['‘]")
_WORD = re.compile(r"\w+")
#: words in a row that make a passage of somebody's known again
RUN = 6


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
    runs = _runs(text)
    if any(runs & _runs(passage) for passage in passages):
        return "This holds a resident’s own words: say it in yours"
    return ""


def _runs(text: str) -> set[tuple[str, ...]]:
    said = _WORD.findall(text.casefold())
    return {tuple(said[start : start + RUN]) for start in range(len(said) - RUN + 1)}
