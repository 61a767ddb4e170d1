"""Actions in the store: as they were saved, with their history, and gone with whoever withdraws."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from store_cases import participants, segments

from listening.actions import Action, Cycle, Point
from listening.records import PARTICIPANTS, SEGMENTS
from listening.store import Store

FULL = Action(
    **{
        one.name: f"{one.name} 🪧\x00"[:10] if one.name.endswith(("when", "on")) else one.name
        for one in fields(Action)
        if one.name not in ("id", "evidence", "helped_asked", "direction", "date")
    },
    direction="up",
    date="2026-05-01",
    helped_asked=3,
    evidence=("s1", "s2"),
)  # type: ignore[arg-type]


def test_an_action_comes_back_as_it_was_saved(store: Store) -> None:
    kept = store.actions.save(replace(FULL, status="planned", decision="stop", helped="no"), "me")
    assert store.actions.one(kept.id) == kept
    assert store.actions.all() == [kept]


def test_an_id_that_is_none_names_nothing(store: Store) -> None:
    for wrong in ("", "7", "00000000-0000-0000-0000-000000000000"):
        assert store.actions.one(wrong) is None
        assert not store.actions.remove(wrong)


def test_the_history_says_who_changed_what_and_never_which_evidence(store: Store) -> None:
    kept = store.actions.save(Action(idea="One", evidence=("s1",)), "wren")
    store.actions.save(replace(kept, idea="Two", helped_asked=4, evidence=("s2", "s3")), "ada")
    lines = [(one.who, one.what, one.was, one.now) for one in store.actions.history(kept.id)]
    assert lines == [
        ("ada", "evidence", "1 ids", "2 ids"),
        ("ada", "helped_asked", "", "4"),
        ("ada", "idea", "One", "Two"),
        ("wren", "made", "", ""),
    ]
    store.actions.save(store.actions.all()[0], "ada")
    assert len(store.actions.history(kept.id)) == 4  # the same again is no change


def test_a_point_takes_the_place_of_one_of_its_day(store: Store) -> None:
    kept = store.actions.save(Action(idea="One"), "wren")
    for day, value in (("2026-05-02", 2.5), ("2026-05-01", 1), ("2026-05-02", 3)):
        store.actions.add_point(kept.id, Point(day, value), "wren")
    points = store.actions.points(kept.id)
    assert [(one.day, one.value) for one in points] == [("2026-05-01", 1), ("2026-05-02", 3)]
    other = store.actions.save(Action(idea="Two"), "wren")
    assert not store.actions.remove_point(other.id, points[0].id, "wren")
    assert store.actions.remove_point(kept.id, points[0].id, "wren")
    assert len(store.actions.points(kept.id)) == 1


def test_tests_of_change_are_numbered_within_their_action(store: Store) -> None:
    kept = store.actions.save(Action(idea="One"), "wren")
    first = store.actions.save_test(kept.id, Cycle(plan="a"), "wren")
    second = store.actions.save_test(kept.id, Cycle(plan="b"), "wren")
    store.actions.save_test(kept.id, replace(first, act="adopt"), "wren")
    assert (first.number, second.number) == (1, 2)
    assert [one.act for one in store.actions.tests(kept.id)] == ["adopt", ""]


def test_what_goes_with_an_action_goes_whole(store: Store) -> None:
    kept = store.actions.save(Action(idea="One", evidence=("s1",)), "wren")
    store.actions.add_point(kept.id, Point("2026-05-01", 1), "wren")
    store.actions.save_test(kept.id, Cycle(plan="a"), "wren")
    assert store.actions.remove(kept.id)
    again = store.actions.save(replace(kept, evidence=()), "wren")
    assert store.actions.points(again.id) == []
    assert store.actions.tests(again.id) == []
    assert [one.what for one in store.actions.history(again.id)] == ["made"]


def test_what_stops_half_way_is_not_kept(store: Store) -> None:
    def stopped() -> None:
        with store.atomic():
            store.actions.save(Action(idea="One"), "wren")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()
    assert store.actions.all() == []


def test_who_is_erased_takes_their_segments_out_of_every_action(filled: Store) -> None:
    filled.save("k1", segments(), SEGMENTS)
    filled.save("k1", participants(), PARTICIPANTS)
    kept = filled.actions.save(Action(idea="One", evidence=("doc-1.0", "elsewhere")), "wren")
    filled.erase_participant("P00000")
    (now,) = filled.actions.all()
    assert now.evidence == ("elsewhere",)
    assert "doc-1.0" not in str(filled.actions.history(kept.id))
