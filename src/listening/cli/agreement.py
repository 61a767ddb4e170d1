"""`listening agreement`: how far coders agree, code by code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.opened import of_run
from listening.cli.staged import RunId


def agreement(
    codings: Annotated[
        Path | None,
        typer.Argument(
            help="codings.csv of two or more coders; without it, what was pulled into the store.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    out: opt.Out = Path("agreement"),
    store: Annotated[
        Path | None,
        typer.Option(
            "--store", help="Folder of `listening run`, if its store lies there.", file_okay=False
        ),
    ] = None,
    run: RunId = "",
    seed: opt.Seed = 0,
    json: opt.Json = False,
) -> None:
    """Say how far coders agree, per code and overall: agreement.csv and disagreements.csv."""
    if codings and (store or run):
        raise typer.BadParameter("A table and the store do not go together.")
    from listening.steps import agreement as step

    if codings:
        found = step.compare_coders(codings, out, seed)
    else:
        from listening.steps.agreement_stored import compare_stored

        found = compare_stored(*of_run(store, run), out, seed)
    if json:
        show.as_json(found.figures)
        return
    for note in found.notes:
        show.say(note)
    for sentence in found.sentences:
        typer.echo(sentence)
    typer.echo(f"Agreement: {out / step.FIGURES}")
    differing = found.figures["disagreements"]
    if differing:
        typer.echo(f"To talk over, {differing}: {out / step.TO_SETTLE}")
