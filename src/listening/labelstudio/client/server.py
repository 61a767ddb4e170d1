"""One Label Studio, as the loop asks for it (`listening.labelstudio.protocol.Server`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from listening.labelstudio.client import changes, people, projects
from listening.labelstudio.client import tasks as work
from listening.labelstudio.client.signing_in import Credentials
from listening.labelstudio.client.wire import Patience, Wire
from listening.labelstudio.protocol import Progress


def connect(
    url: str, who: Credentials, patience: Patience | None = None, *, over_http: bool = False
) -> LabelStudio:
    """Return a Label Studio at an address; nothing is asked of it yet.

    Args:
        url: of its first page.
        who: signs in.
        patience: how long it is waited for.
        over_http: whether it may be asked without https on another machine.
    """
    return LabelStudio(Wire(url.rstrip("/"), who, patience or Patience(), over_http))


class LabelStudio:
    """A server that this software works with; see `protocol.Server` for each method."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.url = wire.url

    def coders(self) -> dict[int, str]:
        """Who has an account."""
        return people.coders(self._wire)

    def invite(self, address: str) -> str:
        """Where a new coder makes an account."""
        return people.invite(self._wire, address)

    def withdraw_invitations(self) -> None:
        """Let links that were sent out hold no longer."""
        people.withdraw_invitations(self._wire)

    def projects(self) -> dict[int, str]:
        """The projects that are ours, to their keys."""
        return projects.projects(self._wire)

    def make_project(self, key: str, title: str, description: str, config: str) -> int:
        """The number of the project of that key."""
        return projects.make_project(self._wire, key, title, description, config)

    def config_of(self, project: int) -> str:
        """The configuration of a project."""
        return projects.config_of(self._wire, project)

    def set_config(self, project: int, config: str) -> None:
        """Put another configuration in the place of a project's."""
        projects.set_config(self._wire, project, config)

    def delete_project(self, project: int) -> None:
        """Delete a project and all that is in it."""
        projects.delete_project(self._wire, project)

    def add_tasks(
        self,
        project: int,
        tasks: Sequence[Mapping[str, Any]],
        progress: Progress | None = None,
    ) -> dict[str, int]:
        """Bring in the tasks that are not there yet."""
        return work.add_tasks(self._wire, project, tasks, progress)

    def tasks(self, project: int) -> dict[str, int]:
        """The number of every task, by its item's key."""
        return work.tasks(self._wire, project)

    def changed(self, project: int, since: str) -> Iterator[Mapping[str, Any]]:
        """The tasks that changed at or after a moment."""
        return changes.changed(self._wire, project, since)

    def update_task(
        self,
        project: int,  # noqa: ARG002 - a task's number is enough here
        task: int,
        data: Mapping[str, Any],
        predictions: Sequence[Mapping[str, Any]],
    ) -> None:
        """Put a task's data and predictions in the place of what it had."""
        work.update_task(self._wire, task, data, predictions)

    def delete_tasks(self, project: int, tasks: Sequence[int]) -> int:  # noqa: ARG002
        """Delete tasks with their annotations."""
        return work.delete_tasks(self._wire, tasks)

    def replace_result(
        self,
        task: int,  # noqa: ARG002
        annotation: int,
        result: Sequence[Mapping[str, Any]],
    ) -> bool:
        """Put other regions in the place of an annotation's; False where it is no more."""
        return work.replace_result(self._wire, annotation, result)

    def link(self, project: int, task: int | None = None) -> str:
        """Where a project, or a task of it, is opened in a browser."""
        return f"{self.url}/projects/{project}/data" + (f"?task={task}" if task else "")
