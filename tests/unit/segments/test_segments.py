from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.records import DOCUMENTS, PASSAGES, Parsed, Span, Table, table_of
from listening.segments import MAX_TOKENS, is_backchannel, is_nil, segment, text_key


@dataclass(frozen=True)
class Assembled:
    documents: Table
    passages: Table
    parsed: Sequence[Parsed]


def parsed_of(text: str) -> Parsed:
    tokens = tuple(Span(*m.span()) for m in re.finditer(r"[\w’']+|[^\w\s]", text))
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"[^\s.!?][^.!?]*[.!?]*", text))
    phrases = tuple(Span(*m.span()) for m in re.finditer(r"\b(?:broken lift|damp)\b", text))
    return Parsed(text, tokens, sentences, (), phrases)


def assembled(*turns: str, kind: str = "interview", language: str = "", **about: Any) -> Assembled:
    """One document; a turn that begins with ">" is the interviewer's."""
    rows, start = [], 0
    said = [turn.removeprefix(">") for turn in turns]
    for turn, text in zip(turns, said, strict=True):
        asked = turn.startswith(">")
        rows.append(
            {
                "document_id": "d",
                "participant_id": "" if asked else "p1",
                "role": "interviewer" if asked else "participant",
                "question": "What matters?",
                "voice": "verbatim",
                "start": start,
                "end": start + len(text),
                **about,
            }
        )
        start += len(text) + 1
    blank = dict.fromkeys(DOCUMENTS.columns, "")
    document = {**blank, "document_id": "d", "kind": kind, "language": language}
    documents = table_of([{**document, "text": "\n".join(said)}], DOCUMENTS)
    return Assembled(documents, table_of(rows, PASSAGES), [parsed_of(text) for text in said])


def english(texts: Sequence[str]) -> list[str]:
    return ["en" if len(text.split()) >= 4 else "unsure" for text in texts]


def texts_of(*turns: str, kind: str = "interview") -> list[str]:
    return list(segment(assembled(*turns, kind=kind), english).segments["text"])


def test_an_interviewers_question_never_becomes_a_segment() -> None:
    assert texts_of(">What would help you to thrive here?", "A bus that comes on time.") == [
        "A bus that comes on time."
    ]


def test_a_segment_keeps_its_question_participant_voice_and_place_in_the_document() -> None:
    material = assembled(">Tell me.", "The broken lift keeps us in.", voice="observation")
    row = segment(material, english).segments.iloc[0]
    assert row["segment_id"] == "d.1"
    assert row["participant_id"] == "p1"
    assert row["question"] == "What matters?"
    assert row["voice"] == "observation"
    assert row["phrases"] == ("broken lift",)
    assert material.documents["text"][0][row["start"] : row["end"]] == row["text"]


def test_back_channels_are_dropped_and_counted_not_refused() -> None:
    done = segment(assembled("Mm, yeah.", "OK", "Mm-hm", "The buses never come here."), english)
    assert list(done.segments["text"]) == ["The buses never come here."]
    assert done.backchannels == 3
    assert done.rejects == ()


def test_a_yes_in_a_survey_is_an_answer() -> None:
    assert texts_of("Yes", kind="survey") == ["Yes"]


@pytest.mark.parametrize(
    "answer",
    ["Nothing", "n/a", "N.A.", "none", "-", "...", "No comment", "dont know", "Don’t know."],
)
def test_an_answer_that_says_there_is_none_is_kept_as_nil(answer: str) -> None:
    done = segment(assembled(answer, kind="survey"), english).segments
    assert list(done["nil"]) == [True]
    assert list(done["text"]) == [answer]


@pytest.mark.parametrize("answer", ["Nothing works here", "👍", "No buses", "Nonsense"])
def test_an_answer_that_says_something_is_not_nil(answer: str) -> None:
    assert not is_nil(answer)


def test_listening_noises_beside_words_are_no_back_channel() -> None:
    assert is_backchannel("Yeah, yeah")
    assert not is_backchannel("Yeah, rats")
    assert not is_backchannel("😀")


def test_a_short_sentence_joins_the_one_before_it() -> None:
    said = "The lift has been broken for a year. Every day. We carry the pram up the stairs."
    assert texts_of(said) == [
        "The lift has been broken for a year. Every day.",
        "We carry the pram up the stairs.",
    ]


def test_a_short_first_sentence_joins_the_next() -> None:
    assert texts_of("Damp. It is on every wall of the flat.") == [
        "Damp. It is on every wall of the flat."
    ]


def test_a_long_sentence_is_split_where_a_clause_ends() -> None:
    half = "we waited " * 20
    said = f"{half.strip()}, because {half.strip()}."
    assert texts_of(said) == [f"{half.strip()},", f"because {half.strip()}."]


def test_a_long_run_without_punctuation_is_split_before_a_conjunction() -> None:
    half = "we waited " * 18
    parts = texts_of(f"{half}and {half}".strip())
    assert parts == [half.strip(), f"and {half}".strip()]


def test_a_short_segment_takes_the_language_of_its_document() -> None:
    said = assembled("The buses never come.", "No buses.", kind="survey")
    assert list(segment(said, english).segments["language"]) == ["en", "en"]
    lone = assembled("Nie ma", kind="survey", language="pl")
    assert list(segment(lone, english).segments["language"]) == ["pl"]
    blank = assembled("Nie ma", kind="survey")
    assert list(segment(blank, english).segments["language"]) == ["unsure"]


def test_an_empty_answer_is_refused_with_a_reason() -> None:
    done = segment(assembled("   ", kind="survey"), english)
    assert done.segments.empty
    assert done.rejects[0].why == "It holds no words."


def test_the_text_key_ignores_white_space_and_unicode_form_but_not_case() -> None:
    assert text_key("Cafe\u0301  closed\n") == text_key("Caf\u00e9 closed")
    assert text_key("Housing") != text_key("housing")


SPEECH = st.lists(
    st.sampled_from(
        [
            "we",
            "waited",
            "and",
            "because",
            "é",
            "שלום",
            "سلام",
            "😀",
            "👩\u200d👧",
            ",",
            ";",
            ".",
            "!",
            "  ",
            "\n",
        ]
    ),
    max_size=200,
)


@given(st.lists(SPEECH.map(" ".join), min_size=1, max_size=3))
def test_offsets_are_exact_nothing_is_lost_and_segments_are_never_too_long(
    turns: list[str],
) -> None:
    material = assembled(*turns, kind="survey")
    done = segment(material, english).segments
    text = material.documents["text"][0]
    covered: set[int] = set()
    last = 0
    for row in done.itertuples():
        start, end = int(row.start), int(row.end)
        assert text[start:end] == row.text == row.text.strip()
        assert start >= last
        last = end
        covered.update(range(start, end))
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    for row in done.itertuples():
        assert len(parsed_of(str(row.text)).tokens) <= MAX_TOKENS
