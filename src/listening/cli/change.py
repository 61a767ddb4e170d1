"""`listening change`: what changed since last time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show

Waves = Annotated[
    list[Path],
    typer.Argument(
        help="Folders of working results, the earliest first.", exists=True, file_okay=False
    ),
]


def change(
    waves: Waves,
    out: opt.Out,
    same_people: Annotated[
        bool,
        typer.Option(
            "--same-people", help="The same participant id in two waves is the same person."
        ),
    ] = False,
    seed: opt.Seed = 0,
) -> None:
    """Say what changed between waves: change.csv, change.json and change.html in --out."""
    if len(waves) < 2:
        raise typer.BadParameter("Name two folders or more, the earliest first.")
    from listening.steps.change import change as compare

    found = compare(waves, out, paired=same_people, seed=seed)
    if found.status == "provisional":
        typer.echo("PROVISIONAL: people have not coded every wave.")
    for note in found.notes:
        show.say(note)
    left = len(found.not_compared)
    typer.echo(f"{len(found.themes)} themes compared, {left} left out: {out / 'change.html'}")
