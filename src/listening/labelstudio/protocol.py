"""What the loop asks of a Label Studio server: one small contract, so that tests can stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

#: how much is done, of how much
Progress = Callable[[int, int], None]


class Server(Protocol):
    """One Label Studio that this software works with.

    Every call may fail with a ListeningError that says what to do next, and every call may be made
    again: what is there already is found again and never doubled.

    Attributes:
        url: where people open it, without a slash at the end.
    """

    url: str

    def coders(self) -> dict[int, str]:
        """Who has an account: the number of each, to the address, in small letters."""
        ...

    def invite(self, address: str) -> str:
        """A link at which a new coder makes an account."""
        ...

    def projects(self) -> dict[int, str]:
        """The projects that are ours, to the key that each was made under."""
        ...

    def make_project(self, key: str, title: str, description: str, config: str) -> int:
        """The number of the project of that key, made where there is none."""
        ...

    def config_of(self, project: int) -> str:
        """The labelling configuration of a project, as it was put there last."""
        ...

    def set_config(self, project: int, config: str) -> None:
        """Put another labelling configuration in the place of a project's."""
        ...

    def delete_project(self, project: int) -> None:
        """Delete a project and all that is in it; nothing where it is gone already."""
        ...

    def add_tasks(
        self, project: int, tasks: Sequence[Mapping[str, Any]], progress: Progress | None = None
    ) -> dict[str, int]:
        """Bring in the tasks that are not there yet, by `data.item_key`.

        Returns: the number of every task given, by its item's key.
        """
        ...

    def tasks(self, project: int) -> dict[str, int]:
        """The number of every task of a project, by its item's key.

        A number holds only as long as the task does: on SQLite the number of the task that was
        made last is given again once it is deleted. Ask before you delete by numbers kept.
        """
        ...

    def changed(self, project: int, since: str) -> Iterator[Mapping[str, Any]]:
        """The tasks that changed at or after a moment, the oldest change first, in batches.

        Args:
            project: its number.
            since: ISO in UTC, or empty for all.

        Yields:
            A task as JSON: `id`, `data`, `annotations` (with their results), `drafts`, and
            `updated_at`. Tasks that changed up to half a minute before the moment come too: a
            change is noted before it is kept.
        """
        ...

    def update_task(
        self,
        project: int,
        task: int,
        data: Mapping[str, Any],
        predictions: Sequence[Mapping[str, Any]],
    ) -> None:
        """Put a task's data and its predictions in the place of what it had."""
        ...

    def delete_tasks(self, project: int, tasks: Sequence[int]) -> int:
        """Delete tasks with their annotations; one that is gone counts as deleted.

        Returns: how many of those given are gone.
        """
        ...

    def replace_result(
        self, task: int, annotation: int, result: Sequence[Mapping[str, Any]]
    ) -> bool:
        """Put other regions in the place of an annotation's, whoever made it.

        Returns: whether it was there.
        """
        ...

    def link(self, project: int, task: int | None = None) -> str:
        """Where a project, or a task of it, is opened in a browser."""
        ...
