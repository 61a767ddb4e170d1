"""Sources, kept results, the ledger of runs, and all or nothing."""

from __future__ import annotations

import math

import pytest
from store_cases import one_segment, segments

from listening.errors import NothingToDo
from listening.records import SEGMENTS, Reject
from listening.store import KeptSource, Store

REJECT = Reject("rivka.docx", "7", "a row", "It has no text 🪧.", "Nothing.")


def test_a_new_store_is_empty_and_knows_no_source(store: Store) -> None:
    assert store.is_empty()
    assert store.known_sources(["k1"]) == set()


def test_only_sources_that_were_kept_are_known(filled: Store) -> None:
    assert not filled.is_empty()
    assert filled.known_sources(["k1", "k2"]) == {"k1"}
    assert filled.known_sources([]) == set()


def test_thousands_of_sources_are_known_at_once(filled: Store) -> None:
    wanted = [f"other-{n}" for n in range(40_000)]
    assert filled.known_sources([*wanted, "k1"]) == {"k1"}


def test_a_source_tells_its_rejects_under_the_name_of_the_run(store: Store) -> None:
    store.add_source(KeptSource("k1", (REJECT,), ("2 speakers.",), {"participant": 3}), "f1")
    (back,) = store.sources({"k1": "renamed.docx", "never-read": "x"})
    assert back.rejects == (Reject("renamed.docx", "7", *list(vars(REJECT).values())[2:]),)
    assert back.notes == ("2 speakers.",)
    assert dict(back.counts) == {"participant": 3}


def test_the_name_of_a_file_never_enters_the_store(store: Store) -> None:
    store.add_source(KeptSource("k1", (REJECT,), (), {}), "f1")
    (back,) = store.sources({"k1": ""})
    assert back.rejects[0].file == ""


def test_notes_with_nul_are_kept_on_every_database(store: Store) -> None:
    reject = Reject("f", "1", "a cell", "It holds \x00.", "Nothing.")
    store.add_source(KeptSource("k1", (reject,), ("note \x00",), {}), "f1")
    store.begin_run("r1", 0, {"population": "age,\x00"})
    assert store.sources({"k1": "f"})[0].notes == ("note \ufffd",)
    assert store.run("r1").parameters == {"population": "age,\ufffd"}


def test_a_kept_result_comes_back_in_the_order_in_which_it_was_made(store: Store) -> None:
    made = {"zebra": [1, 2.5, None, True], "a": {"long name": "🦓\x00", "b": ""}, "": []}
    store.keep_result("key", "topics", made)
    back = store.result("key")
    assert back == made
    assert list(back) == list(made)
    assert list(back["a"]) == ["long name", "b"]


def test_a_kept_number_is_the_same_number(store: Store) -> None:
    numbers = [0.1 + 0.2, 1e-300, -0.0, 2**53 + 1, 1 / 3]
    store.keep_result("key", "topics", numbers)
    assert [repr(n) for n in store.result("key")] == [repr(n) for n in numbers]
    store.keep_result("nan", "topics", math.nan)
    assert math.isnan(store.result("nan"))


def test_a_result_never_made_is_none_and_a_second_one_replaces_the_first(store: Store) -> None:
    assert store.result("key") is None
    store.keep_result("key", "topics", [1])
    store.keep_result("key", "topics", [2])
    assert store.result("key") == [2]


def test_an_empty_ledger_says_what_to_do(store: Store) -> None:
    with pytest.raises(NothingToDo, match="listening ingest"):
        store.run()


def test_the_ledger_returns_a_run_by_id_and_the_newest_without_one(store: Store) -> None:
    store.begin_run("r1", 7, {"k": 6, "wave": "spring 🌱"})
    store.begin_run("r2", 8, {})
    assert store.run().run_id == "r2"
    first = store.run("r1")
    assert (first.seed, first.state) == (7, "started")
    assert first.parameters == {"k": 6, "wave": "spring 🌱"}
    with pytest.raises(NothingToDo):
        store.run("r3")


def test_what_is_noted_of_a_run_stands_in_its_line_alone(store: Store) -> None:
    store.begin_run("r1", 0, {})
    store.begin_run("r2", 0, {})
    stages = [{"name": "read", "seconds": 0.25, "peak_mb": 1.5, "items": 3}]
    store.note_run("r1", state="done", stages=stages, counts={"files": 2}, sources=["k2", "k1"])
    run = store.run("r1")
    assert (run.state, run.stages, run.counts) == ("done", stages, {"files": 2})
    assert run.sources == ["k2", "k1"]
    assert store.run("r2").state == "started"


def test_a_save_that_fails_leaves_nothing_half_stored(store: Store) -> None:
    def fail() -> None:
        with store.atomic():
            store.add_source(KeptSource("k1", (), (), {}), "f1")
            store.save("k1", segments(3000), SEGMENTS)
            store.add_source(KeptSource("k1", (), (), {}), "f1")

    with pytest.raises(Exception, match=r"(?i)unique"):
        fail()
    assert store.is_empty()
    assert store.load(["k1"], SEGMENTS).empty
    store.add_source(KeptSource("k1", (), (), {}), "f1")
    assert store.known_sources(["k1"]) == {"k1"}


def test_a_stop_in_the_middle_leaves_nothing_half_stored(store: Store) -> None:
    def stop() -> None:
        with store.atomic():
            store.add_source(KeptSource("k1", (), (), {}), "f1")
            store.save("k1", one_segment(), SEGMENTS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert store.is_empty()
    assert store.load(["k1"], SEGMENTS).empty
