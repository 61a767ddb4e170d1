"""What was selected goes to Label Studio once, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listening.errors import ListeningError, NothingToDo, ServerAway
from listening.steps import Work
from listening.steps.coding import pull, push, status
from listening.steps.coding.drawing import draw, to_double
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CLEO, CODERS, book, lay_out, ticked
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


@pytest.fixture
def server() -> FakeLabelStudio:
    return FakeLabelStudio(CODERS)


def test_the_audit_goes_to_each_coder_blind_and_the_rest_to_all_with_suggestions(
    work: Work, server: FakeLabelStudio
) -> None:
    told = push(work, RUN, book(), server, [ADA, BEN])
    assert sorted(told.links) == [
        "Assisted · answers",
        "Blind · answers · ada@example.org",
        "Blind · answers · ben@example.org",
        *sorted(title for title in told.links if "conversations" in title),
    ]
    blind = [*server.hold(f"blind/whole/{ADA}").values()]
    blind += server.hold(f"blind/whole/{BEN}").values()
    assert all(not task["predictions"] and "hints" not in task["data"] for task in blind)
    assisted = list(server.hold("assisted/whole").values())
    assert len(assisted) == 30
    with_hints = [task for task in assisted if task["predictions"]]
    assert 0 < len(with_hints) <= 24  # a fifth is blind
    assert len({task["data"]["item_key"] for task in blind}) == 100
    assert told.notes == ()


def test_two_coders_read_at_least_fifty_segments_of_the_audit(
    work: Work, server: FakeLabelStudio
) -> None:
    told = push(work, RUN, book(), server, [ADA, BEN])
    ada, ben = (
        {task["data"]["item_key"] for task in server.hold(f"blind/whole/{who}").values()}
        for who in (ADA, BEN)
    )
    assert len(ada & ben) >= 47  # and perhaps the three segments of the conversation
    assert 50 <= told.double <= 53
    assert abs(len(ada) - len(ben)) <= 4


def test_the_same_push_twice_sends_nothing_twice(work: Work, server: FakeLabelStudio) -> None:
    first = push(work, RUN, book(), server, [ADA, BEN])
    before = {key: server.tasks(key) for key in server.projects()}
    second = push(work, RUN, book(), server, [ADA, BEN])
    assert second.sent == {}
    assert second.there == sum(first.sent.values())
    assert {key: server.tasks(key) for key in server.projects()} == before


@pytest.mark.parametrize("requests", range(0, 17, 2))
def test_a_push_that_is_cut_anywhere_is_finished_by_the_next(
    work: Work, server: FakeLabelStudio, requests: int
) -> None:
    server.page, server.fails_in = 40, requests
    with pytest.raises(ServerAway):
        push(work, RUN, book(), server, [ADA, BEN])
    server.fails_in = None
    push(work, RUN, book(), server, [ADA, BEN])
    for standing in status(work).projects:
        assert (standing["unsent"], standing["gone"]) == (0, 0)
    tasks = [task for key in server.projects() for task in server.tasks(key)]
    assert len(tasks) == len(set(tasks)) + _double(work)


def _double(work: Work) -> int:
    return (
        sum(
            item.double for p in work.store.loop.projects() for item in work.store.loop.items(p.key)
        )
        // 2
    )


def test_a_task_that_was_deleted_by_hand_is_sent_anew(work: Work, server: FakeLabelStudio) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    tasks = server.hold("assisted/whole")
    lost = next(iter(tasks))
    key = tasks.pop(lost)["data"]["item_key"]
    told = push(work, RUN, book(), server, [ADA, BEN])
    assert told.sent == {"Assisted · answers": 1}
    assert key in {task["data"]["item_key"] for task in tasks.values()}


def test_a_project_that_was_deleted_by_hand_is_made_anew(
    work: Work, server: FakeLabelStudio
) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    number = next(n for n, key in server.projects().items() if key.endswith("assisted/whole"))
    server.delete_project(number)
    assert push(work, RUN, book(), server, [ADA, BEN]).sent == {"Assisted · answers": 30}


def test_what_somebody_who_left_has_not_read_goes_to_others(
    work: Work, server: FakeLabelStudio
) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    had = {task["data"]["item_key"] for task in server.hold(f"blind/whole/{ADA}").values()}
    push(work, RUN, book(), server, [BEN, CLEO], left=[ADA])
    now = [
        {task["data"]["item_key"] for task in server.hold(f"blind/whole/{who}").values()}
        for who in (BEN, CLEO)
    ]
    assert had <= now[0] | now[1]
    assert server.hold(f"blind/whole/{ADA}") == {}


def _keys(server: FakeLabelStudio, who: str) -> set[str]:
    return {task["data"]["item_key"] for task in server.hold(f"blind/whole/{who}").values()}


def test_second_readings_of_somebody_who_left_go_to_whoever_is_added(
    work: Work, server: FakeLabelStudio
) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    twice = _keys(server, ADA) & _keys(server, BEN)
    push(work, RUN, book(), server, [CLEO], left=[ADA])
    # Ben was not named again, and codes still
    assert twice <= _keys(server, BEN) & _keys(server, CLEO)
    assert push(work, RUN, book(), server, []).sent == {}


def test_second_readings_that_nobody_is_left_for_are_counted_until_somebody_is(
    work: Work, server: FakeLabelStudio
) -> None:
    double = push(work, RUN, book(), server, [ADA, BEN]).double
    told = push(work, RUN, book(), server, [], left=[ADA])
    assert [note for note in told.notes if f"For {double} second readings nobody" in note]
    twice = push(work, RUN, book(), server, [CLEO])
    assert twice.double == double
    assert not [note for note in twice.notes if "second readings" in note]


def test_whoever_left_gets_nothing_again_and_what_they_read_is_read_by_no_third(
    work: Work, server: FakeLabelStudio
) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    tasks = server.hold(f"blind/whole/{ADA}")
    read = list(tasks)[:20]
    for number in read:
        server.submit(number, ADA, ticked("parks"))
    had, done = _keys(server, ADA), {tasks[one]["data"]["item_key"] for one in read}
    pull(work, server)
    push(work, RUN, book(), server, [CLEO], left=[ADA])
    again = push(work, RUN, book(), server, [ADA])
    assert [note for note in again.notes if ADA in note]
    assert (again.sent, _keys(server, ADA)) == ({}, done)
    assert not _keys(server, CLEO) & done
    assert had <= done | _keys(server, BEN) | _keys(server, CLEO)


def test_one_coder_alone_is_told_that_nothing_is_read_twice(
    work: Work, server: FakeLabelStudio
) -> None:
    told = push(work, RUN, book(), server, [" Ada@Example.org "])
    assert told.double == 0
    assert [note for note in told.notes if "One coder alone" in note]


def test_a_coder_without_an_account_is_given_a_link(work: Work, server: FakeLabelStudio) -> None:
    told = push(work, RUN, book(), server, [ADA, "dan@example.org"])
    assert list(told.invitations) == ["dan@example.org"]


def test_another_version_of_the_codebook_is_not_sent_over_the_first(
    work: Work, server: FakeLabelStudio
) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    with pytest.raises(ListeningError, match=r"show version 1\.0, and this is version 1\.1"):
        push(work, RUN, book("1.1"), server, [ADA, BEN])


def test_a_version_that_reads_otherwise_than_before_is_not_sent(
    work: Work, server: FakeLabelStudio
) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    noise = '[[codes]]\nid = "noise"\nname = "Noise"\ndefinition = "What is loud."\n'
    with pytest.raises(ListeningError, match=r"reads otherwise.*listening coding migrate"):
        push(work, RUN, book(more=noise), server, [CLEO], left=[ADA])
    assert "noise" not in "".join(server.config(key) for key in server.projects().values())
    # and whoever codes is as before: what is the same but for its layout is sent
    assert server.hold(f"blind/whole/{ADA}")
    assert push(work, RUN, f"# of the town\n{book()}", server, []).sent == {}


def test_without_a_selection_or_a_coder_it_says_what_to_do(
    open_at: OpenAt, tmp_path: Path, work: Work, server: FakeLabelStudio
) -> None:
    with pytest.raises(NothingToDo, match="Name them: --coder"):
        push(work, RUN, book(), server, [])
    bare = open_at(tmp_path / "bare")
    lay_out(bare)
    with pytest.raises(NothingToDo, match="Choose first: listening select"):
        push(bare, RUN, book(), server, [ADA])


def test_a_draw_gives_everybody_as_much_and_is_the_same_again() -> None:
    groups = {f"g{n}": 1 + n % 3 for n in range(200)}
    needed = to_double(sum(groups.values()))
    drawn = draw(groups, {}, ["a", "b", "c"], needed, 7)
    assert drawn == draw(groups, {}, ["a", "b", "c"], needed, 7)
    twice = sum(groups[group] for group, one in drawn.items() if one.double)
    assert needed <= twice < needed + 3
    load = dict.fromkeys("abc", 0)
    for group, one in drawn.items():
        for who in one.coders:
            load[who] += groups[group]
    assert max(load.values()) - min(load.values()) <= 3


def test_what_was_given_before_stays_and_counts() -> None:
    before = {"old": ("a", "b")}
    drawn = draw({"old": 60, "new": 5}, before, ["a", "b"], 50, 0)
    assert list(drawn) == ["new"]
    assert not drawn["new"].double


def test_of_little_everything_is_read_twice() -> None:
    assert [to_double(n) for n in (0, 10, 50, 499, 1000)] == [0, 10, 50, 50, 100]
