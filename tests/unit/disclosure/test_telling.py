"""What in a quote may say who spoke."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.disclosure import telling


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in telling.flags(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("I am 83 and nobody calls", "age", "I am 83"),
        ("my 9 year old walks alone", "age", "9 year old"),
        ("my late husband mended it", "family", "my late husband"),
        ("I have five children in one room", "family", "five children"),
        ("the ceiling fell in November", "date", "November"),
        ("we came here in 1998", "date", "1998"),
        ("my sickle cell keeps me in", "health", "sickle cell"),
        ("as a Somali woman they look", "origin", "Somali"),
        ("we were evicted at the time", "event", "evicted"),
        ("the bus driver knows us", "work", "bus driver"),
        ("I was the only one who spoke", "only", "the only one"),
        ("it costs £740 for a room", "number", "£740"),
        ("then Oriel said it to them", "name", "Oriel"),
    ],
)
def test_what_a_neighbour_may_know_is_flagged(text: str, kind: str, words: str) -> None:
    assert (kind, words) in found(text)


def test_what_was_taken_out_and_everyday_words_are_not_flagged() -> None:
    assert found("The rent at [an address] went up, and I told [a name] so.") == []
    assert found("The NHS and the Council never answer, I think.") == []


@given(st.text(max_size=200))
def test_flags_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for one in telling.flags(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end


def test_a_word_is_rare_that_one_person_used_in_a_material_of_many() -> None:
    said = [(f"P{n}", "The damp is back and the rent went up") for n in range(30)]
    said += [("P1", "a carburettor in the damp"), ("P1", "the carburettor again")]
    used = telling.used(said, ["My carburettor stood in the damp [carburettors]"])
    assert (used["damp"], used["carburettor"]) == (30, 1)
    assert telling.rare("My carburettor stood in the damp", used, 31) == ["carburettor", "stood"]
    assert telling.rare("My carburettor stood in the damp", used, 19) == []
