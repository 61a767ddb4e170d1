"""What a file replaces: an earlier content at its place, or an earlier reading of its content.

A reading goes once a better one is kept, so that a corrected file that turns out broken costs
nothing. Consent that was taken back is heeded at once, whatever else goes wrong.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from listening import sources
from listening.records import Table
from listening.steps import copies, replaced, standing
from listening.steps.standing import BY_PLACE
from listening.steps.work import Work


def content_before(places: Mapping[str, str], place: str, file_key: str) -> str:
    """Return the hash of what the place of a file held before; empty where it held the same."""
    before = places.get(place, file_key)
    return before if before != file_key else ""


def still_sent(places: Mapping[str, str], place: str) -> set[str]:
    """Return the contents of uploads other than the one at this place."""
    others = (held for other, held in places.items() if other != place and _is_upload(other))
    return set(others)


def forget_replaced(
    work: Work, file_key: str, key: str, before: str, elsewhere: Container[str]
) -> None:
    """Erase what a reading that is kept now stands for.

    Args:
        work: the workplace.
        file_key: hash of the file's content.
        key: its reading that stays.
        before: hash of what its place held before, or empty.
        elsewhere: contents that stay, for they lie at other places too.
    """
    # a file is kept under one reading
    work.store.forget_readings(file_key, but=key)
    if before and before not in elsewhere:
        work.store.forget_readings(before)
        replaced.erase(work, before)
        copies.forget(work, [before])
        standing.erase(work, before)


def allows_less(work: Work, file_key: str, manifest: Table | None, name: str) -> bool:
    """Whether a manifest allows less than what is kept of a content that it speaks of no more.

    Args:
        work: the workplace.
        file_key: hash of the content of which something is kept.
        manifest: the manifest as it is now.
        name: the file's name in it.
    """
    rows = sources.rows_for(manifest, name)
    held = work.store.consents(file_key)
    return any(
        _less(held[pid], row, work.today)
        for key, pid in work.vault.read("people").items()
        if pid in held
        for row in _rows_on(key, file_key, rows)
    )


def holds_more(work: Work, file_key: str, allowed: Iterable[tuple[str, str]]) -> bool:
    """Whether more is kept of a content than a fresh reading of it allows.

    Args:
        work: the workplace.
        file_key: hash of the content.
        allowed: what tells each person of the fresh reading apart, and their consent.
    """
    held = work.store.consents(file_key)
    if not held:
        return False
    people = work.vault.read("people")
    now = {people.get(key): consent for key, consent in allowed}
    return any(pid not in now or _lower(now[pid], had) for pid, had in held.items())


def same_people(file_key: str, before: str, keys: Iterable[str]) -> dict[str, str]:
    """Return for each person of a corrected file what told them apart before it was corrected."""
    if not before:
        return {}
    told = (key.split("|", 1) for key in keys if key.startswith(f"{file_key}|"))
    return {
        f"{file_key}|{local}": f"{before}|{local}"
        for _, local in told
        if not local.startswith(BY_PLACE)
    }


def _is_upload(place: str) -> bool:
    return place.startswith("uploads/")


def _rows_on(key: str, file_key: str, rows: list[dict[str, str]]) -> Iterator[Mapping[str, Any]]:
    """Yield the manifest's rows on somebody."""
    of, local = key.split("|", 1)
    if of == file_key:
        yield sources.row_of_speaker(rows, local)
    elif of == "programme":
        yield from (row for row in rows if row["participant_id"] == local)


def _less(had: str, row: Mapping[str, str], today: date) -> bool:
    until = row.get("consent_until", "")
    ended = bool(until) and until < today.isoformat()
    return ended or row.get("consent") == "none" or _lower(row.get("consent", ""), had)


def _lower(now: str, had: str) -> bool:
    return now == "analysis" and had == "quotation"
