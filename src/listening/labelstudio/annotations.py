"""What people coded, read back: annotations of a task as codings with exact places.

Of each coder the annotation that was last changed counts. Predictions are never read. Every
quotation is recomputed from its place and must match, else the stretch is refused. A reading of
which anything is refused is unfinished: what else is in it is kept, and nobody is read by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from listening.codebook import Codebook
from listening.labelstudio.names import DIALOGUE, KEY, TEXT
from listening.labelstudio.nouns import (
    SKIPPED,
    SPANS,
    SUBMITTED,
    UNFINISHED,
    Item,
    ItemReading,
    TaskRead,
)
from listening.labelstudio.read_spans import read_spans
from listening.labelstudio.read_whole import read_whole
from listening.labelstudio.results import Found, Place
from listening.records import Reject

_Json = Mapping[str, Any]


def read_task(item: Item, task: _Json, book: Codebook, coders: Mapping[int, str]) -> TaskRead:
    """Return what people made of an item.

    Args:
        item: as it was pushed.
        task: Label Studio's JSON of it: `id`, `data`, `annotations`, `drafts`.
        book: the codebook; a code that was merged or split since is still known by its id.
        coders: number of each account, to its address in small letters.
    """
    number = int(task["id"])
    place = Place(number)
    if not _as_sent(item, task.get("data")):
        changed = place.reject(
            "task",
            "it shows something else than was sent; what was read of it before stays.",
            "Somebody changed the task's data by hand: delete the task and push again.",
        )
        return TaskRead((), (changed,), strange=True)
    rejects: list[Reject] = []
    last: dict[str, tuple[tuple[datetime, int], _Json]] = {}
    for annotation in task.get("annotations") or ():
        coder = _address(annotation.get("completed_by"), coders)
        if not coder:
            rejects.append(_nobody(place, annotation))
            continue
        when = (_moment(annotation), int(annotation["id"]))
        if coder not in last or when > last[coder][0]:
            last[coder] = (when, annotation)
    readings = []
    for coder, (when, annotation) in sorted(last.items()):
        reading, refused = _reading(item, number, annotation, book, coder, when[0])
        by = _address(annotation.get("updated_by"), coders)
        readings.append(replace(reading, changed_by=by))
        rejects += refused
    last_by = _address(task.get("updated_by"), coders)
    return TaskRead(tuple(readings), tuple(rejects), _drafts(task), changed_by=last_by)


def _as_sent(item: Item, data: Any) -> bool:
    """Whether a task shows the words that were sent; white space is left aside."""
    if not isinstance(data, Mapping) or str(data.get(KEY, "")) != item.key:
        return False
    if item.layout != SPANS:
        return _bare(data.get(TEXT)) == _bare(item.turns[0].text)
    told = data.get(DIALOGUE)
    turns = told if isinstance(told, list | tuple) else ()
    shown = [_bare(one.get("text")) if isinstance(one, Mapping) else None for one in turns]
    return shown == [_bare(turn.text) for turn in item.turns]


def _bare(text: Any) -> str | None:
    return "".join(text.split()) if isinstance(text, str) else None


def _reading(
    item: Item, task: int, annotation: _Json, book: Codebook, coder: str, when: datetime
) -> tuple[ItemReading, tuple[Reject, ...]]:
    skipped = bool(annotation.get("was_cancelled"))
    found = Found()
    if not skipped:
        read = read_spans if item.layout == SPANS else read_whole
        place = Place(task, int(annotation["id"]))
        found = read(item, annotation.get("result"), book, place)
    state = SKIPPED if skipped else UNFINISHED if found.rejects else SUBMITTED
    grave: dict[str, int] = {}
    for coded in found.codings:
        if coded.severity is not None:
            grave[coded.code] = max(coded.severity, grave.get(coded.code, 0))
    reading = ItemReading(
        item_key=item.key,
        task=task,
        annotation=int(annotation["id"]),
        coder=coder,
        state=state,
        codings=found.codings,
        memo=found.memo,
        severity=grave,
        lead_time=max(float(annotation.get("lead_time") or 0.0), 0.0),
        coded_at=when.isoformat(),
    )
    return reading, found.rejects


def _address(by: Any, coders: Mapping[int, str]) -> str:
    """Return whose account is meant: by a number, a mapping, or a list of one."""
    one = by[0] if isinstance(by, list | tuple) and by else by
    number = one.get("id", one.get("user_id")) if isinstance(one, Mapping) else one
    return coders.get(number, "") if isinstance(number, int) else ""


def _nobody(place: Place, annotation: _Json) -> Reject:
    return Place(place.task, int(annotation["id"])).reject(
        "annotation",
        "it is by an account that is not, or no longer, among the coders.",
        "Invite that person again under the same address, or give the item to another coder.",
    )


def _moment(annotation: _Json) -> datetime:
    told = str(annotation.get("updated_at") or annotation.get("created_at") or "")
    if not told:
        return datetime.fromtimestamp(0, UTC)
    moment = datetime.fromisoformat(told.replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _drafts(task: _Json) -> int:
    """Return how many began and did not submit; a draft over an annotation is a change begun."""
    drafts = task.get("drafts") or 0
    if isinstance(drafts, int):
        return drafts
    rows: Iterable[_Json] = drafts
    return sum(1 for one in rows if not isinstance(one, Mapping) or not one.get("annotation"))
