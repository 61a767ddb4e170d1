"""What coders see of a project in Label Studio: its title, and the codes that it offers."""

from __future__ import annotations

from hashlib import sha256

from listening.codebook import Codebook
from listening.errors import ListeningError, ServerAway
from listening.labelstudio.configs import project_config
from listening.labelstudio.nouns import ADJUDICATION, SPANS
from listening.labelstudio.protocol import Server
from listening.steps.work import Work
from listening.store.coding import KeptProject

#: letters of a title in Label Studio
LONGEST = 50
_KINDS = {SPANS: "conversations"}
_BETWEEN = " · "
_MARK = 4


def title_of(project: KeptProject) -> str:
    """Return what a project is called here, within its programme and codebook: no two alike."""
    what = _KINDS.get(project.layout, "answers")
    return _BETWEEN.join(filter(None, (project.role.capitalize(), what, project.coder)))


def title_there(project: KeptProject, programme: str) -> str:
    """Return what it is called in Label Studio, beside those of other programmes.

    One that is too long is shortened, and ends with a mark of its own: people whose addresses begin
    alike must not take each other's.
    """
    full = f"{title_of(project)}{_BETWEEN}{programme}"
    if len(full) <= LONGEST:
        return full
    mark = sha256(project.key.encode()).hexdigest()[:_MARK]
    head = title_of(project).removesuffix(f"{_BETWEEN}{project.coder}")
    parts = [one for one in (project.coder.split("@")[0], programme) if one]
    room = LONGEST - len(head) - len(mark) - len(_BETWEEN) * (len(parts) + 1)
    if len(parts) == 2:
        first = _cut(parts[0], max(room // 2, room - len(parts[1])))
        parts = [first, _cut(parts[1], room - len(first))]
    else:
        parts = [_cut(parts[0], room)]
    return _BETWEEN.join((head, *parts, mark))


def settling(work: Work, server: Server, book: Codebook) -> list[KeptProject]:
    """Return the projects in which what coders see differently is settled, as far as they exist."""
    own = [one for one in work.store.loop.projects() if one.role == ADJUDICATION]
    there = server.projects() if own else {}
    own = [one for one in own if one.codebook == book.id]
    return [one for one in own if one.number is not None and there.get(one.number) == one.key]


def mend_config(server: Server, book: Codebook, project: KeptProject) -> str:
    """Put the codes of a project's codebook back where they were changed in Label Studio.

    Where it is shown with retired codes, as a change of version leaves it, it stays so: Label
    Studio keeps no annotation under a code that its project has not.

    Returns:
        What a person should know; empty where it is as it should be.
    """
    number = int(project.number or 0)
    ours = [_config(book, project, retired) for retired in (False, True)]
    if server.config_of(number).strip() in [one.strip() for one in ours]:
        return ""
    try:
        # retired codes are unseen, and annotations may carry them
        server.set_config(number, ours[-1])
    except ServerAway:
        raise
    except ListeningError:
        return (
            f"The labels of “{title_of(project)}” were changed in Label Studio, which does not "
            "let them be put back: something was coded under one that the codebook does not have. "
            "Take that coding away there, and push again."
        )
    return f"The labels of “{title_of(project)}” were changed in Label Studio, and are put back."


def _config(book: Codebook, project: KeptProject, retired: bool) -> str:
    return project_config(book, project.layout, project.role, retired=retired).content.decode()


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
