"""The whole way as a flow: ingest, discover, prioritise, report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from listening import steps
from listening.errors import Fault, ListeningError
from listening.steps import Prioritised, Work

#: the opened workplace of this process; flows are told ids alone, so that Prefect keeps no words
workplace: ContextVar[Work] = ContextVar("workplace")


@contextmanager
def without_words() -> Iterator[None]:
    """Let no exception reach Prefect that may quote a resident: Prefect keeps what it says."""
    try:
        yield
    except ListeningError:
        raise
    except Exception as error:
        if os.environ.get("LISTENING_DEBUG"):
            raise
        raise Fault.of(error) from None


@task(name="ingest", cache_policy=NO_CACHE, persist_result=False)
def ingest(run_id: str) -> None:
    """Read, pseudonymise and segment what the store does not know."""
    with without_words():
        steps.ingest(workplace.get(), run_id)


@task(name="discover", cache_policy=NO_CACHE, persist_result=False)
def discover(run_id: str) -> None:
    """Embed new texts and make the reading index."""
    with without_words():
        steps.discover(workplace.get(), run_id)


@task(name="prioritise", cache_policy=NO_CACHE, persist_result=False)
def prioritise(run_id: str) -> Prioritised:
    """Rank what people raised."""
    with without_words():
        return steps.prioritise(workplace.get(), run_id)


@task(name="report", cache_policy=NO_CACHE, persist_result=False)
def report(run_id: str, done: Prioritised, out: str) -> dict[str, Any]:
    """Write the working results."""
    with without_words():
        return steps.write_results(workplace.get(), run_id, done, Path(out))


@flow(name="listen", persist_result=False, validate_parameters=False)
def listen(run_id: str, out: str) -> dict[str, Any]:
    """Take a run the whole way; return what run.json holds."""
    ingest(run_id)
    discover(run_id)
    return report(run_id, prioritise(run_id), out)
