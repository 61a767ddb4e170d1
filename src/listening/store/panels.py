"""Resident panels: what each is asked, and what its members said, pseudonymised."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from listening.store.bulk import storable
from listening.store.connect import atomic
from listening.store.frames import objects


@dataclass(frozen=True)
class AskedAbout:
    """One priority as a panel is asked about it."""

    id: str
    name: str
    statement: str


@dataclass(frozen=True)
class KeptPanel:
    """A panel: its title, what it is asked in order, and the ISO date of opening."""

    id: str
    title: str
    asked: tuple[AskedAbout, ...]
    day: str


@dataclass(frozen=True)
class Answer:
    """What one sheet says.

    Attributes:
        panel: id of the panel.
        sheet: id of what was answered at one sitting.
        theme: the priority; empty where something is missing from the list.
        word: `confirm`, `rename`, `contest` or `missing`.
        words: in their own words, pseudonymised; may be empty.
        present: how many answered together.
        day: ISO date.
        hour: in which it was sent, ISO to the hour (UTC); minutes: that it took, at least one.
        aside: why a lead set the sheet aside; empty where it counts.
    """

    panel: str
    sheet: str
    theme: str
    word: str
    words: str
    present: int
    day: str
    hour: str = ""
    minutes: int = 0
    aside: str = ""


class Panels:
    """What one store knows of panels."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def open(self, panel: KeptPanel) -> None:
        """Keep a new panel."""
        objects(self.alias, "Panel").create(
            panel_id=panel.id,
            title=storable(panel.title),
            asked=storable([vars(one) for one in panel.asked]),
            day=panel.day,
        )

    def all(self) -> list[KeptPanel]:
        """Return every panel, the newest first."""
        rows = objects(self.alias, "Panel").order_by("-day", "panel_id")
        return [
            KeptPanel(
                row.panel_id, row.title, tuple(AskedAbout(**one) for one in row.asked), row.day
            )
            for row in rows
        ]

    def one(self, panel_id: str) -> KeptPanel | None:
        """Return a panel; None where there is none of this id."""
        return next((one for one in self.all() if one.id == panel_id), None)

    def keep(self, answers: Sequence[Answer]) -> None:
        """Keep what one sheet says, in place of what it said before: all of it or nothing."""
        with atomic(self.alias):
            rows = objects(self.alias, "PanelAnswer")
            rows.filter(sheet__in={one.sheet for one in answers}).delete()
            for one in answers:
                told = {**vars(one), "words": storable(one.words)}
                rows.create(panel_id=told.pop("panel"), **told)

    def answers(self, panel_id: str = "") -> list[Answer]:
        """Return what was said and counts, by day and sheet; of one panel where it is named."""
        return [one for one in self.every_answer(panel_id) if not one.aside]

    def every_answer(self, panel_id: str = "") -> list[Answer]:
        """Return what was said, with what was set aside, by day and sheet."""
        rows = objects(self.alias, "PanelAnswer").order_by("day", "sheet", "pk")
        names = ("panel_id", "sheet", "theme", "word", "words", "present", "day")
        found = rows.filter(panel_id=panel_id) if panel_id else rows
        return [Answer(*row) for row in found.values_list(*names, "hour", "minutes", "aside")]

    def mark(self) -> str:
        """Return a mark of everything that was said: another one once anything of it changes."""
        rows = objects(self.alias, "PanelAnswer").order_by("sheet", "pk")
        told = [f"{sheet}{aside}" for sheet, aside in rows.values_list("sheet", "aside")]
        return hashlib.sha256("".join(told).encode()).hexdigest()[:12]

    def sheets(self, panel_id: str) -> set[str]:
        """Return the sheets of a panel of which something is kept."""
        return {one.sheet for one in self.every_answer(panel_id)}

    def set_aside(self, sheets: Sequence[str], why: str) -> None:
        """Let sheets count no more, or with an empty reason again; nothing of them is erased."""
        objects(self.alias, "PanelAnswer").filter(sheet__in=list(sheets)).update(aside=why)

    def erase(self, sheet: str) -> int:
        """Erase what a sheet says; return how many answers went."""
        return int(objects(self.alias, "PanelAnswer").filter(sheet=sheet).delete()[0])
