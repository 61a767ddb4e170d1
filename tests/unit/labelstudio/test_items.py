"""Items hold what people code at once, and nothing that may not be shown."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from listening.labelstudio.items import MOST_TURNS, items_of
from listening.labelstudio.nouns import SPANS, WHOLE, Item
from listening.records import Table
from tests.unit.labelstudio.item_cases import TEXTS, Heard, chosen

TALK = (("", "How is it?"), ("P1", "Damp."), ("P2", "Cold."), ("", "And?"), ("P1", "Dear."))


def items(heard: Heard, selected: Table) -> tuple[Item, ...]:
    return items_of(*heard.tables(), selected)


def test_an_answer_is_one_item_however_many_of_its_segments_were_chosen() -> None:
    heard = Heard().add("D", "survey", ("P1", "Damp and cold."), question="Why?")
    more = {**heard.segments[0], "segment_id": "D.9", "start": 0, "end": 4, "text": "Damp"}
    heard.segments.append(more)
    (one,) = items(heard, chosen(("D.0", "P1", "training"), ("D.9", "P1", "training")))
    assert (one.layout, one.question, one.turns[0].text) == (WHOLE, "Why?", "Damp and cold.")
    assert one.setting == "Survey · Mill Town · March 2026 · by phone"
    assert (one.start, one.end) == (0, 14)


def test_a_chosen_segment_of_a_conversation_is_its_turn_with_neighbours_for_context() -> None:
    heard = Heard().add("D", "interview", *TALK)
    (one,) = items(heard, chosen(("D.2", "P2", "discovery")))
    assert one.layout == SPANS
    assert [turn.text for turn in one.turns] == ["Cold."]
    assert one.turns[0].author == "Resident 2"
    assert one.before == "Interviewer: How is it?\nResident 1: Damp."
    assert one.after == "Interviewer: And?\nResident 1: Dear."


def test_whoever_is_audited_has_the_whole_document_once() -> None:
    heard = Heard().add("D", "focus_group", *TALK)
    rows = [("D.1", "P1", "audit"), ("D.4", "P1", "audit"), ("D.2", "P2", "audit")]
    (one,) = items(heard, chosen(*rows))
    assert [turn.participant_id for turn in one.turns] == ["", "P1", "P2", "", "P1"]
    assert (one.stream, one.blind, one.probability) == ("audit", True, 0.5)


@settings(max_examples=15)
@given(st.integers(1, 200))
def test_a_long_document_is_cut_in_parts_that_hold_every_turn_once(count: int) -> None:
    heard = Heard().add("D", "interview", *[("P1", f"turn {n}") for n in range(count)])
    parts = items(heard, chosen(("D.0", "P1", "audit")))
    assert [turn.text for part in parts for turn in part.turns] == [
        f"turn {n}" for n in range(count)
    ]
    assert max(len(part.turns) for part in parts) <= MOST_TURNS
    assert len({part.key for part in parts}) == len(parts) == -(-count // MOST_TURNS)
    assert [part.order for part in parts] == list(range(len(parts)))


def test_what_an_officer_saw_and_an_answer_that_says_nothing_are_no_items() -> None:
    heard = Heard().add("D", "street", ("P1", "Stood in the rain."), voice="observation")
    heard.add("E", "survey", ("P2", "nothing"))
    assert items(heard, chosen(("D.0", "P1", "audit"), ("E.0", "P2", "training"))) == ()
    (audited,) = items(heard, chosen(("E.0", "P2", "audit")))
    assert audited.turns[0].text == "nothing"


def test_what_an_officer_saw_in_a_conversation_is_shown_as_nobodys_words() -> None:
    heard = Heard().add("D", "interview", *TALK)
    heard.passages[1]["voice"] = "observation"
    (one,) = items(heard, chosen(("D.2", "P2", "audit")))
    assert one.turns[1].participant_id == ""
    assert one.turns[1].author == "Officer, on what they saw"


def test_the_words_of_people_who_are_not_among_the_participants_are_not_shown() -> None:
    heard = Heard().add("D", "focus_group", *TALK)
    del heard.people["P1"]
    (one,) = items(heard, chosen(("D.2", "P2", "audit"), ("D.1", "P1", "training")))
    assert [turn.text for turn in one.turns] == ["How is it?", "Cold.", "And?"]
    assert one.turns[1].start == 17
    (turn,) = items(heard, chosen(("D.2", "P2", "training")))
    assert "Damp" not in turn.before
    assert "Dear" not in turn.after


def test_a_translated_turn_carries_its_other_wording() -> None:
    heard = Heard().add("D", "survey", ("P1", "Damp"), beside="Wilgoć", translated=True)
    (one,) = items(heard, chosen(("D.0", "P1", "training")))
    assert one.turns[0].beside == "Wilgoć"


def test_a_turn_is_blind_where_any_segment_of_it_was_chosen_blind() -> None:
    heard = Heard().add("D", "survey", ("P1", "Damp and cold."))
    heard.segments.append({**heard.segments[0], "segment_id": "D.9"})
    table = chosen(("D.0", "P1", "training"), ("D.9", "P1", "training"))
    table.loc[1, "blind"] = True
    assert [one.blind for one in items(heard, table)] == [True]


def test_batches_come_in_order_and_the_audit_first_in_each() -> None:
    heard = Heard().add("D", "survey", ("P1", "a")).add("E", "survey", ("P2", "b"))
    heard.add("F", "survey", ("P3", "c"))
    table = chosen(("D.0", "P1", "training"), ("E.0", "P2", "audit"), ("F.0", "P3", "training"))
    table["batch"] = [2, 2, 1]
    assert [one.document_id for one in items(heard, table)] == ["F", "E", "D"]


@settings(max_examples=15)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_keys_are_the_same_over_runs_and_differ_between_items(texts: list[str]) -> None:
    heard = Heard().add("D", "interview", *[("P1", text) for text in texts])
    selected = chosen(*[(f"D.{n}", "P1", "training") for n in range(len(texts))])
    first, again = items(heard, selected), items(heard, selected)
    assert [one.key for one in first] == [one.key for one in again]
    assert len({one.key for one in first}) == len(texts)
    document = "\n".join(texts)
    assert all(document[t.start : t.start + len(t.text)] == t.text for i in first for t in i.turns)


def test_a_segment_that_is_not_there_any_more_is_left_out() -> None:
    heard = Heard().add("D", "survey", ("P1", "a"))
    found = items(heard, chosen(("X.1", "P9", "training"), ("D.0", "P1", "training")))
    assert [replace(one, key="").document_id for one in found] == ["D"]
