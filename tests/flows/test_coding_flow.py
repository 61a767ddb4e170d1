"""One turn of the coding loop as a flow: it waits for nobody and goes on where people coded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from listening.errors import ServerAway
from listening.steps import Work
from listening.steps.coding import pull, push
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, chosen, lay_out, ticked
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    opened = open_at(tmp_path / "home")
    opened.labelstudio = FakeLabelStudio(CODERS)
    return opened


def turn(work: Work) -> dict[str, object]:
    from flows.coding import coding_turn
    from flows.listen import workplace

    token = workplace.set(work)
    try:
        return coding_turn(RUN)
    finally:
        workplace.reset(token)


def test_a_turn_brings_back_chooses_more_and_lets_suggestions_learn(
    prefect: str, work: Work, tmp_path: Path
) -> None:
    server = work.labelstudio
    assert isinstance(server, FakeLabelStudio)
    themes = lay_out(work, answers=400)
    chosen(work, tmp_path / "selection.csv")
    push(work, RUN, book(), server, [ADA, BEN])
    assert turn(work)["chosen"] == 0  # everything is still to be read
    for task in list(server.hold("assisted/whole").values()):
        server.submit(task["id"], ADA, ticked(themes[task["data"]["text"]]))
    before = set(server.hold("assisted/whole"))
    told = turn(work)
    assert told["stop"] is not True
    assert told["chosen"] == 40
    fresh = set(server.hold("assisted/whole")) - before
    assert len(fresh) == 40
    # what was sent a moment ago has learnt from everything
    assert (told["renewed"], told["renewed_later"]) == (0, 0)
    why = set(work.store.selections().query("batch == 2")["why"])
    assert "uncertain" in why  # chosen by what was coded
    hinted = [task for n, task in server.hold("assisted/whole").items() if n in fresh]
    right = [
        {choice for one in task["predictions"] for choice in chosen_in(one)}
        == {themes[task["data"]["text"]]}
        for task in hinted
        if task["predictions"]
    ]
    assert sum(right) > len(right) / 2


def chosen_in(prediction: dict[str, Any]) -> list[str]:
    return [line.split()[0] for one in prediction["result"] for line in one["value"]["text"]]


def test_a_turn_without_label_studio_tells_the_orchestrator_nothing_of_why(
    prefect: str, work: Work, tmp_path: Path
) -> None:
    from flows.listen import Stopped

    server = work.labelstudio
    assert isinstance(server, FakeLabelStudio)
    lay_out(work)
    chosen(work, tmp_path / "selection.csv")
    push(work, RUN, book(), server, [ADA, BEN])
    pull(work, server)
    server.fails_in = 0
    with pytest.raises(Stopped):
        turn(work)
    assert isinstance(work.fault, ServerAway)
