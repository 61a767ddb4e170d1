"""What of a programme is due to go, on a day and by its rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from listening import retention
from listening.programme import Retention
from listening.retention import Heard
from listening.steps import by_hand
from listening.steps.kept_folder import results_folder
from listening.steps.site import Site
from listening.steps.withdraw import names_kept
from listening.steps.work import Work
from listening.store.accounts import Upload, nouns, trail
from listening.store.accounts import uploads as sent

#: what of an upload is let go, and what is refused because nobody ever read it
_READ, _UNREAD = (nouns.KEPT,), (nouns.WAITING, nouns.STOPPED)


@dataclass(frozen=True)
class Place:
    """Where things are kept, and by which rules.

    Attributes:
        work: the programme's workplace.
        rules: for how long.
        slug: of a programme that is served, which has uploads and a trail; empty for another.
        site: of which that is a programme.
    """

    work: Work
    rules: Retention
    slug: str = ""
    site: Site | None = None

    @property
    def name(self) -> str:
        """What it is called on a line of its own."""
        return self.slug or str(self.work.settings.home)


@dataclass(frozen=True)
class Due:
    """What is due to go.

    Attributes:
        over: whose time is over.
        originals: uploads that are kept as they were sent.
        unread: uploads that nobody confirmed.
        contacts: ids of those whose contact goes; entries: the same, as entered by hand.
        names: what the vault keeps names as that go.
        runs: ids of runs whose working results go.
        results: whether the kept results go.
        trail: how many lines of the trail.
    """

    over: retention.Over = field(default_factory=retention.Over)
    originals: tuple[Upload, ...] = ()
    unread: tuple[Upload, ...] = ()
    contacts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    results: bool = False
    trail: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How much of what; what is nothing is left out."""
        every = {
            "people": len(self.over.people),
            "quotes": len(self.over.quotes),
            "originals": len(self.originals),
            "unread": len(self.unread),
            "contacts": len(self.contacts) + len(self.entries),
            "names": len(self.names),
            "results": len(self.runs) + self.results,
            "trail": self.trail,
        }
        return {name: count for name, count in every.items() if count}


def due(place: Place) -> Due:
    """Return what is due to go; every text that is kept is looked through for names."""
    return _due(place, names=True)


def soon(place: Place) -> Due:
    """Return the same in a moment, without names: for a page, or a line in a log."""
    return _due(place, names=False)


def _due(place: Place, *, names: bool) -> Due:
    work, rules, today = place.work, place.rules, place.work.today
    heard = work.store.kept.heard()
    over = retention.over(heard, rules, today)
    originals, unread = _uploads(place)
    old = {one.participant_id for one in heard if retention.is_over(one.day, today, rules.contacts)}
    young = {one.participant_id for one in heard} - old
    runs, results = _results(place)
    return Due(
        over,
        originals,
        unread,
        _contacts(place, young, heard),
        _entries(place),
        _names(place) if names else (),
        runs,
        results,
        trail.before(place.slug, _cut(today, rules.trail)) if place.slug and rules.trail else 0,
    )


def _cut(today: date, months: int) -> date:
    return retention.before(today, months)


def _uploads(place: Place) -> tuple[tuple[Upload, ...], tuple[Upload, ...]]:
    if not place.slug or not place.rules.originals:
        return (), ()
    cut = _cut(place.work.today, place.rules.originals)
    held = [
        one
        for one in sent.every(place.slug)
        if one.added.date() < cut and place.work.vault.has_file(one.book)
    ]
    return (
        tuple(one for one in held if one.state in _READ),
        tuple(one for one in held if one.state in _UNREAD),
    )


def _contacts(place: Place, young: set[str], heard: list[Heard]) -> tuple[str, ...]:
    """Return whose contact goes: they were heard long ago alone, or are not kept at all."""
    if not place.rules.contacts or not heard:
        return ()
    return tuple(sorted(set(place.work.vault.read("contacts")) - young))


def _entries(place: Place) -> tuple[str, ...]:
    months, today = place.rules.contacts, place.work.today
    entered = by_hand.entries(place.work.vault)
    return tuple(one.id for one in entered if retention.is_over(one.day, today, months))


def _names(place: Place) -> tuple[str, ...]:
    """Return names whose stand-ins stand in nothing that is young enough to be known by them."""
    work = place.work
    if not place.rules.contacts:
        return ()
    named = names_kept(work)
    young = work.store.kept.young(_cut(work.today, place.rules.contacts))
    left = set(named.values())
    for source, text in work.store.texts() if left else ():
        if source in young:
            left -= {stand_in for stand_in in left if stand_in in text}
    return tuple(sorted(key for key, stand_in in named.items() if stand_in in left))


def _results(place: Place) -> tuple[tuple[str, ...], bool]:
    work, months = place.work, place.rules.results
    if not months:
        return (), False
    cut = _cut(work.today, months)
    runs = [
        run for run in work.store.kept.runs_before(cut)
        if work.vault.read(f"runs/{run}").get("results")
    ]  # fmt: skip
    files = [path for path in results_folder(work).rglob("*") if path.is_file()]
    return tuple(runs), bool(files) and max(map(_made, files)) < cut


def _made(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime).date()
