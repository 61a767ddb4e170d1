"""The store that a command works on, and the run that is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from listening.cli import options as opt
from listening.cli.withdraw import store_home

if TYPE_CHECKING:
    from listening.steps import Work

Progress = Callable[[str, int, int], None]


def of_store(out: Path | None, progress: Progress | None = None) -> Work:
    """Open the store of this process, or of a folder of `listening run`.

    Raises:
        BadParameter: there is none in that folder.
        NothingToDo: it is the folder of a site.
    """
    work = opt.work(progress, store_home(out))
    see_programme(work)
    return work


def see_programme(work: Work) -> None:
    """See that a store is a programme's, and not the folder from which several are served.

    Raises:
        NothingToDo: it is such a folder; the message names the programmes in it.
    """
    from listening import steps
    from listening.errors import NothingToDo
    from listening.steps.site import one_of

    try:
        steps.newest(work)
    except NothingToDo:
        one_of(work.settings.home)


def of_run(out: Path | None, run: str, progress: Progress | None = None) -> tuple[Work, str]:
    """Open a store, and return it with the id of a run: the newest where none is named.

    Raises:
        BadParameter: there is no store in that folder.
        NothingToDo: there is no run, or none of that id.
    """
    work = of_store(out, progress)
    from listening import steps

    return work, steps.newest(work, run)
