"""`listening select` and `listening saturation`: what to code next, and when to stop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.opened import of_run
from listening.cli.staged import RunId
from listening.cli.withdraw import StoreOf

Codings = Annotated[
    Path | None,
    typer.Option(
        "--codings",
        help="What people coded so far; what was pulled without it.",
        exists=True,
        dir_okay=False,
    ),
]


def select(
    to: Annotated[Path, typer.Option("--to", help="CSV to write.", dir_okay=False)],
    codings: Codings = None,
    log: Annotated[
        bool, typer.Option("--log", help="Write every batch so far, and choose nothing.")
    ] = False,
    run: RunId = "",
    out: StoreOf = None,
    seed: opt.Seed = 0,
    json: opt.Json = False,
) -> None:
    """Choose what people should code next: a blind random audit, training, and discovery."""
    from listening.steps import selecting
    from listening.steps.coding.coded import pulled_rows

    with show.progress(json) as progress:
        work, run_id = of_run(out, run, progress)
        if log:
            passages = selecting.write_log(work, run_id, to)
        else:
            pulled = None if codings else pulled_rows(work, run_id)
            chosen = selecting.select(work, run_id, codings, to, seed, pulled)
    if log:
        typer.echo(f"{passages:,} passages chosen so far: {to}")
        return
    if json:
        show.as_json({**vars(chosen), "notes": list(chosen.notes)})
        return
    for note in chosen.notes:
        show.say(note)
    told = chosen.passages
    typer.echo(
        f"Batch {chosen.batch}: {told['audit']:,} passages of {chosen.people:,} people for the "
        f"audit, to be read blind; {told['training']:,} to learn from; {told['discovery']:,} that "
        f"may be new: {to}"
    )


def saturation(
    to: Annotated[
        Path, typer.Option("--to", help="Folder for the files to write.", file_okay=False)
    ],
    codings: Codings = None,
    group: Annotated[
        list[str] | None,
        typer.Option(help="Priority group: ATTRIBUTE=VALUE, or ATTRIBUTE for each value."),
    ] = None,
    k: Annotated[int, typer.Option(help="How many priorities are looked for.", min=1)] = 6,
    run: RunId = "",
    out: StoreOf = None,
    seed: opt.Seed = 0,
    json: opt.Json = False,
) -> None:
    """Say whether coding may stop: new codes, successive models and orders, the audit's ranges."""
    from listening.steps import stopping
    from listening.steps.coding.coded import pulled_rows

    with show.progress(json) as progress:
        work, run_id = of_run(out, run, progress)
        pulled = None if codings else pulled_rows(work, run_id)
        told = stopping.stopping(work, run_id, codings, group or [], k, seed, to, pulled)
    if json:
        show.as_json(stopping.plain(told))
        return
    for note in told.notes:
        show.say(note)
    for rule in told.rules:
        typer.echo(f"{rule.name}? {told.said(rule)}")
    typer.echo(f"{told.headline} {to / 'saturation.html'}")
