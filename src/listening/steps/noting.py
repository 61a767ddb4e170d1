"""Working results of a run, noted so that they go when somebody in it withdraws."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from listening.steps.work import Work


def note_results(work: Work, run_id: str, paths: Iterable[Path]) -> None:
    """Note working results of a run, by absolute paths: they go when somebody in it withdraws."""
    book = work.vault.read(f"runs/{run_id}")
    results = {*book.get("results", []), *map(str, paths)}
    work.vault.write(f"runs/{run_id}", book | {"results": sorted(results)})
