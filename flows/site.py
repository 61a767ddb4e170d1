"""What waits beside the pages, as flows: each is told what to look after, and does all that waits.

A run may be killed at any moment and done again: what is finished is known by its content, and is
not done twice. Prefect keeps ids, names of stages and counts, and no result.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.listen import Stopped
from flows.telling import Telling
from listening.errors import Fault, ListeningError
from listening.settings import read as settings_of
from listening.steps import PackagedModels
from listening.steps.attending import pull_all, read_all, retain_all
from listening.steps.desk import asked, doing
from listening.steps.handing import PULL, READ, RETAIN, Job, turn
from listening.steps.site import Site, open_site
from listening.store.connect import let_go

_LOG = logging.getLogger("listening.reader")
#: seconds after which a stage is tried again whose fault may pass: a database that is being
#: restarted, a Label Studio that does not answer
PAUSES = [5.0, 20.0, 60.0]
TRIES = len(PAUSES)


@contextmanager
def _at(job: Job) -> Iterator[Site | None]:
    """Yield the site of this process; None where another process does the job now.

    Raises:
        Stopped: whatever happens, Prefect hears a fixed sentence.
    """
    settings = settings_of(os.environ, Path.cwd())
    try:
        with turn(settings.home, job) as mine:
            site = open_site(settings, PackagedModels(settings)) if mine else None
            if site:
                site.progress = Telling(job.key)
            yield site
    except Exception as error:
        # its own words may be a resident's; ours name files
        told = type(error).__name__ if isinstance(error, ListeningError) else str(Fault.of(error))
        _LOG.error("%s: %s", job.key, told)
        raise Stopped("A stage could not be finished.") from None
    finally:
        with suppress(Exception):
            let_go()


@task(
    name="read what was confirmed",
    retries=TRIES,
    retry_delay_seconds=PAUSES,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def _read() -> int:
    with _at(Job(READ)) as site:
        return read_all(site) if site else 0


@task(
    name="do what was asked for",
    retries=TRIES,
    retry_delay_seconds=PAUSES,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def _do(group: str, programme: str) -> int:
    with _at(Job(group, programme)) as site:
        return doing.do_waiting(site, programme, asked.GROUPS[group]) if site else 0


@task(
    name="pull what was coded",
    retries=TRIES,
    retry_delay_seconds=PAUSES,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def _pull() -> None:
    with _at(Job(PULL)) as site:
        if site:
            pull_all(site)


@task(
    name="let go of what was kept for its time",
    retries=TRIES,
    retry_delay_seconds=PAUSES,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def _retain() -> int:
    with _at(Job(RETAIN)) as site:
        return retain_all(site) if site else 0


@flow(name="read", persist_result=False, validate_parameters=False)
def read() -> int:
    """Read what officers confirmed, and keep what panels said; return how many."""
    return _read()


@flow(name="results", persist_result=False, validate_parameters=False)
def results(programme: str) -> int:
    """Work out a programme's priorities, and the release that was asked for."""
    return _do("results", programme)


@flow(name="desk", persist_result=False, validate_parameters=False)
def desk(programme: str) -> int:
    """Do what a programme's researchers asked for: pull, push, the next batch and so on."""
    return _do("desk", programme)


@flow(name="pull", persist_result=False, validate_parameters=False)
def pull() -> None:
    """Bring back what people coded, and delete in Label Studio what must go."""
    _pull()


@flow(name="retain", persist_result=False, validate_parameters=False)
def retain() -> int:
    """Let go of what was kept for its time, in programmes that have rules; return in how many."""
    return _retain()
