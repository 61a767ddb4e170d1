"""Coders who come back, and a Label Studio that is not the one to which something was sent."""

from __future__ import annotations

from collections import Counter

import pytest

from listening import steps
from listening.errors import ListeningError
from listening.steps import Work
from listening.steps.coding import missing, pull, push, status
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CLEO, CODERS, book, ticked
from tests.steps.town import RUN


def keys(server: FakeLabelStudio, who: str) -> set[str]:
    return {task["data"]["item_key"] for task in server.hold(f"blind/whole/{who}").values()}


def readers(server: FakeLabelStudio) -> Counter[str]:
    """How many coders each audited answer is asked of."""
    return Counter(key for who in (ADA, BEN) for key in keys(server, who))


def test_who_was_said_to_have_left_and_is_back_reads_on_and_keeps_what_they_read(
    work: Work, server: FakeLabelStudio
) -> None:
    before = readers(server)
    tasks = server.hold(f"blind/whole/{ADA}")
    for number in list(tasks)[:10]:
        server.submit(number, ADA, ticked("parks"))
    pull(work, server)
    done = {tasks[one]["data"]["item_key"] for one in list(tasks)[:10]}
    push(work, RUN, book(), server, [], left=[ADA])
    assert keys(server, ADA) == done
    (note,) = [note for note in push(work, RUN, book(), server, [ADA]).notes if ADA in note]
    assert f"--back {ADA}" in note
    told = push(work, RUN, book(), server, [], back=[f" {ADA.upper()}"])
    assert not [note for note in told.notes if ADA in note or "second readings" in note]
    # what Ben was given meanwhile stays his; of the rest each is read by as many as before
    now = readers(server)
    assert set(now) == set(before)
    assert all(now[key] >= before[key] for key in before)
    assert done <= keys(server, ADA)
    assert pull(work, server).saved.deleted == 0
    assert push(work, RUN, book(), server, []).sent == {}


def test_nobody_is_named_as_gone_and_back_at_once(work: Work, server: FakeLabelStudio) -> None:
    with pytest.raises(ListeningError, match="--left and with --back"):
        push(work, RUN, book(), server, [], left=[ADA], back=[ADA.upper()])
    assert len(keys(server, ADA)) > 10


def elsewhere(work: Work) -> FakeLabelStudio:
    """Another Label Studio, to which all was pushed anew: numbers are the same."""
    other = FakeLabelStudio({**CODERS})
    other.url = "https://second.example"
    push(work, RUN, book(), other, [ADA, BEN])
    return other


def test_what_waits_to_be_deleted_in_one_label_studio_is_not_deleted_in_another(
    work: Work, server: FakeLabelStudio
) -> None:
    had = keys(server, ADA)
    # what she had coded is read before she is taken off; then it is away
    asked = server.asked
    pull(work, server)
    server.fails_in = server.asked - asked
    with pytest.raises(ListeningError):
        push(work, RUN, book(), server, [CLEO], left=[ADA])
    waiting = status(work).leaving
    assert waiting >= len(had)
    other = elsewhere(work)
    push(work, RUN, book(), other, [], left=[CLEO], back=[ADA])
    mine = keys(other, ADA)
    assert mine
    told = pull(work, other)
    assert keys(other, ADA) == mine
    assert (told.gone, told.waiting) == (0, status(work).leaving)
    (note,) = told.notes
    assert server.url in note
    assert "LISTENING_LABEL_STUDIO_URL" in note
    # asked again, the first one has them deleted
    server.fails_in = None
    pull(work, server)
    assert keys(server, ADA) == set()


def test_words_of_who_withdrew_are_not_said_to_be_gone_from_where_nobody_looked(
    work: Work, server: FakeLabelStudio
) -> None:
    other = FakeLabelStudio({**CODERS})
    other.url = "https://second.example"
    work.labelstudio = other
    receipt = steps.withdraw(work, "P90001")
    assert "tasks" not in receipt.counts
    assert receipt.counts["waiting tasks"] >= 1
    assert pull(work, other).waiting == receipt.counts["waiting tasks"]
    # the same one at another address is said to be so
    server.url = "https://moved.example"
    assert pull(work, server).gone == 0
    told = pull(work, server, moved=True)
    assert (told.gone, told.waiting) == (receipt.counts["waiting tasks"], 0)
    rest = [one for key in server.projects() for one in server.changed(key, "")]
    assert "comes back every winter" not in str(rest)
    assert pull(work, server).notes == ()


def test_a_project_of_the_same_number_in_another_label_studio_is_not_taken_for_ours(
    work: Work, server: FakeLabelStudio
) -> None:
    other = FakeLabelStudio({**CODERS})
    for place in range(len(server.projects())):
        other.make_project(f"somebody-else/{place}", "Theirs", "", "<View/>")
    told = pull(work, other)
    assert told.tasks == 0
    assert len([note for note in told.notes if "no more in Label Studio" in note]) >= 3
    assert missing(work, other) == ()
