"""What people coded comes back exactly, once, and nothing of whoever left."""

from __future__ import annotations

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from listening import steps
from listening.errors import ServerAway
from listening.records import Table
from listening.steps import Work
from listening.steps.coding import pull, push, status
from listening.steps.coding.coded import read_rows, settled
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import (
    ADA,
    BEN,
    GROUP,
    book,
    counted,
    marked,
    opened_again,
    task,
    ticked,
)
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


def group(server: FakeLabelStudio) -> tuple[int, str]:
    """The task of the conversation, and one who reads it."""
    for who in (ADA, BEN):
        for one in server.hold(f"blind/spans/{who}"):
            return one, who
    raise AssertionError


def test_an_answer_with_three_codes_a_memo_and_severity_comes_back_so(
    work: Work, server: FakeLabelStudio
) -> None:
    one = task(server, "assisted/whole")
    server.submit(one, ADA, ticked("housing", "buses", "other", memo="why", severity=2))
    told = pull(work, server)
    assert (told.saved.new, told.saved.codings, told.rejects) == (1, 3, ())
    rows = work.store.codings()
    assert sorted(rows["code"]) == ["buses", "housing", "other"]
    assert rows["severity"].tolist() == [2, 2, 2]
    assert "why" in set(rows["memo"])
    assert set(rows["role"]) == {"assisted"}
    assert set(rows["codebook_version"]) == {"1.0"}
    assert rows["whole"].all()


def test_two_overlapping_stretches_keep_their_own_places(
    work: Work, server: FakeLabelStudio
) -> None:
    number, who = group(server)
    held = server.hold(f"blind/spans/{who}")[number]
    server.submit(
        number,
        who,
        marked(held, "housing", 0, "winter 🌧 and the mould") + marked(held, "parks", 0, "🌧 and"),
    )
    assert pull(work, server).rejects == ()
    text = "\n".join(words for _, words in GROUP)
    rows = work.store.codings()
    found = {row.code: text[row.start : row.end] for row in rows.itertuples() if row.code}
    assert found == {"housing": "winter 🌧 and the mould", "parks": "🌧 and"}
    # what nobody marked was read all the same
    assert sorted(rows.loc[rows["code"] == "", "segment_id"]) == ["g.2", "g.3"]


def test_a_stretch_on_an_interviewers_words_is_refused_and_listed_until_it_is_mended(
    work: Work, server: FakeLabelStudio
) -> None:
    number, who = group(server)
    held = server.hold(f"blind/spans/{who}")[number]
    one = server.submit(number, who, marked(held, "housing", 1, "what about"))
    (reject,) = pull(work, server).rejects
    assert "interviewer" in reject.why
    assert "what about" not in str(reject)
    assert status(work).rejects == (reject,)
    assert opened_again(work) == {who: 1}
    server.replace_result(number, one, marked(held, "housing", 0, "damp"))
    assert pull(work, server).rejects == ()
    assert opened_again(work) == {}
    assert status(work).rejects == ()


def test_the_same_pull_twice_and_twice_at_once_changes_nothing(
    work: Work, server: FakeLabelStudio, open_at: OpenAt, tmp_path: Path
) -> None:
    for place in range(20):
        server.submit(task(server, "assisted/whole", place), BEN, ticked("parks"))
    others = [open_at(tmp_path / "home") for _ in range(3)]

    def one(at: Work) -> int:
        try:
            return pull(at, server).saved.new
        finally:
            at.store.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(one, others)) == 20
    before = work.store.codings()
    assert pull(work, server).saved.new == 0
    assert pull(work, server, everything=True).saved.changed == 0
    pd.testing.assert_frame_equal(work.store.codings(), before)


def test_a_pull_reads_what_changed_alone(work: Work, server: FakeLabelStudio) -> None:
    pull(work, server)
    server.submit(task(server, "assisted/whole", 3), ADA, ticked("parks"))
    told = pull(work, server)
    assert told.saved.new == 1
    assert told.tasks < 20  # what changed shortly before is read again


def test_a_task_that_changed_in_the_future_hides_nothing_that_is_coded_later(
    work: Work, server: FakeLabelStudio
) -> None:
    ahead = server.hold("assisted/whole")[task(server, "assisted/whole", 0)]
    ahead["updated_at"] = datetime.now(UTC) + timedelta(days=2)
    pull(work, server)
    server.submit(task(server, "assisted/whole", 3), ADA, ticked("parks"))
    assert pull(work, server).saved.new == 1


def test_reading_everything_again_starts_again_where_the_tasks_are(
    work: Work, server: FakeLabelStudio
) -> None:
    pull(work, server)
    for project in work.store.loop.projects():
        work.store.loop.save_page(project.key, [], "2099-01-01T00:00:00.000000Z")
    ahead = server.hold("assisted/whole")[task(server, "assisted/whole", 0)]
    ahead["updated_at"] = datetime(2099, 1, 1, tzinfo=UTC)
    server.submit(task(server, "assisted/whole", 3), ADA, ticked("parks"))
    assert pull(work, server).saved.new == 0
    assert pull(work, server, everything=True).saved.new == 1
    server.submit(task(server, "assisted/whole", 4), ADA, ticked("parks"))
    assert pull(work, server).saved.new == 1


@pytest.mark.parametrize("requests", range(2, 12))
def test_a_pull_that_is_cut_anywhere_is_finished_by_the_next(
    work: Work, server: FakeLabelStudio, requests: int
) -> None:
    for place in range(30):
        server.submit(task(server, "assisted/whole", place), ADA, ticked("parks"))
    server.page, server.fails_in = 10, requests
    with pytest.raises(ServerAway):
        pull(work, server)
    server.fails_in = None
    pull(work, server)
    assert len(work.store.codings()) == 30


def test_skips_drafts_edits_and_deletions_are_told_apart(
    work: Work, server: FakeLabelStudio
) -> None:
    tasks = [task(server, "assisted/whole", place) for place in range(4)]
    server.submit(tasks[0], ADA, [], skipped=True)
    server.begin(tasks[1])
    edited = server.submit(tasks[2], ADA, ticked("parks"))
    back = server.submit(tasks[3], BEN, ticked("parks"))
    pull(work, server)
    row = next(one for one in status(work).projects if one["role"] == "assisted")
    rows = [one for one in status(work).projects if one["role"] == "assisted"]
    assert sum(one["skipped"].get(ADA, 0) for one in rows) == 1
    assert row["link"] == ""
    server.replace_result(tasks[2], edited, ticked("buses"))
    server.take_back(tasks[3], back)
    told = pull(work, server)
    assert (told.saved.changed, told.saved.deleted, told.notes) == (1, 1, ())
    assert counted(work.store.codings()) == [(ADA, "buses")]
    (note,) = pull(work, server, everything=True).notes
    assert "1 items were begun and not submitted" in note


def test_in_a_blind_project_its_coder_alone_counts_and_the_other_is_named(
    work: Work, server: FakeLabelStudio
) -> None:
    one = task(server, f"blind/whole/{ADA}")
    server.submit(one, ADA, ticked("housing"))
    server.submit(one, BEN, ticked("parks"))
    (reject,) = pull(work, server).rejects
    assert BEN in reject.why
    assert counted(work.store.codings()) == [(ADA, "housing")]
    assert set(work.store.codings()["stream"]) == {"audit"}


def test_a_label_studio_set_back_to_a_backup_is_noticed_and_nothing_is_lost(
    work: Work, server: FakeLabelStudio
) -> None:
    pull(work, server)
    held = server.hold("assisted/whole")
    backup = copy.deepcopy(held)
    for number in list(held)[:12]:
        server.submit(number, ADA, ticked("parks"))
    assert pull(work, server).notes == ()
    newest = copy.deepcopy(held)
    held.update(backup)
    told = pull(work, server)
    assert told.saved.deleted == 12
    (note,) = told.notes
    assert "12 readings are no more" in note
    assert "listening coding pull --all" in note
    held.update(newest)
    assert pull(work, server, everything=True).saved.new == 12


def test_two_people_on_a_shared_task_both_count(work: Work, server: FakeLabelStudio) -> None:
    one = task(server, "assisted/whole")
    server.submit(one, ADA, ticked("housing"))
    server.submit(one, BEN, ticked())
    pull(work, server)
    assert counted(work.store.codings()) == [(ADA, "housing"), (BEN, "")]


def test_what_somebody_who_left_had_coded_stays(work: Work, server: FakeLabelStudio) -> None:
    pull(work, server)
    server.submit(task(server, "assisted/whole"), ADA, ticked("housing"))
    server.leave(ADA)
    assert pull(work, server).rejects == ()
    assert counted(work.store.codings()) == [(ADA, "housing")]


def test_a_code_that_is_not_in_the_codebook_is_refused(work: Work, server: FakeLabelStudio) -> None:
    server.submit(task(server, "assisted/whole"), ADA, ticked("made-up"))
    (reject,) = pull(work, server).rejects
    assert "codebook does not have" in reject.why
    assert counted(work.store.codings()) == [(ADA, "")]
    assert set(work.store.codings()["code_status"]) == {"unfinished"}
    # it teaches nothing before it is mended
    assert read_rows(work.store.codings(), codings_segments(work)).empty


def test_a_code_that_was_merged_since_comes_back_as_what_it_became(
    work: Work, server: FakeLabelStudio
) -> None:
    server.submit(task(server, "assisted/whole"), ADA, ticked("buses"))
    merged = book("1.1").replace(
        'id = "buses"', 'id = "buses"\nstatus = "retired"\nreplaced_by = ["parks"]'
    )
    work.store.loop.keep_book("town", "1.1", merged)
    projects = [one.key for one in work.store.loop.projects()]
    work.store.loop.set_version("town", "1.1", projects)
    pull(work, server)
    assert counted(work.store.codings()) == [(ADA, "parks")]


def test_whoever_withdraws_is_gone_from_label_studio_and_comes_back_through_no_pull(
    work: Work, server: FakeLabelStudio
) -> None:
    number, who = group(server)
    held = server.hold(f"blind/spans/{who}")[number]
    server.submit(
        number, who, marked(held, "housing", 0, "damp") + marked(held, "buses", 2, "The rent")
    )
    pull(work, server)
    work.labelstudio = server
    receipt = steps.withdraw(work, "P90001")
    assert receipt.counts["codings"] == 1
    assert receipt.counts["tasks"] >= 1
    assert "waiting tasks" not in receipt.counts
    rest = [one for key in server.projects() for one in server.changed(key, "")]
    assert "damp comes back" not in str(rest)
    rows = work.store.codings()
    assert set(rows["participant_id"]) == {"P90002"}
    text = "\n".join(words for who, words in GROUP if who != "P90001")
    assert [text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)] == ["The rent"]
    assert pull(work, server).saved.new == 0
    # whoever has read the other is not asked again
    assert not [title for title in push(work, RUN, book(), server, [ADA, BEN]).sent if who in title]


def test_an_unread_item_that_others_share_is_sent_anew_without_them(
    work: Work, server: FakeLabelStudio
) -> None:
    work.labelstudio = server
    steps.withdraw(work, "P90001")
    told = push(work, RUN, book(), server, [ADA, BEN])
    assert [title for title in told.sent if "conversations" in title]
    number, who = group(server)
    shown = str(server.hold(f"blind/spans/{who}")[number]["data"])
    assert "landlord" in shown
    assert "mould" not in shown


def test_tasks_that_cannot_be_deleted_now_wait_and_go_with_the_next_pull(
    work: Work, server: FakeLabelStudio
) -> None:
    work.labelstudio = server
    server.fails_in = 0
    receipt = steps.withdraw(work, "P90001")
    assert "tasks" not in receipt.counts
    assert receipt.counts["waiting tasks"] >= 1
    assert status(work).leaving == receipt.counts["waiting tasks"]
    server.fails_in = None
    told = pull(work, server)
    assert (told.gone, told.waiting) == (receipt.counts["waiting tasks"], 0)
    rest = [one for key in server.projects() for one in server.changed(key, "")]
    assert "comes back every winter" not in str(rest)


def test_where_consent_has_ended_nothing_comes_back_and_it_is_said(
    work: Work, server: FakeLabelStudio
) -> None:
    server.submit(task(server, "assisted/whole"), ADA, ticked("parks"))
    from listening.store.frames import objects

    sources = objects(work.store.alias, "Source").filter(key="answers")
    sources.update(consent_until="2026-06-30")
    told = pull(work, server)
    assert told.held_back > 130  # those that two read are held back in both projects
    assert "consent" in told.notes[0]
    assert work.store.codings().empty
    sources.update(consent_until="")
    assert pull(work, server).saved.new == 1


def test_what_was_read_is_told_segment_by_segment(work: Work, server: FakeLabelStudio) -> None:
    one = task(server, "assisted/whole")
    server.submit(one, ADA, ticked("housing", "buses"))
    server.submit(one, BEN, ticked("housing"))
    pull(work, server)
    codings = work.store.codings()
    (segment,) = set(codings["segment_id"])
    assert settled(codings) == {segment: frozenset({"housing"})}
    (row,) = read_rows(codings, codings_segments(work)).to_dict("records")
    assert (row["segment_id"], row["batch"]) == (segment, "1")


def codings_segments(work: Work) -> Table:
    from listening.steps.selecting import own_segments

    return own_segments(work, RUN)
