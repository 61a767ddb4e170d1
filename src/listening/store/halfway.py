"""A home that is being restored: nobody opens it between what was there and what is to be."""

from __future__ import annotations

from pathlib import Path

from listening.errors import ListeningError

#: what a restore writes before it moves anything, and takes away at its end
JOURNAL = ".restoring"


def see_whole(home: Path) -> None:
    """See that a home, or the site's in which it lies, was not left half restored.

    Raises:
        ListeningError: a restore is under way, or was stopped.
    """
    whole = home.absolute()
    if any((one / JOURNAL).exists() for one in (whole, *whole.parents[1:2])):
        raise ListeningError(
            f"{home}",
            "was being restored, and that was stopped halfway.",
            "Run the same `listening restore` again.",
        )
