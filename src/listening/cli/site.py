"""`listening serve` and `listening users`: the pages, and who may open them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show

DEFAULT_PORT = 8000


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = DEFAULT_PORT,
) -> None:
    """Serve the pages for officers until stopped with Ctrl-C."""
    settings = opt.settings()
    from listening.web import logs
    from listening.web.serve import make_server, run

    server = make_server(settings, host, port)
    logs.set_up(settings.log)
    _tell_overdue()
    show.say(f"Open {settings.url or f'http://{host}:{port}'} (stop with Ctrl-C)")
    if not settings.vault_key:
        from listening.steps import NO_KEY

        show.say(NO_KEY)
    run(server)


def example(
    folder: Annotated[
        Path, typer.Argument(help="Folder with the example.", exists=True, file_okay=False)
    ],
    email: Annotated[
        str, typer.Option(help="Who may do everything in it; their account is made.")
    ] = "administrator@localhost",
    programme: opt.ProgrammeFile = None,
    codebook: opt.CodebookFile = None,
) -> None:
    """Read the bundled example into a programme of the site, with somebody to sign in as."""
    settings = opt.settings()
    from listening.steps import PackagedModels
    from listening.steps.example import lay_out
    from listening.steps.site import open_site

    site = open_site(settings, PackagedModels(settings))
    show.say("Reading the example (a minute or two the first time) ...")
    laid = lay_out(site, folder, email, programme, codebook)
    address = settings.url or f"http://127.0.0.1:{DEFAULT_PORT}"
    typer.echo(f"{laid.programme.name} is ready. Start everything with: make serve")
    typer.echo(f"Then open {address} and sign in as {laid.email}")
    if laid.password:
        typer.echo(f"with the password {laid.password}")
        show.say("It is shown this once. Change it on the page “Password and sign out”.")
    else:
        show.say("with the password that you have. If you lost it: listening users --new-password")


def _tell_overdue() -> None:
    """Say in the log what should have gone and did not."""
    import logging

    from listening.errors import ListeningError
    from listening.steps import retaining
    from listening.web import here

    try:
        late = [retaining.overdue(place) for place in retaining.places_of(here.site())]
    except ListeningError as error:
        late = [str(error)]
    for line in filter(None, late):
        logging.getLogger("listening.retention").warning("%s", line)


def users(
    invite: Annotated[str, typer.Option(help="E-mail address of somebody to invite.")] = "",
    programme: Annotated[str, typer.Option(help="To which programme; begun if it is new.")] = "",
    role: Annotated[
        str, typer.Option(help="As what: officer, researcher, lead or administrator.")
    ] = "administrator",
    new_password: Annotated[
        str, typer.Option(help="E-mail address of somebody who lost their password.")
    ] = "",
    sign_out: Annotated[
        str, typer.Option(help="E-mail address of somebody to sign out everywhere.")
    ] = "",
    forget_code: Annotated[
        str, typer.Option(help="E-mail address of somebody who lost the app that shows codes.")
    ] = "",
    json: opt.Json = False,
) -> None:
    """Invite people to programmes; without an option, list who is what."""
    settings = opt.settings()
    if invite and not programme:
        raise typer.BadParameter("Say to which programme.", param_hint="--programme")
    from listening.steps import PackagedModels, accounts, second
    from listening.steps.site import open_site

    site = open_site(settings, PackagedModels(settings))
    if sign_out or forget_code:
        if sign_out:
            accounts.sign_out(sign_out)
        if forget_code:
            second.forget(site, forget_code)
        show.say(f"{forget_code or sign_out} is signed out everywhere.")
        return
    if invite:
        sent = accounts.invite(invite, accounts.begin_programme(programme), role)
    elif new_password:
        sent = accounts.offer_new_password(new_password)
    else:
        _list(json)
        return
    address = settings.url or f"http://127.0.0.1:{DEFAULT_PORT}"
    link = f"{address.rstrip('/')}/invitation/{sent.token}/"
    if json:
        show.as_json({"email": sent.email, "link": link, "days": sent.days})
    else:
        typer.echo(link)
        show.say(f"For {sent.email}: can be used once, within {sent.days} days.")


def _list(json: bool) -> None:
    from listening.steps import accounts

    held = [
        {"programme": one.programme.slug, "email": one.person.email, "role": one.role}
        for one in accounts.everybody()
    ]
    if json:
        show.as_json(held)
        return
    for one in held:
        typer.echo(f"{one['programme']}: {one['email']}, {one['role']}")
    if not held:
        show.say("Nobody has joined yet. Invite with --invite, --programme and --role.")
