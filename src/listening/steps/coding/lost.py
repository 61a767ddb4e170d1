"""Tasks that somebody deleted by hand are noticed, before what they asked is sent anew."""

from __future__ import annotations

from collections.abc import Sequence

from listening.labelstudio.protocol import Server
from listening.steps.work import Work
from listening.store.coding import SENT, KeptItem, KeptProject


def notice_lost(
    work: Work, server: Server, projects: Sequence[KeptProject]
) -> dict[str, list[KeptItem]]:
    """Note the tasks that are no more in Label Studio; return their items, by the project's key."""
    ours = [one for one in projects if one.number is not None]
    there = server.projects() if ours else {}
    found: dict[str, list[KeptItem]] = {}
    for project in ours:
        sent = work.store.loop.items(project.key, SENT)
        number = int(project.number or 0)
        # of that number another Label Studio may have somebody else's
        known = set(server.tasks(number)) if there.get(number) == project.key else set()
        lost = [one for one in sent if one.key not in known]
        if lost:
            work.store.loop.gone(project.key, [one.task for one in lost if one.task is not None])
            found[project.key] = lost
    return found
