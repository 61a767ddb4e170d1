"""Items on which blind coders differ go to one project, with both answers and nobody's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from listening.codebook import Codebook
from listening.codebook import load as load_codebook
from listening.coding.adjudicate import Disputed, disputed
from listening.coding.agreement import blind
from listening.coding.stretches import stretches
from listening.errors import NothingToDo
from listening.labelstudio.nouns import (
    ADJUDICATION,
    BLIND,
    SUBMITTED,
    Coded,
    Item,
    ItemReading,
)
from listening.labelstudio.protocol import Server
from listening.labelstudio.tasks import adjudication_task
from listening.records import Span, Table
from listening.steps.coded_books import of_one_book
from listening.steps.coding.books import shown_book
from listening.steps.coding.coded import codings_of
from listening.steps.coding.delivering import deliver
from listening.steps.coding.kept import item_of, words_of
from listening.steps.coding.leaving import carry_out, due
from listening.steps.coding.lost import notice_lost
from listening.steps.coding.planning import material
from listening.steps.coding.pushing import programme_id
from listening.steps.coding.refreshing import refresh
from listening.steps.coding.showing import mend_config, settling, title_of
from listening.steps.work import Work
from listening.store.coding import SENT, KeptItem, KeptProject

_ABOUT = (
    "Items on which coders who read alone differ. Both answers stand beside the text, without "
    "names: decide what is right. What is submitted here counts."
)


@dataclass(frozen=True)
class Adjudicated:
    """What was asked to be settled.

    Attributes:
        compared: items that two or more have read blind.
        differ: of these, those on which they differ and that nobody has settled.
        sent: items sent now; there: items that had been sent before.
        renewed: of those that had been sent and that nobody has settled, how many show other
            answers now: a coder changed theirs.
        codes: on how many items each code is in dispute, the commonest first.
        links: title to address, of each project.
        notes: what a person should know.
    """

    compared: int
    differ: int
    sent: int
    there: int
    renewed: int = 0
    codes: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def adjudicate(work: Work, run_id: str, server: Server, seed: int = 0) -> Adjudicated:
    """Make tasks of the items on which blind coders differ, for somebody to settle.

    Whoever submits one gives the codes that count from then on; the readings stay as they were.

    Args:
        work: the workplace.
        run_id: the run whose material it is.
        server: the Label Studio.
        seed: of who is A and who is B.

    Raises:
        NothingToDo: nothing was read by two people.
        ListeningError: Label Studio fails; what was sent before is kept.
    """
    carry_out(work, server)
    words = words_of(work)
    codings, notes = of_one_book(codings_of(work, run_id))
    alone = blind(codings)
    compared = int((alone.groupby("item")["coder"].nunique() > 1).sum())
    if not compared:
        raise NothingToDo(
            "Nothing was read by two people",
            "without suggestions, as far as the last pull knows.",
            "Let two coders read the audit, and bring it in: listening coding pull.",
        )
    book = load_codebook(shown_book(work, str(codings["codebook"].iloc[0])))
    differing = disputed(codings)
    dispute = {one.item for one in differing}
    kept = _kept(work, book)
    wanted: dict[str, list[Disputed]] = defaultdict(list)
    for one in differing:
        if one.item in kept:
            wanted[kept[one.item].layout].append(one)
    before = _sent_before(work, book)
    shown = sorted({*dispute, *before} & kept.keys())
    items = _items(work, run_id, [kept[key] for key in shown])

    def build(one: KeptItem) -> dict[str, Any]:
        return adjudication_task(items[one.key], _readings(alone, one.key), book, seed)

    sent, there, links = 0, 0, dict[str, str]()
    for layout, rows in wanted.items():
        project = _project(work, book, layout)
        keys = [one.item for one in rows if one.item in items]
        notice_lost(work, server, [project])
        with work.alone():
            same = words_of(work) == words
            there += _ask(work, server, project, [kept[key] for key in keys]) if same else 0
        if not same:
            # somebody withdrew meanwhile: what was looked at says more than may be sent
            return adjudicate(work, run_id, server, seed)
        project, count = deliver(work, server, book, project, _ABOUT, keys, build)
        sent += count
        links[title_of(project)] = server.link(int(project.number or 0))
    renewed = 0
    for project in settling(work, server, book):
        notes.append(mend_config(server, book, project))
        renewed += refresh(work, server, project, build, items)
    codes, told = _disputed_codes(differing), tuple(note for note in notes if note)
    return Adjudicated(compared, len(differing), sent, there, renewed, codes, links, told)


def _ask(work: Work, server: Server, project: KeptProject, items: list[KeptItem]) -> int:
    """Note what a project is asked; how many of it had been sent before."""
    _renew(work, server, project, items)
    known = {one.key: one.state for one in work.store.loop.items(project.key)}
    work.store.loop.keep_project(project)
    fresh = [one for one in items if one.key not in known]
    work.store.loop.add_items(project.key, _ordered(fresh, len(known)))
    return sum(known.get(one.key) == SENT for one in items)


def _sent_before(work: Work, book: Codebook) -> set[str]:
    return {
        item.key
        for project in work.store.loop.projects()
        if project.codebook == book.id and project.role == ADJUDICATION
        for item in work.store.loop.items(project.key, SENT)
    }


def _kept(work: Work, book: Codebook) -> dict[str, KeptItem]:
    """Return the items that coders read blind, by key."""
    return {
        item.key: item
        for project in work.store.loop.projects()
        if project.codebook == book.id and project.role == BLIND
        for item in work.store.loop.items(project.key)
    }


def _items(work: Work, run_id: str, kept: list[KeptItem]) -> dict[str, Item]:
    """Return items with their words and what stands around them."""
    if not kept:
        return {}
    whole = {item.key: item for item in material(work, run_id).items}
    words = work.store.loop.words([one.document_id for one in kept], work.today.isoformat())
    return {
        one.key: whole.get(one.key) or item_of(one, words[one.document_id])
        for one in kept
        if one.document_id in words
    }


def _project(work: Work, book: Codebook, layout: str) -> KeptProject:
    key = "/".join((programme_id(work), book.id, ADJUDICATION, layout))
    made = KeptProject(key, None, ADJUDICATION, layout, "", book.id, book.version)
    return next((one for one in work.store.loop.projects() if one.key == key), made)


def _renew(work: Work, server: Server, project: KeptProject, items: list[KeptItem]) -> None:
    """Let items be sent anew whose task is gone, as they are now: nobody has settled them."""
    leaving = {(one.project_key, one.item_key) for one in due(work, server.url)}
    again = [one for one in items if (project.key, one.key) not in leaving]
    work.store.loop.renew(project.key, again)


def _ordered(items: list[KeptItem], first: int) -> list[KeptItem]:
    return [
        replace(one, order=first + place, task=None, state="chosen", hinted=False)
        for place, one in enumerate(items)
    ]


def _readings(alone: Table, item: str) -> list[ItemReading]:
    """Return what each coder made of an item, as the tasks of Label Studio need it."""
    own = alone[alone["item"] == item]
    coders = sorted(set(own["coder"]))
    return [_reading(item, coder, own[own["coder"] == coder]) for coder in coders]


def _reading(item: str, coder: str, rows: Table) -> ItemReading:
    given = stretches(rows[(rows["code"] != "") & (rows["code_status"] == "active")])
    bare = rows[rows["code"] == ""]
    codings = tuple(
        Coded(
            code=row["code"],
            span=Span(row["start"], row["end"]),
            participant_id=row["participant_id"],
            quote="",
            memo=row["memo"],
            proposed=row["proposed"],
            severity=None if pd.isna(row["severity"]) else int(row["severity"]),
        )
        for row in given.to_dict("records")
    )
    memo = "\n".join(dict.fromkeys(told for told in bare["memo"] if told))
    return ItemReading(item, 0, 0, coder, SUBMITTED, codings, memo)


def _disputed_codes(differing: tuple[Disputed, ...]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for one in differing:
        for code in one.codes:
            counts[code] += 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
