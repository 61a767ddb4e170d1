"""What was selected goes to Label Studio: built, checked, sent, and noted as it goes.

It may be stopped and started again at any point: what is there is found again by its key.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from listening.codebook import Codebook
from listening.codebook import load as load_codebook
from listening.errors import ListeningError
from listening.labelstudio.nouns import ASSISTED, BLIND, Item
from listening.labelstudio.predictions import check_predictions
from listening.labelstudio.protocol import Server
from listening.labelstudio.tasks import task_of
from listening.steps.coding.books import CARRY, same_text
from listening.steps.coding.delivering import lacking, note_sent, opened
from listening.steps.coding.hints import Hints, hints
from listening.steps.coding.leaving import carry_out, due
from listening.steps.coding.lost import notice_lost
from listening.steps.coding.naming import BOOK, Coders
from listening.steps.coding.naming import named as named_coders
from listening.steps.coding.planning import Asked, asked, material
from listening.steps.coding.pulling import pull
from listening.steps.coding.recoding import recode
from listening.steps.coding.showing import mend_config, settling, title_of
from listening.steps.work import Work
from listening.store.coding import CHOSEN, GONE, SENDING, SENT, KeptItem, KeptProject


@dataclass(frozen=True)
class Pushed:
    """What was sent.

    Attributes:
        sent: items sent now, by the project's title.
        there: items that had been sent before, over all projects.
        streams: items sent now, by stream.
        double: units of what is sent now that two coders read.
        suggested: items sent now with suggestions.
        invitations: address to link, of coders who have no account yet.
        links: title to address, of every project.
        notes: what a person should know.
    """

    sent: Mapping[str, int] = field(default_factory=dict)
    there: int = 0
    streams: Mapping[str, int] = field(default_factory=dict)
    double: int = 0
    suggested: int = 0
    invitations: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def push(
    work: Work,
    run_id: str,
    codebook: str,
    server: Server,
    coders: Sequence[str],
    left: Sequence[str] = (),
    seed: int = 0,
    back: Sequence[str] = (),
) -> Pushed:
    """Send to Label Studio what was selected and is not there yet.

    The audit goes to a project of each coder, without suggestions; training and discovery to one
    that all share, with suggestions as hints but on a fifth of its tasks.

    Args:
        work: the workplace.
        run_id: the run whose material was selected.
        codebook: as TOML.
        server: the Label Studio.
        coders: addresses of who reads the audit, in addition to those named before.
        left: addresses of who has left: what they have not read goes to others.
        seed: of who reads what of the audit.
        back: addresses of who had left and codes again: what they have read stays theirs.

    Raises:
        NothingToDo: nothing was selected, or nobody is there to read the audit.
        ListeningError: a coder's address is none, the projects show the codebook otherwise, or
            Label Studio fails.
    """
    book = load_codebook(codebook)
    if left:
        pull(work, server)  # what they have read is theirs, be it submitted a moment ago
    with work.alone():
        _same_version(work, book)
        named = named_coders(work, coders, left, back)
        _take_back(work, named.left)
    carry_out(work, server)
    with work.alone():
        found = material(work, run_id)
        plan = asked(work, found, book, named, programme_id(work), seed)
        work.store.loop.keep_book(book.id, book.version, codebook)
        for one in plan.asked:
            _note(work, server, one)
    items = {item.key: item for item in found.items}
    _renew_lost(work, server, book)
    waiting = _waiting(work, book, ASSISTED)
    to_send = [item for item in items.values() if item.key in waiting]
    told = hints(work, run_id, book, to_send)
    done = [_send(work, server, book, project, items, told) for project in _ours(work, book)]
    again, _ = recode(work, run_id, server, book)
    mended = [mend_config(server, book, one) for one in settling(work, server, book)]
    pushed = _told(work, server, named, found.units, done, told)
    notes = (*pushed.notes, *filter(None, mended), *_on_coders(named, plan.unread_twice))
    if again:
        notes = (*notes, f"{again:,} items were sent to be read again, since a code was split.")
    return replace(pushed, notes=notes)


def programme_id(work: Work) -> str:
    """Return the programme's own id in Label Studio, made the first time."""
    book = work.vault.read(BOOK)
    if "programme" not in book:
        book["programme"] = secrets.token_hex(4)
        work.vault.write(BOOK, book)
    return str(book["programme"])


def _take_back(work: Work, left: Sequence[str]) -> None:
    """Take from people who left what they have not read."""
    for project in work.store.loop.projects():
        if project.role == BLIND and project.coder in left:
            read = work.store.loop.readers(project.key)
            unread = [one.key for one in work.store.loop.items(project.key) if one.key not in read]
            work.store.loop.drop(project.key, unread)


def _same_version(work: Work, book: Codebook) -> None:
    """Refuse what the projects do not show: what was coded must be carried there first.

    Raises:
        ListeningError: they show another version, or this version as it read before.
    """
    others = {one.version for one in _ours(work, book) if one.version != book.version}
    if others:
        raise ListeningError(
            f"The projects of {book.name}",
            f"show version {', '.join(sorted(others))}, and this is version {book.version}.",
            f"Carry what was coded along first: {CARRY}.",
        )
    same_text(work, book)


def _ours(work: Work, book: Codebook) -> list[KeptProject]:
    own = [one for one in work.store.loop.projects() if one.codebook == book.id]
    return [one for one in own if one.role in (ASSISTED, BLIND)]


def _note(work: Work, server: Server, plan: Asked) -> None:
    """Log what a project is asked before anything is sent."""
    work.store.loop.keep_project(plan.project)
    work.store.loop.add_items(plan.project.key, plan.new)
    leaving = {(one.project_key, one.item_key) for one in due(work, server.url)}
    again = [one for one in plan.again if (plan.project.key, one.key) not in leaving]
    work.store.loop.renew(plan.project.key, again)


def _renew_lost(work: Work, server: Server, book: Codebook) -> None:
    """Let what somebody deleted by hand be sent anew, as far as nobody has read it."""
    for key, lost in notice_lost(work, server, _ours(work, book)).items():
        read = work.store.loop.readers(key)
        work.store.loop.renew(key, [one for one in lost if one.key not in read])


def _waiting(work: Work, book: Codebook, role: str) -> set[str]:
    """Return the keys of items of a role that are not sent yet."""
    return {
        item.key
        for project in _ours(work, book)
        if project.role == role
        for item in work.store.loop.items(project.key, CHOSEN, SENDING)
    }


@dataclass(frozen=True)
class _Sent:
    project: KeptProject
    items: tuple[KeptItem, ...]
    suggested: int
    faults: int
    note: str


def _send(
    work: Work,
    server: Server,
    book: Codebook,
    project: KeptProject,
    items: Mapping[str, Item],
    told: Hints,
) -> _Sent:
    """Send what a project still lacks. A withdrawal waits until it is sent and noted."""
    with work.alone():
        project, config = opened(work, server, book, project, _description(work, book, project))
        note = mend_config(server, book, project)
        waiting = lacking(work, project, items)
        tasks, faults = [], 0
        for one in waiting:
            item = replace(items[one.key], order=one.order, blind=one.blind, stream=one.stream)
            task = task_of(item, told.of.get(one.key, ()), book, project.role)
            if task["predictions"] and check_predictions(task, config):
                task, faults = {**task, "predictions": []}, faults + 1
            tasks.append(task)
        if tasks:
            numbers = server.add_tasks(int(project.number or 0), tasks, _progress(work))
            hinted = project.role == ASSISTED and told.learnt
            sent = {one.key: numbers[one.key] for one in waiting}
            note_sent(work, project, waiting, sent, hinted)
            work.store.loop.keep_suggested(project.key, suggested(waiting, told))
    hinted_now = sum(bool(task["predictions"]) for task in tasks)
    return _Sent(project, tuple(waiting), hinted_now, faults, note)


def suggested(
    items: Sequence[KeptItem], told: Hints
) -> dict[str, list[tuple[str, float, int, int]]]:
    """Return what was suggested for items, kept back or not, with its place in the document."""
    return {
        item.key: [
            (one.code, one.probability, *(one.span or (item.start, item.end)))
            for one in told.of[item.key]
        ]
        for item in items
        if item.key in told.of
    }


def _progress(work: Work) -> Any:
    def tell(done: int, total: int) -> None:
        work.progress("push", done, total)

    return tell


def _description(work: Work, book: Codebook, project: KeptProject) -> str:
    of = f"{work.settings.programme}: {book.name} {book.version}."
    if project.role == BLIND:
        return (
            f"{of} For {project.coder} alone: coded without suggestions, so that it can be "
            "counted on. Please do not open it for somebody else."
        )
    return f"{of} Suggestions are hints, and may be wrong: decide for yourself."


def _told(
    work: Work,
    server: Server,
    coders: Coders,
    units: Mapping[str, int],
    done: Sequence[_Sent],
    told: Hints,
) -> Pushed:
    sent = [item for one in done for item in one.items]
    streams = Counter(item.stream for item in sent)
    faults = sum(one.faults for one in done)
    notes = [*told.notes, *(one.note for one in done if one.note)]
    if faults:
        notes.append(f"{faults} items went without suggestions: theirs did not fit the project.")
    if len(coders.named) == 1 and streams["audit"]:
        notes.append(
            "One coder alone reads the audit: nothing is read twice, and agreement cannot be "
            "told. Name a second one with --coder."
        )
    there = sum(one.state == SENT for p in work.store.loop.projects() for one in _all(work, p))
    accounts = set(server.coders().values())
    return Pushed(
        sent={title_of(one.project): len(one.items) for one in done if one.items},
        there=there - len(sent),
        streams=dict(sorted(streams.items())),
        double=sum(units.get(key, 0) for key in {item.key for item in sent if item.double}),
        suggested=sum(one.suggested for one in done),
        invitations={who: server.invite(who) for who in coders.named if who not in accounts},
        links={title_of(one.project): server.link(int(one.project.number or 0)) for one in done},
        notes=tuple(notes),
    )


def _on_coders(coders: Coders, unread_twice: int) -> list[str]:
    """Return what is amiss with who codes."""
    notes = [
        f"{one} was noted as having left, and is given nothing. If they are back, or never went: "
        f"listening coding push --back {one}."
        for one in coders.refused
    ]
    if unread_twice:
        notes.append(
            f"For {unread_twice:,} second readings nobody could be found, since those who were to "
            "read them have left: name another coder with --coder."
        )
    return notes


def _all(work: Work, project: KeptProject) -> list[KeptItem]:
    return work.store.loop.items(project.key, SENT, GONE)
