"""Looking for what was said: who finds what, and that nothing of it is kept."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from listening.steps import accounts, uploads, who, withdraw
from listening.steps.reader import read_next
from listening.steps.understanding import Answers
from tests.web.material import (
    ATTACK,
    NOTE,
    SURVEY,
    TRANSCRIPT,
    TRUE,
    again,
    holding,
    kept,
    received,
)
from tests.web.town import Town, client_of


def address(town: Town) -> str:
    return f"/programmes/{town.here.slug}/search/"


def page(town: Town, by: str, **asked: str) -> str:
    answer = client_of(town.people[by]).get(address(town), asked)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return str(answer.content.decode())


def sent(town: Town, content: bytes, name: str, answers: Answers, by: str) -> None:
    """Take a file of somebody's the whole way."""
    upload = received(town, content, name, by)
    uploads.answer(town.site, upload, answers)
    uploads.confirm(town.site, again(town, upload, by))
    assert read_next(town.site)


def test_the_page_and_a_search_by_words_load_no_model(town: Town) -> None:
    assert "Words to look for" in page(town, "researcher")
    assert "No file has been read yet" in page(town, "researcher", said="damp", how="words")


def test_a_lead_finds_in_all_files_and_an_officer_in_their_own(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    sent(reading, SURVEY, "survey.csv", Answers(), "second officer")
    for by in ("researcher", "lead"):
        said = page(reading, by, said="damp", how="words")
        assert "comes back every winter" in said
        assert "Fix the damp in my flat please" in said
    mine = page(reading, "officer", said="damp", how="words")
    assert "comes back every winter" in mine
    assert "Fix the damp" not in mine
    theirs = page(reading, "second officer", said="damp", how="words")
    assert "Fix the damp" in theirs
    assert "comes back every winter" not in theirs


def test_only_who_agreed_is_put_in_quotation_marks(reading: Town) -> None:
    kept(reading, SURVEY, "survey.csv", Answers())
    said = page(reading, "lead", said="the")
    assert "“The rent is too high for what we earn”" in said
    fix = page(reading, "lead", said="damp", how="words")
    assert "“Fix the damp" not in fix
    assert "has not agreed to be quoted" in fix


def test_an_officers_note_is_told_as_one(reading: Town) -> None:
    kept(reading, NOTE, "note.txt", Answers(kind="street", consent="quotation"))
    said = page(reading, "lead", said="surgery phone", how="words")
    assert "Officer’s note of what a resident said:" in said
    assert "“" not in said.split("<ol")[1]


def test_each_passage_says_how_it_was_found_and_the_interviewer_is_never(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    said = page(reading, "lead", said="damp flat winter")
    assert "found by words and meaning" in said
    assert "Nothing was found" in page(reading, "lead", said="thrive", how="words")
    assert "found by meaning" in page(reading, "lead", said="damp", how="meaning")


def test_a_search_can_be_narrowed(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    kept(reading, SURVEY, "survey.csv", Answers())
    said = page(reading, "lead", said="damp", how="words", kind="survey")
    assert "Fix the damp" in said
    assert "comes back every winter" not in said


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"said": ""}, "Enter a word to look for"),
        ({"said": "..."}, "has no word in it"),
        ({"said": "x" * 301}, "at most 300"),
        ({"said": "damp", "kind": "gossip"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_looked_for_is_said(town: Town, asked: dict[str, str], told: str) -> None:
    said = page(town, "lead", **asked)
    assert told in said
    assert "There is a problem" in said


def test_what_is_looked_for_and_found_is_shown_as_text_alone(reading: Town) -> None:
    kept(reading, SURVEY + f"R9,{ATTACK} rent,quotation\n".encode(), "survey.csv", Answers())
    said = page(reading, "lead", said=f"rent {ATTACK}", how="words")
    assert ATTACK not in said


def test_what_is_looked_for_is_kept_nowhere(
    town_in_plain: Town, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    kept(town_in_plain, SURVEY, "survey.csv", Answers())
    before = len(accounts.changes(town_in_plain.here))
    with caplog.at_level(logging.DEBUG):
        page(town_in_plain, "lead", said="Quincunx rent")
        page(town_in_plain, "lead", said="Quincunx", kind="gossip")
        client_of(town_in_plain.people["administrator"]).get(
            address(town_in_plain), {"said": "Quincunx"}
        )
    assert "quincunx" not in caplog.text.lower()
    assert holding(b"quincunx", tmp_path) == []
    assert len(accounts.changes(town_in_plain.here)) == before


def test_who_must_sign_in_first_does_not_carry_their_words_along(town: Town) -> None:
    answer = client_of(None).get(address(town), {"said": "Quincunx"})
    assert answer.status_code == 302
    assert "Quincunx" not in answer.url


def test_who_withdrew_is_not_found(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    work = reading.site.work(reading.here)
    withdraw(work, who(work, "Oriel"))
    assert "Nothing was found" in page(reading, "lead", said="damp", how="words")


def test_while_a_file_is_being_read_the_others_are_still_found(reading: Town) -> None:
    kept(reading, SURVEY, "survey.csv", Answers())
    reading.site.work(reading.here).store.begin_run("new", 0, {})
    assert "Fix the damp" in page(reading, "lead", said="damp", how="words")


def test_a_page_compares_so_many_and_says_how_many_are_left(
    reading: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from listening.steps import search as steps

    kept(reading, SURVEY, "survey.csv", Answers())
    monkeypatch.setattr(steps, "NEW_AT_ONCE", 1)
    assert "1 passage has not been compared" in page(reading, "lead", said="damp")
    assert "not been compared" not in page(reading, "lead", said="damp")


def test_nobody_is_found_whose_consent_has_ended(reading: Town) -> None:
    kept(reading, SURVEY, "survey.csv", Answers())
    work: Any = reading.site.work(reading.here)
    keys = work.store.run().sources
    assert work.store.agreed(keys, "2026-07-01") == keys
    work.store._objects("Source").filter(key__in=keys).update(consent_until="2026-06-30")
    assert work.store.agreed([*keys, "unknown"], "2026-07-01") == []
    assert "No file has been read yet" in page(reading, "lead", said="damp", how="words")
