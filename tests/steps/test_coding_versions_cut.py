"""A change of version that was cut and overtaken by another, and what is said of one."""

from __future__ import annotations

import contextlib

import pytest

from listening import codebook as books
from listening.errors import ServerAway
from listening.steps import Work, withdraw
from listening.steps.coding import pull, push
from listening.steps.coding.migrating import JOURNAL, UNDONE, migrate, undo
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, book, marked, ticked
from tests.steps.test_coding_migrating import WHY, coded, merged, split
from tests.steps.town import RUN


def states(work: Work) -> list[tuple[str, str, str]]:
    lines = work.vault.read(JOURNAL)["versions"]
    return [(one["before"], one["now"], one["state"]) for one in lines]


@pytest.mark.parametrize("left", [UNDONE, "done"])
def test_no_line_of_the_journal_stays_unfinished_once_a_later_version_is_published(
    work: Work, server: FakeLabelStudio, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    coded(work, server)

    def cut(*_given: object, **_more: object) -> None:
        raise ServerAway("Label Studio", "does not answer.", "Start it.")

    # before anything was carried; or once all is, and what is to be read again is sent
    where: tuple[object, str] = (server, "add_tasks")
    if left == UNDONE:
        where = (work.store.loop, "relabel")
    with monkeypatch.context() as patch:
        patch.setattr(*where, cut)
        with pytest.raises(ServerAway):
            migrate(work, RUN, split(), server)
    assert states(work) == [("1.0", "1.1", "begun")]
    later = books.rename(books.load(split()), "buses", "Buses and trams", WHY)
    migrate(work, RUN, books.as_toml(later), server)
    assert states(work)[0] == ("1.0", "1.1", left)
    assert states(work)[-1][1:] == ("1.2", "done")
    undo(work, RUN, server)
    assert "begun" not in {state for _, _, state in states(work)}


def test_a_severity_that_a_coder_adds_while_a_version_is_put_stays(
    work: Work, server: FakeLabelStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = next(iter(server.hold("assisted/whole")))
    annotation = server.submit(task, ADA, ticked("parks"))
    pull(work, server)
    config = server.set_config

    def meanwhile(project: int, told: str) -> None:
        config(project, told)
        server.edit(task, annotation, ADA, ticked("parks", severity=3))

    with monkeypatch.context() as patch:
        patch.setattr(server, "set_config", meanwhile)
        migrate(work, RUN, merged(), server)
    pull(work, server)
    rows = work.store.codings()
    assert rows[["code", "severity"]].to_numpy().tolist() == [["buses", 3]]


def test_a_rename_says_that_no_annotation_had_to_be_changed(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    renamed = books.rename(books.load(book()), "buses", "Buses and trams", WHY)
    told = migrate(work, RUN, books.as_toml(renamed), server)
    assert "Coders see it in Label Studio; no annotation had to be changed." in told.sentences
    assert not [one for one in told.sentences if one.startswith("0 ")]


def test_what_others_are_to_read_again_is_asked_anew_once_somebody_beside_them_withdrew(
    work: Work, server: FakeLabelStudio
) -> None:
    for coder in (ADA, BEN):
        with contextlib.suppress(AssertionError):  # the group may be one coder's alone
            for number, task in list(server.hold(f"spans/{coder}").items()):
                server.submit(number, coder, marked(task, "housing", 2, "landlord"))
    pull(work, server)
    migrate(work, RUN, split(), server)
    work.labelstudio = server
    withdraw(work, "P90001")
    told = push(work, RUN, split(), server, [])
    assert [note for note in told.notes if "sent to be read again" in note]
    again = [
        task
        for one in server._projects.values()
        if "spans" in one.key
        for task in one.tasks.values()
        if "@" in task["data"]["item_key"]
    ]
    assert again
    assert all("winter" not in str(task["data"]) for task in again)
    assert any("landlord" in str(task["data"]) for task in again)
    assert not [one for one in push(work, RUN, split(), server, []).notes if "read again" in one]
