"""`listening backup` and `listening restore`: one file that holds all, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listening.cli import options as opt
from listening.cli import show

if TYPE_CHECKING:
    from listening.settings import Settings
    from listening.steps.backup.nouns import Manifest
    from listening.steps.backup.restoring import Restored


def backup(
    file: Annotated[Path, typer.Argument(help="File to write; one that is there is refused.")],
    withdrawals: Annotated[
        bool,
        typer.Option("--withdrawals", help="Write the list of who withdrew alone, to keep apart."),
    ] = False,
    json: opt.Json = False,
) -> None:
    """Write everything that is kept into one file, while people may go on working."""
    from listening.steps.backup import making, wording

    settings = opt.settings()
    with show.progress(quiet=json) as progress:
        if withdrawals:
            made = making.list_withdrawals(settings, file)
        else:
            made = making.back_up(settings, file, progress)
    if json:
        show.as_json({"file": str(made.file), **wording.plain(made.manifest)})
        return
    typer.echo(f"{made.file}: {wording.size_of(made.file)}, {wording.what(made.manifest)}.")
    for sentence in wording.said_of_backup(settings, made.manifest):
        show.say(sentence)


def restore(
    file: Annotated[Path, typer.Argument(help="A file of `listening backup`.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Move what is there aside; it is kept.")
    ] = False,
    withdrawals: Annotated[
        Path | None,
        typer.Option(help="A list of `listening backup --withdrawals`, newer than the backup."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only see that the backup is whole; write nothing.")
    ] = False,
    unmarked: Annotated[
        bool,
        typer.Option("--unmarked", help="Take a backup that was made while no key was set."),
    ] = False,
    json: opt.Json = False,
) -> None:
    """Put what a backup holds into LISTENING_HOME; whoever withdrew since is erased again."""
    from datetime import date

    from listening.steps.backup import restoring

    settings = opt.settings()
    with show.progress(quiet=json) as progress:
        if check:
            manifest = restoring.check(settings, file, unmarked, progress)
        else:
            asked = restoring.Asked(replace, withdrawals, unmarked)
            done = restoring.restore(settings, file, date.today(), asked, progress)
    if check:
        _tell_checked(file, manifest, json)
    else:
        _tell_restored(settings, done, json)


def _tell_checked(file: Path, manifest: Manifest, json: bool) -> None:
    from listening.steps.backup import wording

    if json:
        show.as_json({"file": str(file), **wording.plain(manifest)})
    else:
        typer.echo(f"{file} is whole: {wording.what(manifest)}.")


def _tell_restored(settings: Settings, done: Restored, json: bool) -> None:
    from listening.steps.backup import wording

    told = done.manifest
    if json:
        before, receipts = str(done.before or ""), [vars(one) for one in done.withdrawn]
        show.as_json({**wording.plain(told), "before": before, "withdrawn": receipts})
        return
    typer.echo(f"Restored into {settings.home}: {wording.what(told)}.")
    for sentence in wording.said_of_restore(settings, done):
        show.say(sentence)
