"""A codebook that changes while coding goes on: nothing lost, here and in Label Studio."""

from __future__ import annotations

import contextlib
from typing import Any

import pandas as pd
import pytest

from listening import codebook as books
from listening.codebook import Codebook, Decision
from listening.errors import ListeningError, NothingToDo, ServerAway
from listening.steps import Work
from listening.steps.coding import pull, push
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.coding.migrating import migrate, undo
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, book, marked, ticked
from tests.steps.test_coding_review import both
from tests.steps.town import RUN

WHY = Decision("2026-07-01", "Ada", "two names for one thing")


def first() -> Codebook:
    return books.load(book(), "town.toml")


def merged() -> str:
    return books.as_toml(books.merge(first(), ["parks"], "buses", WHY))


def split() -> str:
    made = books.split(first(), "housing", [("damp", "Damp"), ("rent", "Rent")], WHY)
    told = books.as_toml(made)
    for name in ("damp", "rent"):
        told = told.replace(f'id = "{name}"', f'id = "{name}"\ndefinition = "Of {name}."', 1)
    return told.replace('status = "draft"', 'status = "active"')


def coded(work: Work, server: FakeLabelStudio) -> dict[int, list[str]]:
    """Ada codes the shared answers in turn; the number of each task to its codes."""
    given = {}
    for place, task in enumerate(server.hold("assisted/whole")):
        codes = [["parks"], ["parks", "buses"], ["housing"], ["housing", "parks"], []][place % 5]
        server.submit(task, ADA, ticked(*codes, severity=place % 4))
        given[task] = codes
    pull(work, server)
    return given


def codes_in(server: FakeLabelStudio, key: str = "assisted/whole") -> dict[int, list[str]]:
    return {
        number: sorted(
            code
            for one in task["annotations"]
            for result in one["result"]
            if result["from_name"] == "codes"
            for code in result["value"]["choices"]
        )
        for number, task in server.hold(key).items()
        if task["annotations"]
    }


def said(work: Work) -> pd.DataFrame:
    columns = ["segment_id", "coder", "code", "code_status", "severity", "codebook_version"]
    told = work.store.codings()[columns].drop_duplicates()
    return told.sort_values(columns[:3], ignore_index=True)


def test_a_merge_moves_codings_here_and_there_and_a_pull_finds_nothing_new(
    work: Work, server: FakeLabelStudio
) -> None:
    given = coded(work, server)
    told = migrate(work, RUN, merged(), server, "Ada")
    assert (told.before, told.now) == ("1.0", "1.1")
    moved = sum("parks" in codes for codes in given.values())
    assert (told.codings, told.annotations) == (moved, moved)
    expected = {
        task: sorted({"buses" if one == "parks" else one for one in codes})
        for task, codes in given.items()
    }
    assert codes_in(server) == expected
    assert "parks" not in set(work.store.codings()["code"])
    assert set(work.store.codings()["codebook_version"]) == {"1.1"}
    before = said(work)
    done = pull(work, server, everything=True)
    assert (done.saved.new, done.saved.changed, done.rejects) == (0, 0, ())
    pd.testing.assert_frame_equal(said(work), before)
    assert 'alias="parks"' in server.config("assisted/whole")  # unseen: annotations had it


def test_undo_puts_everything_back_as_it_was(work: Work, server: FakeLabelStudio) -> None:
    given = coded(work, server)
    before, config = said(work), server.config("assisted/whole")
    migrate(work, RUN, merged(), server)
    told = undo(work, RUN, server)
    assert told.now == "1.0"
    pd.testing.assert_frame_equal(said(work), before)
    assert codes_in(server) == {task: sorted(codes) for task, codes in given.items()}
    assert server.config("assisted/whole") == config
    assert pull(work, server, everything=True).saved.changed == 0
    with pytest.raises(NothingToDo, match="take back"):
        undo(work, RUN, server)


@pytest.mark.parametrize("requests", [1, 3, 5, 6, 8, 12, 20, 40])
def test_a_change_that_is_cut_anywhere_is_finished_by_the_same_again(
    work: Work, server: FakeLabelStudio, requests: int
) -> None:
    given = coded(work, server)
    server.fails_in = requests
    with contextlib.suppress(ServerAway):
        migrate(work, RUN, merged(), server)
    server.fails_in = None
    with contextlib.suppress(NothingToDo):
        migrate(work, RUN, merged(), server)
    assert codes_in(server) == {
        task: sorted({"buses" if one == "parks" else one for one in codes})
        for task, codes in given.items()
    }
    undo(work, RUN, server)
    assert codes_in(server) == {task: sorted(codes) for task, codes in given.items()}


def test_a_version_that_was_undone_and_made_otherwise_is_refused_until_it_has_a_number_of_its_own(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    migrate(work, RUN, merged(), server)
    undo(work, RUN, server)
    before, config = said(work), server.config("assisted/whole")
    other = books.as_toml(books.merge(first(), ["parks"], "housing", WHY))
    with pytest.raises(ListeningError, match=r'reads otherwise.*version = "1\.2"'):
        migrate(work, RUN, other, server)
    pd.testing.assert_frame_equal(said(work), before)
    assert server.config("assisted/whole") == config
    afresh = other.replace('version = "1.1"', 'version = "1.2"', 1)
    assert migrate(work, RUN, afresh, server).now == "1.2"
    assert "parks" not in set(work.store.codings()["code"])
    undo(work, RUN, server)
    # the same text again is the same version
    assert migrate(work, RUN, merged(), server).now == "1.1"
    assert pull(work, server, everything=True).saved.changed == 0


def test_after_a_version_was_taken_back_what_is_settled_is_shown_by_the_one_that_stands(
    work: Work, server: FakeLabelStudio
) -> None:
    for place, (_, ada, ben) in enumerate(both(server)):
        server.submit(ada, ADA, ticked("housing"))
        server.submit(ben, BEN, ticked(*["housing", "parks"][: 2 if place < 3 else 1]))
    pull(work, server)
    migrate(work, RUN, merged(), server)
    undo(work, RUN, server)
    adjudicate(work, RUN, server)
    assert 'alias="parks"' in server.config("adjudication/whole")
    assert {one.version for one in work.store.loop.projects()} == {"1.0"}


def test_a_rename_changes_what_coders_see_and_no_coding(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    codes = sorted(work.store.codings()["code"])
    renamed = books.as_toml(books.rename(first(), "parks", "Green spaces", WHY))
    told = migrate(work, RUN, renamed, server)
    assert (told.codings, told.annotations) == (0, 0)
    assert "Green spaces" in server.config("assisted/whole")
    assert sorted(work.store.codings()["code"]) == codes
    push(work, RUN, renamed, server, [ADA, BEN])


def test_a_split_asks_again_for_what_carries_it_in_a_new_batch_and_the_later_reading_stands(
    work: Work, server: FakeLabelStudio
) -> None:
    given = coded(work, server)
    held = set(server.hold("assisted/whole"))
    told = migrate(work, RUN, split(), server)
    again = sum("housing" in codes for codes in given.values())
    assert told.asked == again
    rows = work.store.codings()
    assert set(rows.loc[rows["code"] == "housing", "code_status"]) == {"recode"}
    fresh = [task for task in server.hold("assisted/whole") if task not in held]
    assert len(fresh) == again
    server.submit(fresh[0], ADA, ticked("damp"))
    assert pull(work, server).rejects == ()
    read = work.store.codings().query("code == 'damp'").iloc[0]
    earlier = rows[rows["segment_id"] == read["segment_id"]].iloc[0]
    assert (read["stream"], read["batch"]) == (earlier["stream"], earlier["batch"] + 1)
    assert not read["hinted"]
    # nothing is asked for twice
    push(work, RUN, split(), server, [ADA, BEN])
    assert len(server.hold("assisted/whole")) == len(held) + again
    with pytest.raises(ListeningError, match="1 codings are under it"):
        undo(work, RUN, server)


def test_a_split_that_nobody_read_again_is_undone_with_its_tasks(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    before, held = said(work), set(server.hold("assisted/whole"))
    migrate(work, RUN, split(), server)
    undo(work, RUN, server)
    pd.testing.assert_frame_equal(said(work), before)
    pull(work, server)  # carries out what must be deleted
    assert set(server.hold("assisted/whole")) == held


def test_a_split_of_a_conversation_asks_for_the_turn_alone_of_who_gave_it(
    work: Work, server: FakeLabelStudio
) -> None:
    who = next(one for one in (ADA, BEN) if _spans(server, one))
    tasks = _spans(server, who)
    number, task = next(iter(tasks.items()))
    server.submit(number, who, marked(task, "housing", 0, "damp") + marked(task, "buses", 3, "bus"))
    pull(work, server)
    told = migrate(work, RUN, split(), server)
    assert told.asked == 1
    (fresh,) = [one for key, one in _spans(server, who).items() if key != number]
    assert len(fresh["data"]["dialogue"]) == 1
    assert "damp comes back" in fresh["data"]["dialogue"][0]["text"]
    labels = [one["value"]["paragraphlabels"] for one in task["annotations"][0]["result"]]
    assert labels == [["housing"], ["buses"]]


def _spans(server: FakeLabelStudio, who: str) -> dict[int, dict[str, Any]]:
    try:
        return server.hold(f"blind/spans/{who}")
    except AssertionError:
        return {}


def test_only_a_later_version_of_what_was_sent_is_carried_to(
    work: Work, server: FakeLabelStudio
) -> None:
    with pytest.raises(NothingToDo, match="already"):
        migrate(work, RUN, book(), server)
    with pytest.raises(NothingToDo, match="never sent"):
        migrate(work, RUN, book().replace('id = "town"', 'id = "village"'), server)
    with pytest.raises(ListeningError, match="earlier"):
        migrate(work, RUN, book("0.9"), server)
