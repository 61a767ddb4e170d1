"""A Label Studio in memory: it answers as the real one does, and can fail as one does.

The contract tests run on it and on the real one alike.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from listening.errors import ListeningError, ServerAway
from listening.labelstudio.protocol import Progress

KEY = "item_key"
OVERLAP = timedelta(seconds=3)


@dataclass
class _Project:
    key: str
    title: str
    description: str
    config: str
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)


class FakeLabelStudio:
    """Projects, tasks, predictions and annotations in memory.

    Attributes:
        url: where it would be.
        page: tasks that are brought in at once; what came before a fault stays.
        fails_in: how many more requests succeed before every one fails; None for all.
        asked: how many requests were made.
    """

    def __init__(self, coders: Mapping[int, str] | None = None) -> None:
        self.url = "http://label-studio.example"
        self.page = 100
        self.fails_in: int | None = None
        self.asked = 0
        self._coders = dict(coders or {})
        self._projects: dict[int, _Project] = {}
        self._numbers = itertools.count(1)
        self._now = datetime(2026, 7, 1, 9, tzinfo=UTC)

    # what the product asks

    def coders(self) -> dict[int, str]:
        self._request()
        return dict(self._coders)

    def invite(self, address: str) -> str:
        self._request()
        return f"{self.url}/user/signup/?token=one"

    def projects(self) -> dict[int, str]:
        self._request()
        return {number: one.key for number, one in self._projects.items()}

    def make_project(self, key: str, title: str, description: str, config: str) -> int:
        self._request()
        for number, one in self._projects.items():
            if one.key == key:
                return number
        number = next(self._numbers)
        self._projects[number] = _Project(key, title, description, config)
        return number

    def config_of(self, project: int) -> str:
        self._request()
        return self._project(project).config

    def set_config(self, project: int, config: str) -> None:
        self._request()
        self._project(project).config = config

    def delete_project(self, project: int) -> None:
        self._request()
        self._projects.pop(project, None)

    def add_tasks(
        self, project: int, tasks: Sequence[Mapping[str, Any]], progress: Progress | None = None
    ) -> dict[str, int]:
        known = self.tasks(project)
        missing = [task for task in tasks if task["data"][KEY] not in known]
        for start in range(0, len(missing), self.page):
            self._request()
            for task in missing[start : start + self.page]:
                number = next(self._numbers)
                known[task["data"][KEY]] = number
                self._project(project).tasks[number] = {
                    "id": number,
                    "data": dict(task["data"]),
                    "predictions": copy.deepcopy(list(task.get("predictions", ()))),
                    "annotations": [],
                    "drafts": [],
                    "updated_at": self._tick(),
                }
            if progress:
                progress(min(start + self.page, len(missing)), len(missing))
        return {task["data"][KEY]: known[task["data"][KEY]] for task in tasks}

    def tasks(self, project: int) -> dict[str, int]:
        self._request()
        return {task["data"][KEY]: number for number, task in self._project(project).tasks.items()}

    def changed(self, project: int, since: str) -> Iterator[Mapping[str, Any]]:
        rows = sorted(self._project(project).tasks.values(), key=lambda one: one["updated_at"])
        # what was noted earlier may appear a little later: it is listed again
        early = _moment(since) - OVERLAP if since else None
        rows = [one for one in rows if early is None or one["updated_at"] >= early]
        for start in range(0, max(len(rows), 1), self.page):
            self._request()
            for one in rows[start : start + self.page]:
                told = copy.deepcopy(one)
                told["predictions"] = list(range(len(one["predictions"])))
                told["updated_at"] = _told(one["updated_at"])
                yield told

    def update_task(
        self,
        project: int,
        task: int,
        data: Mapping[str, Any],
        predictions: Sequence[Mapping[str, Any]],
    ) -> None:
        self._request()
        row = self._task(task)
        row["data"], row["predictions"] = dict(data), copy.deepcopy(list(predictions))
        row["updated_at"] = self._tick()

    def delete_tasks(self, project: int, tasks: Sequence[int]) -> int:
        self._request()
        for number in tasks:
            self._project(project).tasks.pop(number, None)
        return len(tasks)

    def replace_result(
        self, task: int, annotation: int, result: Sequence[Mapping[str, Any]]
    ) -> bool:
        self._request()
        if all(task not in one.tasks for one in self._projects.values()):
            return False
        row = self._annotation(task, annotation)
        # by the account of whoever manages it, which codes nothing
        row["result"], row["updated_at"], row["updated_by"] = list(result), _told(self._tick()), 0
        self._task(task)["updated_at"] = self._now
        return True

    def link(self, project: int, task: int | None = None) -> str:
        where = f"{self.url}/projects/{project}/data"
        return where if task is None else f"{where}?task={task}"

    # what people do in it

    def hold(self, key: str) -> dict[int, dict[str, Any]]:
        """The tasks of the project of a key that ends so."""
        found = [one for one in self._projects.values() if one.key.endswith(key)]
        assert len(found) == 1, [one.key for one in self._projects.values()]
        return found[0].tasks

    def titles(self) -> list[str]:
        """What the projects are called."""
        return [one.title for one in self._projects.values()]

    def config(self, key: str) -> str:
        """The configuration of the project of a key that ends so."""
        return next(one.config for one in self._projects.values() if one.key.endswith(key))

    def submit(
        self, task: int, coder: str, result: Sequence[Mapping[str, Any]], skipped: bool = False
    ) -> int:
        """Somebody submits or skips a task; the number of their annotation."""
        number = next(self._numbers)
        account = next(n for n, address in self._coders.items() if address == coder)
        when = _told(self._tick())
        self._task(task)["annotations"].append(
            {
                "id": number,
                "completed_by": account,
                "updated_by": account,
                "result": copy.deepcopy(list(result)),
                "was_cancelled": skipped,
                "lead_time": 7.5,
                "created_at": when,
                "updated_at": when,
            }
        )
        self._task(task).update(updated_at=self._now, updated_by=[{"user_id": account}])
        return number

    def edit(
        self, task: int, annotation: int, coder: str, result: Sequence[Mapping[str, Any]]
    ) -> None:
        """Somebody changes an annotation, be it another's."""
        self.replace_result(task, annotation, result)
        account = next(n for n, address in self._coders.items() if address == coder)
        self._annotation(task, annotation)["updated_by"] = account

    def take_back(self, task: int, annotation: int, coder: str = "") -> None:
        """Somebody deletes an annotation; who it was where a coder is named."""
        row = self._task(task)
        account = [n for n, address in self._coders.items() if address == coder]
        row["updated_by"] = [{"user_id": one} for one in account]
        row["annotations"] = [one for one in row["annotations"] if one["id"] != annotation]
        row["updated_at"] = self._tick()

    def begin(self, task: int) -> None:
        """Somebody begins and does not submit: it moves nothing."""
        self._task(task)["drafts"].append({"annotation": None})

    def leave(self, coder: str) -> None:
        """Somebody's account is deleted; what they coded stays."""
        self._coders = {n: address for n, address in self._coders.items() if address != coder}

    # how it works

    def _request(self) -> None:
        self.asked += 1
        if self.fails_in is not None:
            if self.fails_in <= 0:
                raise ServerAway("Label Studio", "does not answer.", "Start it and try again.")
            self.fails_in -= 1

    def _tick(self) -> datetime:
        self._now += timedelta(seconds=1, microseconds=17)
        return self._now

    def _project(self, number: int) -> _Project:
        try:
            return self._projects[number]
        except KeyError:
            raise ListeningError(
                f"Label Studio project {number}", "is not there.", "Push again."
            ) from None

    def _task(self, number: int) -> dict[str, Any]:
        return next(one.tasks[number] for one in self._projects.values() if number in one.tasks)

    def _annotation(self, task: int, number: int) -> dict[str, Any]:
        rows: list[dict[str, Any]] = self._task(task)["annotations"]
        return next(one for one in rows if one["id"] == number)


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told.replace("Z", "+00:00"))


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
