"""Keeping actions, their points and their tests; every change leaves a line in the trail."""

from __future__ import annotations

from dataclasses import replace

from listening.actions import Action, Change, Cycle, Point
from listening.steps.acting import evidence
from listening.steps.site import Site
from listening.store.accounts import Person, Programme, trail

__all__ = [
    "Action",
    "Change",
    "Cycle",
    "Point",
    "add_point",
    "everything",
    "forget_wordings",
    "history",
    "one",
    "points",
    "remove",
    "remove_point",
    "save",
    "save_test",
    "tests",
]


def everything(site: Site, programme: Programme) -> list[Action]:
    """Return every action of a programme, the oldest first."""
    return site.work(programme).store.actions.all()


def one(site: Site, programme: Programme, action_id: str) -> Action | None:
    """Return an action; None where the programme has none of that id."""
    return site.work(programme).store.actions.one(action_id)


def save(site: Site, person: Person, programme: Programme, action: Action) -> Action:
    """Keep an action, new or changed; of its evidence what goes by an id that is kept here."""
    work = site.work(programme)
    named = replace(action, evidence=evidence.known(work, action.evidence))
    kept = work.store.actions.save(named, person.email)
    _note(person, programme, "action changed" if action.id else "action made", kept.id)
    return kept


def remove(site: Site, person: Person, programme: Programme, action_id: str) -> bool:
    """Remove an action with its points, tests and history; False where there is none."""
    removed = site.work(programme).store.actions.remove(action_id)
    if removed:
        _note(person, programme, "action removed", action_id)
    return removed


def points(site: Site, programme: Programme, action_id: str) -> list[Point]:
    """Return the points of an action's measure, the oldest first."""
    return site.work(programme).store.actions.points(action_id)


def add_point(
    site: Site, person: Person, programme: Programme, action_id: str, point: Point
) -> None:
    """Keep a point, in place of one of the same day."""
    site.work(programme).store.actions.add_point(action_id, point, person.email)
    _note(person, programme, "point of an action kept", action_id)


def remove_point(
    site: Site, person: Person, programme: Programme, action_id: str, point: int
) -> bool:
    """Take a point away; False where there is none."""
    removed = site.work(programme).store.actions.remove_point(action_id, point, person.email)
    if removed:
        _note(person, programme, "point of an action removed", action_id)
    return removed


def tests(site: Site, programme: Programme, action_id: str) -> list[Cycle]:
    """Return the tests of change of an action, in order."""
    return site.work(programme).store.actions.tests(action_id)


def save_test(
    site: Site, person: Person, programme: Programme, action_id: str, test: Cycle
) -> Cycle:
    """Keep a test of change, new or changed."""
    kept = site.work(programme).store.actions.save_test(action_id, test, person.email)
    _note(person, programme, "test of change kept", action_id)
    return kept


def history(site: Site, programme: Programme, action_id: str) -> list[Change]:
    """Return who changed what of an action, newest first."""
    return site.work(programme).store.actions.history(action_id)


def forget_wordings(site: Site, person: Person, programme: Programme, action_id: str) -> None:
    """Forget how an action's texts read before, as when a name had slipped in."""
    site.work(programme).store.actions.forget_wordings(action_id, person.email)
    _note(person, programme, "action wordings forgotten", action_id)


def _note(person: Person, programme: Programme, action: str, on: str) -> None:
    trail.note(action, who=person.email, programme=programme.slug, on=f"actions/{on}")
