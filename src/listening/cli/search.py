"""`listening search`: what was said about something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.staged import RunId
from listening.cli.withdraw import StoreOf

if TYPE_CHECKING:
    from listening.steps.search import Hit

KINDS = {
    "interview": "Interview",
    "focus_group": "Focus group",
    "street": "Street note",
    "survey": "Survey answer",
}


def search(
    words: Annotated[
        list[str], typer.Argument(help='What to look for; "a phrase" in quotation marks.')
    ],
    run: RunId = "",
    most: Annotated[int, typer.Option(help="How many passages to show.", min=1)] = 20,
    words_only: Annotated[
        bool, typer.Option("--words-only", help="Look for the words alone; loads no model.")
    ] = False,
    meaning_only: Annotated[
        bool, typer.Option("--meaning-only", help="Look for what means the same alone.")
    ] = False,
    source: Annotated[
        str, typer.Option(help="Only in interview, focus_group, street or survey.")
    ] = "",
    language: Annotated[str, typer.Option(help="Only in this language, such as en.")] = "",
    topic: Annotated[str, typer.Option(help="Only in the topic of this name.")] = "",
    out: StoreOf = None,
    json: opt.Json = False,
) -> None:
    """Find what was said, by its words and by what it means; nothing leaves this machine."""
    if words_only and meaning_only:
        raise typer.BadParameter("Give one of the two.", param_hint="--words-only")
    if source and source not in KINDS:
        told = f"{source!r} is none of {', '.join(KINDS)}."
        raise typer.BadParameter(told, param_hint="--source")
    home = _home(out)
    from listening.steps.search import Wanted, plain
    from listening.steps.search import search as find

    wanted = Wanted(
        " ".join(words), not meaning_only, not words_only, source, language, topic, most
    )
    with show.progress(json) as progress:
        work = opt.work(progress, home)
        found = find(work, work.store.run(run).sources, wanted)
    if json:
        show.as_json([plain(hit) for hit in found.hits])
    for hit in found.hits if not json else ():
        _print(hit)
    if not found.hits:
        show.say(f"Nothing was found among {found.among:,} passages. Try other words.")
        raise typer.Exit(1)


def _home(out: Path | None) -> Path | None:
    home = out / "var" if out else None
    if not opt.settings(home=home).home.is_dir():
        raise typer.BadParameter("There is no store in this folder.", param_hint="--out")
    return home


def _print(hit: Hit) -> None:
    own = hit.voice == "verbatim" and hit.quotable
    typer.echo(f"“{hit.text}”" if own else hit.text)
    told = [KINDS[hit.source_kind], hit.participant_id, f"passage {hit.segment_id}"]
    if hit.voice != "verbatim":
        told.insert(0, f"An officer’s {hit.voice}")
    elif not hit.quotable:
        told.insert(0, "Not for quoting")
    told += [f"in answer to: {hit.question}"] if hit.question else []
    told += [f"topic: {hit.topic}"] if hit.topic else []
    typer.echo(f"    {' · '.join(told)} · found by {hit.found_by}\n")
