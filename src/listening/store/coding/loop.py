"""What the steps of the coding loop ask of a store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from listening.records import Table
from listening.store.coding import counts, going, marked, read, sent, standing, suggested, trail
from listening.store.coding.going import Leaving
from listening.store.coding.nouns import (
    Change,
    KeptItem,
    KeptProject,
    ReadTask,
    Saved,
    Standing,
    Touched,
)


class CodingLoop:
    """Projects, items, readings and codings of one store."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def keep_project(self, project: KeptProject) -> None:
        """Keep a project, in place of what was known of it; how far it was read stays."""
        sent.keep_project(self._alias, project)

    def projects(self) -> list[KeptProject]:
        """Return every project, in the order in which they came."""
        return sent.projects(self._alias)

    def add_items(self, project_key: str, items: Sequence[KeptItem]) -> None:
        """Keep items of a project; one that is there already stays as it is."""
        sent.add_items(self._alias, project_key, items)

    def items(self, project_key: str, *states: str) -> list[KeptItem]:
        """Return the items of a project in their order, in these states where any are named."""
        return sent.items(self._alias, project_key, *states)

    def of_tasks(self, project_key: str, tasks: Iterable[int]) -> dict[int, KeptItem]:
        """Return the items of these tasks of a project, by Label Studio's number."""
        return sent.of_tasks(self._alias, project_key, tasks)

    def sending(self, project_key: str, keys: Iterable[str]) -> set[str]:
        """Note that items are on their way; return those that are still there to be sent."""
        return sent.sending(self._alias, project_key, keys)

    def sent(
        self, project_key: str, numbers: Mapping[str, int], hinted: bool | None = None
    ) -> None:
        """Note the tasks of items, by the item's key; `hinted` says of those that are not blind."""
        sent.sent(self._alias, project_key, numbers, hinted)

    def renew(self, project_key: str, items: Sequence[KeptItem]) -> int:
        """Let items whose task is gone be sent anew, with the words as they are now; how many."""
        return sent.renew(self._alias, project_key, items)

    def drop(self, project_key: str, keys: Iterable[str]) -> int:
        """Take items away that nobody has read; their tasks are to be deleted. How many."""
        return sent.drop(self._alias, project_key, keys)

    def words(self, documents: Iterable[str], today: str) -> dict[str, str]:
        """Return texts of documents by id, but of files in which somebody's consent has ended."""
        return sent.words(self._alias, documents, today)

    def gone(self, project_key: str, tasks: Iterable[int]) -> int:
        """Note that tasks are no more in Label Studio; what was read of them stays."""
        return sent.gone(self._alias, project_key, tasks)

    def keep_book(self, codebook: str, version: str, content: str) -> str:
        """Keep a version of a codebook; return the text under which it is kept, the first."""
        return sent.keep_book(self._alias, codebook, version, content)

    def book(self, codebook: str, version: str = "") -> str:
        """Return a version of a codebook as TOML, the newest without a version; '' for none."""
        return sent.book(self._alias, codebook, version)

    def versions(self, codebook: str) -> list[str]:
        """Return every version of a codebook that was kept, in the order in which they came."""
        return sent.versions(self._alias, codebook)

    def keep_coders(self, coders: Mapping[int, str]) -> dict[int, str]:
        """Remember who has an account; return everybody who ever had one, by number."""
        return sent.keep_coders(self._alias, coders)

    def save_page(self, project_key: str, tasks: Sequence[ReadTask], cursor: str) -> Saved:
        """Keep what a page of tasks says, and how far the project was read: all or nothing."""
        return read.save_page(self._alias, project_key, tasks, cursor)

    def save_parting(self, project_key: str, item_key: str, task: ReadTask) -> Saved:
        """Keep what a task says that is about to go, of an item that stays without it."""
        return read.save_parting(self._alias, project_key, item_key, task)

    def rewind(self, project_key: str) -> None:
        """Forget how far a project was read: it is read from its beginning."""
        read.rewind(self._alias, project_key)

    def keep_suggested(
        self, project_key: str, told: Mapping[str, Sequence[suggested.Told]]
    ) -> None:
        """Keep what was suggested for items, by the item's key: shown, or kept back."""
        suggested.keep(self._alias, project_key, told)

    def suggested(self) -> Table:
        """Return what was suggested, one row per item, code and place."""
        return suggested.load(self._alias)

    def standings(self) -> list[Standing]:
        """Return every project's standing in each stream in which it has items."""
        return standing.standings(self._alias)

    def rejects(self) -> list[tuple[str, int | None, dict[str, str]]]:
        """Return what could not be used when last read: the project's key, the task, why."""
        return standing.rejects(self._alias)

    def readers(self, project_key: str) -> dict[str, set[str]]:
        """Return who has read or skipped each item of a project, by the item's key."""
        return standing.readings(self._alias, project_key)

    def relabel(
        self,
        codebook: str,
        codes: Collection[str],
        who: str,
        what: str,
        into: str = "",
        status: str = "",
    ) -> tuple[str, list[Touched]]:
        """Give the codings of some codes another code or status; return the change's id."""
        return trail.relabel(self._alias, codebook, codes, who, what, into, status)

    def undo(self, change: str) -> list[Touched]:
        """Give the codings of a change the code and status that they had."""
        return trail.undo(self._alias, change)

    def marks(self, project_key: str, without: str = "") -> dict[int, list[marked.Marked]]:
        """Return the codes of each annotation of a project; those before a change, if named."""
        return marked.marks(self._alias, project_key, without)

    def changes(self) -> list[Change]:
        """Return the trail, oldest change first."""
        return trail.changes(self._alias)

    def set_version(self, codebook: str, version: str, projects: Collection[str]) -> None:
        """Note that projects show another version of their codebook."""
        trail.set_version(self._alias, codebook, version, projects)

    def given(self, codebook: str) -> dict[str, dict[str, int]]:
        """Return how many codings stand under each code of a codebook, by their status."""
        return counts.given(self._alias, codebook)

    def mark(self) -> str:
        """Return a mark that is another one as soon as anything was read, changed or erased."""
        return counts.mark(self._alias)

    def erase_person(self, participant_id: str) -> Counter[str]:
        """Erase what was coded of a person, before their words go; others' readings stay."""
        return going.erase_person(self._alias, participant_id)

    def leaving(self) -> list[Leaving]:
        """Return every task that must still be deleted in Label Studio."""
        return going.leaving(self._alias)

    def moved(self, server: str) -> None:
        """Note that all that was sent is at this address now: the same Label Studio, moved."""
        going.moved(self._alias, server)

    def left(self, ids: Iterable[int]) -> None:
        """Take tasks off the queue: they are gone."""
        going.left(self._alias, ids)

    def tried(self, ids: Iterable[int]) -> None:
        """Note that tasks could not be deleted this time."""
        going.tried(self._alias, ids)
