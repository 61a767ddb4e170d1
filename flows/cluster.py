"""Large work spread over a Dask cluster, through prefect-dask; without its setting, nothing here.

Only pure work goes out: texts to embed and texts to suggest codes for, pseudonymised, in batches
that their content alone decides. A worker has no store, no vault and no settings. What it is sent
is sealed, so that neither the scheduler's pages nor anybody's log shows a word, and every batch is
known by a hash. A batch whose worker is lost is done again by another one.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from itertools import chain, islice
from typing import Any, TypeVar

from listening.errors import ListeningError
from listening.records import Spread, in_turn

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Made = TypeVar("Made")

#: batches from which a cluster pays: of fewer, the workers' loading of models is most of the time
WORTH_IT = 8
#: batches that each thread of the cluster has before it, so that none is ever idle
WAITING = 2
#: seconds in which a scheduler has to answer, and a first worker or another one to come
ANSWER_S, WORKER_S = 20, 120
#: whose versions a result depends on
_VERSIONS = ("listening", "numpy", "scipy", "scikit-learn", "sentence-transformers", "torch")
_MEND = "Start it, or take LISTENING_DASK_ADDRESS out of the settings to work on this machine."


@dataclass(frozen=True)
class Sealed:
    """What is sent to a worker and back; nothing that prints it shows a word."""

    content: bytes = field(repr=False)

    @classmethod
    def of(cls, thing: Any) -> Sealed:
        """Seal anything that can be pickled."""
        return cls(pickle.dumps(thing, protocol=5))

    @property
    def key(self) -> str:
        """A hash of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What a worker says: what it is, and what it made or the kind of its fault."""

    machine: str
    made: Sealed | None
    fault: str = ""


@lru_cache(maxsize=1)
def machine() -> str:
    """Return what a result's bytes depend on: kind of processor and versions of the software."""
    # numpy knows which instructions it may use; other ones round in another way
    from numpy import _core

    able: Any = _core
    known = able._multiarray_umath.__cpu_features__
    features = sorted(name for name, there in known.items() if there)
    told = [platform.machine(), *features, *(f"{name} {version(name)}" for name in _VERSIONS)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def hold(shared: Sealed) -> Sealed:
    """Return what it is given: a task of its own, so that a lost worker's copy is made again."""
    return shared


@lru_cache(maxsize=2)
def _opened(shared: Sealed) -> Any:
    return pickle.loads(shared.content)  # noqa: S301 - sealed by whoever asked


def do(shared: Sealed, part: Sealed) -> Answer:
    """Do one batch on a worker. A fault is told by its kind: its message may quote a resident."""
    try:
        work, common = _opened(shared)
        made = Sealed.of(work(common, pickle.loads(part.content)))  # noqa: S301 - as above
    except Exception as fault:
        return Answer(machine(), None, type(fault).__name__)
    return Answer(machine(), made)


class Cluster:
    """A cluster as a `Spread`; it is spoken to only when there is enough to do."""

    def __init__(self, address: str, client: Callable[[], Any], worth_it: int = WORTH_IT) -> None:
        self.address = address
        self._client = client
        self._worth_it = worth_it

    def __call__(
        self, work: Callable[[Shared, Part], Made], shared: Shared, parts: Iterable[Part]
    ) -> Iterator[Made]:
        """Yield `work(shared, part)` for every part, in their order.

        Raises:
            ListeningError: the cluster does not answer, or would give other results.
        """
        left = iter(parts)
        first = list(islice(left, self._worth_it))
        if len(first) < self._worth_it:
            yield from in_turn(work, shared, first)
            return
        client = self._client()
        sealed = Sealed.of((work, shared))
        held = client.submit(hold, sealed, key=f"shared-{sealed.key}")
        asked: deque[Any] = deque()
        try:
            for part in chain(first, left):
                batch = Sealed.of(part)
                asked.append(client.submit(do, held, batch, key=f"batch-{sealed.key}-{batch.key}"))
                if len(asked) >= WAITING * self._threads(client):
                    yield self._made(client, asked.popleft())
            while asked:
                yield self._made(client, asked.popleft())
        finally:
            for future in (held, *asked):
                future.release()

    def _threads(self, client: Any) -> int:
        threads = sum(client.nthreads().values())
        return max(1, int(threads))

    def _made(self, client: Any, future: Any) -> Any:
        answer = self._answer(client, future)
        if answer.machine != machine():
            raise ListeningError(
                f"A worker of the cluster at {self.address}",
                "has another kind of processor or other versions of the software, and would give "
                "other results.",
                "Give every worker the same constraints.txt and processor, or stop that worker.",
            )
        if answer.made is None:
            raise ListeningError(
                f"A worker of the cluster at {self.address}",
                f"could not do its work ({answer.fault}).",
                "See that the embedding model is at the same place on every worker and that it has "
                "enough memory; then run again: what is kept is not done twice.",
            )
        return pickle.loads(answer.made.content)  # noqa: S301 - from a worker of ours

    def _answer(self, client: Any, future: Any) -> Any:
        """Wait for a batch as long as there is somebody to do it."""
        waited = 0
        while True:
            try:
                return future.result(timeout=ANSWER_S)
            except TimeoutError:
                waited = 0 if client.nthreads() else waited + ANSWER_S
                if waited >= WORKER_S:
                    raise _no_workers(self.address) from None
            except Exception as fault:  # of Dask: the work's own faults come back as answers
                raise ListeningError(
                    f"The Dask cluster at {self.address}",
                    f"gave up a batch ({type(fault).__name__}): its workers were lost too often.",
                    "See that they have enough memory; then run again: what is kept is not done "
                    "twice.",
                ) from None


def _no_workers(address: str) -> ListeningError:
    return ListeningError(f"The Dask cluster at {address}", "has no worker.", _MEND)


@contextmanager
def spreading(
    address: str,
    worth_it: int = WORTH_IT,
    answer_s: float = ANSWER_S,
    worker_s: float = WORKER_S,
) -> Iterator[Spread]:
    """Give the `Spread` of a cluster, or that of this machine where there is no address.

    Args:
        address: of the scheduler.
        worth_it: batches from which work is spread.
        answer_s: seconds in which the scheduler has to answer.
        worker_s: seconds in which a worker has to come.
    """
    if not address:
        yield in_turn
        return
    with ExitStack() as stack:
        made: list[Any] = []

        def client() -> Any:
            if not made:
                made.append(_connected(address, stack, answer_s, worker_s))
            return made[0]

        yield Cluster(address, client, worth_it)


def _connected(address: str, stack: ExitStack, answer_s: float, worker_s: float) -> Any:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise ListeningError(
            "LISTENING_DASK_ADDRESS",
            "is set, and prefect-dask is not installed.",
            "Install it (pip install 'listening[cluster]'), or take the setting out.",
        ) from None
    from dask import config

    # what goes out is large on purpose, and sealed
    config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    runner = DaskTaskRunner(address=address, client_kwargs={"timeout": answer_s})
    try:
        found = stack.enter_context(runner).client
    except (OSError, ValueError, TypeError):
        raise ListeningError(f"The Dask cluster at {address}", "does not answer.", _MEND) from None
    try:
        found.wait_for_workers(1, timeout=worker_s)
    except TimeoutError:
        raise _no_workers(address) from None
    return found
