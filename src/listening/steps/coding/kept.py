"""Items with their words, and what was made of them as the store keeps it."""

from __future__ import annotations

from listening.codebook import Codebook, fate
from listening.labelstudio.nouns import BLIND, Coded, Item, ItemReading, ItemTurn, TaskRead
from listening.records import Reject
from listening.steps.work import Work
from listening.store.coding import KeptCoding, KeptItem, KeptProject, KeptReading, ReadTask


def words_of(work: Work) -> dict[str, str]:
    """Return the text of every document of which something is asked, by its id.

    Whoever makes tasks outside of the lock sees by it that nobody withdrew meanwhile.
    """
    loop = work.store.loop
    asked = {one.document_id for project in loop.projects() for one in loop.items(project.key)}
    return loop.words(sorted(asked), work.today.isoformat())


def item_of(kept: KeptItem, text: str) -> Item:
    """Return an item with its words, cut from its document's text."""
    turns = tuple(
        ItemTurn(turn.author, text[turn.start : turn.end], turn.start, turn.participant_id)
        for turn in kept.turns
    )
    return Item(
        kept.key,
        kept.document_id,
        kept.layout,
        turns,
        stream=kept.stream,
        blind=kept.blind,
        probability=kept.probability,
        batch=kept.batch,
        order=kept.order,
    )


def as_kept(project: KeptProject, number: int, told: TaskRead, book: Codebook) -> ReadTask:
    """Return what a task says as it is kept; in a blind project, its own coder's alone."""
    rejects = list(told.rejects)
    readings = []
    for reading in told.readings:
        if project.role == BLIND and reading.coder != project.coder:
            rejects.append(_strange(number, reading, project))
        else:
            readings.append(_reading(reading, book))
    refused = tuple(dict(vars(one)) for one in rejects)
    return ReadTask(number, tuple(readings), refused, told.strange, told.changed_by, told.drafts)


def _strange(number: int, reading: ItemReading, project: KeptProject) -> Reject:
    return Reject(
        f"Label Studio task {number}",
        f"annotation {reading.annotation}",
        "annotation",
        f"it is by {reading.coder}, in the project that {project.coder} reads blind: it does not "
        "count.",
        f"Delete it in Label Studio, and ask {reading.coder} to code in a project of their own.",
    )


def _reading(reading: ItemReading, book: Codebook) -> KeptReading:
    return KeptReading(
        reading.coder,
        reading.annotation,
        reading.state,
        tuple(dict.fromkeys(_coding(coded, book) for coded in reading.codings)),
        reading.memo,
        reading.lead_time,
        reading.coded_at,
        reading.changed_by,
    )


def _coding(coded: Coded, book: Codebook) -> KeptCoding:
    """Return a coding under what has become of its code."""
    now = fate(book, coded.code)
    return KeptCoding(
        now.code,
        coded.participant_id,
        coded.span.start,
        coded.span.end,
        coded.proposed,
        coded.memo,
        coded.severity,
        coded.region,
        now.standing,
    )
