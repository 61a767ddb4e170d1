"""How far the coding has come: by project, coder and stream, and what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listening.labelstudio.protocol import Server
from listening.records import Reject
from listening.steps.coding.showing import title_of
from listening.steps.work import Work
from listening.store.coding import Standing


@dataclass(frozen=True)
class Status:
    """How far the coding has come.

    Attributes:
        projects: a row per project and stream: `project, role, coder, stream, codebook_version,
            pushed, waiting, unsent, gone, read, skipped, unfinished, link`; `read`, `skipped` and
            `unfinished` (something in it was refused: to be opened again) by coder, `link` empty
            without a server. What somebody began and did not submit is not among
            them: a draft moves nothing that a pull would see, unless it reads every task.
        codings: how many codes were given in all, of those that count.
        leaving: tasks that must still be deleted because somebody withdrew.
        rejects: what could not be used when it was last read.
    """

    projects: tuple[Mapping[str, Any], ...]
    codings: int
    leaving: int
    rejects: tuple[Reject, ...]


def status(work: Work, server: Server | None = None) -> Status:
    """Say how far the coding has come, as far as the last pull knows.

    Args:
        work: the workplace.
        server: for links; it is not asked anything.
    """
    codings = work.store.codings()
    return Status(
        tuple(_row(one, server) for one in work.store.loop.standings()),
        int((codings["code"] != "").sum()),
        len(work.store.loop.leaving()),
        tuple(Reject(**told) for _, _, told in work.store.loop.rejects()),
    )


def _row(one: Standing, server: Server | None) -> dict[str, Any]:
    project = one.project
    number = project.number
    return {
        "project": title_of(project),
        "role": project.role,
        "coder": project.coder,
        "stream": one.stream,
        "codebook_version": f"{project.codebook} {project.version}",
        "pushed": one.pushed,
        "waiting": one.waiting,
        "unsent": one.unsent,
        "gone": one.gone,
        "read": dict(one.read),
        "skipped": dict(one.skipped),
        "unfinished": dict(one.unfinished),
        "link": server.link(number) if server and number is not None else "",
    }
