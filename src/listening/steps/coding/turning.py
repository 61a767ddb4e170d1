"""One turn of the loop: what was coded comes back, teaches, and what to code next goes out.

Nobody is waited for: a turn may be made at any time, and there is always one more to make until the
rules for stopping hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from listening.codebook import load as load_codebook
from listening.coding.selection import BATCH
from listening.errors import NothingToDo
from listening.labelstudio.nouns import ASSISTED, Item
from listening.labelstudio.protocol import Server
from listening.labelstudio.tasks import task_of
from listening.steps.coding.books import book_for
from listening.steps.coding.coded import pulled_rows
from listening.steps.coding.hints import hints
from listening.steps.coding.planning import material
from listening.steps.coding.pushing import Pushed, push
from listening.steps.selecting import select
from listening.steps.stopping import stopping
from listening.steps.work import Work
from listening.store.coding import SENT, KeptItem

#: tasks whose suggestions are renewed in a turn: those that are read next
RENEWED = 100


@dataclass(frozen=True)
class Rules:
    """What the rules for stopping say.

    Attributes:
        met: whether coding may stop; None where it cannot be said.
        said: in a sentence.
    """

    met: bool | None
    said: str


def rules(work: Work, run_id: str, seed: int = 0) -> Rules:
    """Say whether coding may stop, by what was pulled."""
    k = int(work.store.run(run_id).parameters.get("k", 6))
    try:
        told = stopping(work, run_id, None, [], k, seed, None, pulled_rows(work, run_id))
    except NothingToDo as nothing:
        return Rules(None, str(nothing))
    return Rules(told.met, told.headline)


def choose_more(work: Work, run_id: str, seed: int = 0) -> int:
    """Choose a further batch where little is left to read; return how many passages.

    It is chosen by what was pulled: what the machine is least sure of comes first.
    """
    left = sum(
        one.waiting + one.unsent
        for one in work.store.loop.standings()
        if one.project.role == ASSISTED
    )
    if left >= BATCH:
        return 0
    try:
        return _chosen(work, run_id, seed)
    except NothingToDo:
        return 0


def _chosen(work: Work, run_id: str, seed: int) -> int:
    told = select(work, run_id, None, None, seed, pulled_rows(work, run_id))
    return sum(told.passages.values())


def push_more(work: Work, run_id: str, server: Server, seed: int = 0) -> Pushed:
    """Send what was chosen, to the same coders and under the same codebook as before."""
    return push(work, run_id, book_for(work, run_id, None), server, (), seed=seed)


def renew(work: Work, run_id: str, server: Server) -> int:
    """Give the tasks that are read next suggestions learnt from all that was coded; how many."""
    book = load_codebook(book_for(work, run_id, None))
    with work.alone():
        items = {item.key: item for item in material(work, run_id).items}
    waiting = [
        (number, kept, items[kept.key])
        for number, kept in _unread(work, book.id)
        if kept.key in items
    ]
    told = hints(work, run_id, book, [item for _, _, item in waiting])
    if not told.learnt:
        return 0
    done = 0
    for number, kept, item in waiting:
        shown: Item = replace(item, order=kept.order, stream=kept.stream, blind=kept.blind)
        task = task_of(shown, told.of.get(kept.key, ()), book, ASSISTED)
        with work.alone():  # whoever withdrew meanwhile has no task here any more
            still = work.store.loop.of_tasks(_key(work, number), [kept.task or 0])
            if still:
                server.update_task(number, kept.task or 0, task["data"], task["predictions"])
                done += 1
        work.progress("push", done, len(waiting))
    return done


def _unread(work: Work, codebook: str) -> list[tuple[int, KeptItem]]:
    """Return the tasks with suggestions that nobody has read, the next ones first."""
    found = []
    for project in work.store.loop.projects():
        if project.role != ASSISTED or project.codebook != codebook or project.number is None:
            continue
        read = work.store.loop.readers(project.key)
        sent = work.store.loop.items(project.key, SENT)
        mine = [one for one in sent if one.key not in read and not one.blind]
        found += [(project.number, one) for one in mine[:RENEWED]]
    return found


def _key(work: Work, number: int) -> str:
    return next(one.key for one in work.store.loop.projects() if one.number == number)
