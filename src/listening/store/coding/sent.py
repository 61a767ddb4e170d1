"""Projects and the items that they ask to be coded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from listening.store.bulk import insert, storable, update
from listening.store.coding.going import queue
from listening.store.coding.nouns import (
    CHOSEN,
    GONE,
    SENDING,
    SENT,
    KeptItem,
    KeptProject,
    KeptTurn,
)
from listening.store.connect import atomic
from listening.store.frames import batches, objects

_PROJECT = ("key", "number", "role", "layout", "coder", "codebook", "version", "cursor", "server")
_ITEM = (
    "key",
    "document_id",
    "layout",
    "turns",
    "participants",
    "stream",
    "blind",
    "probability",
    "batch",
    "order",
    "hinted",
    "double",
    "seed",
    "task",
    "state",
)


def keep_project(alias: str, project: KeptProject) -> None:
    """Keep a project, in place of what was known of it; how far it was read stays."""
    told = {name: getattr(project, name) for name in _PROJECT if name not in ("key", "cursor")}
    objects(alias, "CodingProject").update_or_create(key=project.key, defaults=told)


def projects(alias: str) -> list[KeptProject]:
    """Return every project, in the order in which they came."""
    rows = objects(alias, "CodingProject").order_by("pk").values_list(*_PROJECT)
    return [KeptProject(*row) for row in rows]


def add_items(alias: str, project_key: str, items: Sequence[KeptItem]) -> None:
    """Keep items of a project; one that is there already stays as it is."""
    from listening.store.models import CodingItem

    project = objects(alias, "CodingProject").get(key=project_key).pk
    columns = [*_ITEM, "start", "end", "project_id", "suggested", "rejects"]
    rows = [(*_row(item), item.start, item.end, project, [], []) for item in items]
    if rows:
        insert(alias, CodingItem, columns, rows, keep_old=True)


def _row(item: KeptItem) -> list[Any]:
    told = {name: getattr(item, name) for name in _ITEM}
    told |= {"turns": [list(turn) for turn in item.turns], "participants": list(item.participants)}
    return [told[name] for name in _ITEM]


def items(alias: str, project_key: str, *states: str) -> list[KeptItem]:
    """Return the items of a project in their order, in these states where any are named."""
    rows = objects(alias, "CodingItem").filter(project__key=project_key)
    rows = rows.filter(state__in=states) if states else rows
    return [_item(row) for row in rows.order_by("order", "pk").values_list(*_ITEM)]


def of_tasks(alias: str, project_key: str, tasks: Iterable[int]) -> dict[int, KeptItem]:
    """Return the items of these tasks of a project, by Label Studio's number."""
    found: dict[int, KeptItem] = {}
    for batch in batches(list(tasks)):
        rows = objects(alias, "CodingItem").filter(project__key=project_key, task__in=batch)
        for row in rows.values_list(*_ITEM):
            kept = _item(row)
            if kept.task is not None:
                found[kept.task] = kept
    return found


def _item(row: Sequence[Any]) -> KeptItem:
    told = dict(zip(_ITEM, row, strict=True))
    told["turns"] = tuple(KeptTurn(*turn) for turn in told["turns"])
    told["participants"] = tuple(told["participants"])
    return KeptItem(**told)


def sending(alias: str, project_key: str, keys: Iterable[str]) -> set[str]:
    """Note that items are on their way; return those that are still there to be sent."""
    found: set[str] = set()
    with atomic(alias):
        for batch in batches(list(keys)):
            rows = objects(alias, "CodingItem").filter(project__key=project_key, key__in=batch)
            rows = rows.filter(state__in=(CHOSEN, SENDING))
            found |= set(rows.values_list("key", flat=True))
            rows.update(state=SENDING)
    return found


def sent(
    alias: str, project_key: str, numbers: Mapping[str, int], hinted: bool | None = None
) -> None:
    """Note the tasks of items, by the item's key.

    Args:
        alias: of the store's connection.
        project_key: of the project.
        numbers: Label Studio's, by the item's key.
        hinted: whether suggestions were shown with those that are not blind; None leaves it.
    """
    from listening.store.models import CodingItem

    with atomic(alias):
        project = objects(alias, "CodingProject").get(key=project_key).pk
        told = ((number, SENT, project, key) for key, number in numbers.items())
        update(alias, CodingItem, ["task", "state"], ["project_id", "key"], told)
        if hinted is not None:
            for batch in batches(list(numbers)):
                rows = objects(alias, "CodingItem").filter(project_id=project, key__in=batch)
                rows.filter(blind=False).update(hinted=hinted)


def renew(alias: str, project_key: str, items: Sequence[KeptItem]) -> int:
    """Let items whose task is gone be sent anew, with the words as they are now; how many."""
    count = 0
    with atomic(alias):
        rows = objects(alias, "CodingItem").filter(project__key=project_key, state=GONE)
        for item in items:
            told = {
                "turns": [list(turn) for turn in item.turns],
                "participants": list(item.participants),
                "start": item.start,
                "end": item.end,
                "state": CHOSEN,
                "task": None,
            }
            count += rows.filter(key=item.key).update(**told)
    return count


def drop(alias: str, project_key: str, keys: Iterable[str]) -> int:
    """Take items away that nobody has read; their tasks are to be deleted. How many."""
    count = 0
    with atomic(alias):
        for batch in batches(list(keys)):
            rows = objects(alias, "CodingItem").filter(project__key=project_key, key__in=batch)
            rows = rows.filter(codingreading=None)
            queue(alias, rows.select_related("project"))
            count += rows.count()
            rows.delete()
    return count


def words(alias: str, documents: Iterable[str], today: str) -> dict[str, str]:
    """Return the texts of documents by id, but of files in which somebody's consent has ended.

    Args:
        alias: of the store's connection.
        documents: ids.
        today: ISO date.
    """
    found: dict[str, str] = {}
    for batch in batches(list(dict.fromkeys(documents))):
        rows = objects(alias, "Document").filter(document_id__in=batch).order_by("pk")
        told = rows.values_list("document_id", "text", "source__consent_until")
        found |= {one: text for one, text, until in told if not until or until >= today}
    return found


def gone(alias: str, project_key: str, tasks: Iterable[int]) -> int:
    """Note that tasks are no more in Label Studio; what was read of them stays."""
    count = 0
    for batch in batches(list(tasks)):
        rows = objects(alias, "CodingItem").filter(project__key=project_key, task__in=batch)
        count += rows.update(state=GONE, task=None)
    return count


def keep_book(alias: str, codebook: str, version: str, content: str) -> str:
    """Keep a version of a codebook; return the text under which it is kept, the first that came."""
    told = {"content": storable(content)}
    row, _ = objects(alias, "BookVersion").get_or_create(
        codebook=codebook, version=version, defaults=told
    )
    return str(row.content)


def book(alias: str, codebook: str, version: str = "") -> str:
    """Return a version of a codebook as TOML, the one that came last without a version; or ''."""
    rows = objects(alias, "BookVersion").filter(codebook=codebook)
    rows = rows.filter(version=version) if version else rows
    row = rows.order_by("pk").last()
    return str(row.content) if row else ""


def versions(alias: str, codebook: str) -> list[str]:
    """Return every version of a codebook that was kept, in the order in which they came."""
    rows = objects(alias, "BookVersion").filter(codebook=codebook).order_by("pk")
    return list(rows.values_list("version", flat=True))


def keep_coders(alias: str, coders: Mapping[int, str]) -> dict[int, str]:
    """Remember who has an account; return everybody who ever had one, by number."""
    rows = objects(alias, "KnownCoder")
    known = dict(rows.values_list("number", "address"))
    for number, address in coders.items():
        if known.get(number) != address:
            rows.update_or_create(number=number, defaults={"address": address})
    return {**known, **coders}
