"""The worker of the whole system: applies the deployments, and starts a process for each run."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from flows.orchestration import Server, quiet
from flows.serving import HERE
from listening.settings import Settings
from listening.steps.orchestrating import account
from listening.steps.site import WORKING
from listening.store.halfway import see_whole
from listening.store.lock import only_in

#: seconds between two looks for runs that are to be started
_LOOKS_EVERY = 2


@contextmanager
def ready(settings: Settings, environ: MutableMapping[str, str]) -> Iterator[list[str]]:
    """Be the only worker of a home; yield the names of the deployments, once they are applied.

    Must be entered before `prefect` is imported: Prefect reads its settings when imported.

    Raises:
        ListeningError: another process works for this home, or Prefect does not answer.
    """
    home = settings.home.resolve()
    see_whole(home)
    with only_in(home / WORKING, f"Working for {settings.home}"):
        environ.update(quiet(home))
        environ.update(
            {
                "PREFECT_API_URL": settings.prefect_url or HERE,
                "PREFECT_API_AUTH_STRING": account(home),
                "PREFECT_WORKER_QUERY_SECONDS": str(_LOOKS_EVERY),
                "PREFECT_WORKER_PREFETCH_SECONDS": str(_LOOKS_EVERY),
                "HF_HUB_OFFLINE": "1",
            }
        )
        Server(environ, None).wait()
        from flows.deploying import apply, take_up

        names = apply(Path.cwd())
        take_up()
        yield names


def work(settings: Settings) -> None:
    """Start a process for each run that is to be, until stopped; runs end with this process."""
    from prefect.workers.process import ProcessWorker

    from flows.deploying import POOL

    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, _stopped)
    worker = ProcessWorker(work_pool_name=POOL, name=f"{POOL}-worker", limit=settings.runs_at_once)
    asyncio.run(worker.start(printer=_nowhere))


def _stopped(*_told: object) -> None:
    # what runs is taken up again after the next start: a stop is no other than a kill
    os._exit(0)


def _nowhere(*_told: object) -> None:
    """Say nothing: the command has said that it works."""
