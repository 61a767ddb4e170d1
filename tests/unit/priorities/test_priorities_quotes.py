"""Which words may be put forward for quotation."""

from __future__ import annotations

from typing import Any

import pandas as pd
from priorities_cases import person

from listening.priorities import by_theme, choose
from listening.records import PARTICIPANTS, SEGMENTS, Table, table_of

LONG_ENOUGH = "There is nowhere dry for the children to play, number {}."


def segment(segment_id: str, who: str, **more: Any) -> dict[str, Any]:
    return {
        "segment_id": segment_id,
        "document_id": "d",
        "participant_id": who,
        "source_kind": "interview",
        "question": "",
        "start": 0,
        "end": 0,
        "text": LONG_ENOUGH.format(segment_id),
        "language": "en",
        "voice": "verbatim",
        "nil": False,
        "text_key": segment_id,
        "phrases": (),
        **more,
    }


def chosen(
    segments: list[dict[str, Any]],
    evidence: list[tuple[str, str, float]],
    consents: dict[str, str] | None = None,
    per_theme: int = 3,
) -> list[tuple[str, str]]:
    who = sorted({row["participant_id"] for row in segments})
    people = table_of(
        [person(p, consent=(consents or {}).get(p, "quotation")) for p in who], PARTICIPANTS
    )
    found = choose(table_of(segments, SEGMENTS), people, table(evidence), per_theme)
    return list(zip(found["code"], found["segment_id"], strict=True))


def table(evidence: list[tuple[str, str, float]]) -> Table:
    return pd.DataFrame(evidence, columns=["segment_id", "code", "score"])


def test_the_best_of_different_people_are_chosen_in_a_fixed_order() -> None:
    segments = [segment("1", "a"), segment("2", "a"), segment("3", "b"), segment("4", "c")]
    evidence = [("1", "money", 0.5), ("2", "money", 0.9), ("3", "money", 0.7), ("4", "money", 0.7)]
    assert chosen(segments, evidence) == [("money", "2"), ("money", "3"), ("money", "4")]
    assert chosen(segments[::-1], evidence[::-1], per_theme=2) == [("money", "2"), ("money", "3")]


def test_nobody_is_quoted_without_consent_to_quotation() -> None:
    segments = [segment("1", "a"), segment("2", "b")]
    evidence = [("1", "money", 0.9), ("2", "money", 0.1)]
    assert chosen(segments, evidence, {"a": "analysis"}) == [("money", "2")]


def test_an_observation_a_nil_answer_and_a_text_too_short_or_long_are_no_quotes() -> None:
    segments = [
        segment("1", "a", voice="observation"),
        segment("2", "b", nil=True),
        segment("3", "c", text="Five words are too few."),
        segment("4", "d", text="word " * 46),
        segment("5", "e", text="word " * 45),
        segment("6", "f", text="Six words are enough for this.", voice="paraphrase"),
    ]
    evidence = [(str(n), "money", 1 - n / 10) for n in range(1, 7)]
    assert chosen(segments, evidence, per_theme=9) == [("money", "5"), ("money", "6")]


def test_the_same_words_sent_in_by_many_are_shown_once() -> None:
    segments = [segment(str(n), f"p{n}", text="Save our only library from closing!") for n in "123"]
    evidence = [(n, "library", 0.9) for n in "123"]
    assert chosen(segments, evidence) == [("library", "1")]


def test_no_person_is_quoted_more_than_three_times_in_all() -> None:
    segments = [segment(str(n), "a") for n in range(5)]
    evidence = [(str(n), f"theme {n}", 0.9 - n / 10) for n in range(5)]
    assert chosen(segments, evidence) == [(f"theme {n}", str(n)) for n in range(3)]


def test_every_theme_has_a_first_quote_before_any_has_a_second() -> None:
    segments = [segment(str(n), "ab"[n % 2]) for n in range(8)]
    evidence = [(str(n), f"theme {n // 2}", 0.9 - n / 10) for n in range(8)]
    found = chosen(segments, evidence)
    assert {code for code, _ in found} == {f"theme {n}" for n in range(4)}
    assert len(found) == 6


def test_a_theme_of_one_person_has_the_first_pick_of_their_words() -> None:
    segments = [segment(str(n), "a") for n in range(3)] + [segment("9", "a"), segment("10", "b")]
    evidence = [(str(n), f"theme {n}", 0.9) for n in range(3)] + [("9", "wide", 1.0)]
    evidence += [("10", "wide", 0.1)]
    found = chosen(segments, evidence)
    assert found == [("theme 0", "0"), ("theme 1", "1"), ("theme 2", "2"), ("wide", "10")]


def test_quotes_go_into_the_document_without_the_persons_id() -> None:
    people = table_of([person("a", consent="quotation", attributes={"ward": "East"})], PARTICIPANTS)
    found = choose(table_of([segment("1", "a")], SEGMENTS), people, table([("1", "money", 0.5)]))
    assert list(found.columns) == (
        [
            "code",
            "segment_id",
            "participant_id",
            "text",
            "voice",
            "source_kind",
            "attributes",
            "translated",
            "beside",
        ]
    )
    assert by_theme(found) == {
        "money": [
            {
                "segment_id": "1",
                "text": LONG_ENOUGH.format("1"),
                "voice": "verbatim",
                "source_kind": "interview",
                "attributes": {"ward": "East"},
                "translated": False,
                "beside": "",
            }
        ]
    }


def test_without_evidence_there_are_no_quotes_but_there_is_a_table() -> None:
    assert chosen([segment("1", "a")], []) == []
