"""Actions out as a table and back in, for commands and for the page."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from listening.actions import ACTION_COLUMNS, TEXTS, Action, as_row, from_rows
from listening.records import Reject
from listening.steps.acting import themes
from listening.steps.acting.naming import MayName, may_name
from listening.steps.csvs import read_csv
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Person, Programme, trail


@dataclass(frozen=True)
class Brought:
    """What an import brought: how many are new and changed, what was set aside, what may name."""

    new: int
    changed: int
    rejects: list[Reject]
    named: list[tuple[int, MayName]]


def as_csv(actions: list[Action]) -> str:
    """Return actions as CSV; no cell is taken for a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, ACTION_COLUMNS, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(as_row(one) for one in actions)
    return text.getvalue()


def taken(site: Site, person: Person, programme: Programme) -> str:
    """Return the actions as CSV for somebody of the team; that it was taken stands in the trail."""
    trail.note("actions taken", who=person.email, programme=programme.slug, on="actions.csv")
    return as_csv(site.work(programme).store.actions.all())


def bring(work: Work, path: Path, by: str) -> Brought:
    """Keep the actions of a CSV: a known id changes that action, any other row is a new one.

    Args:
        work: the workplace.
        path: the file; it needs the column `idea`.
        by: who brings them, for the history.

    Raises:
        UnreadableFile: it is no such table.
    """
    table = read_csv(path, ("idea",))
    rows = [{str(k): str(v) for k, v in row.items()} for row in table.to_dict("records")]
    known = [key for _, inner in themes.drivers(work).choices for key, _ in inner]
    read, rejects = from_rows(rows, path.name, known)
    actions = _named(work, read)
    before = {one.id for one in work.store.actions.all()}
    named = [
        (number, found)
        for number, one in enumerate(actions, 1)
        for found in may_name(work, {name: getattr(one, name) for name in TEXTS})
    ]
    with work.store.atomic():
        for one in actions:
            own = one if one.id in before else _without_id(one)
            work.store.actions.save(own, by)
    changed = sum(one.id in before for one in actions)
    return Brought(len(actions) - changed, changed, rejects, named)


def _named(work: Work, actions: list[Action]) -> list[Action]:
    """Fill in what a table leaves out of a priority: its id from its name, and its name.

    People write the name where the id is asked for; what is written in a table stands.
    """
    known = themes.themes(work)
    by_id = {one.id: one for one in known}
    by_name = {" ".join(one.name.split()).casefold(): one for one in known}
    filled = []
    for one in actions:
        said = one.theme or one.theme_name
        found = by_id.get(one.theme) or by_name.get(" ".join(said.split()).casefold())
        if found is None:
            filled.append(one)
            continue
        name, version = one.theme_name or found.name, one.codebook_version or found.version
        filled.append(replace(one, theme=found.id, theme_name=name, codebook_version=version))
    return filled


def _without_id(action: Action) -> Action:
    """Return an action that is new here, whatever another store called it."""
    return replace(action, id="")
