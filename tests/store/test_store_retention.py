"""How long things are kept, as the store knows it: on every database."""

from __future__ import annotations

from datetime import date

from store_cases import participants

from listening.records import PARTICIPANTS
from listening.store import KeptSource, Store
from listening.store.retention import Went

DAY = date(2026, 7, 1)


def filled(store: Store) -> list[str]:
    """Keep a source with its people; return their ids."""
    people = participants().assign(consent="quotation", date="")
    store.add_source(KeptSource("k1", (), (), {}, "2026-02-01"), "f1")
    store.save("k1", people, PARTICIPANTS)
    return list(people["participant_id"])


def test_everybody_is_known_with_the_day_on_which_their_consent_ends(store: Store) -> None:
    first, *others = filled(store)
    store.kept.note_ends("k1", {first: "2026-02-01", **dict.fromkeys(others, "")})
    heard = {one.participant_id: one for one in store.kept.heard()}
    assert heard[first].until == "2026-02-01"
    assert {heard[one].until for one in others} == {""}
    # nobody said when: the day on which it was read
    assert all(len(one.day) == 10 and one.quotable for one in heard.values())


def test_a_file_holds_again_once_whoever_ended_it_is_gone(store: Store) -> None:
    first, *others = filled(store)
    store.kept.note_ends("k1", {first: "2026-02-01", others[0]: "2027-01-01"})
    assert store.agreed(["k1"], "2026-07-01") == []
    store.erase_participant(first)
    assert store.agreed(["k1"], "2026-07-01") == ["k1"]
    assert store.agreed(["k1"], "2027-01-02") == []


def test_who_is_quoted_no_longer_is_counted_once(store: Store) -> None:
    people = filled(store)
    assert store.quotable(people) == set(people)
    assert store.kept.quote_no_longer(people[:1]) == 1
    assert store.kept.quote_no_longer(people[:1]) == 0
    assert store.quotable(people) == set(people[1:])


def test_of_receipts_of_nothing_the_last_is_kept_and_others_stay(store: Store) -> None:
    store.kept.note(Went("A", DAY, True, {"people": 2}))
    for name in ("B", "C", "D"):
        store.kept.note(Went(name, DAY, True, {}))
    assert {one.receipt for one in store.kept.receipts()} == {"A", "D"}
    store.kept.note(Went("E", DAY, False, {}))
    begun = store.kept.unfinished()
    assert begun is not None
    assert begun.receipt == "E"
