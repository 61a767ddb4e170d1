"""Projects that are ours: the last line of its description is the key that each was made under."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from listening.labelstudio.client.plain import NotThere
from listening.labelstudio.client.wire import Wire

MARK = "listening: "
#: Label Studio's own bounds of a title
SHORTEST, LONGEST = 3, 50
_PAGE = 200
#: nothing is ever ticked beforehand, a person may skip or say that no code applies, and tasks come
#: in the order in which they were pushed
_HOW = {
    "show_collab_predictions": False,
    "show_skip_button": True,
    "enable_empty_annotation": True,
    "sampling": "Sequential sampling",
}


def projects(wire: Wire) -> dict[int, str]:
    """Return the number of every project of ours, to its key."""
    ours: dict[int, str] = {}
    page = 1
    while True:
        answer = wire.get("/api/projects", page=page, page_size=_PAGE, include="id,description")
        for one in answer["results"]:
            last = str(one["description"] or "").rstrip().rsplit("\n", 1)[-1]
            if last.startswith(MARK):
                ours[int(one["id"])] = last.removeprefix(MARK)
        if not answer["next"]:
            return ours
        page += 1


def make_project(wire: Wire, key: str, title: str, description: str, config: str) -> int:
    """Return the number of the project of that key, made where there is none."""
    body = {
        "title": title[:LONGEST].ljust(SHORTEST, "."),
        "description": f"{description.rstrip()}\n\n{MARK}{key}",
        "label_config": config,
        **_HOW,
    }

    def once() -> int:
        # an answer that was lost leaves a project, which must not be made twice
        found = [number for number, own in projects(wire).items() if own == key]
        if found:
            _delete_empty(wire, sorted(found)[1:])
            return min(found)
        made = wire.send("POST", "/api/projects", "make a project", json=body, telling=True)
        return int(made["id"])

    return wire.again(once)


def _delete_empty(wire: Wire, numbers: Sequence[int]) -> None:
    """Delete what a request left that was answered late: the same project again, without tasks."""
    for number in numbers:
        if not wire.get("/api/tasks", project=number, page_size=1, include="id")["tasks"]:
            delete_project(wire, number)


def config_of(wire: Wire, project: int) -> str:
    """Return the configuration of a project, as it was put there last."""
    return str(wire.get(f"/api/projects/{project}/")["label_config"])


def set_config(wire: Wire, project: int, config: str) -> None:
    """Put another configuration in the place of a project's."""
    body = {"label_config": config}
    change(wire, project, body, "change a project's labels")


def change(wire: Wire, project: int, body: dict[str, Any], what: str) -> None:
    """Change a project's own fields."""
    wire.send("PATCH", f"/api/projects/{project}/", what, json=body, telling=True)


def delete_project(wire: Wire, project: int) -> None:
    """Delete a project with all that is in it; one that is gone already is no fault.

    One of its tasks goes first. Label Studio switches its own bookkeeping off while it deletes a
    project, and leaves it off for kinds of things of which none was deleted before: counts of
    annotations and predictions would be wrong until its next start. (To delete all tasks first
    takes minutes for some thousands.)
    """
    with suppress(NotThere):
        found = wire.get("/api/tasks", project=project, page_size=1, include="id")["tasks"]
        paths = [f"/api/tasks/{one['id']}/" for one in found]
        for path in (*paths, f"/api/projects/{project}/"):
            wire.send("DELETE", path, "delete a project")
