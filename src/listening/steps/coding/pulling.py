"""What people coded comes back: what changed since the last time, page by page.

It may be stopped, run twice and run twice at once: a page is kept whole or not at all, with how far
it goes, and the same again is no news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from listening.codebook import Codebook
from listening.codebook import load as load_codebook
from listening.errors import ListeningError
from listening.labelstudio.annotations import read_task
from listening.labelstudio.names import KEY
from listening.labelstudio.protocol import Server
from listening.records import Reject
from listening.steps.coding.kept import as_kept, item_of
from listening.steps.coding.leaving import carry_out, due
from listening.steps.coding.showing import title_of
from listening.steps.desk import pulled
from listening.steps.work import Work
from listening.store.coding import SENDING, KeptItem, KeptProject, ReadTask, Saved

#: tasks that are kept in one transaction
PAGE = 100
#: readings that coders take back between two pulls without anybody wondering
_FEW = 5


@dataclass(frozen=True)
class Pulled:
    """What came back.

    Attributes:
        tasks: how many were looked at; those that changed shortly before the last pull are again.
        saved: what they brought.
        rejects: what could not be used, with the reason.
        held_back: tasks of files in which somebody's consent has ended.
        begun: of the tasks looked at, how often somebody began and did not submit.
        gone: tasks that were deleted because somebody withdrew; waiting: that still must be.
        notes: what a person should know.
    """

    tasks: int = 0
    saved: Saved = field(default_factory=Saved)
    rejects: tuple[Reject, ...] = ()
    held_back: int = 0
    begun: int = 0
    gone: int = 0
    waiting: int = 0
    notes: tuple[str, ...] = ()


def pull(work: Work, server: Server, everything: bool = False, moved: bool = False) -> Pulled:
    """Bring back what people coded, or took back, since the last pull.

    Args:
        work: the workplace.
        server: the Label Studio.
        everything: read every task again, whenever it changed.
        moved: it is the one to which everything was sent, at another address than then.

    Raises:
        ListeningError: Label Studio does not answer; what came before is kept.
    """
    pulled.begins(work)
    try:
        told = _pull(work, server, everything, moved)
    except ListeningError as error:
        pulled.failed(work, error)
        raise
    pulled.came(work)
    return told


def _pull(work: Work, server: Server, everything: bool, moved: bool) -> Pulled:
    if moved:
        work.store.loop.moved(server.url)
    carried = carry_out(work, server)
    coders = work.store.loop.keep_coders(server.coders())
    there = server.projects()
    done = Pulled(gone=carried.gone, waiting=carried.waiting, notes=carried.notes)
    for project in work.store.loop.projects():
        if project.number is None:
            continue
        if there.get(project.number) != project.key:
            note = (
                f"The project “{title_of(project)}” is no more in Label Studio. What was read "
                "of it is kept; push again to ask for the rest."
            )
            done = replace(done, notes=(*done.notes, note))
            continue
        done = _pull_project(work, server, project, coders, everything, done)
    if done.held_back:
        note = (
            f"{done.held_back} tasks were left aside: somebody's consent in their file has ended. "
            "Read the files in again, then pull."
        )
        done = replace(done, notes=(*done.notes, note))
    if everything and done.begun:
        # what is begun changes no task's time: only who reads every task meets it
        note = (
            f"{done.begun:,} items were begun and not submitted, as far as their text has reached "
            "Label Studio: they count once they are submitted."
        )
        done = replace(done, notes=(*done.notes, note))
    for who, count in Counter(done.saved.by_others).items():
        note = (
            f"{count:,} readings were last changed by {who}, who had not made them. They count as "
            "they are now, for whoever made them: if that was a mistake, let those open them again."
        )
        done = replace(done, notes=(*done.notes, note))
    if done.saved.deleted > _FEW:
        note = (
            f"{done.saved.deleted:,} readings are no more in Label Studio, and count no more here. "
            "If nobody deleted them, an older backup of Label Studio may have been put back: put "
            "the newest one back, then read everything again: listening coding pull --all."
        )
        done = replace(done, notes=(*done.notes, note))
    return done


def _pull_project(
    work: Work,
    server: Server,
    project: KeptProject,
    coders: Mapping[int, str],
    everything: bool,
    done: Pulled,
) -> Pulled:
    book = load_codebook(work.store.loop.book(project.codebook, project.version))
    held = False
    for page in _pages(_changed(work, server, project, everything)):
        # whoever withdraws meanwhile is waited for, and is not in the store any more afterwards
        with work.alone():
            now = next(one for one in work.store.loop.projects() if one.key == project.key)
            if now.version != project.version:
                break  # carried to another one meanwhile: this page may say what it said before
            items = work.store.loop.of_tasks(project.key, [int(task["id"]) for task in page])
            documents = [item.document_id for item in items.values()]
            words = work.store.loop.words(documents, work.today.isoformat())
            read, held_back = _read(project, page, items, words, book, coders)
            held = held or held_back > 0
            # what was held back is asked for again
            cursor = "" if held else _newest(page)
            saved = work.store.loop.save_page(project.key, read, cursor)
        done = _clear(work, server, project, page, items, done)
        rejects = tuple(Reject(**reject) for task in read for reject in task.rejects)
        done = replace(
            done,
            tasks=done.tasks + len(page),
            saved=done.saved + saved,
            rejects=(*done.rejects, *rejects),
            held_back=done.held_back + held_back,
            begun=done.begun + sum(task.begun for task in read),
        )
        work.progress("pull", done.tasks, 0)
    else:
        return done
    return _pull_project(work, server, now, coders, everything, done)


def _clear(
    work: Work,
    server: Server,
    project: KeptProject,
    page: Sequence[Mapping[str, Any]],
    items: Mapping[int, KeptItem],
    done: Pulled,
) -> Pulled:
    """Delete tasks of ours that nothing is known of, as far as nobody has begun one.

    An import that a proxy gave up waiting for can end after it was asked for again: it leaves each
    task twice, or one of somebody who withdrew meanwhile.
    """
    strange = [task for task in page if int(task["id"]) not in items]
    if not strange:
        return done
    with work.alone():  # what is being sent is noted before this goes on
        sending = {one.key for one in work.store.loop.items(project.key, SENDING)}
        sending |= {one.item_key for one in due(work, server.url)}
        known = work.store.loop.of_tasks(project.key, [int(task["id"]) for task in strange])
    strange = [
        task
        for task in strange
        if int(task["id"]) not in known and str(task["data"].get(KEY)) not in sending
    ]
    idle = [one for one in strange if not one["annotations"] and not one["drafts"]]
    if idle:
        server.delete_tasks(int(project.number or 0), [int(one["id"]) for one in idle])
    notes = list(done.notes)
    if idle:
        notes.append(
            f"{len(idle):,} tasks in “{title_of(project)}” stood there twice, or are of nobody any "
            "more: they were deleted. Nobody had begun them."
        )
    if coded := len(strange) - len(idle):
        notes.append(
            f"{coded:,} tasks in “{title_of(project)}” are not known here and somebody coded them: "
            "they do not count. They may stand there twice: code the other one, and delete these."
        )
    return replace(done, notes=tuple(notes))


def _changed(
    work: Work, server: Server, project: KeptProject, everything: bool
) -> Iterator[Mapping[str, Any]]:
    """Return the tasks of a project that changed since it was read last, or all of them.

    The task that changed last is always listed again. Where not even it is there, tasks vanished,
    or Label Studio was set back: then every task is read.
    """
    number = int(project.number or 0)
    if project.cursor and not everything:
        tasks = server.changed(number, project.cursor)
        first = next(tasks, None)
        if first is not None:
            return chain([first], tasks)
    work.store.loop.rewind(project.key)
    return server.changed(number, "")


def _pages(tasks: Iterator[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    while page := list(islice(tasks, PAGE)):
        yield page


def _read(
    project: KeptProject,
    page: Sequence[Mapping[str, Any]],
    items: Mapping[int, KeptItem],
    words: Mapping[str, str],
    book: Codebook,
    coders: Mapping[int, str],
) -> tuple[list[ReadTask], int]:
    """Return what a page of tasks says, and how many tasks were held back."""
    found, held_back = [], 0
    for task in page:
        number = int(task["id"])
        kept = items.get(number)
        if kept is None:
            found.append(ReadTask(number, ()))
        elif kept.document_id not in words:
            held_back += 1
        else:
            item = item_of(kept, words[kept.document_id])
            found.append(as_kept(project, number, read_task(item, task, book, coders), book))
    return found, held_back


def _newest(page: Sequence[Mapping[str, Any]]) -> str:
    """Return when the last task of a page changed, but of those that did so in the future.

    A clock that was wrong for a while would otherwise hide what is coded until that moment comes.
    """
    latest = datetime.now(UTC)
    told = [str(task["updated_at"]) for task in page]
    return max((one for one in told if _moment(one) <= latest), default="")


def _moment(told: str) -> datetime:
    read = datetime.fromisoformat(told)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
