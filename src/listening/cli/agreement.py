"""`listening agreement`: how far coders agree, code by code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show


def agreement(
    codings: Annotated[
        Path,
        typer.Argument(help="codings.csv of two or more coders.", exists=True, dir_okay=False),
    ],
    out: opt.Out = Path("agreement"),
    seed: opt.Seed = 0,
    json: opt.Json = False,
) -> None:
    """Say how far coders agree, per code and overall: agreement.csv and disagreements.csv."""
    from listening.steps import agreement as step

    found = step.compare_coders(codings, out, seed)
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
