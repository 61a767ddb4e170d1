"""Where words that were said to be a name stand in a text that somebody of the team wrote.

Such a text is no resident's, and goes through none of the rules by which names are found there.
Only the words themselves are looked for, so that no title is spoiled by them: "Hope" is somebody,
and "hope for the young" names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from listening.privacy.local import spans
from listening.privacy.words import ORDINARY
from listening.records import Span

_BEGINS = re.compile(r"(?:^|[.!?…:]\s|\n)[\s\"“‘'(]*\Z")


def told_in(text: str, words: Sequence[str]) -> list[Span]:
    """Return where a text holds any of the words, whole and in any case of letters.

    A single word that is an ordinary one counts only where its capital says that it is a name.
    """
    found = spans(text, tuple(words))
    return [span for span in found if not _plain(text, span)]


def without(text: str, words: Sequence[str], stand_in: str) -> str:
    """Return a text with what stands for the words in their place."""
    for start, end in sorted(told_in(text, words), reverse=True):
        text = f"{text[:start]}{stand_in}{text[end:]}"
    return text


def _plain(text: str, span: Span) -> bool:
    """Whether a single word is an ordinary one here."""
    said = text[span.start : span.end]
    if said.casefold() not in ORDINARY:
        return False
    return said.islower() or bool(_BEGINS.search(text[: span.start]))
