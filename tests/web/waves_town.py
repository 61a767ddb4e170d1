"""A programme that listened in several months, in which one person coded every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from listening.steps import label_studio, waves
from listening.steps.coding import pull, push
from listening.steps.kept_results import make_results
from listening.steps.selecting import select
from tests.conftest import FakeModels
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, CODERS, book, lay_out, ticked
from tests.steps.town import RUN
from tests.web.coding_town import Coded
from tests.web.town import town_at

#: people who answer in each wave (so few that the audit draws all of three), and on which day
EACH = 30
DAYS = ("2026-03-05", "2026-05-06", "2026-06-08")


@dataclass(frozen=True)
class Listened:
    """One wave: on which day, and how many of its thirty speak of housing; the others of parks."""

    day: str
    housing: int


@contextmanager
def listened(
    home: Path, patch: pytest.MonkeyPatch, told: Sequence[Listened], *, coded: bool = True
) -> Iterator[Coded]:
    """Open a town whose answers came in waves, no wave being told yet."""
    with town_at(home, FakeModels(None)) as town:
        made = Coded(town, FakeLabelStudio(CODERS))
        patch.setattr(label_studio, "reached", lambda _settings: made.server)
        lay_out(made.work, EACH * len(told), group=False)
        _heard_on(made, told)
        if coded:
            code_all(made, told)
        yield made


def _heard_on(made: Coded, told: Sequence[Listened]) -> None:
    for number, one in enumerate(told):
        own = [f"a{n}" for n in range(number * EACH, (number + 1) * EACH)]
        heard_on(made, own, one.day)


def heard_on(made: Coded, documents: Sequence[str], day: str) -> None:
    """Let documents say that they were heard on a day."""
    made.work.store._objects("Document").filter(document_id__in=list(documents)).update(date=day)


def code_all(made: Coded, told: Sequence[Listened], among: range | None = None) -> None:
    """Let Ada read every answer, or those of some numbers."""
    work = made.work
    select(work, RUN, None, None, 0)
    push(work, RUN, book(), made.server, [ADA])
    for task, held in made.server.hold(f"blind/whole/{ADA}").items():
        number = int(re.search(r"\d+$", held["data"]["text"]).group())  # type: ignore[union-attr]
        if among is None or number in among:
            wave, place = divmod(number, EACH)
            code = "housing" if place < told[wave].housing else "parks"
            made.server.submit(task, ADA, ticked(code))
    pull(work, made.server)


def begun(made: Coded, *days: str) -> None:
    """Say as the lead that waves begin on these days, and work everything out."""
    for day in days:
        waves.begin(
            made.town.site,
            made.town.people["lead"],
            made.town.here,
            date.fromisoformat(day),
            "",
        )
    make_results(made.work)
