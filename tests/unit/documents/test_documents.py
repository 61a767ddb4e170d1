from __future__ import annotations

from typing import Any

import pytest

from listening.documents import assemble
from listening.errors import InvalidTable
from listening.records import PEOPLE, TURNS, Parsed, Table, table_of


def turns_of(*rows: tuple[str, str, str]) -> Table:
    """(participant, question, text); an empty participant is the interviewer."""
    return table_of(
        [
            {
                "file": "f",
                "row": n,
                "participant": participant,
                "role": "participant" if participant else "interviewer",
                "question": question,
                "text": text,
                "voice": "",
            }
            for n, (participant, question, text) in enumerate(rows, 1)
        ],
        TURNS,
    )


def people_of(kind: str, *keys: str, **about: Any) -> Table:
    blank = dict.fromkeys(PEOPLE.columns, "")
    fixed = {"file": "f", "kind": kind, "people": 1, "attributes": {"ward": "Elm"}}
    return table_of([{**blank, **fixed, "participant": key, **about} for key in keys], PEOPLE)


def parsed_of(turns: Table) -> list[Parsed]:
    return [Parsed(text) for text in turns["text"]]


IDS = {"A": "p1", "B": "p2"}


def test_an_interview_is_one_document_with_the_questions_as_context() -> None:
    turns = turns_of(
        ("", "", "What matters?"), ("A", "What matters?", "Buses 😀."), ("B", "", "é.")
    )
    done = assemble(turns, people_of("interview", "A", "B"), parsed_of(turns), "k" * 64, IDS)
    assert list(done.documents["document_id"]) == ["k" * 10]
    text = done.documents["text"][0]
    assert text == "What matters?\nBuses 😀.\né."
    cut = [text[s:e] for s, e in zip(done.passages["start"], done.passages["end"], strict=True)]
    assert cut == list(turns["text"])
    assert list(done.passages["participant_id"]) == ["", "p1", "p2"]
    assert list(done.passages["role"]) == ["interviewer", "participant", "participant"]


def test_a_survey_gives_one_document_per_participant() -> None:
    turns = turns_of(("A", "q1", "one"), ("B", "q1", "two"), ("A", "q2", "three"))
    people = people_of("survey", "A", "B", place="Elm Park")
    done = assemble(turns, people, parsed_of(turns), "k" * 64, IDS, first=5)
    assert list(done.documents["document_id"]) == ["kkkkkkkkkk-5", "kkkkkkkkkk-6"]
    assert list(done.documents["text"]) == ["one\nthree", "two"]
    assert list(done.documents["place"]) == ["Elm Park", "Elm Park"]
    assert [p.text for p in done.parsed] == ["one", "three", "two"]
    assert list(done.passages["question"]) == ["q1", "q2", "q1"]


def test_interviews_laid_out_as_a_table_are_a_document_each() -> None:
    turns = turns_of(("A", "transcript", "one"), ("B", "transcript", "two"), ("A", "", "three"))
    done = assemble(turns, people_of("interview", "A", "B"), parsed_of(turns), "k" * 64, IDS)
    assert list(done.documents["text"]) == ["one\nthree", "two"]


def test_the_pseudonymised_words_replace_those_of_the_turn() -> None:
    turns = turns_of(("A", "", "Danny came"))
    parsed = [Parsed("[name 1] came")]
    done = assemble(turns, people_of("survey", "A"), parsed, "k" * 64, IDS)
    assert list(done.documents["text"]) == ["[name 1] came"]


def test_a_focus_group_is_one_cluster_and_others_are_their_own() -> None:
    turns = turns_of(("A", "", "one"), ("B", "", "two"))
    group = assemble(turns, people_of("focus_group", "A", "B"), parsed_of(turns), "k" * 64, IDS)
    survey = assemble(turns, people_of("survey", "A", "B"), parsed_of(turns), "k" * 64, IDS)
    assert list(group.participants["cluster"]) == ["k" * 10] * 2
    assert list(survey.participants["cluster"]) == ["p1", "p2"]


def test_voice_comes_from_the_turn_else_the_person_else_is_verbatim() -> None:
    turns = turns_of(("A", "", "one"), ("A", "", "two"), ("", "", "three"))
    turns.loc[1, "voice"] = "observation"
    people = people_of("street", "A", voice="paraphrase", people=12)
    done = assemble(turns, people, parsed_of(turns), "k" * 64, IDS)
    assert list(done.passages["voice"]) == ["paraphrase", "observation", "verbatim"]
    assert list(done.participants["people"]) == [12]


def test_two_keys_with_one_issued_id_are_one_participant() -> None:
    turns = turns_of(("A", "", "one"), ("B", "", "two"))
    ids = {"A": "p1", "B": "p1"}
    done = assemble(turns, people_of("survey", "A", "B"), parsed_of(turns), "k" * 64, ids)
    assert list(done.participants["participant_id"]) == ["p1"]
    assert list(done.participants["consent"]) == ["analysis"]


def test_a_turn_of_an_unknown_person_is_refused_without_quoting() -> None:
    turns = turns_of(("Z", "", "secret words"))
    with pytest.raises(InvalidTable) as caught:
        assemble(turns, people_of("survey", "A"), parsed_of(turns), "k" * 64, IDS)
    assert "secret" not in str(caught.value)


def test_a_file_without_turns_gives_no_document() -> None:
    done = assemble(turns_of(), people_of("interview"), [], "k" * 64, {})
    assert done.documents.empty
    assert done.passages.empty
