"""`listening label-studio` and `listening coders`: where people code, and who may."""

from __future__ import annotations

import os
import signal
from typing import Annotated, NoReturn

import typer

from listening.cli import options as opt
from listening.cli import show


def label_studio() -> None:
    """Run Label Studio on this machine until stopped with Ctrl-C."""
    from listening.errors import ServerAway
    from listening.steps import label_studio as steps

    started = steps.prepared(opt.settings())
    place = started.place
    # what supervises this process ends it so, and Label Studio must end with it
    signal.signal(signal.SIGTERM, _stopped)
    show.say("Label Studio starts (the first time takes a minute) ...")
    with steps.running(started, dict(os.environ)) as process:
        show.say(f"Open {place.url} (stop with Ctrl-C)")
        if started.new_password:
            show.say(f"Sign in as {place.email} with the password {started.new_password}")
            show.say("It is shown this once, and kept in the vault.")
        ended = process.wait()
    raise ServerAway(
        "Label Studio", f"ended by itself ({ended}).", f"Its own words are in {place.folder}."
    )


def coders(
    invite: Annotated[str, typer.Option(help="E-mail address of somebody to invite.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw-invitations", help="Let links sent before hold no longer.")
    ] = False,
    json: opt.Json = False,
) -> None:
    """Invite people to code in Label Studio; without an option, list who has an account."""
    from listening.steps import label_studio as steps
    from listening.steps.coding.addresses import address

    server = steps.needed(opt.settings())
    if withdraw:
        server.withdraw_invitations()
        show.say("Links that were sent before hold no longer; accounts stay.")
    if invite:
        invite = address(invite)
        link = server.invite(invite)
        if json:
            show.as_json({"email": invite, "link": link})
        else:
            typer.echo(link)
            show.say(f"Send it to {invite}, who chooses a password there.")
    elif not withdraw:
        known = server.coders()
        if json:
            show.as_json([{"number": number, "email": known[number]} for number in sorted(known)])
        else:
            for number in sorted(known):
                typer.echo(known[number])


def _stopped(*_told: object) -> NoReturn:
    raise KeyboardInterrupt
