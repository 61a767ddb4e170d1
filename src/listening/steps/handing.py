"""Handing what waits beside the pages to runs of Prefect, and seeing to it that they end.

What waits is known by the accounts and the vaults, and not by Prefect: a run is told what to look
after and does all of it that waits. So a run that is lost, or a Prefect that lost everything, costs
a new run and nothing else. While a run works its process is inside a lock: the system frees it
however the process ends, and a run without it is taken up again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from listening.errors import ListeningError, ServerAway
from listening.steps import orchestrating, retaining
from listening.steps.coding import following
from listening.steps.desk import asked
from listening.steps.orchestrating import Run, Runs, Stage
from listening.steps.panel import sheets
from listening.steps.site import SERVING, WORKING, Site, now
from listening.store.accounts import people
from listening.store.accounts import uploads as kept
from listening.store.lock import is_free, only_in

_LOG = logging.getLogger("listening.reader")
#: what runs do for the whole site; what they do for one programme are the groups of `asked`
READ, PULL, RETAIN = "read", "pull", "retain"
#: after which time it is pulled without a hint: a run costs the start of a process
PULL_EVERY = timedelta(minutes=5)
#: how often a run that did not live to its end is taken up again
AGAIN = 3
#: how long after its beginning a run must be inside its lock, and how long it may be begun
_INSIDE, _BEGUN = timedelta(seconds=30), timedelta(minutes=2)
#: how long a failed run rests before it is tried again, the first time
_REST = timedelta(seconds=15)
#: how long after a run was given up another is tried
_GIVEN_UP = timedelta(minutes=10)


@dataclass(frozen=True)
class Job:
    """What a run looks after: what one flow does, for the site or for a programme."""

    flow: str
    programme: str = ""

    @property
    def key(self) -> str:
        """Name of it, and of its lock."""
        return f"{self.flow}-{self.programme}" if self.programme else self.flow

    @property
    def parameters(self) -> Mapping[str, str]:
        """What its run is told."""
        return {"programme": self.programme} if self.programme else {}


@dataclass(frozen=True)
class Working:
    """What pages say of a job.

    Attributes:
        stage: how far it is; None where that is not known.
        since: when it began; None where it waits for a worker.
        lost: whether it was tried until it was given up.
    """

    stage: Stage | None = None
    since: datetime | None = None
    lost: bool = False


@contextmanager
def turn(home: Path, job: Job) -> Iterator[bool]:
    """Be the only one who does a job; False where another process does it now."""
    with ExitStack() as inside:
        try:
            inside.enter_context(only_in(_lock(home, job), job.key))
        except ListeningError:
            yield False
            return
        yield True


@dataclass
class Handing:
    """Hands jobs to runs, by the thread beside the pages."""

    runs: Runs
    #: how often each run was taken up again
    tried: dict[str, int] = field(default_factory=dict)
    #: seconds after which it looks for what waits, and for runs that are lost
    looks_every: float = 5.0
    #: when it was pulled last
    pulled: datetime | None = None
    #: whether Prefect answered the last time
    answers: bool = True
    alone_in: tuple[str, ...] = (SERVING,)

    def begin(self, site: Site) -> None:
        """Begin with nothing: what was broken off is found by the run that does it."""

    def next(self, site: Site) -> bool:
        """See that everything that waits is being done; nothing is done here."""
        for job in waiting(site):
            self._see_to(site, job)
        return False

    def pull(self, site: Site, hinted: bool) -> None:
        """Have it pulled on a hint, and every few minutes where anybody codes."""
        due = self.pulled is None or now() - self.pulled >= PULL_EVERY
        if hinted or (due and following.any_codes(site)):
            self.pulled = now()
            self._see_to(site, Job(PULL))

    def retain(self, site: Site) -> None:
        """Have it let go, where something waits for that."""
        if any(True for _ in retaining.waiting(site)):
            self._see_to(site, Job(RETAIN))

    def working(self, job: Job) -> Working | None:
        """Return what pages say of a job that waits; None where Prefect does not answer."""
        try:
            run = next(iter(self.runs.of(job.key)), None)
            if run is None or run.state != orchestrating.RUNNING:
                return Working(lost=run is not None and self._given_up(run))
            return Working(self.runs.how_far(run), run.began)
        except ServerAway:
            return None

    def _see_to(self, site: Site, job: Job) -> None:
        try:
            run = next(iter(self.runs.of(job.key)), None)
            if run is None or self._is_over(run):
                self.runs.start(job.flow, job.key, job.parameters)
            elif _lost(site.settings.home, job, run):
                self._take_up(run)
            self.answers = True
        except ServerAway as error:
            if self.answers:  # said once
                _LOG.warning("%s", error)
            self.answers = False

    def _is_over(self, run: Run) -> bool:
        """Whether what waits needs another run."""
        rested = now() - run.since >= _GIVEN_UP
        if run.state == orchestrating.CANCELLED or self._given_up(run):
            return rested
        return run.state == orchestrating.COMPLETED

    def _given_up(self, run: Run) -> bool:
        return _ended_badly(run) and self.tried.get(run.id, 0) >= AGAIN

    def _take_up(self, run: Run) -> None:
        times = self.tried.get(run.id, 0)
        if times >= AGAIN and _ended_badly(run):
            return
        failed = run.state == orchestrating.FAILED
        self.runs.again(run, _REST * 2**times if failed else timedelta())
        self.tried[run.id] = times + 1
        _LOG.warning("A run (%s) did not live to its end and is taken up again.", run.id)


def waiting(site: Site) -> Iterator[Job]:
    """Return what waits to be done."""
    to_read, rest = kept.to_read() is not None, []
    for programme in people.programmes():
        vault = site.work(programme).vault
        try:
            to_read = to_read or bool(sheets.sent(vault))
            still = {one.what for one in asked.everything(vault) if one.open}
        except ListeningError as error:  # a vault whose key is not set stops no other programme
            _LOG.warning("%s: %s", programme.slug, error)
            continue
        groups = asked.GROUPS.items()
        rest += [Job(group, programme.slug) for group, kinds in groups if still.intersection(kinds)]
    if to_read:
        yield Job(READ)
    yield from rest


def _lock(home: Path, job: Job) -> Path:
    return home / WORKING / job.key


def _ended_badly(run: Run) -> bool:
    return run.state in (orchestrating.CRASHED, orchestrating.FAILED)


def _lost(home: Path, job: Job, run: Run) -> bool:
    """Whether a run will not come to its end by itself."""
    stood = now() - run.since
    if run.state == orchestrating.RUNNING:
        return stood >= _INSIDE and is_free(_lock(home, job))
    if run.state == orchestrating.PENDING:
        return stood >= _BEGUN
    return _ended_badly(run)
