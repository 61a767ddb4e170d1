"""What is asked of which project: the selection as items, the audit divided among coders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from listening.codebook import Codebook
from listening.errors import NothingToDo
from listening.labelstudio.items import items_of
from listening.labelstudio.nouns import ASSISTED, BLIND, SPANS, Item
from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, Table
from listening.steps.coding.drawing import Drawn, draw, to_double
from listening.steps.coding.filling import Given, refill
from listening.steps.coding.naming import Coders
from listening.steps.people import merged
from listening.steps.selecting import own_segments
from listening.steps.work import Work
from listening.store.coding import GONE, KeptItem, KeptProject, KeptTurn

_AUDIT = "audit"
#: letters by which words are found again in what is shown around an item
_FOUND_BY = 40


@dataclass(frozen=True)
class Material:
    """What was selected of a run, as items, with what they were cut from.

    Attributes:
        items: in the order in which they were chosen.
        units: how many segments, or whole answers, each holds; by its key.
        participants: everybody whose words each item's task shows; by its key.
    """

    items: tuple[Item, ...]
    units: Mapping[str, int]
    participants: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """Items of one project, new ones and those that are to be sent anew."""

    project: KeptProject
    new: tuple[KeptItem, ...]
    again: tuple[KeptItem, ...]


@dataclass(frozen=True)
class Plan:
    """What every project is asked.

    Attributes:
        asked: of each project.
        unread_twice: units drawn to be read twice for whose second reading nobody was found.
    """

    asked: tuple[Asked, ...]
    unread_twice: int


def material(work: Work, run_id: str) -> Material:
    """Return what was selected of a run, as far as everybody in it still agrees.

    Raises:
        NothingToDo: nothing was selected.
    """
    log = work.store.selections()
    if log.empty:
        raise NothingToDo(
            "Nothing was chosen to be coded yet.",
            "The log is empty.",
            "Choose first: listening select --to selection.csv.",
        )
    keys = work.store.agreed(work.store.run(run_id).sources, work.today.isoformat())
    segments = own_segments(work, run_id)
    documents = work.store.load(keys, DOCUMENTS).drop_duplicates("document_id", keep="last")
    passages = work.store.load(keys, PASSAGES)
    people = merged(work.store.load(keys, PARTICIPANTS))
    items = items_of(documents, passages, segments, people, log)
    return Material(items, _units(items, segments), shown(items, documents, passages))


def group_of(item: Item) -> str:
    """Return what is read together: one conversation, or what one person answered."""
    return item.document_id if item.layout == SPANS else item.turns[0].participant_id


def asked(
    work: Work, found: Material, book: Codebook, coders: Coders, programme: str, seed: int
) -> Plan:
    """Return what each project is asked, what it was asked before left out.

    Args:
        work: the workplace.
        found: what was selected.
        book: the codebook.
        coders: who reads the audit, and who has left.
        programme: the programme's own id, for the keys of projects.
        seed: of who reads what of the audit.
    """
    projects = _Projects(work, book, programme)
    rest = [item for item in found.items if item.stream != _AUDIT]
    wanted: dict[str, list[KeptItem]] = defaultdict(list)
    for item in rest:
        project = projects.of(ASSISTED, item.layout)
        wanted[project.key].append(_kept(item, found, Drawn((), seed)))
    audit, unread_twice = _audit(work, found, projects, coders, seed)
    for item, coder, drawn in audit:
        project = projects.of(BLIND, item.layout, coder)
        wanted[project.key].append(_kept(item, found, drawn))
    told = tuple(_fresh(work, projects.found[key], items) for key, items in wanted.items())
    return Plan(told, unread_twice)


class _Projects:
    """Projects of one codebook, those that are there and those that are to be made."""

    def __init__(self, work: Work, book: Codebook, programme: str) -> None:
        self._book, self._programme = book, programme
        self.found = {one.key: one for one in work.store.loop.projects()}

    def of(self, role: str, layout: str, coder: str = "") -> KeptProject:
        """Return the project of a role and a layout, of one coder where it is theirs alone."""
        parts = (self._programme, self._book.id, role, layout, coder)
        key = "/".join(part for part in parts if part)
        made = KeptProject(key, None, role, layout, coder, self._book.id, self._book.version)
        return self.found.setdefault(key, made)

    def blind(self) -> Iterable[KeptProject]:
        """Return the coders' own projects that are there."""
        own = [one for one in self.found.values() if one.codebook == self._book.id]
        return [one for one in own if one.role == BLIND]


def _audit(
    work: Work, found: Material, projects: _Projects, coders: Coders, seed: int
) -> tuple[list[tuple[Item, str, Drawn]], int]:
    """Return each item of the audit with each coder who reads it; units that lack a second one."""
    items = [item for item in found.items if item.stream == _AUDIT]
    given = Given()
    for project in projects.blind():
        kept = work.store.loop.items(project.key)
        given.add(project.coder, kept, left=project.coder in coders.left)
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[group_of(item)].append(item)
    units = {one: sum(found.units[item.key] for item in own) for one, own in groups.items()}
    before = given.everybody()
    if not coders.named and set(groups) - set(before):
        raise NothingToDo(
            "Nobody is named to read the audit",
            "each coder reads it in a project of their own.",
            "Name them: --coder ADDRESS, two of them at least.",
        )
    short = {one: given.lacking(one, groups[one]) for one in groups if one in before}
    most = {one: max(lacks.values()) for one, lacks in short.items() if lacks}
    named = sorted(coders.named)
    given.readers |= refill(most, units, given.readers, named, seed)
    needed = to_double(sum(found.units.values()))
    drawn = draw(units, given.everybody(), named, needed, seed)
    given.double |= {group for group, one in drawn.items() if one.double}
    readers = {group: Drawn(given.readers.get(group, ()), seed) for group in before} | drawn
    # in the order of the draw, so that nobody's place tells who else reads it
    order = {group: place for place, group in enumerate(readers)}
    items.sort(key=lambda item: (order[group_of(item)], item.document_id, item.start))
    told = [
        (item, coder, readers[group_of(item)])
        for item in items
        for coder in given.of_item(group_of(item), item, readers[group_of(item)].coders)
    ]
    lacking = [key for one in most for key in given.lacking(one, groups[one])]
    return told, sum(found.units[key] for key in lacking)


def _kept(item: Item, found: Material, drawn: Drawn) -> KeptItem:
    turns = tuple(
        KeptTurn(turn.author, turn.start, turn.start + len(turn.text), turn.participant_id)
        for turn in item.turns
    )
    return KeptItem(
        key=item.key,
        document_id=item.document_id,
        layout=item.layout,
        turns=turns,
        participants=found.participants[item.key],
        stream=item.stream,
        blind=item.blind or item.stream == _AUDIT,
        probability=item.probability,
        batch=item.batch,
        order=0,
        double=drawn.double,
        seed=drawn.seed,
    )


def _fresh(work: Work, project: KeptProject, items: Sequence[KeptItem]) -> Asked:
    """Leave out what the project was asked before, and what was read in it under another key."""
    known = {one.key: one for one in work.store.loop.items(project.key)}
    readers = work.store.loop.readers(project.key)
    read: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in known.values():
        if one.key in readers:
            read[one.document_id].append((one.start, one.end))
    first = max((one.order for one in known.values()), default=-1) + 1
    new: list[KeptItem] = []
    again: list[KeptItem] = []
    for item in items:
        before = known.get(item.key)
        if any(start <= item.start and item.end <= end for start, end in read[item.document_id]):
            continue
        if before is None:
            new.append(replace(item, order=first + len(new)))
        elif before.state == GONE:
            again.append(item)
    return Asked(project, tuple(new), tuple(again))


def _units(items: Sequence[Item], segments: Table) -> dict[str, int]:
    """Return how many units each item holds: its segments, or one where it is coded as a whole."""
    starts: dict[tuple[str, str], list[int]] = defaultdict(list)
    columns = (segments[name].tolist() for name in ("document_id", "participant_id", "start"))
    for document, who, start in zip(*columns, strict=True):
        starts[document, who].append(start)
    return {
        item.key: 1
        if item.layout != SPANS
        else sum(
            turn.start <= start < turn.start + len(turn.text)
            for turn in item.turns
            for start in starts.get((item.document_id, turn.participant_id), ())
        )
        for item in items
    }


def shown(items: Sequence[Item], documents: Table, passages: Table) -> dict[str, tuple[str, ...]]:
    """Return everybody whose words a task shows: in its turns, and before and after them.

    Of a long turn its beginning or its end is shown: it is looked for by both. Who says what
    another said there is taken along, to be on the safe side.
    """
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    own = passages[passages["participant_id"] != ""]
    columns = ("document_id", "participant_id", "start", "end")
    for document, who, start, end in zip(*(own[name].tolist() for name in columns), strict=True):
        said[document].append((who, texts.get(document, "")[start:end]))
    found = {}
    for item in items:
        around = f"{item.before}\n{item.after}" if item.before or item.after else ""
        near = [
            who
            for who, text in (said[item.document_id] if around else ())
            if text[:_FOUND_BY] in around or text[-_FOUND_BY:] in around
        ]
        own_words = [turn.participant_id for turn in item.turns if turn.participant_id]
        found[item.key] = tuple(sorted({*own_words, *near}))
    return found
