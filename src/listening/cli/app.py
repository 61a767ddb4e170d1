"""The commands of `listening`, and how a fault reaches a person."""

from __future__ import annotations

import os
import sys

import typer

from listening import __version__
from listening.cli import (
    actions,
    agreement,
    backup,
    beside,
    change,
    codebook,
    coding,
    kit,
    label_studio,
    loop,
    ranking,
    release,
    retain,
    review,
    run,
    search,
    single,
    site,
    staged,
)
from listening.cli import withdraw as leaving
from listening.errors import Fault, ListeningError, UnknownColumn

app = typer.Typer(
    name="listening",
    help="From what residents said to ranked community priorities that stand up to a sceptic.",
    no_args_is_help=True,
    add_completion=False,
    # locals in a traceback would hold residents' words
    pretty_exceptions_enable=False,
)

app.command("check")(run.check)
app.command("run")(run.run)
app.command("ingest")(staged.ingest)
app.command("discover")(staged.discover)
app.command("report")(staged.report)
app.command("release")(release.release)
app.add_typer(release.quotes, name="quotes")
app.command("search")(search.search)
app.command("rank")(ranking.rank)
app.command("change")(change.change)
app.command("topics")(single.topics)
app.command("pseudonymise")(single.pseudonymise)
app.command("suggest")(single.suggest)
app.command("select")(coding.select)
app.command("saturation")(coding.saturation)
loop.app.command("adjudicate")(review.adjudicate)
loop.app.command("matrix")(review.matrix)
loop.app.command("migrate")(review.migrate)
app.add_typer(loop.app, name="coding")
app.command("agreement")(agreement.agreement)
app.add_typer(codebook.app, name="codebook")
app.add_typer(actions.app, name="actions")
app.command("kit")(kit.kit)
app.command("withdraw")(leaving.withdraw)
app.command("contacts")(leaving.contacts)
app.command("vault-key")(single.vault_key)
app.command("serve")(site.serve)
app.command("users")(site.users)
app.command("example")(site.example)
app.command("prefect")(beside.prefect)
app.command("worker")(beside.worker)
app.command("label-studio")(label_studio.label_studio)
app.command("coders")(label_studio.coders)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("retain")(retain.retain)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"listening {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and stop."
    ),
) -> None:
    """Hold the commands together."""


def main() -> None:
    """Run the command line; a user's mistake ends in a sentence, never in a traceback."""
    # models are on this machine; nothing is asked of a hub
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        app()
    except UnknownColumn as error:
        _say(str(error))
        sys.exit(2)
    except ListeningError as error:
        _say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        _say("Stopped. What was finished is kept; run the same command to go on.")
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LISTENING_DEBUG"):
            raise
        _say(str(Fault.of(error)))
        sys.exit(1)


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)
