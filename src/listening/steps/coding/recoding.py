"""Words that carry a split code are asked for again: a new batch, in the streams that they had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from listening.codebook import RECODE, Codebook
from listening.coding.agreement import AGAIN_FOR
from listening.labelstudio.items import items_of
from listening.labelstudio.nouns import BLIND, Item
from listening.labelstudio.protocol import Server
from listening.labelstudio.tasks import task_of
from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, SELECTIONS, Table, table_of
from listening.steps.coding.delivering import deliver
from listening.steps.coding.leaving import due
from listening.steps.coding.planning import shown
from listening.steps.people import merged
from listening.steps.selecting import own_segments
from listening.steps.work import Work
from listening.store.coding import SENT, KeptItem, KeptProject, KeptTurn

_ABOUT = "Some of it is asked for again, because a code was split."
_UNIT = ["segment_id", "participant_id"]


def recode(work: Work, run_id: str, server: Server, book: Codebook) -> tuple[int, int]:
    """Ask again for what carries a split code: of those who gave it, in their own projects.

    What was asked again already and nobody has read since is not asked twice. A task that was
    deleted because one of those in it withdrew is asked for anew, with the others' words.

    Args:
        work: the workplace.
        run_id: the run whose material it is.
        server: the Label Studio.
        book: the version that coders see.

    Returns:
        How many items were sent now, and how many could not be: their words are not in the run.
    """
    sent, missing = 0, 0
    for project in [one for one in work.store.loop.projects() if one.codebook == book.id]:
        with work.alone():  # whoever withdraws meanwhile waits until it is noted what is sent
            mine = _not_asked(work, project, _of(project, _waiting(work, book)))
            if mine.empty:
                continue
            fresh, items = _again(work, run_id, project, mine, book)
            rows = _rows(mine)
            missing += sum(not any(_holds(item, row) for item in items.values()) for row in rows)
            work.store.loop.add_items(project.key, fresh)
            leaving = {one.item_key for one in due(work, server.url)}
            lost = [one for one in fresh if one.key not in leaving]
            work.store.loop.renew(project.key, lost)
        build = partial(_task, items, book, project.role)
        keys = [one.key for one in fresh]
        _, count = deliver(work, server, book, project, _ABOUT, keys, build)
        sent += count
    return sent, missing


def _waiting(work: Work, book: Codebook) -> Table:
    codings = work.store.codings()
    return codings[(codings["codebook"] == book.id) & (codings["code_status"] == RECODE)]


def _not_asked(work: Work, project: KeptProject, waiting: Table) -> Table:
    """Leave out what lies in a task that was sent to read it again, and that nobody has read."""
    read = work.store.loop.readers(project.key)
    sent = [
        one
        for one in work.store.loop.items(project.key, SENT)
        if AGAIN_FOR in one.key and one.key not in read
    ]
    keep = [not any(_holds(one, row) for one in sent) for row in waiting.to_dict("records")]
    return waiting[keep] if len(waiting) else waiting


def _task(items: Mapping[str, Item], book: Codebook, role: str, one: KeptItem) -> dict[str, Any]:
    return task_of(items[one.key], (), book, role)


def _rows(units: Table) -> list[Mapping[Any, Any]]:
    return list(units.drop_duplicates(_UNIT).to_dict("records"))


def _holds(item: Item | KeptItem, unit: Mapping[Any, Any]) -> bool:
    """Whether a unit lies in an item."""
    if item.document_id != unit["document_id"]:
        return False
    return bool(unit["start"] < item.end and unit["end"] > item.start)


def drop_recoding(work: Work, codebook: str, version: str) -> int:
    """Ask no more for what nobody has read again for a version; how many items."""
    dropped = 0
    for project in work.store.loop.projects():
        if project.codebook == codebook:
            read = work.store.loop.readers(project.key)
            keys = [
                one.key
                for one in work.store.loop.items(project.key)
                if one.key.endswith(f"{AGAIN_FOR}{version}") and one.key not in read
            ]
            dropped += work.store.loop.drop(project.key, keys)
    return dropped


def _of(project: KeptProject, waiting: Table) -> Table:
    """Return what waits of a project: of one coder's own, what that coder gave."""
    mine = waiting[waiting["role"] == project.role]
    whole = project.layout == "whole"
    mine = mine[mine["whole"].astype(bool) == whole]
    return mine[mine["coder"] == project.coder] if project.role == BLIND else mine


def _again(
    work: Work, run_id: str, project: KeptProject, mine: Table, book: Codebook
) -> tuple[list[KeptItem], dict[str, Item]]:
    """Return the items to be read again, as they are kept, and with their words by their key."""
    before = {one.key: one for one in work.store.loop.items(project.key)}
    batch = max((one.batch for one in before.values()), default=0) + 1
    place = max((one.order for one in before.values()), default=-1) + 1
    units = _rows(mine)
    found, participants = _cut(work, run_id, units)
    kept: dict[str, KeptItem] = {}
    items: dict[str, Item] = {}
    for item in found:
        source = _first(before, units, item)
        if source is None:
            continue
        key = f"{item.key}{AGAIN_FOR}{book.version}"
        again = replace(
            item, key=key, stream=source.stream, blind=True, probability=source.probability,
            batch=batch, order=place + len(kept),
        )  # fmt: skip
        items[key] = again
        kept[key] = _kept(again, participants[item.key], source.seed)
    return list(kept.values()), items


def _cut(
    work: Work, run_id: str, units: Sequence[Mapping[Any, Any]]
) -> tuple[tuple[Item, ...], Mapping[str, tuple[str, ...]]]:
    """Return the turns that hold these units as items, with everybody whose words each shows."""
    keys = work.store.agreed(work.store.run(run_id).sources, work.today.isoformat())
    documents = work.store.load(keys, DOCUMENTS).drop_duplicates("document_id", keep="last")
    passages = work.store.load(keys, PASSAGES)
    about = {"stream": "training", "probability": 1.0, "blind": True, "why": RECODE}
    about |= {"batch": 1, "seed": 0, "day": work.today.isoformat()}
    rows = [{name: row[name] for name in _UNIT} | about for row in units]
    chosen = table_of(rows, SELECTIONS)
    people = merged(work.store.load(keys, PARTICIPANTS))
    items = items_of(documents, passages, own_segments(work, run_id), people, chosen)
    return items, shown(items, documents, passages)


def _first(
    before: Mapping[str, KeptItem], units: Sequence[Mapping[Any, Any]], item: Item
) -> KeptItem | None:
    """Return the item in which the words of another were read first."""
    inside = [unit["item"] for unit in units if _holds(item, unit)]
    return next((before[key] for key in inside if key in before), None)


def _kept(item: Item, participants: tuple[str, ...], seed: int) -> KeptItem:
    turns = tuple(
        KeptTurn(turn.author, turn.start, turn.start + len(turn.text), turn.participant_id)
        for turn in item.turns
    )
    return KeptItem(
        key=item.key, document_id=item.document_id, layout=item.layout, turns=turns,
        participants=participants, stream=item.stream, blind=True, probability=item.probability,
        batch=item.batch, order=item.order, seed=seed,
    )  # fmt: skip
