"""What happened to a task by other hands: changed, odd, edited by somebody else, never noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from listening.steps import Work
from listening.steps.coding import pull, push
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import (
    ADA,
    BEN,
    CODERS,
    book,
    chosen,
    counted,
    lay_out,
    opened_again,
    task,
    ticked,
)
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


def test_a_task_changed_by_hand_takes_nothing_back_and_gives_nothing(
    work: Work, server: FakeLabelStudio
) -> None:
    first, second = (task(server, "assisted/whole", place) for place in range(2))
    held = server.hold("assisted/whole")
    server.submit(first, ADA, ticked("housing"))
    pull(work, server)
    server.update_task(0, first, held[first]["data"] | {"item_key": "another"}, ())
    server.update_task(0, second, held[second]["data"] | {"text": "All is well."}, ())
    server.submit(second, ADA, ticked("buses"))
    told = pull(work, server)
    assert (told.saved.new, told.saved.deleted, len(told.rejects)) == (0, 0, 2)
    assert counted(work.store.codings()) == [(ADA, "housing")]


def test_one_annotation_that_no_editor_wrote_stops_no_pull(
    work: Work, server: FakeLabelStudio
) -> None:
    odd = [{"from_name": "codes", "value": {"choices": 5}}]
    server.submit(task(server, "assisted/whole", 0), ADA, odd)
    server.submit(task(server, "assisted/whole", 1), ADA, ticked("buses"))
    told = pull(work, server)
    assert (told.saved.new, len(told.rejects)) == (2, 1)
    assert (ADA, "buses") in counted(work.store.codings())


def test_the_trail_says_who_changed_a_reading_and_who_took_it_back_as_far_as_that_is_told(
    work: Work, server: FakeLabelStudio
) -> None:
    tasks = [task(server, "assisted/whole", place) for place in range(4)]
    own = [server.submit(one, ADA, ticked("parks")) for one in tasks]
    assert pull(work, server).notes == ()
    server.edit(tasks[0], own[0], ADA, ticked("buses"))
    server.edit(tasks[1], own[1], BEN, ticked("buses"))
    server.take_back(tasks[2], own[2], BEN)
    server.take_back(tasks[3], own[3])
    told = pull(work, server)
    trail = [(one.what, one.who) for one in work.store.loop.changes()]
    expected = [("edited", ADA), ("edited", BEN), ("deleted", BEN), ("deleted", "")]
    assert trail == expected
    (note,) = told.notes
    assert f"1 readings were last changed by {BEN}" in note
    # it stays the reading of whoever made it, and is told once
    assert counted(work.store.codings()) == [(ADA, "buses"), (ADA, "buses")]
    assert pull(work, server, everything=True).notes == ()


def test_what_was_coded_between_a_push_that_was_killed_and_the_next_one_is_read(
    work: Work, server: FakeLabelStudio, open_at: OpenAt, tmp_path: Path
) -> None:
    fresh, other = open_at(tmp_path / "second"), FakeLabelStudio(CODERS)
    lay_out(fresh)
    chosen(fresh, tmp_path / "second.csv")
    inner = other.add_tasks

    def then_killed(*given: Any) -> dict[str, int]:
        inner(*given)
        raise KeyboardInterrupt

    other.add_tasks = then_killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        push(fresh, RUN, book(), other, [ADA, BEN])
    other.add_tasks = inner  # type: ignore[method-assign]
    project = next(p for p in fresh.store.loop.projects() if p.number is not None)
    held = other.hold(project.key)
    first = next(iter(held))
    other.submit(first, project.coder or ADA, ticked("parks"))
    # the pull knows no such task yet, and reads on past it
    fresh.store.loop.keep_project(project)
    assert pull(fresh, other).saved.new == 0
    push(fresh, RUN, book(), other, [ADA, BEN])
    assert pull(fresh, other).saved.new == 1


def test_codes_under_a_control_that_is_not_ours_are_no_reading_that_found_nothing(
    work: Work, server: FakeLabelStudio
) -> None:
    one, two = (task(server, "assisted/whole", place) for place in range(2))
    strange = [{**ticked("parks")[0], "from_name": "labels"}]
    server.submit(one, ADA, strange)
    joined = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"}
    server.submit(two, ADA, [*ticked("buses"), joined])
    (reject,) = pull(work, server).rejects
    assert "none of the project's" in reject.why
    assert opened_again(work) == {ADA: 1}
