"""Label Studio away for an hour, while people go on working: nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listening import steps
from listening.errors import ServerAway
from listening.labelstudio.client import LabelStudio, Patience, connect
from listening.steps import Work
from listening.steps.coding import pull, push, status
from tests.labelstudio import serving
from tests.labelstudio.playing import sign_up
from tests.labelstudio.serving import ADMINISTRATOR, Server
from tests.steps.coded_town import book, chosen, lay_out, ticked
from tests.steps.town import RUN

pytestmark = pytest.mark.labelstudio
#: pulls in an hour: pages ask for one every five minutes
IN_AN_HOUR = 12


def connected(started: Server) -> LabelStudio:
    return connect(started.url, started.credentials(ADMINISTRATOR), Patience((0.05,)))


def everything_there(work: Work, studio: LabelStudio) -> list[str]:
    """The texts of all tasks that Label Studio holds of this work."""
    numbers = [one.number for one in work.store.loop.projects()]
    return [str(task["data"]) for number in numbers for task in studio.changed(number or 0, "")]


def test_pulls_pushes_and_a_withdrawal_wait_for_it_and_are_done_once(
    open_at: Callable[[Path], Work], tmp_path: Path
) -> None:
    if not serving.EXECUTABLE.is_file():
        pytest.skip("needs Label Studio: make label-studio (2 minutes, 1 GB)")
    work = open_at(tmp_path / "home")
    themes = lay_out(work, answers=40)
    chosen(work, tmp_path / "selection.csv")
    folder, port = tmp_path / "label-studio", serving.free_port()
    with serving.server(folder, port) as started:
        studio = work.labelstudio = connected(started)
        coder = sign_up(studio.invite("one@example.org"), "one@example.org")
        push(work, RUN, book(), studio, [coder.email])
        number = next(p.number for p in work.store.loop.projects() if p.layout == "whole")
        tasks = list(studio.changed(number or 0, ""))
        early, late = tasks[::2], tasks[1::2]
        for task in early:
            coder.annotate(task["id"], ticked(themes[task["data"]["text"]]))
        assert pull(work, studio).saved.new == len(early)
        for task in late:  # submitted, and not pulled before it goes
            coder.annotate(task["id"], ticked(themes[task["data"]["text"]]))
        assert any("comes back every winter" in one for one in everything_there(work, studio))
    before = work.store.codings()
    for _ in range(IN_AN_HOUR):
        with pytest.raises(ServerAway) as said:
            pull(work, studio)
        assert studio.url in str(said.value)
    with pytest.raises(ServerAway):
        push(work, RUN, book(), studio, [coder.email])
    receipt = steps.withdraw(work, "P90001")
    assert "tasks" not in receipt.counts, "what is away has deleted nothing"
    assert receipt.counts["waiting tasks"] == len(work.store.loop.leaving()) > 0
    assert len(work.store.codings()) == len(before)
    with serving.server(folder, port) as started:
        studio = work.labelstudio = connected(started)
        back = pull(work, studio)
        assert (back.saved.new, back.waiting) == (len(late), 0)
        assert back.gone >= 1
        codings = work.store.codings()
        own = dict(zip(codings["text"], codings["code"], strict=True))
        assert own == {task["data"]["text"]: themes[task["data"]["text"]] for task in tasks}
        assert len(codings) == len(tasks)
        again = pull(work, studio)
        assert (again.saved.new, again.gone) == (0, 0)
        push(work, RUN, book(), studio, [coder.email])
        assert sum(one["unsent"] for one in status(work).projects) == 0
        there = everything_there(work, studio)
        assert not [one for one in there if "comes back every winter" in one]
        assert len(there) == len(set(there))
