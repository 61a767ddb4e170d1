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
    # to wait once more: a file that came first says much the same, and its officer is asked
    READING: (KEPT, REFUSED, STOPPED, WAITING),
    STOPPED: (READING, REFUSED),
    # something in it was set apart: it is read again without that, if anything is left
    KEPT: (READING, REFUSED),
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


def of_content(slug: str, file_key: str) -> list[Upload]:
    """Return the uploads of a content of which something is kept, whoever sent them."""
    rows = _all().filter(programme__slug=slug, file_key=file_key).exclude(source_key="")
    return [upload_of(row) for row in rows.order_by("added", "id")]


def move(upload: Upload, state: str, source_key: str = "") -> bool:
    """Take an upload to another state; False where it is not in a state that leads there."""
    before = [one for one in STATES if state in _WAYS.get(one, ())]
    changes = {"state": state}
    if source_key or state == REFUSED:
        changes["source_key"] = source_key
    return bool(_all().filter(pk=upload.id, state__in=before).update(**changes))


def again(upload: Upload) -> bool:
    """Let a kept upload be read again; False where it is not kept, or not any more."""
    return bool(_all().filter(pk=upload.id, state=KEPT).update(state=READING))


def take_back(upload: Upload) -> bool:
    """Refuse an upload that was kept; False where it is not kept, or not any more."""
    refused = {"state": REFUSED, "source_key": ""}
    return bool(_all().filter(pk=upload.id, state__in=(KEPT, STOPPED)).update(**refused))


def any_again(slug: str) -> bool:
    """Whether an upload of a programme waits to be read once more."""
    waiting = _all().filter(programme__slug=slug, state=READING)
    return bool(waiting.exclude(source_key="").exists())


def keep(upload: Upload, source_key: str, file_key: str) -> bool:
    """Note that an upload was read; False where it was not being read.

    Args:
        upload: the upload.
        source_key: its source in the store.
        file_key: hash of its content, which a correction changes. Where the officer sent that
            content as an upload of its own, this one stays listed under what it was before.
    """
    from django.db import IntegrityError, transaction

    own = _all().filter(pk=upload.id, state=READING)
    # what another officer sent too is kept under one reading
    alike = _all().filter(programme__slug=upload.programme.slug, state=KEPT, file_key=file_key)
    alike.update(source_key=source_key)
    try:
        with transaction.atomic(using=own.db):
            return bool(own.update(state=KEPT, source_key=source_key, file_key=file_key))
    except IntegrityError:
        return bool(own.update(state=KEPT, source_key=source_key))


def forget(upload: Upload) -> bool:
    """Take an upload off the list; one that is being read, or of which something is kept, stays."""
    unread = _all().filter(pk=upload.id, source_key="", state__in=(WAITING, REFUSED, STOPPED))
    gone, _ = unread.delete()
    return bool(gone)


def to_read() -> Upload | None:
    """Return the upload that has waited longest to be read; what was never read comes first."""
    waiting = _all().filter(state=READING).order_by("added")
    row = waiting.filter(source_key="").first() or waiting.first()
    return upload_of(row) if row else None


def still_to_read(upload: Upload) -> bool:
    """Whether an upload still waits to be read: another process may have read it meanwhile."""
    return bool(_all().filter(pk=upload.id, state=READING).exists())


def kept(slug: str) -> list[Upload]:
    """Return every upload of a programme that was read and kept."""
    return [upload_of(row) for row in _all().filter(programme__slug=slug, state=KEPT)]


def ids(slug: str) -> set[str]:
    """Return the ids of every upload of a programme."""
    return {str(pk) for pk in _all().filter(programme__slug=slug).values_list("pk", flat=True)}


def every(slug: str) -> list[Upload]:
    """Return every upload of a programme, whatever became of it."""
    return [upload_of(row) for row in _all().filter(programme__slug=slug).order_by("added", "id")]


def unread(slug: str) -> list[Upload]:
    """Return a programme's uploads that were never read and may still be."""
    waiting = _all().filter(programme__slug=slug, state__in=(WAITING, STOPPED), source_key="")
    return [upload_of(row) for row in waiting]


def sources_in(slug: str, state: str) -> set[str]:
    """Return the sources of a programme's uploads in a state."""
    found = _all().filter(programme__slug=slug, state=state)
    return set(found.values_list("source_key", flat=True))


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
