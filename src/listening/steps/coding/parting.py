"""What was coded of others in a task that must go is read before it goes.

A task of a conversation shows several people. Where one of them withdrew, or reads otherwise now,
it is deleted, and what somebody made of the others' words since the last pull stands there alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from listening.codebook import load as load_codebook
from listening.labelstudio.annotations import read_task
from listening.labelstudio.names import DIALOGUE, KEY
from listening.labelstudio.nouns import SPANS, Item, ItemReading, ItemTurn, TaskRead
from listening.labelstudio.protocol import Server
from listening.steps.coding.kept import as_kept
from listening.steps.work import Work
from listening.store.coding import GONE, KeptItem, KeptProject, Saved

_Json = Mapping[str, Any]


def bring(
    work: Work, server: Server, project_key: str, number: int, keys: Collection[str]
) -> Saved:
    """Read what changed since the last pull in tasks that are about to be deleted.

    Whoever left speaks in the items no more: what was marked of their words is not read.

    Args:
        work: the workplace.
        server: the Label Studio.
        project_key: ours; number: Label Studio's.
        keys: of the items whose tasks go.

    Raises:
        ListeningError: Label Studio does not answer.
    """
    done = Saved()
    project = next((one for one in work.store.loop.projects() if one.key == project_key), None)
    if project is None or not _stay(work, project, keys):
        return done
    accounts = work.store.loop.keep_coders(server.coders())
    for task in server.changed(number, project.cursor):
        if task["data"].get(KEY) not in keys or not task["annotations"]:
            continue
        with work.alone():  # of those who leave meanwhile nothing is read either
            kept = _stay(work, project, keys).get(task["data"][KEY])
            if kept is not None:
                done += _save(work, project, kept, task, accounts)
    return done


def _stay(work: Work, project: KeptProject, keys: Collection[str]) -> dict[str, KeptItem]:
    """Return the items in which somebody else still speaks."""
    items = work.store.loop.items(project.key, GONE)
    return {one.key: one for one in items if one.key in keys and one.layout == SPANS}


def _save(
    work: Work, project: KeptProject, kept: KeptItem, task: _Json, accounts: Mapping[int, str]
) -> Saved:
    words = work.store.loop.words([kept.document_id], work.today.isoformat())
    if kept.document_id not in words:
        return Saved()
    item, left_out = _as_shown(kept, words[kept.document_id], task["data"].get(DIALOGUE) or ())
    book = load_codebook(work.store.loop.book(project.codebook, project.version))
    annotations = [
        {**one, "result": _without(one.get("result"), left_out)} for one in task["annotations"]
    ]
    told = read_task(item, {**task, "annotations": annotations}, book, accounts)
    if left_out:
        told = _bare(told)
    return work.store.loop.save_parting(
        project.key, kept.key, as_kept(project, int(task["id"]), told, book)
    )


def _as_shown(kept: KeptItem, text: str, dialogue: Sequence[_Json]) -> tuple[Item, set[int]]:
    """Return an item with the turns that its task shows, and which of these are nobody's now.

    A turn is the one of now that says the same, in their order; where none does it was of whoever
    left.
    """
    here = [(turn, text[turn.start : turn.end]) for turn in kept.turns]
    turns, left_out, at = list[ItemTurn](), set[int](), 0
    for place, one in enumerate(dialogue):
        said = str(one.get("text"))
        found = next((n for n in range(at, len(here)) if here[n][1] == said), None)
        if found is None:
            left_out.add(place)
            turns.append(ItemTurn(str(one.get("author")), said, kept.start, ""))
            continue
        turn, at = here[found][0], found + 1
        turns.append(ItemTurn(turn.author, said, turn.start, turn.participant_id))
    return Item(kept.key, kept.document_id, kept.layout, tuple(turns)), left_out


def _without(results: Any, left_out: Collection[int]) -> Any:
    """Leave out each stretch that reaches into a turn that is nobody's now, with all of it."""
    if not isinstance(results, list | tuple) or not left_out:
        return results
    gone = {str(one.get("id")) for one in results if _reaches(one, left_out)}
    return [one for one in results if str(one.get("id")) not in gone]


def _reaches(result: _Json, left_out: Collection[int]) -> bool:
    value = result.get("value")
    if not isinstance(value, Mapping) or "startOffset" not in value:
        return False
    try:
        reach = range(int(value["start"]), int(value["end"]) + 1)
    except (KeyError, TypeError, ValueError):
        return True
    return any(place in reach for place in left_out)


def _bare(told: TaskRead) -> TaskRead:
    """Take memos and proposed codes away: nobody can tell whose words they speak of."""

    def one(reading: ItemReading) -> ItemReading:
        codings = tuple(replace(each, memo="", proposed="") for each in reading.codings)
        return replace(reading, codings=codings, memo="")

    return replace(told, readings=tuple(one(reading) for reading in told.readings))
