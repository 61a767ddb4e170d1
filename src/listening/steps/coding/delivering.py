"""Tasks of a project: noted first, then sent, then noted again.

It may be stopped anywhere: what is noted and not there is sent the next time, and never twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from listening.codebook import Codebook
from listening.labelstudio.configs import project_config
from listening.labelstudio.protocol import Server
from listening.steps.coding.leaving import due
from listening.steps.coding.showing import title_there
from listening.steps.work import Work
from listening.store.coding import CHOSEN, SENDING, KeptItem, KeptProject

#: the task of an item as Label Studio takes it
Build = Callable[[KeptItem], Mapping[str, Any]]


def deliver(
    work: Work,
    server: Server,
    book: Codebook,
    project: KeptProject,
    description: str,
    keys: Sequence[str],
    build: Build,
) -> tuple[KeptProject, int]:
    """Send those of these items that a project still lacks; a withdrawal waits until it is noted.

    Returns:
        The project with its number, and how many were sent.
    """
    with work.alone():
        project, _ = opened(work, server, book, project, description)
        waiting = lacking(work, project, keys)
        if waiting:
            numbers = server.add_tasks(int(project.number or 0), [build(one) for one in waiting])
            sent = {one.key: numbers[one.key] for one in waiting}
            note_sent(work, project, waiting, sent, hinted=False)
    return project, len(waiting)


def opened(
    work: Work, server: Server, book: Codebook, project: KeptProject, description: str
) -> tuple[KeptProject, str]:
    """Make a project where it is not there yet; return it with its number, and its configuration.

    Whoever calls is alone in the workplace.
    """
    config = project_config(book, project.layout, project.role).content.decode()
    title = title_there(project, work.settings.programme)
    number = server.make_project(project.key, title, description, config)
    project = replace(project, number=number, server=server.url)
    work.store.loop.keep_project(project)
    return project, config


def note_sent(
    work: Work,
    project: KeptProject,
    items: Sequence[KeptItem],
    numbers: Mapping[str, int],
    hinted: bool,
) -> None:
    """Note the tasks of items that were sent.

    What a push that was killed had sent may have been coded, and looked at by a pull that did not
    know it: the project is read from its beginning then.
    """
    work.store.loop.sent(project.key, numbers, hinted)
    if any(one.state == SENDING for one in items):
        work.store.loop.rewind(project.key)


def lacking(work: Work, project: KeptProject, keys: Collection[str]) -> list[KeptItem]:
    """Note those of these items that a project lacks as being sent; return them.

    Whoever calls is alone in the workplace: a withdrawal waits until what was sent is noted.
    """
    loop, wanted = work.store.loop, set(keys)
    # what must be deleted first would be taken for what is sent, and go with it
    going = due(work, project.server)
    wanted -= {one.item_key for one in going if one.project_key == project.key}
    waiting = [one for one in loop.items(project.key, CHOSEN, SENDING) if one.key in wanted]
    still = loop.sending(project.key, [one.key for one in waiting])
    return [one for one in waiting if one.key in still]
