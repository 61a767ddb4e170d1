"""Small helpers of wording: refusals of a whole file, counts, lists of words."""

from __future__ import annotations

from listening.errors import UnreadableFile


def refuse(name: str, why: str, what_to_do: str) -> UnreadableFile:
    """Return (not raise) the error for file `name`."""
    return UnreadableFile(name, why, what_to_do)


def shown(count: int, one: str, many: str = "") -> str:
    """Return ``1 row`` or ``3 rows``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def words(text: str) -> frozenset[str]:
    """Return the words of `text`: a set that a reader can scan."""
    return frozenset(text.split())
