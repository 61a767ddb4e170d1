"""What changed in a project since a moment, the oldest change first.

What moves a task's `updated_at` was tried on the server (tests/labelstudio/test_what_changes.py): a
submitted, edited, skipped or deleted annotation, changed data and predictions do; a draft and a
change of the configuration do not. A deleted task is seen by its absence alone. The list of tasks
shows nobody's drafts but one's own, and only says that there are some: they are asked for one task
at a time, and there are as many as people who code at the moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from listening.labelstudio.client.plain import NotThere
from listening.labelstudio.client.tasks import KEY, asked
from listening.labelstudio.client.wire import Wire

PAGE = 200
#: Label Studio notes the moment before it waits for its database: what was noted earlier can appear
#: later by as much as that wait
OVERLAP = timedelta(seconds=30)
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
#: the same list holds for a task and for what is in it
_FIELDS = ",".join((
    "id", "data", "updated_at", "created_at", "annotations", "draft_exists", "result",
    "completed_by", "updated_by", "was_cancelled", "lead_time", "parent_prediction",
    "parent_annotation",
))  # fmt: skip


def changed(wire: Wire, project: int, since: str) -> Iterator[Mapping[str, Any]]:
    """Yield the tasks of ours that changed at or after a moment, or shortly before it.

    A page begins at the moment at which the last one ended, so that a task which changes while
    pages are read moves to the end and hides no other; one that was yielded as it is now is not
    yielded again.
    """
    moment = _earlier(since) if since else ""
    seen: dict[int, str] = {}
    size = PAGE
    while found := _page(wire, project, moment, size):
        fresh = [task for task in found if seen.get(int(task["id"])) != task["updated_at"]]
        for task in fresh:
            seen[int(task["id"])] = str(task["updated_at"])
            if KEY in task["data"]:
                yield {**task, "drafts": _drafts(wire, task)}
        if len(found) < size:
            return
        last = str(found[-1]["updated_at"])
        # more of one moment than a page holds, as a change of many at once leaves them
        size = 2 * size if last == moment else PAGE
        moment = last


def _drafts(wire: Wire, task: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not task["draft_exists"]:
        return []
    with suppress(NotThere):  # deleted since
        return list(wire.get(f"/api/tasks/{task['id']}/drafts"))
    return []


def _page(wire: Wire, project: int, moment: str, size: int) -> list[dict[str, Any]]:
    at = {"filter": "filter:tasks:updated_at", "operator": "greater_or_equal", "type": "Datetime"}
    filters = [{**at, "value": _written(moment)}] if moment else []
    answer = wire.get(
        "/api/tasks", project=project, page_size=size, fields="all",
        include=_FIELDS, query=asked(filters, "tasks:updated_at"), resolve_uri="false",
    )  # fmt: skip
    return list(answer["tasks"])


def _earlier(since: str) -> str:
    return (_read(since) - OVERLAP).strftime(_FORMAT)


def _written(moment: str) -> str:
    return _read(moment).strftime(_FORMAT)


def _read(moment: str) -> datetime:
    read = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
