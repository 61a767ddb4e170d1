"""The whole way as a flow: ingest, discover, prioritise, report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.cluster import spreading
from listening import steps
from listening.records import in_turn
from listening.steps import Prioritised, Work

#: the opened workplace of this process; flows are told ids alone, so that Prefect keeps no words
workplace: ContextVar[Work] = ContextVar("workplace")


class Stopped(Exception):  # noqa: N818
    """All that Prefect is told of a fault; what happened is told by whoever started the flow."""


@contextmanager
def at(work: Work) -> Iterator[None]:
    """Give flows a workplace; raise a fault as it was where it happened, not as Prefect told it.

    Where a cluster is set, large work of theirs is spread over it.
    """
    token = workplace.set(work)
    try:
        with spreading(work.settings.dask_address) as work.spread:
            yield
    except Exception:
        if work.fault is None:
            raise
        raise work.fault from None
    finally:
        work.spread = in_turn
        workplace.reset(token)


@contextmanager
def without_words() -> Iterator[Work]:
    """Yield the workplace; keep a fault for the caller and let Prefect have a fixed sentence.

    Prefect keeps what an exception says, and may be another machine; our sentences name files and
    columns, and those of libraries may quote a resident.
    """
    work = workplace.get()
    try:
        yield work
    except Exception as error:
        work.fault = error
        raise Stopped("A stage could not be finished.") from None


@task(name="ingest", cache_policy=NO_CACHE, persist_result=False)
def ingest(run_id: str) -> None:
    """Read, pseudonymise and segment what the store does not know."""
    with without_words() as work:
        steps.ingest(work, run_id)


@task(name="discover", cache_policy=NO_CACHE, persist_result=False)
def discover(run_id: str) -> None:
    """Embed new texts and make the reading index."""
    with without_words() as work:
        steps.discover(work, run_id)


@task(name="prioritise", cache_policy=NO_CACHE, persist_result=False)
def prioritise(run_id: str) -> Prioritised:
    """Rank what people raised."""
    with without_words() as work:
        return steps.prioritise(work, run_id)


@task(name="report", cache_policy=NO_CACHE, persist_result=False)
def report(run_id: str, done: Prioritised) -> dict[str, Any]:
    """Write the working results."""
    with without_words() as work:
        return steps.write_results(work, run_id, done, work.out)


@flow(name="listen", persist_result=False, validate_parameters=False)
def listen(run_id: str) -> dict[str, Any]:
    """Take a run the whole way; return what run.json holds."""
    ingest(run_id)
    discover(run_id)
    return report(run_id, prioritise(run_id))
