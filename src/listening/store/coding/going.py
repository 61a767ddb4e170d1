"""What must go: the codings of whoever withdrew or agrees no more, and their tasks' deletion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from listening.store.coding.nouns import GONE, SENDING, SENT
from listening.store.connect import atomic
from listening.store.frames import batches, objects


@dataclass(frozen=True)
class Leaving:
    """A task that must be deleted in Label Studio.

    Attributes:
        id: of its line in the queue.
        project_key: ours; number: Label Studio's, None where it was never known.
        item_key: of its item; task: Label Studio's number, None where it was never known.
        server: address of the Label Studio that holds it; empty where it was never known.
    """

    id: int
    project_key: str
    number: int | None
    item_key: str
    task: int | None
    server: str = ""


def erase_person(alias: str, participant_id: str) -> Counter[str]:
    """Erase what was coded of a person, before their words go; others' readings stay.

    A task that holds their words, be it beside somebody else's, must go: an item that others speak
    in stays as theirs, without a task, and is sent anew if nobody has read it.

    Returns:
        How many items, readings and codings went.
    """
    gone: Counter[str] = Counter()
    own = objects(alias, "Passage").filter(participant_id=participant_id)
    documents = sorted(set(own.values_list("document_id", flat=True)))
    mine = objects(alias, "Coding").filter(participant_id=participant_id)
    gone["codings"] = mine.count()
    mine.delete()
    for batch in batches(documents):
        for item in objects(alias, "CodingItem").filter(document_id__in=batch):
            if participant_id in item.participants:
                gone += _without(alias, item, participant_id)
    return gone


def _without(alias: str, item: Any, participant_id: str) -> Counter[str]:
    queue(alias, [item])
    turns = [turn for turn in item.turns if turn[3] != participant_id]
    readings = objects(alias, "CodingReading").filter(item=item)
    if not any(turn[3] for turn in turns):
        count = readings.count()
        item.delete(using=alias)
        return Counter(items=1, readings=count)
    # nobody can tell whose words a memo speaks of, be it of the whole item or of a neighbour's
    # stretch, nor whose words a code was proposed in
    if len(turns) < len(item.turns):
        readings.exclude(memo="").update(memo="")
        objects(alias, "Coding").filter(reading__item=item).update(memo="", proposed="")
    item.turns = turns
    item.start, item.end = turns[0][1], turns[-1][2]
    item.participants = [one for one in item.participants if one != participant_id]
    item.state, item.task = GONE, None
    # what the machine made of their words goes too, and of the rest it stands elsewhere now
    item.suggested = []
    item.save(using=alias)
    return Counter()


def queue(alias: str, items: Iterable[Any]) -> int:
    """Ask for the tasks of items to be deleted, as far as they may have one; return how many."""
    count = 0
    for item in items:
        if item.state in (SENDING, SENT):
            _, made = objects(alias, "TaskToDelete").get_or_create(
                server=item.project.server,
                project_key=item.project.key,
                item_key=item.key,
                defaults={"task": item.task},
            )
            count += made
    return count


def move(alias: str, document_id: str, moved: Sequence[tuple[int, int, int]]) -> None:
    """Move items and codings of a document with its turns.

    Args:
        alias: of the store's connection.
        document_id: the document.
        moved: where each turn that stays began and ended, and by how much it moves.
    """

    def by(start: int, end: int) -> int:
        for first, last, shift in moved:
            if first <= start and end <= last:
                return shift
        return 0

    for item in objects(alias, "CodingItem").filter(document_id=document_id):
        shifts = [by(start, end) for _, start, end, _ in item.turns]
        if any(shifts):
            item.turns = [
                [author, start + shift, end + shift, who]
                for (author, start, end, who), shift in zip(item.turns, shifts, strict=True)
            ]
            item.start, item.end = item.turns[0][1], item.turns[-1][2]
            item.save(using=alias, update_fields=["turns", "start", "end"])
    for coding in objects(alias, "Coding").filter(document_id=document_id):
        if shift := by(coding.start, coding.end):
            coding.start, coding.end = coding.start + shift, coding.end + shift
            coding.save(using=alias, update_fields=["start", "end"])


def forget_documents(alias: str, stale: Sequence[str]) -> int:
    """Heed that readings of files go: what was coded in a document that goes with them goes too.

    Where the same document stays in another reading of its file, what was coded stays with the
    turns that say the same; a task whose document reads otherwise now is deleted.

    Args:
        alias: of the store's connection.
        stale: keys of the sources, before they are erased.

    Returns:
        How many items went.
    """
    gone = 0
    rows = objects(alias, "Document").filter(source_id__in=stale)
    before = dict(rows.values_list("document_id", "text"))
    for batch in batches(sorted(before)):
        others = objects(alias, "Document").filter(document_id__in=batch)
        others = others.exclude(source_id__in=stale).order_by("pk")
        now = {
            document: (source, text)
            for document, source, text in others.values_list("document_id", "source_id", "text")
        }
        items = objects(alias, "CodingItem").filter(document_id__in=batch)
        for item in items.select_related("project"):
            stays = now.get(item.document_id)
            if stays and stays[1] == before[item.document_id]:
                continue
            queue(alias, [item])
            places = _found_again(alias, item, before[item.document_id], stays)
            if places is None:
                item.delete(using=alias)
                gone += 1
                continue
            _put(alias, item, places)
    return gone


def _found_again(
    alias: str, item: Any, before: str, stays: tuple[str, str] | None
) -> list[tuple[int, int, int]] | None:
    """Return by how much each turn of an item moved; None where one says something else now."""
    if stays is None:
        return None
    source, text = stays
    passages = objects(alias, "Passage").filter(source_id=source, document_id=item.document_id)
    said: dict[tuple[str, str], list[int]] = {}
    for who, start, end in passages.values_list("participant_id", "start", "end"):
        said.setdefault((who, text[start:end]), []).append(start)
    moved = []
    for _, start, end, who in item.turns:
        places = said.get((who, before[start:end]), [])
        if not places:
            return None
        moved.append((start, end, min(places, key=lambda at: abs(at - start)) - start))
    return moved


def _put(alias: str, item: Any, moved: Sequence[tuple[int, int, int]]) -> None:
    """Put an item and its codings where their turns are now; its task is no more."""
    item.turns = [
        [author, start + shift, end + shift, who]
        for (author, start, end, who), (_, _, shift) in zip(item.turns, moved, strict=True)
    ]
    item.start, item.end = item.turns[0][1], item.turns[-1][2]
    item.state, item.task = GONE, None
    item.save(using=alias)
    for coding in objects(alias, "Coding").filter(reading__item=item):
        for start, end, shift in moved:
            if shift and start <= coding.start and coding.end <= end:
                coding.start, coding.end = coding.start + shift, coding.end + shift
                coding.save(using=alias, update_fields=["start", "end"])
                break


def leaving(alias: str) -> list[Leaving]:
    """Return every task that must still be deleted, in the order in which it was asked for."""
    numbers = dict(objects(alias, "CodingProject").values_list("key", "number"))
    rows = objects(alias, "TaskToDelete").order_by("pk")
    return [
        Leaving(
            row.pk,
            row.project_key,
            numbers.get(row.project_key),
            row.item_key,
            row.task,
            row.server,
        )
        for row in rows
    ]


def moved(alias: str, server: str) -> None:
    """Note that all that was sent is at this address now: the same Label Studio, moved."""
    with atomic(alias):
        objects(alias, "CodingProject").exclude(server="").update(server=server)
        for row in objects(alias, "TaskToDelete").exclude(server=server):
            same = {"project_key": row.project_key, "item_key": row.item_key}
            if objects(alias, "TaskToDelete").filter(server=server, **same).exists():
                row.delete(using=alias)
            else:
                row.server = server
                row.save(using=alias, update_fields=["server"])


def left(alias: str, ids: Iterable[int]) -> None:
    """Take tasks off the queue: they are gone."""
    for batch in batches(list(ids)):
        objects(alias, "TaskToDelete").filter(pk__in=batch).delete()


def tried(alias: str, ids: Iterable[int]) -> None:
    """Note that tasks could not be deleted this time."""
    from django.db.models import F

    for batch in batches(list(ids)):
        objects(alias, "TaskToDelete").filter(pk__in=batch).update(tries=F("tries") + 1)
