"""Uploads: which file of whom is in which state."""

from __future__ import annotations

import uuid
from typing import Any

from listening.store.accounts.nouns import (
    KEPT,
    READING,
    REFUSED,
    STATES,
    STOPPED,
    WAITING,
    Person,
    Upload,
)
from listening.store.accounts.people import person_of, programme_of, rows

#: where an upload may go from where; a press of a button twice goes nowhere twice
_WAYS = {
    WAITING: (READING, REFUSED),
    READING: (KEPT, REFUSED, STOPPED),
    STOPPED: (READING, REFUSED),
}


def add(person: Person, slug: str, upload_id: str, file_key: str, state: str) -> Upload | None:
    """Note a file that came; None where the same came from the same officer at this moment."""
    from django.db import IntegrityError

    programme = rows("Programme").get(slug=slug)
    row = _all().model(
        id=uuid.UUID(upload_id),
        programme=programme,
        officer_id=person.id,
        state=state,
        file_key=file_key,
    )
    try:
        row.save(force_insert=True)
    except IntegrityError:
        return None
    return upload_of(row)


def of(person: Person, slug: str) -> list[Upload]:
    """Return somebody's own uploads, newest first."""
    mine = _all().filter(officer_id=person.id, programme__slug=slug)
    return [upload_of(row) for row in mine.order_by("-added", "id")]


def source_keys(slug: str, person: Person | None = None) -> list[str]:
    """Return the sources that a programme's uploads became; somebody's own alone, if asked."""
    became = _all().filter(programme__slug=slug, state=KEPT).exclude(source_key="")
    if person:
        became = became.filter(officer_id=person.id)
    return list(became.order_by("added", "id").values_list("source_key", flat=True))


def file_keys(person: Person, slug: str) -> set[str]:
    """Return the content hashes of somebody's own uploads."""
    mine = _all().filter(officer_id=person.id, programme__slug=slug)
    return set(mine.values_list("file_key", flat=True))


def one(person: Person, slug: str, upload_id: str) -> Upload | None:
    """Return one of somebody's own uploads; another's is none."""
    mine = _all().filter(officer_id=person.id, programme__slug=slug, pk=upload_id)
    return next((upload_of(row) for row in mine), None)


def same(person: Person, slug: str, file_key: str) -> Upload | None:
    """Return somebody's own upload of the same content, unless it was refused."""
    mine = _all().filter(officer_id=person.id, programme__slug=slug, file_key=file_key)
    return next((upload_of(row) for row in mine.exclude(state=REFUSED)), None)


def move(upload: Upload, state: str, source_key: str = "") -> bool:
    """Take an upload to another state; False where it is not in a state that leads there."""
    before = [one for one in STATES if state in _WAYS.get(one, ())]
    changes = {"state": state} | ({"source_key": source_key} if source_key else {})
    return bool(_all().filter(pk=upload.id, state__in=before).update(**changes))


def forget(upload: Upload) -> bool:
    """Take an upload off the list; one that is being read or was kept stays."""
    gone, _ = _all().filter(pk=upload.id, state__in=(WAITING, REFUSED, STOPPED)).delete()
    return bool(gone)


def to_read() -> Upload | None:
    """Return the upload that has waited longest to be read."""
    row = _all().filter(state=READING).order_by("added").first()
    return upload_of(row) if row else None


def ids(slug: str) -> set[str]:
    """Return the ids of every upload of a programme."""
    return {str(pk) for pk in _all().filter(programme__slug=slug).values_list("pk", flat=True)}


def counts(slug: str) -> dict[str, int]:
    """Return how many uploads of a programme are in which state."""
    found = list(_all().filter(programme__slug=slug).values_list("state", flat=True))
    return {state: found.count(state) for state in STATES}


def upload_of(row: Any) -> Upload:
    """Return the value of a row."""
    return Upload(
        str(row.pk),
        programme_of(row.programme),
        person_of(row.officer),
        row.state,
        row.source_key,
        row.added,
    )


def _all() -> Any:
    return rows("Upload").select_related("programme", "officer")
