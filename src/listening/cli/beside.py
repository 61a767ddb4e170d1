"""`listening prefect` and `listening worker`: what is done beside the pages, in processes apart."""

from __future__ import annotations

import os

from listening.cli import options as opt
from listening.cli import show


def prefect() -> None:
    """Run Prefect's server on this machine until stopped with Ctrl-C."""
    from flows.serving import prepared, serve

    place = prepared(opt.settings(), os.environ)
    show.say(f"Prefect answers at {place.url} (stop with Ctrl-C)")
    serve(place)


def worker() -> None:
    """Do what waits beside the pages until stopped with Ctrl-C."""
    from flows.working import ready, work

    settings = opt.settings()
    with ready(settings, os.environ) as names:
        show.say(f"Working for {settings.home}: {', '.join(names)} (stop with Ctrl-C)")
        work(settings)
