"""What a person sees while they wait, and what was set aside."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

WORDS = {
    "load": "Loading the language models",
    "read": "Reading files",
    "language": "Reading sentences",
    "pseudonymise": "Taking out names and addresses",
    "segment": "Finding units of meaning",
    "embed": "Comparing meanings",
    "topics": "Grouping what is alike",
    "match": "Matching to the codebook",
    "priorities": "Counting people and ranking",
    "report": "Writing the report",
    "push": "Sending to Label Studio",
    "pull": "Reading what was coded",
    "backup": "Copying what is kept",
    "restore": "Checking and laying out",
    "orchestration": "Starting the orchestrator",
}
Progress = Callable[[str, int, int], None]


@contextmanager
def progress(quiet: bool = False) -> Iterator[Progress]:
    """Yield somebody to tell: a bar on a terminal, one plain line a stage elsewhere."""
    if quiet:
        yield lambda _stage, _done, _total: None
    elif sys.stderr.isatty():
        with _bars() as tell:
            yield tell
    else:
        yield _lines()


def _lines() -> Progress:
    told: set[str] = set()

    def tell(stage: str, _done: int, _total: int) -> None:
        if stage in WORDS and stage not in told:
            told.add(stage)
            typer.echo(f"{WORDS[stage]} ...", err=True)

    return tell


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        rows: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in WORDS:
                return
            if stage not in rows:
                rows[stage] = bars.add_task(WORDS[stage], total=None)
            bars.update(rows[stage], completed=done, total=total or None)

        yield tell


def say(sentence: str) -> None:
    """Say something beside the results, on standard error."""
    typer.echo(sentence, err=True)


def as_json(content: Any) -> None:
    """Print for machines."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
