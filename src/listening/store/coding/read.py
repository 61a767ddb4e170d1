"""Readings as they come in: new ones, edited ones, and those that were taken back."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from listening.store.bulk import insert, storable
from listening.store.coding.nouns import KeptCoding, KeptReading, ReadTask, Saved
from listening.store.connect import atomic
from listening.store.frames import batches, objects

_CODING = (
    "code",
    "participant_id",
    "start",
    "end",
    "proposed",
    "memo",
    "severity",
    "region",
    "status",
)


def save_page(alias: str, project_key: str, tasks: Sequence[ReadTask], cursor: str) -> Saved:
    """Keep what a page of tasks says, and how far the project was read: all of it or nothing.

    Args:
        alias: of the store's connection.
        project_key: of the project.
        tasks: as they stand now; a coder whose reading is not among them has taken it back.
        cursor: ISO, up to when everything was read with this page; empty leaves it as it is.
    """
    done = Saved()
    with atomic(alias):
        # another pull of the same project waits here, on a database that several write to
        project = objects(alias, "CodingProject").select_for_update().get(key=project_key)
        numbers = [task.task for task in tasks]
        rows = objects(alias, "CodingItem").filter(project=project, task__in=numbers)
        known = {row.task: row for row in rows}
        before = _before(alias, [row.pk for row in known.values()])
        for task in tasks:
            item = known.get(task.task)
            if item is None:
                done += Saved(unknown=1)
            else:
                done += _save_task(alias, project, item, task, before.get(item.pk, {}))
        if cursor > project.cursor:
            project.cursor = cursor
            project.save(using=alias, update_fields=["cursor"])
    return done


def save_parting(alias: str, project_key: str, item_key: str, task: ReadTask) -> Saved:
    """Keep what a task says that is about to go, of an item that stays without it.

    What could not be used is not kept: there is nothing to open again.

    Args:
        alias: of the store's connection.
        project_key: of the project; item_key: of the item.
        task: as it stands now.
    """
    with atomic(alias):
        project = objects(alias, "CodingProject").select_for_update().get(key=project_key)
        item = objects(alias, "CodingItem").get(project=project, key=item_key)
        before = _before(alias, [item.pk]).get(item.pk, {})
        return _save_task(alias, project, item, replace(task, rejects=()), before)


def rewind(alias: str, project_key: str) -> None:
    """Forget how far a project was read: it is read from its beginning."""
    objects(alias, "CodingProject").filter(key=project_key).update(cursor="")


def _before(alias: str, items: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the readings of items that count, by item and coder."""
    found: dict[int, dict[str, Any]] = {}
    for batch in batches(list(items)):
        rows = objects(alias, "CodingReading").filter(item_id__in=batch, current=True)
        for row in rows:
            found.setdefault(row.item_id, {})[row.coder] = row
    return found


def _save_task(
    alias: str, project: Any, item: Any, task: ReadTask, before: dict[str, Any]
) -> Saved:
    done = Saved()
    for reading in task.readings:
        done += _save(alias, project, item, before.pop(reading.coder, None), reading)
    for left in () if task.strange else before.values():
        _put_behind(alias, left, "deleted", task.changed_by, deleted=True)
        done += Saved(deleted=1)
    rejects = storable([dict(one) for one in task.rejects])
    if item.rejects != rejects:
        item.rejects = rejects
        item.save(using=alias, update_fields=["rejects"])
    return done


def _save(alias: str, project: Any, item: Any, before: Any, reading: KeptReading) -> Saved:
    digest = _digest(reading, item.start)
    times = {"coded_at": reading.coded_at, "lead_time": reading.lead_time}
    if before is not None and (
        before.digest == digest or _digest(_as_kept(alias, before), item.start) == digest
    ):
        # relabelled here and there alike, or sent again as it was
        if (before.digest, before.coded_at) != (digest, reading.coded_at):
            objects(alias, "CodingReading").filter(pk=before.pk).update(digest=digest, **times)
        return Saved()
    if before is not None:
        _put_behind(alias, before, "edited", reading.changed_by)
    row = objects(alias, "CodingReading").create(
        item=item,
        coder=reading.coder,
        annotation=reading.annotation,
        state=reading.state,
        codebook=project.codebook,
        version=project.version,
        memo=storable(reading.memo),
        digest=digest,
        **times,
    )
    _add_codings(alias, row.pk, item.document_id, reading.codings)
    fresh = Saved(new=1) if before is None else Saved(changed=1)
    other = reading.changed_by not in ("", reading.coder)
    by = (reading.changed_by,) if other else ()
    return fresh + Saved(codings=len(reading.codings), by_others=by)


def _add_codings(alias: str, reading: int, document_id: str, codings: Sequence[KeptCoding]) -> None:
    from listening.store.models import Coding

    rows = [(*(getattr(one, name) for name in _CODING), reading, document_id) for one in codings]
    if rows:
        insert(alias, Coding, [*_CODING, "reading_id", "document_id"], rows)


def _put_behind(alias: str, reading: Any, what: str, who: str, deleted: bool = False) -> None:
    """Keep a reading as history; the trail names who changed it, and nobody who may not have."""
    objects(alias, "CodingReading").filter(pk=reading.pk).update(current=False, deleted=deleted)
    objects(alias, "CodingChange").create(
        change=secrets.token_hex(8), who=who, what=what, reading_id=reading.pk
    )


def _as_kept(alias: str, row: Any) -> KeptReading:
    codings = objects(alias, "Coding").filter(reading_id=row.pk).order_by("pk")
    return KeptReading(
        row.coder,
        row.annotation,
        row.state,
        tuple(KeptCoding(*one) for one in codings.values_list(*_CODING)),
        row.memo,
    )


def _digest(reading: KeptReading, start: int) -> str:
    """Return the hash of what a reading says; places count from the item's start.

    An item whose document lost somebody's words stands elsewhere now, and says the same.
    """
    said = [
        reading.annotation,
        reading.state,
        storable(reading.memo),
        [
            [
                one.code,
                one.participant_id,
                one.start - start,
                one.end - start,
                storable(one.proposed),
                storable(one.memo),
                one.severity,
                one.region,
            ]
            for one in _once(reading.codings)
        ],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _once(codings: Sequence[KeptCoding]) -> list[KeptCoding]:
    """Return each code once in a place: two codes that were merged say no more than one."""
    places = {(one.code, one.start, one.end, one.region): one for one in reversed(codings)}
    return list(reversed(places.values()))
