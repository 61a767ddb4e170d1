"""The words for how sure something is: one word for one chance, wherever it is told."""

from __future__ import annotations

#: from this chance on, the words
WORDS = (
    (0.95, "almost certainly"),
    (0.75, "probably"),
    (0.25, "perhaps"),
    (0.05, "probably not"),
    (0.0, "almost certainly not"),
)


def word(chance: float) -> str:
    """Return the word for a chance between 0 and 1."""
    return next(said for start, said in WORDS if chance >= start)
