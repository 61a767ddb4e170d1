"""`listening retain`: what was kept for its time goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.withdraw import StoreOf, store_home

if TYPE_CHECKING:
    from listening.steps.retaining import Place


def retain(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how much would go; erase nothing.")
    ] = False,
    programme: Annotated[
        Path | None,
        typer.Option(help="The programme's settings, with [retention].", exists=True),
    ] = None,
    out: StoreOf = None,
    json: opt.Json = False,
) -> None:
    """Erase what was kept for as long as the programme's rules and people's consent allow."""
    home = store_home(out)
    from listening.steps import retaining

    places = _places(home, programme)
    done = [retaining.retain(place, dry=dry_run) for place in places]
    if json:
        show.as_json([vars(one) for one in done])
        return
    for place, one in zip(places, done, strict=True):
        for line in retaining.said(one):
            typer.echo(line)
        if waits := retaining.waits(place):
            show.say(waits)
        if lacking := retaining.unruled(place):
            show.say(lacking)


def _places(home: Path | None, programme: Path | None) -> list[Place]:
    from listening.steps import PackagedModels, retaining
    from listening.steps.site import PROGRAMMES, SIGNING_KEY, open_site, site_home

    settings = opt.settings(home=home)
    whole = site_home(settings.home)
    if not any((whole / name).exists() for name in (PROGRAMMES, SIGNING_KEY)):
        return [retaining.at_home(opt.work(home=home), programme)]
    if programme:
        raise typer.BadParameter(
            "A programme that is served has its rules in its own folder.", param_hint="--programme"
        )
    from dataclasses import replace

    site = open_site(replace(settings, home=whole), PackagedModels(settings))
    places = retaining.places_of(site)
    own = settings.home.absolute()
    return [one for one in places if own in (whole.absolute(), one.work.settings.home.absolute())]
