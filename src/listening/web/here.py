"""The site that this process serves."""

from __future__ import annotations

from listening.steps.reader import Reader
from listening.steps.site import Site

_OPEN: list[tuple[Site, Reader]] = []


def serve_from(site: Site, reader: Reader) -> None:
    """Let the pages work on `site`; `reader` reads what is confirmed there."""
    _OPEN[:] = [(site, reader)]


def site() -> Site:
    """Return the site of this process."""
    return _OPEN[0][0]


def reader() -> Reader:
    """Return what reads the files that officers confirm."""
    return _OPEN[0][1]
