"""Tasks that wait to be settled show what coders gave up to now, and not when they were sent."""

from __future__ import annotations

from collections.abc import Collection

from listening.labelstudio.protocol import Server
from listening.labelstudio.tasks import ANSWERS
from listening.steps.coding.delivering import Build
from listening.steps.work import Work
from listening.store.coding import SENT, KeptProject


def refresh(
    work: Work, server: Server, project: KeptProject, build: Build, known: Collection[str]
) -> int:
    """Put the answers of now into tasks that nobody has settled; return how many were others.

    What is shown around them stays as it was sent, and so does a task that somebody submitted.

    Args:
        work: the workplace.
        server: the Label Studio.
        project: the one in which they wait.
        build: makes the task of an item as it is now.
        known: keys of the items that it can make.
    """
    settled = work.store.loop.readers(project.key)
    sent = {one.task: one for one in work.store.loop.items(project.key, SENT)}
    waiting = {
        task: one for task, one in sent.items() if one.key in known and one.key not in settled
    }
    count = 0
    for task in server.changed(int(project.number or 0), "") if waiting else ():
        number = int(task["id"])
        if number not in waiting or task["annotations"]:
            continue
        with work.alone():  # whoever withdrew meanwhile has no task here any more
            still = work.store.loop.of_tasks(project.key, [number])
            answers = build(still[number])["data"][ANSWERS] if still else task["data"].get(ANSWERS)
            if task["data"].get(ANSWERS) != answers:
                server.update_task(
                    int(project.number or 0), number, task["data"] | {ANSWERS: answers}, ()
                )
                count += 1
    return count
