"""Near-identical answers are found and shown, and nobody is taken for a copy who is none."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from topics_residents import planted, segment

from listening.records import SEGMENTS, Table, table_of
from listening.topics.campaigns import CAMPAIGNS, campaigns, in_campaigns

LETTER = "Stop the tower on Alder Row before it takes the light from every garden behind it"


def _answers(*texts: tuple[str, str]) -> Table:
    return table_of([segment(n, person, text) for n, (person, text) in enumerate(texts)], SEGMENTS)


def test_a_letter_sent_by_many_is_one_campaign_of_all_of_them() -> None:
    town = planted(each=10)[0].iloc[::10]
    sent = [(f"c{n}", LETTER) for n in range(4)]
    sent += [("c4", f"Dear council, {LETTER.lower()}!"), ("c5", f"{LETTER}. Thank you")]
    letters = _answers(*sent).assign(document_id=[f"l{n}" for n in range(6)])
    letters["segment_id"] = letters["document_id"] + ".0"
    found = campaigns(pd.concat([town, letters], ignore_index=True))
    assert len(town) == 6
    assert found.table.to_dict("records") == [
        {"campaign_id": 0, "people": 6, "answers": 6, "identical": 4, "example": LETTER}
    ]
    assert set(found.of_segment) == set(letters["segment_id"])


def test_short_answers_that_many_give_are_no_campaign() -> None:
    found = campaigns(_answers(*[(f"p{n}", "Housing") for n in range(40)]))
    assert found.table.empty
    assert list(found.table.columns) == list(CAMPAIGNS.columns)
    assert not found.of_segment


def test_one_person_who_sends_it_ten_times_is_no_campaign() -> None:
    assert campaigns(_answers(*[("p1", LETTER)] * 10)).table.empty


def test_a_person_who_sends_it_twice_is_counted_once_among_the_people() -> None:
    found = campaigns(_answers(("a", LETTER), ("a", LETTER), ("b", LETTER), ("c", LETTER)))
    assert found.table["people"].item() == 3
    assert found.table["answers"].item() == 4


def test_conversations_hold_no_campaign() -> None:
    talk = _answers(*[(f"p{n}", LETTER) for n in range(5)]).assign(source_kind="interview")
    assert campaigns(talk).table.empty


def test_an_answer_cut_into_segments_is_compared_as_a_whole() -> None:
    half = len(LETTER) // 2
    parts = [(f"p{n // 2}", LETTER[:half] if n % 2 == 0 else LETTER[half:]) for n in range(8)]
    cut = _answers(*parts).assign(
        document_id=[f"d{n // 2}" for n in range(8)], start=[n % 2 * half for n in range(8)]
    )
    found = campaigns(cut)
    assert found.table["people"].item() == 4
    assert in_campaigns(found, cut).tolist() == ["0"] * 8


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.text("xyz ", min_size=10, max_size=60)), max_size=12
    )
)
def test_nobody_is_counted_who_is_not_there(said: list[tuple[str, str]]) -> None:
    table = _answers(*said)
    found = campaigns(table)
    assert set(found.of_segment) <= set(table["segment_id"])
    for row in found.table.itertuples():
        of = table[in_campaigns(found, table) == str(row.campaign_id)]
        assert row.people == of["participant_id"].nunique()
        assert row.answers == len(of)
        assert row.identical <= row.answers
