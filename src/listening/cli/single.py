"""Single stages on plain tables and files: no store, no orchestrator, ids come back unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from listening.cli import options as opt
from listening.cli import show

Csv = Annotated[Path, typer.Argument(help="Table with participant_id,text.", exists=True)]


def _models(encoder: str) -> Any:
    from listening.steps import PackagedModels

    return PackagedModels(opt.settings(encoder))


def topics(
    segments: Csv,
    out: opt.Out,
    extend: Annotated[
        Path | None,
        typer.Option(help="Results of an earlier reading to extend.", exists=True, file_okay=False),
    ] = None,
    seed: opt.Seed = 0,
    encoder: opt.EncoderName = "",
) -> None:
    """Make the reading index of a table of segments: topics.csv and segments.csv in --out."""
    from listening.steps import tables

    with show.progress() as progress:
        found = tables.topics_of(segments, out, extend, seed, _models(encoder), progress)
    if not found:
        show.say("Fewer than 100 different texts: nothing was grouped. Read them all.")
    typer.echo(f"{found} topics: {out / 'topics.csv'}")


def pseudonymise(
    path: Annotated[Path, typer.Argument(help="A file or a folder.", exists=True)], out: opt.Out
) -> None:
    """Write pseudonymised text, one file per document, and edits.csv into --out."""
    from listening.steps import texts

    with show.progress() as progress:
        done, refused = texts.pseudonymise_files(path, out, _models(""), progress)
    typer.echo(f"{done} pseudonymised: {out}")
    for sentence in refused:
        show.say(sentence)
    if refused or not done:
        raise typer.Exit(1)


def suggest(
    to: Annotated[Path, typer.Option(help="Rows to suggest for.", exists=True)],
    out: Annotated[Path, typer.Option(help="suggestions.csv to write.")],
    coded: Annotated[
        Path | None, typer.Option(help="Coded rows to learn from.", exists=True)
    ] = None,
    codebook: opt.CodebookFile = None,
    encoder: opt.EncoderName = "",
) -> None:
    """Suggest codes: learnt from coded rows, or from the codebook alone while nothing is coded."""
    if not coded and not codebook:
        raise typer.BadParameter("Give coded rows, a codebook, or both.", param_hint="--coded")
    from listening.steps.suggest import suggest_for

    with show.progress() as progress:
        notes = suggest_for(to, coded, codebook, out, _models(encoder), progress)
    for note in notes:
        show.say(note)
    typer.echo(f"Suggestions: {out}")


def vault_key() -> None:
    """Print a fresh key for LISTENING_VAULT_KEY; keep it apart from the vault."""
    from listening.store import new_key

    typer.echo(new_key())
