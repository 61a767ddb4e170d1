"""How far the coding has come: by project and stream."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from listening.store.coding.nouns import CHOSEN, GONE, SENDING, SENT, Standing
from listening.store.coding.sent import projects
from listening.store.frames import objects

_Key = tuple[str, str]


def standings(alias: str) -> list[Standing]:
    """Return every project's standing in each stream in which it has items, in their order."""
    items = objects(alias, "CodingItem").values_list("pk", "project__key", "stream", "state")
    found: dict[_Key, Counter[str]] = defaultdict(Counter)
    place: dict[int, _Key] = {}
    sent: dict[_Key, set[int]] = defaultdict(set)
    for item, key, stream, state in items:
        place[item] = (key, stream)
        found[key, stream][state] += 1
        if state == SENT:
            sent[key, stream].add(item)
    by: dict[tuple[_Key, str], Counter[str]] = defaultdict(Counter)
    done = objects(alias, "CodingReading").filter(current=True)
    for item, coder, state in done.values_list("item_id", "coder", "state"):
        by[place[item], state][coder] += 1
        sent[place[item]].discard(item)
    return [
        _standing(project, stream, found[project.key, stream], sent, by)
        for project in projects(alias)
        for stream in ("audit", "training", "discovery")
        if (project.key, stream) in found
    ]


def _standing(
    project: Any,
    stream: str,
    counts: Counter[str],
    unread: Mapping[_Key, set[int]],
    by: Mapping[tuple[_Key, str], Counter[str]],
) -> Standing:
    key = (project.key, stream)
    return Standing(
        project,
        stream,
        pushed=counts[SENT],
        waiting=len(unread.get(key, ())),
        unsent=counts[CHOSEN] + counts[SENDING],
        gone=counts[GONE],
        read=dict(sorted(by.get((key, "submitted"), Counter()).items())),
        skipped=dict(sorted(by.get((key, "skipped"), Counter()).items())),
        unfinished=dict(sorted(by.get((key, "unfinished"), Counter()).items())),
    )


def rejects(alias: str) -> list[tuple[str, int | None, dict[str, str]]]:
    """Return what could not be used when it was last read: the project's key, the task, why."""
    rows = objects(alias, "CodingItem").exclude(rejects=[]).order_by("project", "order")
    return [
        (key, task, reject)
        for key, task, told in rows.values_list("project__key", "task", "rejects")
        for reject in told
    ]


def readings(alias: str, project_key: str) -> dict[str, set[str]]:
    """Return who has read or skipped each item of a project, by the item's key."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = objects(alias, "CodingReading").filter(current=True, item__project__key=project_key)
    for key, coder in rows.values_list("item__key", "coder"):
        found[key].add(coder)
    return dict(found)
