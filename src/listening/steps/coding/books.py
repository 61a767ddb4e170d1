"""Which codebook is coded by."""

from __future__ import annotations

from pathlib import Path

from listening.errors import NothingToDo
from listening.steps.codebooks import codebook_text
from listening.steps.work import Work


def book_for(work: Work, run_id: str, path: Path | None) -> str:
    """Return a codebook as TOML: the one that is named, else that of the projects or of the run.

    Raises:
        NothingToDo: none is named, the projects have none or several, and the run has none.
        InvalidCodebook: the file is none.
    """
    if path:
        return codebook_text(path)
    shown = {(one.codebook, one.version) for one in work.store.loop.projects()}
    if len(shown) == 1:
        return work.store.loop.book(*shown.pop())
    own = work.store.run(run_id).parameters.get("codebook", "")
    if not own:
        raise NothingToDo(
            "No codebook was named",
            "and the run has none.",
            "Name one with --codebook.",
        )
    return str(own)
