"""Seeing to what waits beside the pages: files to read, what was coded, what was asked for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

from listening.errors import Fault
from listening.steps import retaining
from listening.steps.arriving import sweep
from listening.steps.coding import following
from listening.steps.desk import asked, doing
from listening.steps.handing import Job, turn
from listening.steps.panel import keeping as panel_keeping
from listening.steps.reader import TRIES, read_next, tidy
from listening.steps.retaining import Place
from listening.steps.site import SERVING, WORKING, Site
from listening.store.connect import let_go
from listening.store.lock import only_in

_LOG = logging.getLogger("listening.reader")
#: seconds after which it is looked again whether a day has begun, or somebody has ended their work
RETAIN_EVERY = 300.0


class Hands(Protocol):
    """Who does what waits."""

    @property
    def looks_every(self) -> float:
        """Seconds after which it is looked for what waits, should nobody have told."""
        ...

    @property
    def alone_in(self) -> tuple[str, ...]:
        """Folders of the site in which nobody else may be meanwhile."""
        ...

    def begin(self, site: Site) -> None:
        """Begin, once nobody else does."""
        ...

    def next(self, site: Site) -> bool:
        """See to what waits; whether there may be more at once."""
        ...

    def pull(self, site: Site, hinted: bool) -> None:
        """Bring back what people coded, where somebody hinted at it or it is time."""
        ...

    def retain(self, site: Site) -> None:
        """Let go of what was kept for its time, where that was not looked at today."""
        ...


class OwnHands:
    """This process does it itself."""

    looks_every = 30.0
    #: beside the pages nobody works, and no worker
    alone_in = (SERVING, WORKING)

    def begin(self, site: Site) -> None:
        """Let what a kill broke off be done again."""
        doing.recover(site)

    def next(self, site: Site) -> bool:
        """Do what waits: what was asked for, what a panel said, a file; whether anything did."""
        return doing.do_next(site) or _heed_panels(site) or read_next(site)

    def pull(self, site: Site, hinted: bool) -> None:  # noqa: ARG002
        """Bring it back, and work out anew what rests on it."""
        pull_all(site)

    def retain(self, site: Site) -> None:
        """Let it go here and now."""
        retain_all(site)


class Reader(threading.Thread):
    """Sees to what is confirmed, coded and asked for, all the time that pages are served.

    A stop loses nothing and repeats nothing.

    A site has one: it is in `site.settings.home` alone from `begin` until `stop`.
    """

    def __init__(self, site: Site, hands: Hands | None = None) -> None:
        super().__init__(name="reader", daemon=True)
        self._site = site
        self.hands = hands or OwnHands()
        self._told = threading.Event()
        self._stopping = False
        self._alone = ExitStack()
        self._hinted = False
        self._pull_at = 0.0
        self._retain_at = 0.0

    def begin(self) -> None:
        """Clear away what a kill may have left, and begin to read.

        Raises:
            ListeningError: another process does so for this site.
        """
        home = self._site.settings.home
        for name in self.hands.alone_in:
            self._alone.enter_context(only_in(home / name, f"Serving from {home}"))
        tidy(self._site)
        self.hands.begin(self._site)
        self.start()

    def nudge(self) -> None:
        """Tell it that something was confirmed or asked for."""
        self._told.set()

    def hint(self) -> None:
        """Tell it that somebody may have coded something."""
        self._hinted = True
        self._told.set()

    def stop(self) -> None:
        """Let it end with what it is doing."""
        self._stopping = True
        self._told.set()
        self.join()
        self._alone.close()

    def run(self) -> None:
        """Go on until stopped; what was asked for comes before the next file."""
        while not self._stopping:
            if not self._did():
                let_go()
                self._told.wait(self.hands.looks_every)
                self._told.clear()

    def _did(self) -> bool:
        """Do what is next; a database that is away, or another fault, is met again by and by."""
        try:
            if self.hands.next(self._site):
                return True
            _sweep(self._site)
            self._retain()
            return self._pull()
        except Exception as error:
            _LOG.error("%s", Fault.of(error))
            return False

    def _retain(self) -> None:
        """Let go of what was kept for its time; a fault in it must not stop the reading."""
        if time.monotonic() < self._retain_at:
            return
        self._retain_at = time.monotonic() + RETAIN_EVERY
        try:
            self.hands.retain(self._site)
        except Exception as error:
            _LOG.error("%s", Fault.of(error))

    def _pull(self) -> bool:
        """Bring back what people coded, on a hint or when it is time; whether more is asked for."""
        if not self._hinted and time.monotonic() < self._pull_at:
            return False
        hinted, self._hinted = self._hinted, False
        self.hands.pull(self._site, hinted)
        self._pull_at = time.monotonic() + following.EVERY
        return doing.ask_for_results(self._site)


def read_all(site: Site) -> int:
    """Keep what panels said and read what was confirmed, until nothing waits; return how many.

    A fault that may pass is raised.
    """
    tidy(site)  # a kill may have left a file open
    read = 0
    while panel_keeping.keep_next(site) or read_next(site, TRIES):
        read += 1
    return read


def pull_all(site: Site) -> None:
    """Bring back what people coded of every programme, and work out the figures that are due."""
    following.pull_everywhere(site)
    doing.keep_figures(site)


def retain_all(site: Site) -> int:
    """Let go of what was kept for its time, where nobody works; return in how many programmes.

    A fault in one programme stops no other; the last one is raised at the end.
    """
    seen, fault = 0, None
    for place in list(retaining.waiting(site)):
        with _quiet(site, place) as quiet:
            if not quiet:
                continue  # it is looked again in a while
            try:
                retaining.by_itself(place)
                seen += 1
            except Exception as error:
                fault = error
    if fault:
        raise fault
    return seen


@contextmanager
def _quiet(site: Site, place: Place) -> Iterator[bool]:
    """Let no run begin in a programme; False where somebody works in it just now."""
    with ExitStack() as inside:
        jobs = [Job(group, place.slug) for group in asked.GROUPS]
        turns = [inside.enter_context(turn(site.settings.home, job)) for job in jobs]
        yield all(turns) and place.work.is_quiet


def _heed_panels(site: Site) -> bool:
    """Keep what panels said; a fault in it must not stop the reading."""
    try:
        return panel_keeping.keep_next(site)
    except Exception as error:
        _LOG.error("%s", Fault.of(error))
        return False


def _sweep(site: Site) -> None:
    """Sweep what ran out; a fault in it must not stop the reading."""
    try:
        sweep(site)
        panel_keeping.sweep(site)
    except Exception as error:
        _LOG.error("%s", Fault.of(error))
