"""`listening actions`: what is done about the priorities, for terminals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.opened import of_store
from listening.cli.withdraw import StoreOf

app = typer.Typer(
    name="actions", help="Actions: what is done about the priorities.", no_args_is_help=True
)


@app.command("list")
def listed(out: StoreOf = None, json: opt.Json = False) -> None:
    """Show the actions with their status, aim and owner."""
    from dataclasses import asdict

    from listening.actions import sentence

    found = of_store(out).store.actions.all()
    if json:
        show.as_json([{**asdict(one), "aim": sentence(one)} for one in found])
        return
    for one in found:
        typer.echo(f"{one.id}  [{one.status}]  {one.theme_name or 'no priority yet'}")
        typer.echo(f"  {one.idea}")
        for told in (sentence(one), one.owner):
            if told:
                typer.echo(f"  {told}")
    if not found:
        show.say("No action has been begun yet.")


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The CSV to write.")],
    out: StoreOf = None,
) -> None:
    """Write the actions to a CSV, one row each; for the team, not to be passed on."""
    from listening.steps.acting.moving import as_csv

    found = of_store(out).store.actions.all()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_csv(found), encoding="utf-8")
    typer.echo(f"{len(found)} actions: {file}")


@app.command("import")
def bring(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The CSV to read.", exists=True, dir_okay=False)
    ],
    by: Annotated[str, typer.Option("--by", help="Who brings them, for the history.")],
    out: StoreOf = None,
) -> None:
    """Read actions from a CSV: a known id changes that action, any other row is a new one."""
    if not by.strip():
        raise typer.BadParameter("Say who brings them: --by NAME.", param_hint="--by")
    from listening.steps.acting.moving import bring as keep

    done = keep(of_store(out), file, by.strip())
    typer.echo(f"{done.new} new, {done.changed} changed.")
    for one in done.rejects:
        show.say(f"Set aside, row {one.row}: it {one.why} {one.what_to_do}")
    for number, found in done.named:
        show.say(
            f"Action {number} of those kept: `{found.field}` may say who somebody is "
            f"({found.kind}). Mend it on its page if it is about a resident."
        )
    if not done.new and not done.changed:
        raise typer.Exit(1)
