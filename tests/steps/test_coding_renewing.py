"""What is read next shows what the machine makes of everything that was coded since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from listening.steps import Work
from listening.steps.coding import pull, push, renewing
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, CODERS, book, chosen, lay_out, ticked
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


def bare() -> str:
    """The codebook without examples: nothing can be learnt before people have coded."""
    return "\n".join(line for line in book().splitlines() if not line.startswith("examples"))


@pytest.fixture
def town(open_at: OpenAt, tmp_path: Path) -> tuple[Work, FakeLabelStudio]:
    """A shared project that was sent before anything could be suggested, and half of it read."""
    work, server = open_at(tmp_path / "home"), FakeLabelStudio(CODERS)
    themes = lay_out(work, answers=300, group=False)
    chosen(work, tmp_path / "selection.csv")
    chosen(work, tmp_path / "more.csv")
    assert push(work, RUN, bare(), server, [ADA]).suggested == 0
    tasks = server.hold("assisted/whole")
    for number in list(tasks)[: len(tasks) // 2]:
        server.submit(number, ADA, ticked(themes[tasks[number]["data"]["text"]]))
    pull(work, server)
    return work, server


def unread(server: FakeLabelStudio) -> dict[int, dict[str, Any]]:
    return {n: one for n, one in server.hold("assisted/whole").items() if not one["annotations"]}


def test_what_is_read_after_suggestions_came_to_it_is_no_reading_without_them(
    town: tuple[Work, FakeLabelStudio],
) -> None:
    work, server = town
    assert not work.store.codings()["hinted"].any()
    told = renewing.renew(work, RUN, server)
    assert told.tasks > 10
    shown = {n: one for n, one in unread(server).items() if one["predictions"]}
    assert len(shown) > told.tasks / 2
    kept = set(work.store.loop.suggested()["item"])
    assert {one["data"]["item_key"] for one in shown.values()} <= kept
    number, one = next(iter(shown.items()))
    server.submit(number, ADA, ticked("housing"))
    pull(work, server)
    rows = work.store.codings().set_index("item")
    assert rows.loc[one["data"]["item_key"], "hinted"]
    assert rows["hinted"].sum() == 1


def test_only_what_changes_is_sent_and_what_was_left_is_counted(
    town: tuple[Work, FakeLabelStudio], monkeypatch: pytest.MonkeyPatch
) -> None:
    work, server = town
    monkeypatch.setattr(renewing, "RENEWED", 5)
    told = renewing.renew(work, RUN, server)
    assert told.tasks == 5
    open_still = [one for one in work.store.loop.items(_project(work)) if not one.blind]
    read = work.store.loop.readers(_project(work))
    assert told.later == len([one for one in open_still if one.key not in read]) - 5
    before = server.asked
    assert renewing.renew(work, RUN, server).tasks == 0
    assert server.asked == before


def _project(work: Work) -> str:
    (key,) = [one.key for one in work.store.loop.projects() if one.role == "assisted"]
    return key
