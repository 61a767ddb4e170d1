"""Codings that a change of the codebook carries elsewhere, each with a line that can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any

from listening.store.bulk import insert
from listening.store.coding.nouns import Change, Touched
from listening.store.connect import atomic
from listening.store.frames import batches, objects


def relabel(
    alias: str,
    codebook: str,
    codes: Collection[str],
    who: str,
    what: str,
    into: str = "",
    status: str = "",
) -> tuple[str, list[Touched]]:
    """Give the codings of some codes another code or status, those of history left as they are.

    Args:
        alias: of the store's connection.
        codebook: its id.
        codes: ids of the codes.
        who: by whom; what: such as `merge`.
        into: id of the code that they become; empty leaves it.
        status: of CODINGS' `code_status`; empty leaves it.

    Returns:
        The id of the change, and what it touched; empty where it touched nothing.
    """
    with atomic(alias):
        rows = objects(alias, "Coding").filter(code__in=list(codes), reading__current=True)
        rows = rows.filter(reading__codebook=codebook).select_related("reading__item__project")
        touched = [row for row in rows.order_by("pk") if _differs(row, into, status)]
        if not touched:
            return "", []
        change = secrets.token_hex(8)
        lines = []
        for row in touched:
            was = {"code": row.code, "status": row.status}
            now = {"code": into or row.code, "status": status or row.status}
            lines.append((change, row.reading_id, row.pk, was, now))
            row.code, row.status = now["code"], now["status"]
        _save(alias, touched)
        _note(alias, who, what, lines)
    return change, [
        _touched(row, was["code"], now["code"])
        for row, (_, _, _, was, now) in zip(touched, lines, strict=True)
    ]


def undo(alias: str, change: str) -> list[Touched]:
    """Give the codings of a change the code and status that they had; nothing where none is left.

    A coding that was changed again since stays as it is.
    """
    with atomic(alias):
        lines = objects(alias, "CodingChange").filter(change=change, undone=False)
        rows = lines.exclude(coding=None).select_related("coding__reading__item__project")
        undone, found = [], []
        for line in rows:
            row = line.coding
            if {"code": row.code, "status": row.status} != line.now:
                continue
            found.append(_touched(row, row.code, line.was["code"]))
            row.code, row.status = line.was["code"], line.was["status"]
            undone.append(row)
        _save(alias, undone)
        lines.exclude(coding=None).update(undone=True)
    return found


def changes(alias: str) -> list[Change]:
    """Return the trail, oldest change first."""
    found: dict[str, Change] = {}
    rows = objects(alias, "CodingChange").order_by("pk")
    for change, at, who, what, undone in rows.values_list("change", "at", "who", "what", "undone"):
        count = found[change].codings + 1 if change in found else 1
        found[change] = Change(change, at.isoformat(), who, what, count, undone)
    return list(found.values())


def _differs(row: Any, into: str, status: str) -> bool:
    return bool((into and row.code != into) or (status and row.status != status))


def _touched(row: Any, was: str, now: str) -> Touched:
    item = row.reading.item
    return Touched(item.project.number, item.task, row.reading.annotation, row.region, was, now)


def _save(alias: str, rows: list[Any]) -> None:
    objects(alias, "Coding").bulk_update(rows, ["code", "status"], batch_size=200)


def _note(
    alias: str,
    who: str,
    what: str,
    lines: list[tuple[str, int, int, dict[str, str], dict[str, str]]],
) -> None:
    from datetime import UTC, datetime

    from listening.store.models import CodingChange

    at = datetime.now(UTC)
    columns = ["change", "reading_id", "coding_id", "was", "now", "who", "what", "at", "undone"]
    insert(alias, CodingChange, columns, [(*line, who, what, at, False) for line in lines])


def set_version(alias: str, codebook: str, version: str, projects: Collection[str]) -> None:
    """Note that projects show another version of their codebook, and that what counts is of it."""
    with atomic(alias):
        for batch in batches(list(projects)):
            rows = objects(alias, "CodingProject").filter(key__in=batch, codebook=codebook)
            rows.update(version=version)
            objects(alias, "CodingReading").filter(
                item__project__key__in=batch, codebook=codebook, current=True
            ).update(version=version)
