"""Tasks that hold the words of whoever withdrew are deleted in Label Studio: until all are gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from listening.errors import ListeningError
from listening.labelstudio.protocol import Server
from listening.steps.coding.parting import bring
from listening.steps.work import Work
from listening.store.coding import Leaving


@dataclass(frozen=True)
class Carried:
    """What became of the tasks that must go.

    Attributes:
        gone: how many are gone now.
        waiting: how many are still there, and are asked for again.
        why: what stood in the way; empty where nothing did.
        elsewhere: of those that wait, how many are in another Label Studio, by its address.
    """

    gone: int
    waiting: int
    why: str = ""
    elsewhere: Mapping[str, int] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know."""
        return tuple(
            f"{count:,} tasks that must be deleted are in the Label Studio at {address}, and not "
            "in the one that is asked now. Set LISTENING_LABEL_STUDIO_URL to that one and pull; "
            "where it is the same one at another address, say so: listening coding pull --moved."
            for address, count in self.elsewhere.items()
        )


def due(work: Work, address: str) -> list[Leaving]:
    """Return what must be deleted in the Label Studio at an address."""
    return [row for row in work.store.loop.leaving() if row.server in ("", address)]


def carry_out(work: Work, server: Server) -> Carried:
    """Delete every task that must go; what cannot be deleted now waits for the next time.

    A task is known by its item's key: one that was on its way when its person withdrew is found.
    What was coded of others' words in it is read first.
    What another Label Studio holds is not looked for here: it would be taken for gone.
    """
    every, rows = work.store.loop.leaving(), due(work, server.url)
    elsewhere = Counter(row.server for row in every if row.server not in ("", server.url))
    if not rows:
        return Carried(0, len(every), elsewhere=elsewhere)
    by_project: dict[str, list[Leaving]] = defaultdict(list)
    for row in rows:
        by_project[row.project_key].append(row)
    gone, why = 0, ""
    try:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, key in server.projects().items():
            numbers[key].append(number)
    except ListeningError as error:
        work.store.loop.tried([row.id for row in rows])
        return Carried(0, len(every), str(error), elsewhere)
    for key, leaving in by_project.items():
        ids = [row.id for row in leaving]
        try:
            for number in numbers[key]:
                bring(work, server, key, number, {row.item_key for row in leaving})
                _delete(server, number, leaving)
        except ListeningError as error:
            work.store.loop.tried(ids)
            why = str(error)
            continue
        work.store.loop.left(ids)
        gone += len(ids)
    return Carried(gone, len(every) - gone, why, elsewhere)


def _delete(server: Server, project: int, leaving: list[Leaving]) -> None:
    """Delete tasks of a project.

    Raises:
        ListeningError: one of them is still there.
    """
    keys = {row.item_key for row in leaving}
    # by their keys: a number that was noted may be another task's since. Looked for again once
    # they are gone, as an import that was answered late can have left one twice
    while tasks := [task for key, task in server.tasks(project).items() if key in keys]:
        if server.delete_tasks(project, tasks) < len(tasks):
            raise ListeningError(
                f"Label Studio project {project}",
                "still holds tasks that must be deleted.",
                "They are asked for again with the next pull or push.",
            )
