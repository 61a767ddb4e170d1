"""`listening withdraw` and `listening contacts`: what people may ask of us, and we of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show

StoreOf = Annotated[
    Path | None,
    typer.Option("--out", help="Folder of `listening run`, if its store lies there."),
]


def withdraw(
    participant: Annotated[
        str,
        typer.Argument(help="Participant id, withdrawal code, or what they are called in a file."),
    ] = "",
    out: StoreOf = None,
    receipt_number: Annotated[
        str,
        typer.Option(
            "--receipt",
            help="Number of an earlier receipt: erase the sketch too by which their talk is known.",
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: opt.Json = False,
) -> None:
    """Erase a participant everywhere; print and keep a receipt that does not say who it was."""
    home = store_home(out)
    from listening import steps

    work = opt.work(home=home)
    if bool(participant) == bool(receipt_number):
        raise typer.BadParameter("Give either a participant or --receipt.")
    if receipt_number:
        steps.let_back(work, receipt_number)
        show.say("Erased: nothing is left by which their talk would be known again.")
        return
    participant_id = steps.who(work, participant)
    if not yes and not typer.confirm(f"Erase {participant_id} everywhere, for good?"):
        show.say("Nothing was erased.")
        raise typer.Exit(1)
    receipt = steps.withdraw(work, participant_id)
    if json:
        show.as_json(vars(receipt))
        return
    typer.echo(f"Receipt {receipt.receipt}, {receipt.day}: erased {steps.counted(receipt.counts)}.")
    typer.echo("Working results were deleted with it: run again to make them without this person.")
    typer.echo(steps.known_by(work.vault))
    typer.echo(steps.KEPT_APART)
    if alike := steps.said_of_alike(receipt):
        show.say(alike)
    for sentence in steps.said_of_releases(receipt):
        show.say(sentence)
    if repeated := steps.said_of_actions(receipt):
        show.say(repeated)
    for path in receipt.left:
        show.say(f"Still in a file of your own, delete or mend it: {path}")


def contacts(
    to: Annotated[Path, typer.Option("--to", help="CSV to write.", dir_okay=False)],
    out: StoreOf = None,
    officer: Annotated[str, typer.Option(help="Only those whom this officer listened to.")] = "",
) -> None:
    """Write the list of people who agreed to be contacted again; it lies in the vault alone."""
    from listening import steps

    home = store_home(out)
    people = steps.write_contacts(opt.work(home=home), to, officer)
    typer.echo(f"{people} {'person' if people == 1 else 'people'}: {to}")
    show.say("This file says who is who. Keep it locked away, and delete it after use.")


def store_home(out: Path | None) -> Path | None:
    """Return where `listening run` keeps its store in a folder of results.

    Raises:
        BadParameter: there is none, and an empty one is of no use here.
    """
    home = out / "var" if out else None
    if not opt.settings(home=home).home.is_dir():
        raise typer.BadParameter("There is no store in this folder.", param_hint="--out")
    return home
