"""A change of version that is cut, pressed twice or made while others work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from listening import codebook as books
from listening.errors import NothingToDo, ServerAway
from listening.steps import Work
from listening.steps.coding import pull, push
from listening.steps.coding.migrating import migrate, undo
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, book, ticked
from tests.steps.test_coding_migrating import WHY, coded, codes_in, merged, said
from tests.steps.town import RUN


@pytest.mark.parametrize("requests", [1, 3, 5, 6, 8, 12, 20, 40, 60])
def test_an_undo_that_is_cut_anywhere_is_finished_by_the_same_again(
    work: Work, server: FakeLabelStudio, requests: int
) -> None:
    given = coded(work, server)
    before = said(work)
    migrate(work, RUN, merged(), server)
    server.fails_in = requests
    with contextlib.suppress(ServerAway):
        undo(work, RUN, server)
    server.fails_in = None
    pull(work, server)
    with contextlib.suppress(NothingToDo):
        undo(work, RUN, server)
    pull(work, server, everything=True)
    assert codes_in(server) == {task: sorted(codes) for task, codes in given.items()}
    assert said(work).equals(before)


def _of_parks(server: FakeLabelStudio) -> tuple[int, int]:
    """Return a task whose annotation carries parks alone, and the annotation."""
    task = next(one for one, codes in codes_in(server).items() if codes == ["parks"])
    return task, int(server.hold("assisted/whole")[task]["annotations"][0]["id"])


@pytest.mark.parametrize("back", [False, True])
def test_what_a_coder_changes_while_a_version_is_put_in_label_studio_is_not_overwritten(
    work: Work, server: FakeLabelStudio, monkeypatch: pytest.MonkeyPatch, back: bool
) -> None:
    coded(work, server)
    task, annotation = _of_parks(server)
    if back:
        migrate(work, RUN, merged(), server)
    config = server.set_config

    def meanwhile(project: int, told: str) -> None:
        config(project, told)
        server.edit(task, annotation, ADA, ticked("buses" if back else "parks", "housing"))

    with monkeypatch.context() as patch:
        patch.setattr(server, "set_config", meanwhile)
        undo(work, RUN, server) if back else migrate(work, RUN, merged(), server)
    assert "housing" in codes_in(server)[task]
    pull(work, server)
    item = work.store.loop.of_tasks(_shared(work), [task])[task].key
    rows = work.store.codings()
    assert sorted(rows.loc[rows["item"] == item, "code"]) == ["buses", "housing"]


def _shared(work: Work) -> str:
    (key,) = [p.key for p in work.store.loop.projects() if p.key.endswith("assisted/whole")]
    return key


def test_a_pull_during_which_the_version_changes_keeps_nothing_under_the_one_before(
    work: Work, server: FakeLabelStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded(work, server)
    task, annotation = _of_parks(server)
    server.edit(task, annotation, ADA, ticked("parks", memo="Says so twice."))
    changed = server.changed

    def slow(project: int, since: str) -> Iterator[Mapping[str, Any]]:
        rows = list(changed(project, since))
        if any(row["id"] == task for row in rows) and patched.pop("once", False):
            migrate(work, RUN, merged(), server)
        yield from rows

    patched = {"once": True}
    monkeypatch.setattr(server, "changed", slow)
    pull(work, server)
    assert not patched
    rows = work.store.codings()
    assert "parks" not in set(rows["code"])
    assert set(rows["codebook_version"]) == {"1.1"}
    assert "Says so twice." in set(rows["memo"])


def test_an_undo_takes_back_the_version_that_was_looked_at_and_no_other(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    migrate(work, RUN, merged(), server)
    again = books.rename(books.load(merged()), "buses", "Buses and trams", WHY)
    migrate(work, RUN, books.as_toml(again), server)
    undo(work, RUN, server, version="1.2")
    before = said(work)
    with pytest.raises(NothingToDo, match="is not the one that was changed to last"):
        undo(work, RUN, server, version="1.2")
    assert said(work).equals(before)
    assert {one.version for one in work.store.loop.projects()} == {"1.1"}


def test_an_undo_leaves_another_codebook_of_the_same_numbers_as_it_is(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    push(work, RUN, book().replace('id = "town"', 'id = "village"'), server, [ADA, BEN])
    migrate(work, RUN, merged(), server)
    before = said(work)
    other = merged().replace('id = "town"', 'id = "village"')
    migrate(work, RUN, other, server)
    assert undo(work, RUN, server).codings == 0
    assert said(work).equals(before)
