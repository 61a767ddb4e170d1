"""The coding loop in the store: read twice changes nothing twice, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest
from loop_cases import CODER, OTHER, PROJECT, TEXT, item, keep_talk, page, reading, send

from listening.records import CODINGS, check
from listening.store import Store
from listening.store.coding import GONE, KeptCoding, KeptReading, ReadTask, Saved

SPEECH = KeptCoding("damp", "P1", 0, 8, memo="a memo", severity=2, region="r1")


@pytest.fixture
def talk(store: Store) -> Store:
    """A store that knows one conversation of two people, sent to two coders."""
    keep_talk(store)
    send(store)
    return store


def test_no_coding_gives_an_empty_table_of_the_right_shape(store: Store) -> None:
    table = store.codings()
    assert table.empty
    check(table, CODINGS)


def test_a_stretch_over_two_segments_has_a_row_for_each_cut_to_it(talk: Store) -> None:
    wide = KeptCoding("damp", "P1", 4, 19)
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, wide))], "2026-07-01T10:00:00Z")
    rows = talk.codings()
    check(rows, CODINGS)
    damp = rows[rows["code"] == "damp"]
    assert [TEXT[row.start : row.end] for row in damp.itertuples()] == ["damp wall", "s here"]
    assert damp["segment_id"].tolist() == ["d1.0", "d1.1"]
    # the other person was read, and has no code
    rest = rows[rows["code"] == ""]
    assert rest["segment_id"].tolist() == ["d1.2"]
    assert rest["participant_id"].tolist() == ["P2"]


def test_who_was_drawn_is_the_audit_and_who_spoke_beside_them_is_training(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER))], "")
    streams = talk.codings().set_index("participant_id")["stream"]
    assert set(streams["P1"]) == {"audit"}
    assert streams["P2"] == "training"


def test_the_same_page_twice_changes_nothing(talk: Store) -> None:
    told = [page(1, reading(CODER, SPEECH), reading(OTHER))]
    first = talk.loop.save_page(PROJECT, told, "2026-07-01T10:00:00Z")
    assert first == Saved(new=2, codings=1)
    before = talk.codings()
    assert talk.loop.save_page(PROJECT, told, "2026-07-01T10:00:00Z") == Saved()
    pd.testing.assert_frame_equal(talk.codings(), before)
    assert talk.loop.changes() == []


def test_the_same_page_twice_at_once_is_kept_once(talk: Store) -> None:
    told = [page(1, reading(CODER, SPEECH), reading(OTHER))]

    def pull(_: int) -> Saved:
        try:
            return talk.loop.save_page(PROJECT, told, "2026-07-01T10:00:00Z")
        finally:
            talk.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(pull, range(8)))
    assert sum(one.new for one in done) == 2
    assert len(talk.codings()) == 6


def test_an_edited_reading_takes_the_place_of_the_one_before_which_is_kept_behind_it(
    talk: Store,
) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "2026-07-01T10:00:00Z")
    told = replace(reading(CODER, KeptCoding("rent", "P1", 0, 8)), changed_by=CODER)
    again = page(1, told)
    assert talk.loop.save_page(PROJECT, [again], "2026-07-01T11:00:00Z").changed == 1
    assert set(talk.codings()["code"]) == {"rent", ""}
    (line,) = talk.loop.changes()
    assert (line.who, line.what) == (CODER, "edited")


def test_a_reading_that_was_taken_back_counts_no_more(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH), reading(OTHER))], "")
    assert talk.loop.save_page(PROJECT, [page(1, reading(OTHER))], "") == Saved(deleted=1)
    assert set(talk.codings()["coder"]) == {OTHER}
    assert [line.what for line in talk.loop.changes()] == ["deleted"]
    # and given again, it counts again
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH), reading(OTHER))], "")
    assert set(talk.codings()["coder"]) == {CODER, OTHER}


def test_a_skipped_item_is_no_reading_of_it(talk: Store) -> None:
    skipped = KeptReading(CODER, 7, "skipped")
    talk.loop.save_page(PROJECT, [ReadTask(1, (skipped,))], "")
    assert talk.codings().empty
    (standing,) = talk.loop.standings()
    assert (standing.pushed, standing.waiting) == (1, 0)
    assert (standing.read, standing.skipped) == ({}, {CODER: 1})


def test_a_reading_of_which_something_was_refused_keeps_the_rest_and_says_so(talk: Store) -> None:
    talk.loop.save_page(
        PROJECT, [ReadTask(1, (KeptReading(CODER, 5, "unfinished", (SPEECH,)),))], ""
    )
    rows = talk.codings()
    assert set(rows.loc[rows["code"] != "", "code_status"]) == {"active"}
    unfinished = rows[rows["code_status"] == "unfinished"]
    assert sorted(unfinished["segment_id"]) == ["d1.0", "d1.1", "d1.2"]
    (standing,) = talk.loop.standings()
    assert (standing.read, standing.unfinished) == ({}, {CODER: 1})
    # mended, it is read
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    assert set(talk.codings()["code_status"]) == {"active"}


def test_a_task_that_shows_something_else_takes_no_reading_back(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    assert talk.loop.save_page(PROJECT, [ReadTask(1, (), strange=True)], "") == Saved()
    assert set(talk.codings()["coder"]) == {CODER}


def test_the_cursor_goes_forward_alone(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [], "2026-07-01T10:00:00Z")
    talk.loop.save_page(PROJECT, [], "2026-07-01T09:00:00Z")
    talk.loop.save_page(PROJECT, [], "")
    (project,) = talk.loop.projects()
    assert project.cursor == "2026-07-01T10:00:00Z"


def test_a_task_that_is_not_ours_is_counted_and_left(talk: Store) -> None:
    assert talk.loop.save_page(PROJECT, [page(99, reading(CODER))], "") == Saved(unknown=1)
    assert talk.codings().empty


def test_what_could_not_be_used_is_told_until_it_is_mended(talk: Store) -> None:
    told = {"file": "Label Studio", "row": "1", "what": "a", "why": "b", "what_to_do": "c"}
    talk.loop.save_page(PROJECT, [ReadTask(1, (), (told,))], "")
    assert talk.loop.rejects() == [(PROJECT, 1, told)]
    talk.loop.save_page(PROJECT, [page(1)], "")
    assert talk.loop.rejects() == []


def test_a_code_becomes_another_with_a_line_that_undoes_it(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    change, touched = talk.loop.relabel("book", ["damp"], "Ada", "merge", into="housing")
    assert [(one.project, one.task, one.was, one.now) for one in touched] == [
        (11, 1, "damp", "housing")
    ]
    assert "housing" in set(talk.codings()["code"])
    # what Label Studio still says is what was read before: no news
    assert talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "") == Saved()
    assert "housing" in set(talk.codings()["code"])
    assert len(talk.loop.undo(change)) == 1
    assert "damp" in set(talk.codings()["code"])
    assert talk.loop.undo(change) == []
    assert [line.undone for line in talk.loop.changes()] == [True]


def test_a_code_that_was_split_waits_to_be_read_again(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    talk.loop.relabel("book", ["damp"], "Ada", "split", status="recode")
    rows = talk.codings()
    assert rows.loc[rows["code"] == "damp", "code_status"].tolist() == ["recode"]
    assert talk.loop.relabel("another", ["damp"], "Ada", "merge", into="x") == ("", [])


def test_whoever_withdraws_leaves_no_coding_and_their_task_must_go(talk: Store) -> None:
    told = page(1, reading(CODER, SPEECH, KeptCoding("rent", "P2", 30, 36)))
    talk.loop.save_page(PROJECT, [told], "2026-07-01T10:00:00Z")
    counts = talk.erase_participant("P1")
    assert counts["codings"] == 1
    (row,) = talk.codings().to_dict("records")
    assert (row["participant_id"], row["code"], row["text"]) == ("P2", "rent", "The bus is late.")
    assert (row["start"], row["end"]) == (3, 9)  # moved with the text
    (left,) = talk.loop.leaving()
    assert (left.project_key, left.number, left.task) == (PROJECT, 11, 1)
    (kept,) = talk.loop.items(PROJECT)
    assert (kept.state, kept.task, kept.participants) == (GONE, None, ("P2",))
    # nothing of them comes back: the task is ours no more
    assert talk.loop.save_page(PROJECT, [told], "") == Saved(unknown=1)
    talk.loop.tried([left.id])
    talk.loop.left([left.id])
    assert talk.loop.leaving() == []


def test_an_item_of_theirs_alone_goes_with_every_reading_of_it(store: Store) -> None:
    keep_talk(store)
    send(store, item("own", participants=("P1",), turns=item().turns[:1]))
    store.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    counts = store.erase_participant("P1")
    assert (counts["items"], counts["readings"], counts["codings"]) == (1, 1, 1)
    assert store.loop.items(PROJECT) == []
    assert len(store.loop.leaving()) == 1


def test_what_was_written_beside_a_neighbours_words_goes_with_whoever_withdraws(
    talk: Store,
) -> None:
    beside = KeptCoding("other", "P2", 30, 36, proposed="as P1 says", memo="like P1's walls")
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, beside))], "")
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, beside, SPEECH))], "")
    talk.erase_participant("P1")
    (row,) = talk.codings().to_dict("records")
    assert (row["code"], row["memo"], row["proposed"]) == ("other", "", "")
    from listening.store.frames import objects

    assert set(objects(talk.alias, "Coding").values_list("memo", "proposed")) == {("", "")}


def test_words_shown_for_context_take_the_task_with_them_and_no_reading(store: Store) -> None:
    keep_talk(store)
    send(store, item(turns=item().turns[1:]))  # P1 stands before it
    told = page(1, reading(CODER, KeptCoding("rent", "P2", 30, 36), memo="of P2"))
    store.loop.save_page(PROJECT, [told], "")
    store.erase_participant("P1")
    assert len(store.loop.leaving()) == 1
    (row,) = store.codings().to_dict("records")
    assert (row["code"], row["memo"]) == ("rent", "of P2")


def test_an_item_that_was_never_sent_needs_no_deletion(store: Store) -> None:
    keep_talk(store)
    send(store, number=None)
    store.erase_participant("P1")
    assert store.loop.leaving() == []
    assert store.loop.sending(PROJECT, ["shared"]) == set()


def test_an_item_on_its_way_when_its_person_withdrew_is_asked_for_by_its_key(
    store: Store,
) -> None:
    keep_talk(store)
    send(store, number=None)
    assert store.loop.sending(PROJECT, ["shared", "none"]) == {"shared"}
    store.erase_participant("P1")
    (left,) = store.loop.leaving()
    assert (left.item_key, left.task) == ("shared", None)


def test_a_file_that_is_let_go_takes_its_codings_along(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    talk.forget_readings("file")
    assert talk.codings().empty
    assert talk.loop.items(PROJECT) == []
    assert len(talk.loop.leaving()) == 1


def test_a_file_read_again_keeps_codings_where_its_words_are_the_same(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    keep_talk(talk, source="again", before="Hello.\n")
    talk.forget_readings("file", but="again")
    rows = talk.codings()
    (damp,) = rows[rows["code"] == "damp"].to_dict("records")
    assert (damp["start"], damp["end"]) == (7, 15)
    # its task shows the words as they were
    assert len(talk.loop.leaving()) == 1


def test_a_file_read_again_as_it_was_changes_nothing(talk: Store) -> None:
    talk.loop.save_page(PROJECT, [page(1, reading(CODER, SPEECH))], "")
    before = talk.codings()
    keep_talk(talk, source="again")
    talk.forget_readings("file", but="again")
    pd.testing.assert_frame_equal(talk.codings(), before)
    assert talk.loop.leaving() == []


def test_a_coder_who_left_is_still_known_by_their_number(store: Store) -> None:
    store.loop.keep_coders({1: CODER, 2: OTHER})
    assert store.loop.keep_coders({1: CODER}) == {1: CODER, 2: OTHER}


def test_a_version_of_a_codebook_is_one_text(store: Store) -> None:
    assert store.loop.keep_book("book", "1", "first") == "first"
    assert store.loop.keep_book("book", "1", "other") == "first"
    store.loop.keep_book("book", "2", "second")
    assert (store.loop.book("book"), store.loop.book("book", "1")) == ("second", "first")
    assert store.loop.book("none") == ""
