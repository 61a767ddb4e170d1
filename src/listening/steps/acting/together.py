"""Two people who change one action at once: nobody overwrites what they have not seen.

A page carries the number of the last line of the action's history when it was opened. What others
wrote since is held beside what was typed, field by field: where only one of the two changed a field
theirs stands, and where both did nothing is kept before the second has read what the first wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from listening.actions import Action, Change, Cycle
from listening.errors import NothingToDo
from listening.steps.acting import keeping
from listening.steps.site import Site
from listening.store.accounts import Person, Programme

#: a field that follows from another: it is never in anybody's way by itself
_FOLLOWS = {"theme_name": "theme", "codebook_version": "theme"}
#: its history tells how many ids there were, and never which
_UNTOLD = "evidence"


@dataclass(frozen=True)
class Theirs:
    """What somebody wrote into a field since a page was opened, as it stands now."""

    field: str
    who: str
    now: Any


@dataclass(frozen=True)
class Outcome:
    """What came of saving.

    Attributes:
        kept: id of what was kept; empty where nothing was.
        clashes: fields that both changed; where there is one nothing is kept.
        taken: fields that somebody else alone changed, and that are kept as they wrote them.
        mark: what a page carries that shows all this.
    """

    kept: str
    clashes: tuple[Theirs, ...] = ()
    taken: tuple[Theirs, ...] = ()
    mark: int = 0


def mark(site: Site, programme: Programme, action_id: str) -> int:
    """Return what a page carries that shows an action as it is now; 0 of a new one."""
    lines = keeping.history(site, programme, action_id) if action_id else []
    return _mark(lines)


def save(
    site: Site,
    person: Person,
    programme: Programme,
    action: Action,
    said: Mapping[str, Any],
    seen: int,
) -> Outcome:
    """Keep what a form says of an action, unless it would overwrite what its writer has not seen.

    Args:
        site: the site.
        person: who saves.
        programme: where.
        action: which; without an id it is new.
        said: the fields of the form.
        seen: the mark that the page carried.

    Raises:
        NothingToDo: somebody has removed the action meanwhile.
    """
    if not action.id:
        return Outcome(keeping.save(site, person, programme, replace(action, **said)).id)
    store = site.work(programme).store
    with store.atomic():
        store.actions.lock(action.id)
        now = store.actions.one(action.id)
        if now is None:
            raise NothingToDo("This action", "was removed while you wrote.", "Begin a new one.")
        lines = store.actions.history(action.id)
        clashes, taken = _apart(now, said, [one for one in lines if one.number > seen])
        if clashes:
            return Outcome("", clashes, taken, _mark(lines))
        theirs = {one.field: one.now for one in taken}
        theirs |= {name: getattr(now, name) for name, of in _FOLLOWS.items() if of in theirs}
        kept = keeping.save(site, person, programme, replace(now, **{**said, **theirs}))
    return Outcome(kept.id, (), taken)


def save_test(
    site: Site, person: Person, programme: Programme, action_id: str, test: Cycle, seen: int
) -> Outcome:
    """Keep a test of change, unless somebody changed it since the page was opened."""
    store = site.work(programme).store
    with store.atomic():
        store.actions.lock(action_id)
        lines = store.actions.history(action_id)
        who = _rewrote(lines, test, seen)
        tests = store.actions.tests(action_id)
        now = next((one for one in tests if one.number == test.number), None)
        clashes = _differing(test, now, who) if now and who else ()
        if clashes:
            return Outcome("", clashes, (), _mark(lines))
        keeping.save_test(site, person, programme, action_id, test)
    return Outcome(action_id)


def _rewrote(lines: list[Change], test: Cycle, seen: int) -> str:
    """Return who last changed a test of change since; empty where nobody did."""
    since = [one for one in lines if one.what == f"test {test.number}" and one.number > seen]
    return next((one.who for one in since if one.now != "begun"), "")


def _differing(mine: Cycle, now: Cycle, who: str) -> tuple[Theirs, ...]:
    """Return the fields in which two wordings of a test differ."""
    told = {name: value for name, value in vars(now).items() if name != "number"}
    return tuple(
        Theirs(name, who, value)
        for name, value in told.items()
        if not _same(getattr(mine, name), value)
    )


def _apart(
    now: Action, said: Mapping[str, Any], since: list[Change]
) -> tuple[tuple[Theirs, ...], tuple[Theirs, ...]]:
    """Return the fields that both changed, and those that somebody else alone changed."""
    was: dict[str, str] = {}
    who: dict[str, str] = {}
    for line in reversed(since):  # the oldest first
        was.setdefault(line.what, line.was)
        who[line.what] = line.who
    clashes: list[Theirs] = []
    taken: list[Theirs] = []
    for name, mine in said.items():
        if name not in who or name in _FOLLOWS or _same(mine, getattr(now, name)):
            continue
        theirs = Theirs(name, who[name], getattr(now, name))
        untouched = name != _UNTOLD and _same(mine, was[name])
        (taken if untouched else clashes).append(theirs)
    return tuple(clashes), tuple(taken)


def _same(one: object, other: object) -> bool:
    return _plain(one) == _plain(other)


def _plain(value: object) -> list[str]:
    """Return lines of text, whatever their ends and however nothing is written."""
    if isinstance(value, tuple):
        return [str(part) for part in value]
    return [] if value is None else str(value).replace("\x00", "").strip().splitlines()


def _mark(lines: list[Change]) -> int:
    return max((one.number for one in lines), default=0)
