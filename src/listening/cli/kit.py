"""`listening kit`: the field kit, as Word files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show


def kit(
    programme: Annotated[
        Path | None,
        typer.Option(help="The programme's settings (TOML).", exists=True, dir_okay=False),
    ] = None,
    out: opt.Out = Path("field_kit"),
    forms: Annotated[
        int, typer.Option(help="How many consent forms, each with its own code.", min=1, max=500)
    ] = 20,
    words: Annotated[
        bool, typer.Option("--words", help="Print the words to supply for another language.")
    ] = False,
) -> None:
    """Make the field kit from the programme's settings: guide, consent forms, notes, checklist."""
    if words:
        from listening.kit import ENGLISH

        typer.echo("[words.CODE]")
        for name, text in ENGLISH.items():
            typer.echo(f'{name} = "{text}"')
        return
    if programme is None:
        raise typer.BadParameter("Name the programme's file.", param_hint="--programme")
    from listening.steps.kit import write_kit

    files, lacking = write_kit(programme, out, forms)
    for name in files:
        typer.echo(str(out / name))
    for sentence in lacking:
        show.say(sentence)
    if not files:
        raise typer.Exit(1)
