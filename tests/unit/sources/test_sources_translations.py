"""Translations that a person supplied stand beside their originals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.records import Reading, ReadOptions
from listening.sources import read, read_manifest, translations, with_translation
from listening.sources.translated import paired, translated_columns


def table(*lines: str) -> Reading:
    return read("a.csv", "\n".join(lines).encode(), ReadOptions(), None)


def beside(reading: Reading) -> list[tuple[str, str]]:
    turns = reading.turns
    return list(zip(turns["text"], turns["translation"], strict=True))


@pytest.mark.parametrize(
    "header",
    ["Answer (English)", "Answer - in English", "Answer translated into English", "Translation",
     "English translation", "answer_translation", "Translation of Answer"],
)  # fmt: skip
def test_a_column_called_the_translation_of_the_answers_is_one(header: str) -> None:
    reading = table(
        f"id,Answer,{header}",
        "1,Wir brauchen mehr Bänke am Teich,We need more benches by the pond",
        "2,The bus never comes on Sundays at all,",
    )
    assert beside(reading) == [
        ("Wir brauchen mehr Bänke am Teich", "We need more benches by the pond"),
        ("The bus never comes on Sundays at all", ""),
    ]
    assert set(reading.turns["question"]) == {"Answer"}
    assert any("Translations of “Answer” are in" in note for note in reading.notes)


def test_each_of_two_questions_has_its_own_translations() -> None:
    reading = table(
        "id,What helps?,What helps? (English),What is missing?,What is missing? (English)",
        "1,Ein Park mit Bänken hilft uns,A park with benches helps us,Ein Arzt fehlt hier sehr,"
        "A doctor is very much missing here",
        "2,Der Bus am Sonntag hilft mir,The bus on Sunday helps me,Ein Bad fehlt hier im Ort,"
        "A pool is missing here in town",
    )
    asked = zip(reading.turns["question"], reading.turns["translation"], strict=True)
    assert {question: said.split()[-1] for question, said in asked} == {
        "What helps?": "me",
        "What is missing?": "town",
    }


def test_what_was_written_down_in_translation_alone_is_not_lost() -> None:
    reading = table(
        "id,Answer,Answer (English)",
        "1,,She said that the stairs are dark",
        "2,Wir brauchen mehr Licht im Hof,We need more light in the yard",
    )
    assert beside(reading)[0] == ("She said that the stairs are dark",) * 2


def test_a_column_in_english_without_another_beside_it_holds_the_answers() -> None:
    reading = table(
        "id,Comments (English)",
        "1,We need more light in the yard",
        "2,The bus never comes on Sundays",
    )
    assert beside(reading)[0] == ("We need more light in the yard", "")


def test_a_question_about_english_is_no_translation() -> None:
    headers = ["id", "Language", "How well do you speak English", "Why?"]
    assert translated_columns(headers, range(4)) == {}


@given(st.lists(st.sampled_from(["Answer", "Why", "Answer (English)", "Translation", ""])))
def test_no_column_is_its_own_translation_and_none_serves_twice(headers: list[str]) -> None:
    found = translated_columns(headers, range(len(headers)))
    text = [place for place in range(len(headers)) if place not in found]
    pairs = paired(headers, text, found)
    assert set(pairs) <= set(text)
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs.values()) <= set(found)


def talk(*lines: str) -> Reading:
    return read("t.txt", "\n".join(lines).encode(), ReadOptions(), None)


GERMAN = ("Interviewer: Was fehlt hier?", "Anwohnerin: Ein Arzt, sagt Frau Huber.",
          "Interviewer: Und sonst?", "Anwohnerin: Ein Bad.")  # fmt: skip
ENGLISH = ("Interviewer: What is missing here?", "Resident: A doctor, says Mrs Huber.",
           "Interviewer: What else?", "Resident: A pool.")  # fmt: skip


def test_a_file_and_its_translation_are_put_together_turn_by_turn() -> None:
    both = with_translation(talk(*GERMAN), talk(*ENGLISH), "english.txt")
    assert beside(both)[1] == ("Ein Arzt, sagt Frau Huber.", "A doctor, says Mrs Huber.")
    assert both.rejects == ()


@pytest.mark.parametrize(
    "spoilt",
    [ENGLISH[:3], (*ENGLISH[:2], ENGLISH[3], ENGLISH[2])],
    ids=["a turn is missing", "two turns are changed round"],
)
def test_a_translation_with_other_turns_is_set_aside_and_the_original_stands(
    spoilt: tuple[str, ...],
) -> None:
    both = with_translation(talk(*GERMAN), talk(*spoilt), "english.txt")
    assert {translation for _, translation in beside(both)} == {""}
    (reject,) = both.rejects
    assert (reject.file, reject.what) == ("english.txt", "The translation")
    assert "pool" not in str(vars(reject))


def test_consent_taken_back_on_the_translation_holds_for_the_original() -> None:
    rows, _ = read_manifest("manifest.csv", b"file,speaker,consent\nt.txt,Resident,none\n")
    english = read("t.txt", "\n".join(ENGLISH).encode(), ReadOptions(), rows)
    both = with_translation(talk(*GERMAN), english, "english.txt")
    assert list(both.people["consent"]) == ["none"]


def test_the_translation_in_the_same_folder_is_meant_and_a_missing_one_is_said() -> None:
    rows, _ = read_manifest(
        "manifest.csv",
        b"file,translation\na/t.txt,t-en.txt\nb/t.txt,t-en.txt\nc.txt,lost.txt\n",
    )
    names = ["a/t-en.txt", "a/t.txt", "b/t-en.txt", "b/t.txt", "c.txt"]
    found, rejects = translations(rows, names)
    assert found == {"a/t.txt": "a/t-en.txt", "b/t.txt": "b/t-en.txt"}
    assert [reject.file for reject in rejects] == ["c.txt"]
