"""Tasks of a project that other steps than `push` make: noted first, then sent, then noted again.

It may be stopped anywhere: what is noted and not there is sent the next time, and never twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from listening.codebook import Codebook
from listening.labelstudio.configs import project_config
from listening.labelstudio.protocol import Server
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
        loop = work.store.loop
        config = project_config(book, project.layout, project.role).content.decode()
        title = title_there(project, work.settings.programme)
        number = server.make_project(project.key, title, description, config)
        project = replace(project, number=number)
        loop.keep_project(project)
        waiting = [one for one in loop.items(project.key, CHOSEN, SENDING) if one.key in set(keys)]
        still = loop.sending(project.key, [one.key for one in waiting])
        waiting = [one for one in waiting if one.key in still]
        if waiting:
            numbers = server.add_tasks(number, [build(one) for one in waiting])
            loop.sent(project.key, {one.key: numbers[one.key] for one in waiting}, hinted=False)
    return project, len(waiting)
