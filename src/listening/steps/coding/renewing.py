"""Tasks that are read next get suggestions learnt from all that was coded since they were sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from listening.codebook import load as load_codebook
from listening.labelstudio.nouns import ASSISTED
from listening.labelstudio.protocol import Server
from listening.labelstudio.tasks import task_of
from listening.steps.coding.books import book_for
from listening.steps.coding.hints import Hints, hints
from listening.steps.coding.planning import material
from listening.steps.coding.pushing import suggested
from listening.steps.work import Work
from listening.store.coding import SENT, KeptItem, KeptProject

#: tasks of a project that are looked at in a turn: those that are read next
RENEWED = 100


@dataclass(frozen=True)
class Renewed:
    """Whose suggestions are others now.

    Attributes:
        tasks: how many.
        later: how many more wait to be read and were not looked at: they keep theirs for now.
    """

    tasks: int
    later: int = 0


def renew(work: Work, run_id: str, server: Server) -> Renewed:
    """Give the tasks that are read next the suggestions of now, where these are others."""
    book = load_codebook(book_for(work, run_id, None))
    with work.alone():
        items = {item.key: item for item in material(work, run_id).items}
    unread = [one for one in _unread(work, book.id) if one[1].key in items]
    first, later = _first(unread)
    told = hints(work, run_id, book, [items[kept.key] for _, kept in first])
    if not told.learnt:
        return Renewed(0, later)
    others = _others(work, first, told)
    for done, (project, kept) in enumerate(others, start=1):
        item = replace(items[kept.key], order=kept.order, stream=kept.stream, blind=kept.blind)
        task = task_of(item, told.of.get(kept.key, ()), book, ASSISTED)
        number = kept.task or 0
        with work.alone():  # whoever withdrew meanwhile has no task here any more
            if work.store.loop.of_tasks(project.key, [number]):
                # noted first: what is read from now on was read with them in view
                work.store.loop.sent(project.key, {kept.key: number}, hinted=True)
                shown = {kept.key: [], **suggested([kept], told)}
                work.store.loop.keep_suggested(project.key, shown)
                server.update_task(
                    int(project.number or 0), number, task["data"], task["predictions"]
                )
        work.progress("push", done, len(others))
    return Renewed(len(others), later)


def _unread(work: Work, codebook: str) -> list[tuple[KeptProject, KeptItem]]:
    """Return the tasks with suggestions that nobody has read, the next ones first."""
    found = []
    for project in work.store.loop.projects():
        if project.role != ASSISTED or project.codebook != codebook or project.number is None:
            continue
        read = work.store.loop.readers(project.key)
        sent = work.store.loop.items(project.key, SENT)
        found += [(project, one) for one in sent if one.key not in read and not one.blind]
    return found


def _first(
    unread: list[tuple[KeptProject, KeptItem]],
) -> tuple[list[tuple[KeptProject, KeptItem]], int]:
    """Return those of each project that are read next, and how many come later."""
    placed = Counter[str]()
    first = []
    for project, kept in unread:
        placed[project.key] += 1
        if placed[project.key] <= RENEWED:
            first.append((project, kept))
    return first, len(unread) - len(first)


def _others(
    work: Work, tasks: list[tuple[KeptProject, KeptItem]], told: Hints
) -> list[tuple[KeptProject, KeptItem]]:
    """Return the tasks that show something else than what is suggested now."""
    shown: dict[str, set[tuple[str, float, int, int]]] = defaultdict(set)
    columns = ("item", "code", "probability", "start", "end")
    table = work.store.loop.suggested()
    for key, code, chance, start, end in zip(*(table[n].tolist() for n in columns), strict=True):
        shown[key].add((code, chance, start, end))
    now = suggested([kept for _, kept in tasks], told)
    return [
        (project, kept)
        for project, kept in tasks
        if not kept.hinted or shown.get(kept.key, set()) != set(now.get(kept.key, ()))
    ]
