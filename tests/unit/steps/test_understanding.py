"""What an officer answers goes the way of a manifest, whatever stands in the file."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.records import Speaker
from listening.sources import read_manifest, rows_for
from listening.sources.manifest import label_key
from listening.steps.understanding import (
    CONSENT,
    KIND,
    NOBODY,
    WHO,
    Answers,
    Understood,
    manifest,
    plain_name,
    understand,
)

DAY = date(2026, 7, 1)
TALK = b"""Wren: What matters most to you around here?
Oriel: The damp in my flat comes back every winter.
Wren: And what else would you change?
Brindle: The rent went up again this year.
"""


def test_only_what_is_open_is_asked() -> None:
    said = understand("talk.txt", TALK, Answers(), DAY)
    assert said.asked == said.open == (WHO, CONSENT)
    labelled = understand("t.txt", TALK.replace(b"Wren:", b"Interviewer:"), Answers(), DAY)
    assert labelled.asked == (CONSENT,)
    note = understand("note.md", b"He said the lift is broken again.", Answers(), DAY)
    assert note.asked == (KIND, CONSENT)


def test_what_is_answered_is_asked_no_more_and_can_be_answered_otherwise() -> None:
    said = understand("talk.txt", TALK, Answers(interviewer="1"), DAY)
    assert said.asked == (WHO, CONSENT)
    assert said.open == (CONSENT,)
    assert [one.label for one in said.speakers if one.role == "interviewer"] == ["Oriel"]
    assert said.people == 2
    assert understand("talk.txt", TALK, Answers(interviewer=NOBODY), DAY).people == 3


def test_consent_that_is_not_stated_quotes_nobody() -> None:
    assert understand("talk.txt", TALK, Answers(), DAY).quotable == 0
    assert understand("talk.txt", TALK, Answers(consent="quotation"), DAY).quotable == 2


@pytest.mark.parametrize("answers", [Answers(), Answers(interviewer="0", consent="analysis")])
def test_what_was_understood_comes_back_from_plain_data(answers: Answers) -> None:
    said = understand("talk.txt", TALK, answers, DAY)
    assert Understood.of(said.plain()) == said


def test_a_file_in_which_only_an_interviewer_would_be_left_is_refused() -> None:
    talk = b"Wren: What matters to you?\nWren: Is anybody there at all?\n"
    said = understand("talk.txt", talk, Answers(), DAY)
    assert said.refused == ("", "")  # one speaker may be anybody
    assert not said.asked or WHO not in said.asked


@pytest.mark.parametrize("name", ["manifest.csv", "population.csv", "Oriel Quince.csv"])
def test_a_name_decides_nothing_but_the_kind_of_file(name: str) -> None:
    assert plain_name(name) == "file.csv"


labels = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)


@given(st.lists(labels.filter(label_key), min_size=2, max_size=5, unique_by=label_key), st.data())
def test_every_speaker_has_a_row_whatever_their_label(said: list[str], data: st.DataObject) -> None:
    asks = data.draw(st.integers(0, len(said) - 1))
    speakers = tuple(Speaker(label, "participant", 1, sure=False) for label in said)
    content = manifest("file.txt", speakers, Answers(str(asks), "interview", "quotation"))
    table, rejects = read_manifest("answers", content)
    ids = {label_key(row["speaker"]): row["participant_id"] for row in rows_for(table, "file.txt")}
    wanted = dict.fromkeys(map(label_key, said), "") | {label_key(said[asks]): "interviewer"}
    assert rejects == ()
    assert ids == wanted
