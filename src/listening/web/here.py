"""The site that this process serves."""

from __future__ import annotations

from listening.steps.attending import Reader
from listening.steps.handing import Handing, Job, Working
from listening.steps.site import Site

_OPEN: list[tuple[Site, Reader]] = []


def serve_from(site: Site, reader: Reader) -> None:
    """Let the pages work on `site`; `reader` reads what is confirmed there."""
    _OPEN[:] = [(site, reader)]


def site() -> Site:
    """Return the site of this process."""
    return _OPEN[0][0]


def working(flow: str, programme: str = "") -> Working | None:
    """Return how far the run is that does a job; None where no run does, or nothing is known."""
    hands = reader().hands
    return hands.working(Job(flow, programme)) if isinstance(hands, Handing) else None


def reader() -> Reader:
    """Return what reads the files that officers confirm."""
    return _OPEN[0][1]
