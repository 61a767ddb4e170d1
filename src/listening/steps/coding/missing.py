"""Tasks that are no more in Label Studio although nobody here asked for that."""

from __future__ import annotations

from listening.labelstudio.protocol import Server
from listening.steps.coding.showing import title_of
from listening.steps.work import Work
from listening.store.coding import SENT


def missing(work: Work, server: Server) -> tuple[str, ...]:
    """Say of each project how many tasks somebody deleted by hand.

    Label Studio tells of a deleted task by its absence alone: all that are there are listed, so
    this is for somebody who asks, and not for every minute.

    Args:
        work: the workplace.
        server: the Label Studio.

    Raises:
        ListeningError: Label Studio does not answer.
    """
    there = server.projects()
    said = []
    for project in work.store.loop.projects():
        if project.number is None or there.get(project.number) != project.key:
            continue
        known = server.tasks(project.number)
        lost = sum(one.key not in known for one in work.store.loop.items(project.key, SENT))
        if lost:
            what = "task was" if lost == 1 else "tasks were"
            said.append(
                f"{lost:,} {what} deleted by hand in Label Studio, in “{title_of(project)}”. What "
                "was read of it is kept; listening coding push asks again for the rest."
            )
    return tuple(said)
