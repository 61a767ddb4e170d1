"""A resident withdraws between push and pull, on a real Label Studio that answers or does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listening.labelstudio.client import LabelStudio
from listening.steps import Work, withdraw
from listening.steps.coding import pull, push
from tests.labelstudio.playing import Coder
from tests.labelstudio.serving import Server
from tests.steps.coded_town import book, chosen, lay_out, marked
from tests.steps.town import RUN

pytestmark = pytest.mark.labelstudio
OpenAt = Callable[[Path], Work]


@pytest.mark.parametrize("answers", [True, False])
def test_what_was_coded_of_a_neighbour_comes_back_and_nothing_of_who_left_stays(
    label_studio: Server,
    studio: LabelStudio,
    coders: tuple[Coder, Coder],
    open_at: OpenAt,
    tmp_path: Path,
    answers: bool,
) -> None:
    work = open_at(tmp_path / "home")
    lay_out(work, answers=20)
    chosen(work, tmp_path / "selection.csv")
    push(work, RUN, book(), studio, [one.email for one in coders])
    coded = 0
    for project in work.store.loop.projects():
        own = [one for one in coders if project.key.endswith(f"spans/{one.email}")]
        for task in list(studio.changed(int(project.number or 0), "")) if own else []:
            mine = marked(task, "parks", 0, "winter") + marked(task, "housing", 2, "landlord")
            own[0].annotate(task["id"], mine)
            coded += 1
    assert coded
    # while it does not answer, the withdrawal waits for nobody, and the next pull carries it out
    work.labelstudio = studio if answers else None
    withdraw(work, "P90001")
    told = pull(work, studio)
    assert told.gone == (0 if answers else coded)
    assert work.store.loop.leaving() == []
    rows = work.store.codings()
    assert rows[["participant_id", "code"]].to_numpy().tolist() == [["P90002", "housing"]] * coded
    ours = {one.key for one in work.store.loop.projects()}
    for number, key in studio.projects().items():
        if key in ours:
            assert "winter" not in str(list(studio.changed(number, "")))
