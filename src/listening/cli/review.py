"""`listening coding adjudicate`, `matrix` and `migrate`: what is made of what people coded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.opened import of_run
from listening.cli.staged import RunId
from listening.cli.withdraw import StoreOf


def adjudicate(
    run: RunId = "", out: StoreOf = None, seed: opt.Seed = 0, json: opt.Json = False
) -> None:
    """Send what blind coders see differently to one project, with both answers, unnamed."""
    from listening.steps.coding import adjudicating
    from listening.steps.coding.connecting import needed

    work, run_id = of_run(out, run)
    told = adjudicating.adjudicate(work, run_id, needed(work), seed)
    if json:
        show.as_json({**vars(told), "notes": list(told.notes)})
        return
    for note in told.notes:
        show.say(note)
    typer.echo(
        f"Of {told.compared:,} items that two or more have read blind, {told.differ:,} "
        f"{'is' if told.differ == 1 else 'are'} to be settled: {told.sent:,} sent now, "
        f"{told.there:,} were there before."
    )
    if told.renewed:
        typer.echo(
            f"In {told.renewed:,} tasks sent before, coders gave something else since: they show "
            "it now."
        )
    if told.codes:
        most = ", ".join(f"{code} ({count:,})" for code, count in told.codes.items())
        typer.echo(f"They differ on {most}.")
    for title, link in told.links.items():
        typer.echo(f"{title}: {link}")


def matrix(
    to: Annotated[Path, typer.Option("--to", help="Workbook to write (.xlsx).", dir_okay=False)],
    run: RunId = "",
    out: StoreOf = None,
    json: opt.Json = False,
) -> None:
    """Write the framework matrix: people and codes, with their words and coders' memos."""
    from listening.steps.framework import write_framework

    told = write_framework(*of_run(out, run), to)
    if json:
        show.as_json({**vars(told), "notes": list(told.notes)})
        return
    for note in told.notes:
        show.say(note)
    typer.echo(
        f"{told.people:,} people, {told.codes:,} codes, {told.passages:,} codings that count: {to}"
    )
    show.say("For the team: residents' pseudonymised words, not to be passed on.")


def migrate(
    codebook: opt.CodebookFile = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last such change back, here and there.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who decided it: it stands in the trail.")] = "",
    run: RunId = "",
    out: StoreOf = None,
    json: opt.Json = False,
) -> None:
    """Carry what was coded to a later version of the codebook, here and in Label Studio."""
    if bool(codebook) == undo:
        raise typer.BadParameter("Give either --codebook or --undo.")
    from listening.steps.codebooks import codebook_text
    from listening.steps.coding.connecting import needed
    from listening.steps.coding.migrating import migrate as carry
    from listening.steps.coding.migrating import undo as take_back

    work, run_id = of_run(out, run)
    if codebook:
        told = carry(work, run_id, codebook_text(codebook), needed(work), by)
    else:
        told = take_back(work, run_id, needed(work), by)
    if json:
        show.as_json(vars(told) | {"notes": list(told.notes)})
        return
    for sentence in told.sentences:
        typer.echo(sentence)
    for note in told.notes:
        show.say(note)
