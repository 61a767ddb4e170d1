"""Which codes of a run stand under broader ones."""

from __future__ import annotations

from listening.codebook import load
from listening.priorities import Nesting, themes_of
from listening.steps.coding.books import shown_book
from listening.steps.work import Work


def nesting_of(work: Work, run_id: str) -> Nesting:
    """Return it as the version has it that coders are shown; as the run's own before that."""
    text = str(work.store.run(run_id).parameters.get("codebook") or "")
    if not text:
        return Nesting.of([])
    book = load(text)
    shown = shown_book(work, book.id)
    return Nesting.of(themes_of(load(shown) if shown else book))
