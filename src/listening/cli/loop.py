"""`listening coding …`: what was chosen goes to Label Studio, and what people coded comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.opened import of_run, of_store
from listening.cli.staged import RunId
from listening.cli.withdraw import StoreOf, store_home

if TYPE_CHECKING:
    from listening.steps import Work
    from listening.steps.coding import Pulled, Pushed, Status

app = typer.Typer(
    help="Code in Label Studio: push what was chosen, pull what was coded.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Coder = Annotated[
    list[str] | None,
    typer.Option(help="Address of who reads the audit, blind; repeat it: two at least."),
]


@app.command("push")
def push(
    codebook: opt.CodebookFile = None,
    coder: Coder = None,
    left: Annotated[
        list[str] | None,
        typer.Option(help="Address of who has left: others get what they have not read."),
    ] = None,
    back: Annotated[
        list[str] | None,
        typer.Option(help="Address of who had left, or was named so by mistake, and codes again."),
    ] = None,
    run: RunId = "",
    out: StoreOf = None,
    seed: opt.Seed = 0,
    json: opt.Json = False,
) -> None:
    """Send to Label Studio what `listening select` chose and is not there yet."""
    from listening.steps import coding
    from listening.steps.coding.connecting import needed

    with show.progress(json) as progress:
        work, run_id = of_run(out, run, progress)
        book = coding.book_for(work, run_id, codebook)
        told = coding.push(
            work, run_id, book, needed(work), coder or [], left or [], seed, back or []
        )
    if json:
        show.as_json(coding.plain_push(told))
    else:
        _pushed(told)


@app.command("pull")
def pull(
    everything: Annotated[
        bool, typer.Option("--all", help="Read every task again, whenever it changed.")
    ] = False,
    moved: Annotated[
        bool,
        typer.Option("--moved", help="It is the same Label Studio, and its address is a new one."),
    ] = False,
    out: StoreOf = None,
    json: opt.Json = False,
) -> None:
    """Bring back what people coded, or took back, since the last time."""
    from listening.steps import coding
    from listening.steps.coding.connecting import needed

    with show.progress(json) as progress:
        work = of_store(out, progress)
        server = needed(work)
        told = coding.pull(work, server, everything, moved)
        told = replace(told, notes=(*told.notes, *coding.missing(work, server)))
    if json:
        show.as_json(coding.plain_pull(told))
    else:
        _pulled(told)


@app.command("status")
def status(out: StoreOf = None, json: opt.Json = False) -> None:
    """Say how far the coding has come: by project, coder and stream, and what waits."""
    from listening.steps import coding
    from listening.steps.coding.connecting import connected

    work = of_store(out)
    told = coding.status(work, connected(work))
    if json:
        show.as_json(coding.plain_status(told))
    else:
        _stands(told)


def _pushed(told: Pushed) -> None:
    for note in told.notes:
        show.say(note)
    for title, count in told.sent.items():
        typer.echo(f"{title}: {count:,} sent. {told.links[title]}")
    for address, link in told.invitations.items():
        show.say(f"{address} has no account yet. Send them this link: {link}")
    typer.echo(
        f"Sent {sum(told.sent.values()):,} items, {told.suggested:,} of them with suggestions; "
        f"{told.there:,} were there before. Read twice: {told.double:,} segments of these."
    )


def _pulled(told: Pulled) -> None:
    for note in told.notes:
        show.say(note)
    for reject in told.rejects:
        show.say(f"{reject.file}, {reject.row}: {reject.why} {reject.what_to_do}")
    saved = told.saved
    typer.echo(
        f"Looked at {told.tasks:,} tasks: {saved.new:,} read for the first time, "
        f"{saved.changed:,} changed, {saved.deleted:,} taken back."
    )
    if told.gone or told.waiting:
        typer.echo(
            f"Of whoever withdrew, {told.gone:,} tasks were deleted in Label Studio and "
            f"{told.waiting:,} are still to be."
        )


def _stands(told: Status) -> None:
    if not told.projects:
        typer.echo("Nothing was sent to be coded yet: listening coding push.")
    for row in told.projects:
        typer.echo(f"{row['project']}, {row['stream']}: {_counts(row)} {row['link']}".rstrip())
    for reject in told.rejects:
        show.say(f"{reject.file}, {reject.row}: {reject.why} {reject.what_to_do}")
    typer.echo(f"{told.codings:,} codings count.")
    if told.leaving:
        typer.echo(
            f"{told.leaving:,} tasks of whoever withdrew are still to be deleted: "
            "listening coding pull."
        )


def _counts(row: Any) -> str:
    parts = [f"{row['pushed']:,} sent", f"{row['waiting']:,} to be read"]
    parts += [f"{count:,} read by {who}" for who, count in row["read"].items()]
    parts += [f"{count:,} skipped by {who}" for who, count in row["skipped"].items()]
    parts += [f"{count:,} to be opened again by {who}" for who, count in row["unfinished"].items()]
    if row["unsent"]:
        parts.append(f"{row['unsent']:,} not sent yet")
    if row["gone"]:
        parts.append(f"{row['gone']:,} no more in Label Studio")
    return ", ".join(parts) + "."


@app.command("next")
def next_turn(
    run: RunId = "", out: StoreOf = None, seed: opt.Seed = 0, json: opt.Json = False
) -> None:
    """Make one turn of the loop: pull, and unless coding may stop, choose and push what is next."""
    found = opt.settings(home=store_home(out))
    from flows.orchestration import process_environment, server

    with show.progress(json) as progress, server(found.home, process_environment()) as api:
        work, run_id = of_run(out, run, progress)
        api.wait()
        told = _turned(work, run_id, seed)
    if json:
        show.as_json(told)
        return
    typer.echo(f"{told['said']}")
    if told["stop"]:
        return
    sent = sum(told["pushed"]["sent"].values())
    typer.echo(
        f"{told['pulled']['new']:,} read for the first time; {told['chosen']:,} passages chosen, "
        f"{sent:,} items sent; {told['renewed']:,} that are read next have other suggestions now."
    )
    if told["renewed_later"]:
        typer.echo(
            f"{told['renewed_later']:,} that come later keep the suggestions that they have, until "
            "they are among the next."
        )


def _turned(work: Work, run_id: str, seed: int) -> dict[str, Any]:
    from flows.coding import coding_turn
    from flows.listen import at

    with at(work):
        return coding_turn(run_id, seed)


@app.command("hook")
def hook() -> None:
    """Print the address that Label Studio may call when something was coded."""
    from listening.steps.coding.following import path_to_call

    found = opt.settings()
    here = found.url or "http://127.0.0.1:8000"
    typer.echo(f"{here.rstrip('/')}{path_to_call(found)}")
    show.say(
        "In a project of Label Studio: Settings, Webhooks, Add. What is coded is pulled every "
        "minute without it. Label Studio calls no address of its own machine unless it was "
        "started with SSRF_PROTECTION_ENABLED=false."
    )
