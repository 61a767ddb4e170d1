"""A run that is killed at any moment at which something is kept, and begun again."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from listening.errors import ListeningError
from listening.steps import Work
from tests.conftest import FakeModels
from tests.faults.opening import opened
from tests.killed import kill, killed
from tests.steps.material import folder, priorities, request, table, whole_way

OpenAt = Callable[[Path], Work]
#: run.json tells times and how much was there before, which a kill may change
BUT = "run.json"


class Counting:
    """Lets so many things be kept, then calls `last`: commits, and files laid in their place."""

    def __init__(self, last: Callable[[type[Exception]], object], allowed: int) -> None:
        self._last, self.left = last, allowed

    def watch(self) -> None:
        """Count from now on, in this process."""
        from django.db.backends.base.base import BaseDatabaseWrapper

        # a process that will not live on: nothing need be put back
        commit = self._before(BaseDatabaseWrapper._commit, OperationalError)
        BaseDatabaseWrapper._commit = commit  # type: ignore[attr-defined]
        for name in ("replace", "rename", "write_bytes", "write_text"):
            setattr(Path, name, self._before(getattr(Path, name)))

    def _before(
        self, real: Callable[..., object], fault: type[Exception] = OSError
    ) -> Callable[..., object]:
        def counted(*told: object, **named: object) -> object:
            if str(told[0]).startswith("/proc/"):
                return real(*told, **named)  # nothing is kept there
            self.left -= 1
            if not self.left:
                self._last(fault)
            return real(*told, **named)

        return counted


def bytes_of(out: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in out.iterdir() if one.name != BUT}


@dataclass(frozen=True)
class Undisturbed:
    """What a run leaves that nothing happened to, and in how many moments it keeps something."""

    moments: int
    left: dict[str, bytes]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, pipeline: Any) -> Undisturbed:
    """One run in a process of its own, counted."""
    at = tmp_path_factory.mktemp("undisturbed")
    told, asked = at / "told", request(folder(at / "in"))

    def count() -> None:
        counting = Counting(kill, -1)
        with told.open("w", encoding="utf-8") as file:
            counting.watch()
            whole_way(opened(at / "home", FakeModels(pipeline)), asked, at / "out")
            file.write(str(-1 - counting.left))

    assert not killed(count)
    return Undisturbed(int(told.read_text(encoding="utf-8")), bytes_of(at / "out"))


def begun_again(open_at: OpenAt, tmp_path: Path, undisturbed: Undisturbed) -> None:
    """Run once more where something happened, and see that nothing is lost and nothing double."""
    out = tmp_path / "out"
    whole_way(open_at(tmp_path / "home"), request(folder(tmp_path / "in")), out)
    assert bytes_of(out) == undisturbed.left
    assert priorities(out)["participants"] == 11
    ids = [row["segment_id"] for row in table(out / "segments.csv")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("twelfth", range(12))
def test_a_run_that_was_killed_and_begun_again_leaves_what_an_undisturbed_one_does(
    open_at: OpenAt, pipeline: Any, undisturbed: Undisturbed, tmp_path: Path, twelfth: int
) -> None:
    assert undisturbed.moments > 24  # or some of these would be the same moment
    asked = request(folder(tmp_path / "in"))

    def run() -> None:
        Counting(kill, 1 + twelfth * undisturbed.moments // 12).watch()
        whole_way(opened(tmp_path / "home", FakeModels(pipeline)), asked, tmp_path / "out")

    assert killed(run)
    begun_again(open_at, tmp_path, undisturbed)


@pytest.mark.parametrize("fifth", range(5))
def test_a_disk_that_is_full_for_a_moment_costs_the_run_and_nothing_else(
    open_at: OpenAt, pipeline: Any, undisturbed: Undisturbed, tmp_path: Path, fifth: int
) -> None:
    asked = request(folder(tmp_path / "in"))

    def full(fault: type[Exception]) -> None:
        raise fault(errno.ENOSPC, "No space left on device")

    def run() -> None:
        Counting(full, 1 + fifth * undisturbed.moments // 5).watch()
        with pytest.raises((OSError, OperationalError, ListeningError)):
            whole_way(opened(tmp_path / "home", FakeModels(pipeline)), asked, tmp_path / "out")

    assert not killed(run)
    begun_again(open_at, tmp_path, undisturbed)


def test_two_who_run_the_same_at_once_both_get_it_whole(
    open_at: OpenAt, pipeline: Any, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    asked, home = request(folder(tmp_path / "in")), tmp_path / "home"
    outs = [tmp_path / "one", tmp_path / "two"]

    def run(out: Path) -> None:
        whole_way(opened(home, FakeModels(pipeline)), asked, out)

    both = [
        threading.Thread(target=lambda out=out: ended.append(killed(lambda: run(out))))
        for out in outs
    ]
    ended: list[bool] = []
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert ended == [False, False]
    assert [bytes_of(out) for out in outs] == [undisturbed.left] * 2
    begun_again(open_at, tmp_path, undisturbed)
