"""Label Studio killed, the network cut, the same thing twice at once: nothing lost or doubled."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from listening.errors import ServerAway
from listening.labelstudio.client import LabelStudio, Patience, changes, connect, tasks
from tests.labelstudio import serving
from tests.labelstudio.faults import Proxy, proxy
from tests.labelstudio.playing import CONFIG, Coder, chosen, task
from tests.labelstudio.serving import ADMINISTRATOR, Server, free_port

pytestmark = pytest.mark.labelstudio
SOON = Patience((0.05, 0.1, 0.2), connecting=2.0)
MANY = [task(f"k{place:03}", "green") for place in range(60)]
KEYS = {one["data"]["item_key"] for one in MANY}


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten tasks at once, so that a fault falls between and within batches."""
    monkeypatch.setattr(tasks, "BATCH", 10)
    monkeypatch.setattr(changes, "PAGE", 10)


@pytest.fixture
def cutting(label_studio: Server) -> Iterator[Proxy]:
    with proxy(label_studio.url) as between:
        yield between


@pytest.fixture
def through(cutting: Proxy, label_studio: Server) -> LabelStudio:
    """A client that reaches the server through a proxy which can cut."""
    return connect(cutting.url, label_studio.credentials(ADMINISTRATOR), SOON)


def every(*numbers: int, of: str) -> Callable[[str], bool]:
    """Cut the first, second, … request whose first line holds a word."""
    met: list[str] = []

    def cuts(line: str) -> bool:
        if of in line:
            met.append(line)
        return of in line and len(met) in numbers

    return cuts


def test_an_import_whose_answer_was_lost_is_not_sent_twice(
    through: LabelStudio, cutting: Proxy, project: int, coders: tuple[Coder, Coder]
) -> None:
    cutting.cuts = every(2, 4, of="/import")
    numbers = through.add_tasks(project, MANY)
    assert cutting.lost == 2
    assert sum("/import" in line for line in cutting.asked) == 6
    assert set(numbers) == KEYS
    assert through.tasks(project) == numbers
    hints = coders[0].see(f"/api/predictions/?task__project={project}").json()
    assert len(hints) == 60


def test_a_network_cut_in_the_middle_of_pages_loses_and_doubles_nothing(
    through: LabelStudio, cutting: Proxy, project: int
) -> None:
    numbers = through.add_tasks(project, MANY)
    cutting.cuts = every(2, 3, 5, of="GET /api/tasks?")
    found = [int(one["id"]) for one in through.changed(project, "")]
    assert cutting.lost == 3
    assert found == sorted(numbers.values())


def test_a_network_that_stays_cut_is_told_and_the_next_pull_goes_on(
    through: LabelStudio, cutting: Proxy, project: int
) -> None:
    numbers = through.add_tasks(project, MANY)
    pages: list[str] = []

    def cuts(line: str) -> bool:
        pages.append(line)
        return "GET /api/tasks?" in line and len(pages) > 3

    cutting.cuts = cuts
    first: list[Mapping[str, Any]] = []
    with pytest.raises(ServerAway, match="does not answer"):
        first.extend(through.changed(project, ""))
    cutting.cuts = lambda _line: False
    assert 0 < len(first) < 60
    rest = list(through.changed(project, str(first[-1]["updated_at"])))
    assert {int(one["id"]) for one in (*first, *rest)} == set(numbers.values())


def test_a_project_whose_answer_was_lost_is_made_once(through: LabelStudio, cutting: Proxy) -> None:
    key = uuid.uuid4().hex
    cutting.cuts = every(1, of="POST /api/projects")
    number = through.make_project(key, "A project", "For a test.", CONFIG)
    assert cutting.lost == 1
    assert [one for one in through.projects().values() if one == key] == [key]
    through.delete_project(number)


def test_a_prediction_whose_answer_was_lost_stands_once(
    through: LabelStudio, cutting: Proxy, project: int, coders: tuple[Coder, Coder]
) -> None:
    number = through.add_tasks(project, [task("a", "green")])["a"]
    fresh = task("a", "buses")
    cutting.cuts = every(1, of="POST /api/predictions")
    through.update_task(project, number, fresh["data"], fresh["predictions"])
    assert cutting.lost == 1
    hints = coders[0].see(f"/api/predictions/?task={number}").json()
    assert [one["result"] for one in hints] == [chosen("buses")]


def test_two_pulls_at_once_read_the_same(
    studio: LabelStudio, label_studio: Server, project: int
) -> None:
    numbers = studio.add_tasks(project, MANY)
    found: list[list[int]] = []

    def pull() -> None:
        own = connect(label_studio.url, label_studio.credentials(ADMINISTRATOR))
        found.append([int(one["id"]) for one in own.changed(project, "")])

    together(pull, pull)
    assert found == [sorted(numbers.values())] * 2


def test_a_push_and_another_one_of_a_part_of_it_one_after_the_other_bring_each_task_once(
    studio: LabelStudio, project: int
) -> None:
    half = studio.add_tasks(project, MANY[:35])
    whole = studio.add_tasks(project, MANY)
    assert whole.items() >= half.items()
    assert len(studio.tasks(project)) == len(set(whole.values())) == 60


def test_killed_during_a_push_the_push_goes_on_where_it_stopped(own_server: OwnServer) -> None:
    client = own_server.client()
    project = client.make_project("killed", "A project", "For a test.", CONFIG)
    killed = threading.Event()

    def progress(done: int, _all: int) -> None:
        if done >= 20 and not killed.is_set():
            killed.set()
            own_server.kill()

    with pytest.raises(ServerAway, match="does not answer"):
        client.add_tasks(project, MANY, progress)
    own_server.start()
    client = own_server.client()
    before = client.tasks(project)
    assert 20 <= len(before) < 60
    numbers = client.add_tasks(project, MANY)
    assert set(numbers) == KEYS
    assert numbers.items() >= before.items()
    assert client.tasks(project) == numbers


def test_killed_and_back_while_a_pull_waits_the_pull_ends_well(own_server: OwnServer) -> None:
    client = own_server.client(Patience((0.5,) * 120))
    project = client.make_project("killed", "A project", "For a test.", CONFIG)
    numbers = client.add_tasks(project, MANY)
    reading = client.changed(project, "")
    first = [int(next(reading)["id"]) for _one in range(15)]
    own_server.kill()
    back = threading.Thread(target=lambda: (time.sleep(0.5), own_server.start()))
    back.start()
    rest = [int(one["id"]) for one in reading]
    back.join()
    assert [*first, *rest] == sorted(numbers.values())


class OwnServer:
    """A server that a test may kill: its folder and its port stay."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._entered: list[object] = []
        self._server: Server | None = None
        self.start()

    def start(self) -> None:
        manager = serving.server(self._folder, self._port)
        tokens = self._server.tokens if self._server else {}
        self._server = manager.__enter__()
        self._server.tokens.update(tokens)
        self._manager = manager

    def kill(self) -> None:
        assert self._server
        self._server.process.kill()
        self._server.process.wait()

    def client(self, patience: Patience = SOON) -> LabelStudio:
        assert self._server
        return connect(self._server.url, self._server.credentials(ADMINISTRATOR), patience)

    def stop(self) -> None:
        self._manager.__exit__(None, None, None)


@pytest.fixture
def own_server(label_studio: Server, tmp_path: Path) -> Iterator[OwnServer]:
    """A server of the test's own; `label_studio` is asked for, to skip where there is none."""
    own = OwnServer(tmp_path / "own")
    yield own
    own.stop()


def together(*calls: Callable[[], None]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
