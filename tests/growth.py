"""How the work on a text grows with its length; what it costs in seconds says nothing here."""

from __future__ import annotations

import time
from collections.abc import Callable

#: seconds below which the clock tells nothing
_LEAST = 0.4
#: characters at the end that the quarter has too
_END = 40
#: what is above it grows by more than the 1.7th power of the length: a long text could not be read
TOO_FAST = 11


def growth(read: Callable[[str], object], text: str) -> float:
    """Return how many times the work on a text is that on its first quarter, in processor time.

    About 4 where each word is read once, about 16 where each is read with every other.
    """
    read(text[:200])  # loads what is loaded once
    # with the same end: what makes a text worth a second look may stand there alone
    quarter = text[: len(text) // 4] + text[-_END:]
    return _seconds(read, text) / max(_seconds(read, quarter), _LEAST)


def _seconds(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start
