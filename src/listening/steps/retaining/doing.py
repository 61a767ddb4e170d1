"""Letting go of what is due, a step at a time, each of which may be stopped and begun again.

The vault's book `retaining` says whom a run had begun with, so that whoever was half erased when it
was stopped is finished; the receipt in the store says how much went, and never whose it was.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from listening import retention
from listening.steps import by_hand
from listening.steps.kept_folder import forget_kept
from listening.steps.retaining import last
from listening.steps.retaining.due import Due, Place, due
from listening.steps.retaining.places import places_of
from listening.steps.site import Site
from listening.steps.understanding import Understood
from listening.steps.uploads import refuse
from listening.steps.withdraw import (
    forget_results,
    forget_results_of,
    forget_stand_ins,
    let_go_as_sent,
    named_in,
    withdraw,
)
from listening.store.accounts import trail
from listening.store.lock import alone_in
from listening.store.retention import Went

#: book of the vault: whom a run had begun to erase
BOOK = "retaining"
_UNREAD = Understood(
    refused=(
        "Nobody confirmed it for as long as files are kept.",
        "Send it again if it should be read.",
    )
)


@dataclass(frozen=True)
class Done:
    """What went at one place; nothing here says whose it was.

    Attributes:
        place: its name.
        receipt: number of the receipt; empty where nothing was done.
        day: ISO date.
        counts: how much of what went, or would go.
        partly: people whose time is over for some of what they said, which a person must settle.
    """

    place: str
    receipt: str
    day: str
    counts: dict[str, int]
    partly: int = 0


def retain_site(site: Site, *, dry: bool = False) -> list[Done]:
    """Let go of what is due in every programme of a site."""
    return [retain(place, dry=dry) for place in places_of(site)]


def retain(place: Place, *, dry: bool = False) -> Done:
    """Let go of what is due; with `dry` only say how much that is."""
    work, day = place.work, place.work.today
    if dry:
        found = due(place)
        return Done(place.name, "", day.isoformat(), found.counts, len(found.over.partly))
    with alone_in(work.vault.folder / BOOK):
        begun = work.store.kept.unfinished()
        receipt = begun.receipt if begun else secrets.token_hex(4).upper()
        counts = Counter(begun.counts if begun else {})
        _people(place, receipt, counts)
        # what went with somebody is due no more
        found = due(place)
        _rest(place, found, receipt, counts)
        work.store.compact()
        work.vault.erase(BOOK)
        last.note(place)
        _note(place, receipt, counts, done=True)
    if place.slug and +counts:
        trail.note("kept no longer", programme=place.slug, on=f"receipt {receipt}")
    return Done(place.name, receipt, day.isoformat(), dict(+counts), len(found.over.partly))


def _people(place: Place, receipt: str, counts: Counter[str]) -> None:
    """Erase everybody whose time is over, and whoever an earlier run had begun with."""
    work = place.work
    known, book = set(named_in(work).values()), work.vault.read(BOOK)
    listed, over = book.get("people", ()), due(place).over.people
    people = list(dict.fromkeys([*(one for one in listed if one in known), *over]))
    # a kill may have come after somebody was erased and before they were counted
    gone = len(set(listed) - set(people))
    counts["people"] = max(counts["people"], book.get("before", 0) + gone)
    _note(place, receipt, counts, done=False)
    if people:
        work.vault.write(BOOK, {"people": people, "before": counts["people"]})
    for one in people:
        withdraw(work, one, over=True)
        counts["people"] += 1
        _note(place, receipt, counts, done=False)


def _rest(place: Place, found: Due, receipt: str, counts: Counter[str]) -> None:
    """Let go of everything that is nobody's erasure: each goes once, and is counted when it did."""
    for what in (_quotes, _originals, _contacts, _results, _trail):
        counts += what(place, found)
        _note(place, receipt, counts, done=False)


def _quotes(place: Place, found: Due) -> Counter[str]:
    work = place.work
    if not found.over.quotes:
        return Counter()
    with work.alone():
        # results first: they hold the quotes, and what is made now is let go as well
        forget_results(work)
        return Counter(quotes=work.store.kept.quote_no_longer(found.over.quotes))


def _originals(place: Place, found: Due) -> Counter[str]:
    work, site = place.work, place.site
    if site is None:
        return Counter()
    with work.alone():
        for upload in found.originals:
            let_go_as_sent(work, upload.book, timed_out)
        for upload in found.unread:
            book = work.vault.read(upload.book)
            told = {**book, "name": timed_out(book["name"]), "understood": _UNREAD.plain()}
            work.vault.write(upload.book, told)
            refuse(site, upload)
    return Counter(originals=len(found.originals), unread=len(found.unread))


def _contacts(place: Place, found: Due) -> Counter[str]:
    work, gone = place.work, set(found.contacts)
    with work.alone():
        book = work.vault.read("contacts")
        if gone & set(book):
            work.vault.write("contacts", {of: how for of, how in book.items() if of not in gone})
        for entry in found.entries:
            by_hand.remove(work.vault, entry)
        if found.names:
            forget_stand_ins(work, found.names)
    return Counter(contacts=len(gone) + len(found.entries), names=len(found.names))


def _results(place: Place, found: Due) -> Counter[str]:
    work = place.work
    with work.alone():
        for run in found.runs:
            forget_results_of(work, run)
        if found.results:
            forget_kept(work)
    return Counter(results=len(found.runs) + found.results)


def _trail(place: Place, found: Due) -> Counter[str]:
    if not found.trail:
        return Counter()
    cut = retention.before(place.work.today, place.rules.trail)
    return Counter(trail=trail.forget_before(place.slug, cut))


def _note(place: Place, receipt: str, counts: Counter[str], *, done: bool) -> None:
    told = dict(sorted((+counts).items()))
    place.work.store.kept.note(Went(receipt, place.work.today, done, told))


def timed_out(name: str) -> str:
    """Return what a file is called whose time was over: its name may be somebody's."""
    return f"A file that was kept for its time{Path(name).suffix}"
