"""The loop stopped at the worst moment, on a real Label Studio: nothing lost, nothing doubled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from listening.errors import ServerAway
from listening.labelstudio.client import LabelStudio, Patience, connect
from listening.steps import Work
from listening.steps.coding import pull, push, status
from tests.conftest import ROOT
from tests.labelstudio import serving
from tests.labelstudio.playing import Coder, sign_up
from tests.labelstudio.serving import ADMINISTRATOR, Server
from tests.steps.coded_town import book, chosen, lay_out, ticked
from tests.steps.town import RUN

pytestmark = pytest.mark.labelstudio
OpenAt = Callable[[Path], Work]
#: a push that is killed once so many requests to take in tasks were answered
KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from listening.labelstudio.client import Credentials, connect
from listening.labelstudio.client import server as asked
from listening.settings import Settings
from listening.steps import open_work
from listening.steps.coding import push
from tests.conftest import FakeModels
from tests.steps.coded_town import book
from tests.steps.town import RUN

home, url, email, password, token, after, *coders = sys.argv[1:]
inner, times = asked.work.add_tasks, []

def add_tasks(*given):
    told = inner(*given)
    times.append(1)
    if len(times) > int(after):
        os.kill(os.getpid(), 9)  # Label Studio has them, and our store does not know yet
    return told

asked.work.add_tasks = add_tasks
settings = Settings(home=Path(home), programme="Test programme")
work = open_work(settings, date(2026, 7, 1), FakeModels(None))
who = Credentials(email, password, lambda: token, lambda token: None)
push(work, RUN, book(), connect(url, who), coders)
"""


@pytest.mark.parametrize("after", [0, 1])
def test_a_push_killed_after_label_studio_took_tasks_in_sends_none_twice(
    label_studio: Server,
    studio: LabelStudio,
    coders: tuple[Coder, Coder],
    open_at: OpenAt,
    tmp_path: Path,
    after: int,
) -> None:
    work = open_at(tmp_path / "home")
    lay_out(work, answers=120)
    chosen(work, tmp_path / "selection.csv")
    studio.projects()  # a token is known from here on
    who = [label_studio.credentials(ADMINISTRATOR), *(one.email for one in coders)]
    given = [tmp_path / "home", studio.url, who[0].email, who[0].password, who[0].remembered()]
    command = [sys.executable, "-c", KILLED, *map(str, given), str(after), *who[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    assert sum(one["unsent"] for one in status(work).projects) > 0
    push(work, RUN, book(), studio, [one.email for one in coders])
    rows = status(work).projects
    assert sum(one["unsent"] for one in rows) == 0
    for project in work.store.loop.projects():
        assert project.number is not None
        there = [task["data"]["item_key"] for task in studio.changed(project.number, "")]
        ours = [item.key for item in work.store.loop.items(project.key)]
        assert sorted(there) == sorted(ours)


def test_label_studio_killed_during_a_pull_loses_nothing(open_at: OpenAt, tmp_path: Path) -> None:
    if not serving.EXECUTABLE.is_file():
        pytest.skip("needs Label Studio: make label-studio (2 minutes, 1 GB)")
    work = open_at(tmp_path / "home")
    themes = lay_out(work, answers=40)
    chosen(work, tmp_path / "selection.csv")
    folder, port = tmp_path / "label-studio", serving.free_port()
    with serving.server(folder, port) as started:
        studio = connected(started)
        coder = sign_up(studio.invite("one@example.org"), "one@example.org")
        push(work, RUN, book(), studio, [coder.email])
        pull(work, studio)
        number = next(p.number for p in work.store.loop.projects() if p.layout == "whole")
        tasks = list(studio.changed(number or 0, ""))
        for task in tasks:
            coder.annotate(task["id"], ticked(themes[task["data"]["text"]]))
        inner = work.store.loop.save_page

        def then_killed(*given: object) -> object:
            started.process.kill()
            started.process.wait()
            return inner(*given)  # type: ignore[arg-type]

        work.store.loop.save_page = then_killed  # type: ignore[method-assign, assignment]
        with pytest.raises(ServerAway):
            pull(work, studio)
        work.store.loop.save_page = inner  # type: ignore[method-assign]
    with serving.server(folder, port) as started:
        pull(work, connected(started))
        codings = work.store.codings()
        own = dict(zip(codings["text"], codings["code"], strict=True))
        assert own == {task["data"]["text"]: themes[task["data"]["text"]] for task in tasks}
        assert pull(work, connected(started)).saved.new == 0


def connected(started: Server) -> LabelStudio:
    return connect(started.url, started.credentials(ADMINISTRATOR), Patience((0.5,)))
