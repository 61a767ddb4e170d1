"""Tasks: brought in by batches, changed, deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from listening.labelstudio.client.plain import NotThere
from listening.labelstudio.client.wire import Wire
from listening.labelstudio.protocol import Progress

KEY = "item_key"
#: tasks sent at once: all of a batch arrive, with their suggestions, or none
BATCH = 1000
PAGE = 1000
_Json = Mapping[str, Any]


def tasks(wire: Wire, project: int) -> dict[str, int]:
    """Return the number of every task of a project, by its item's key; of two, the first."""
    found: dict[str, int] = {}
    for task in _all(wire, project):
        found.setdefault(str(task["data"][KEY]), int(task["id"]))
    return found


def _all(wire: Wire, project: int) -> Iterator[_Json]:
    """Yield the tasks of ours that there are, in the order of their numbers.

    Each page begins after the last number, so that a task deleted meanwhile hides no other.
    """
    last = 0
    while True:
        after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number"}
        query = asked([{**after, "value": last}], "tasks:id")
        found = wire.get(
            "/api/tasks", project=project, query=query, page_size=PAGE, include="id,data",
            resolve_uri="false",
        )["tasks"]  # fmt: skip
        yield from (task for task in found if KEY in task["data"])
        if len(found) < PAGE:
            return
        last = int(found[-1]["id"])


def asked(filters: Sequence[_Json], order: str) -> str:
    """Return a query of the data manager."""
    items = {"conjunction": "and", "items": list(filters)}
    return json.dumps({"filters": items, "ordering": [order]})


def add_tasks(
    wire: Wire, project: int, given: Sequence[_Json], progress: Progress | None
) -> dict[str, int]:
    """Bring in the tasks that are not there yet; return the number of every one given, by key."""
    wanted = {str(task["data"][KEY]): task for task in given}
    known: dict[str, int] = {}

    def once() -> None:
        # asked anew after an answer that was lost: what arrived is not sent again
        known.update(tasks(wire, project))
        missing = [task for key, task in wanted.items() if key not in known]
        done = len(wanted) - len(missing)
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            known.update(_import(wire, project, batch))
            if progress:
                progress(done + start + len(batch), len(wanted))

    wire.again(once)
    return {key: known[key] for key in wanted}


def _import(wire: Wire, project: int, batch: Sequence[_Json]) -> dict[str, int]:
    path = f"/api/projects/{project}/import"
    answer = wire.send(
        "POST", path, "take in tasks", json=list(batch), params={"return_task_ids": "true"}
    )
    keys = (str(task["data"][KEY]) for task in batch)
    return dict(zip(keys, map(int, answer["task_ids"]), strict=True))


def update_task(
    wire: Wire, task: int, data: Mapping[str, Any], predictions: Sequence[_Json]
) -> None:
    """Put a task's data and predictions in the place of what it had.

    The new predictions come before the old ones go, and both are asked for anew after a fault: a
    task is never left without, and ends with none twice.
    """
    path = "/api/predictions/"

    def once() -> None:
        old = [int(one["id"]) for one in wire.get(path, task=task)]
        wire.send("PATCH", f"/api/tasks/{task}/", "change a task", json={"data": dict(data)})
        for prediction in predictions:
            wire.send("POST", path, "take in a prediction", json={**prediction, "task": task})
        for number in old:
            _delete(wire, f"{path}{number}/", "delete a prediction")

    wire.again(once)


def delete_tasks(wire: Wire, numbers: Sequence[int]) -> int:
    """Delete tasks one by one; return how many of those given are gone.

    Label Studio deletes a selection in two steps, and killed between them keeps the texts where
    nobody sees them. One task goes in one step.
    """
    for number in numbers:
        _delete(wire, f"/api/tasks/{number}/", "delete a task")
    return len(numbers)


def replace_result(wire: Wire, annotation: int, result: Sequence[_Json]) -> bool:
    """Put other regions in the place of an annotation's; False where it is no more."""
    body = {"result": list(result)}
    try:
        wire.send("PATCH", f"/api/annotations/{annotation}/", "change an annotation", json=body)
    except NotThere:
        return False
    return True


def _delete(wire: Wire, path: str, what: str) -> None:
    try:
        wire.send("DELETE", path, what)
    except NotThere:
        return
