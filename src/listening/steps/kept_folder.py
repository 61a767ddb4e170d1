"""Where the site keeps a programme's working results, and how they are let go."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from listening.steps.work import Work

#: book of the vault: which folder holds the results, of when and of what they are
BOOK = "results"
#: of that book: another one as soon as words were taken out of the store
TURN = "turn"


def results_folder(work: Work) -> Path:
    """Return the folder of a programme in which its kept results lie, each in one of its own."""
    return work.settings.home / "results"


def forget_kept(work: Work) -> int:
    """Delete the kept results at once, and let none that is being made now be kept.

    Whoever calls it is alone in the programme (`Work.alone`).

    Returns:
        How many files were deleted.
    """
    folder = results_folder(work)
    deleted = sum(path.is_file() for path in folder.rglob("*"))
    # the turn first: what is being made is let go whatever happens after
    work.vault.write(BOOK, {TURN: secrets.token_hex(8)})
    shutil.rmtree(folder, ignore_errors=True)
    return deleted
