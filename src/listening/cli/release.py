"""`listening release` and `listening quotes`: what may leave the team, and who signed it off."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.withdraw import store_home

if TYPE_CHECKING:
    from listening.steps.signing import Waiting

quotes = typer.Typer(
    name="quotes", help="Sign off quotes one by one, before a release.", no_args_is_help=True
)

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Working results.", exists=True, file_okay=False)
]
Passages = Annotated[list[str], typer.Argument(metavar="PASSAGE...", help="Ids of passages.")]
Theme = Annotated[
    str, typer.Option("--theme", metavar="CODE", help="For this theme alone, of several.")
]


class Speaks(StrEnum):
    """Whether a quote speaks for its priority."""

    yes = "yes"
    no = "no"


By = Annotated[str, typer.Option("--by", help="Name of the person who read it and decided.")]


def release(
    folder: Folder,
    out: opt.Out,
    profile: Annotated[
        str, typer.Option(help="How strict: `standard`, `hes` or `ons`.")
    ] = "standard",
    provisional: Annotated[
        bool,
        typer.Option("--provisional", help="Let results go that nobody has coded, marked as such."),
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            help="A Word file whose look the briefing takes.", exists=True, dir_okay=False
        ),
    ] = None,
    json: opt.Json = False,
) -> None:
    """Make of working results what may be passed on: disclosure control, signed-off quotes."""
    home = store_home(folder)
    from listening.steps.releasing import release as make

    told = make(opt.work(home=home), folder, out, profile, provisional, template)
    if json:
        show.as_json(vars(told))
        return
    typer.echo(
        f"RELEASE {told.release}, {told.status}{' (the same as before)' if told.again else ''}: "
        f"{told.quotes} {'quote' if told.quotes == 1 else 'quotes'}, {told.withheld:,} figures "
        f"withheld, {told.kept:,} kept from an earlier release."
    )
    typer.echo(f"Report: {out / 'report.html'}")
    for why, count in told.left_out.items():
        show.say(f"Signed quotes that stay here: {count}, as {why}.")
    if told.dropped:
        show.say(f"Not released, as no rule says how to protect it: {', '.join(told.dropped)}.")


@quotes.command("list")
def listed(folder: Folder, json: opt.Json = False) -> None:
    """Show candidate quotes as they would be published, and what was decided on each."""
    home = store_home(folder)
    from listening.steps.signing import waiting

    found = waiting(opt.work(home=home), folder)
    if json:
        show.as_json([vars(one) for one in found])
        return
    _print(found)


@quotes.command("sign")
def sign(
    folder: Folder,
    passages: Passages,
    by: By,
    speaks: Annotated[
        Speaks,
        typer.Option("--speaks", help="Does it speak for its priority? Refuse it if it does not."),
    ],
    theme: Theme = "",
) -> None:
    """Sign off candidate quotes: you have read each and nothing in it says who it is."""
    _decide(folder, passages, by, signed=True, speaks=speaks.value, theme=theme)


@quotes.command("refuse")
def refuse(
    folder: Folder,
    passages: Passages,
    by: By,
    why: Annotated[str, typer.Option("--why", help="Why, for the team alone.")] = "",
    speaks: Annotated[
        Speaks | None,
        typer.Option("--speaks", help="`no` where it does not speak for its priority."),
    ] = None,
    theme: Theme = "",
) -> None:
    """Refuse candidate quotes, also such as were signed off before."""
    said = speaks.value if speaks else ""
    _decide(folder, passages, by, signed=False, why=why, speaks=said, theme=theme)


def _decide(folder: Path, passages: list[str], by: str, *, signed: bool, **told: str) -> None:
    if not by.strip():
        raise typer.BadParameter("Say who decided: --by NAME.", param_hint="--by")
    home = store_home(folder)
    from listening.steps.signing import decide

    _print(decide(opt.work(home=home), folder, passages, by, signed=signed, **told))


def _print(found: list[Waiting]) -> None:
    for one in found:
        mark = one.decision if not one.by else f"{one.decision} by {one.by}"
        mark += f": {one.why}" if one.why else ""
        words = f"“{one.text}”" if one.voice == "verbatim" else f"Officer's note: {one.text}"
        beside = ", ".join(f"{name}: {value}" for name, value in one.attributes.items())
        typer.echo(f"{one.segment_id}  {one.theme}  [{mark}]\n  {words}\n  {beside}")
