"""Transcripts: who speaks, whose words are evidence, and what is heading or page furniture."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import UnreadableFile
from listening.records import Reading, ReadOptions
from listening.sources import MANIFEST_COLUMNS, read
from listening.sources.lines import Line
from listening.sources.unlabelled import without_labels

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _read(text: str, *rows: dict[str, str], name: str = "talk.txt") -> Reading:
    return read(name, text.encode(), ReadOptions(), _manifest(name, *rows) if rows else None)


def _manifest(name: str, *rows: dict[str, str]) -> pd.DataFrame:
    empty = dict.fromkeys(MANIFEST_COLUMNS, "")
    return pd.DataFrame([empty | {"file": name} | row for row in rows], dtype="str").fillna("")


def _said(reading: Reading) -> list[tuple[str, str]]:
    return list(zip(reading.turns["participant"], reading.turns["text"], strict=True))


def _docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return _saved(document)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def test_an_interviewers_turns_carry_no_participant() -> None:
    reading = _read("Interviewer: What would help?\nResident: A dry room.\nInterviewer: Right.")
    assert _said(reading) == [("", "What would help?"), ("Resident", "A dry room."), ("", "Right.")]
    assert list(reading.turns["role"]) == ["interviewer", "participant", "interviewer"]
    assert list(reading.people["kind"]) == ["interview"]
    assert reading.names == ()


@pytest.mark.parametrize(
    "label", ["Int", "I", "CDO", "Q", "Moderator", "Facilitator 2", "OFFICER", "Host", "Kit (host)"]
)
def test_labels_of_interviewers_are_known(label: str) -> None:
    reading = _read(f"{label}: Hello there.\nR1: A bench.\n{label}: Thank you.\nR1: Bye.")
    assert list(reading.people["participant"]) == ["R1"]


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:04] CDO: How are you?\n[00:00:12] Hodan: Cold. [00:00:14] Very cold.",
        "CDO: How are you? #00:00:04#\nHodan: Cold. #00:00:12# Very cold. #00:00:14#",
        "00:00:04 CDO: How are you?\n00:00:12\tHodan:\tCold. Very cold.",
        "CDO (00:04): How are you?\nHodan (00:12): Cold. Very cold.",
        "CDO  0:04\nHow are you?\n\nHodan  0:12\nCold. Very cold.",
        "**CDO:** How are you?\n\n**Hodan:** Cold. Very cold.",
    ],
)
def test_times_and_layouts_do_not_change_what_is_said(text: str) -> None:
    assert _said(_read(text, name="talk.md")) == [
        ("", "How are you?"),
        ("Hodan", "Cold. Very cold."),
    ]


def test_a_turn_goes_on_over_lines_and_paragraphs() -> None:
    reading = _read(
        "Interviewer: Well?\nResident: One thing\nand another.\n\nAnd a third.\nInterviewer: Ok."
    )
    assert _said(reading)[1] == ("Resident", "One thing and another.\nAnd a third.")


def test_a_clause_that_ends_in_a_colon_is_no_speaker() -> None:
    reading = _read(
        "Interviewer: Well?\nResident: Two things.\nmy favourite: the park at 10:30.\n"
        "Interviewer: Ok."
    )
    assert _said(reading)[1] == ("Resident", "Two things. my favourite: the park at 10:30.")


def test_a_speaker_who_talks_once_is_still_a_speaker() -> None:
    reading = _read(
        "Interviewer: Hello both.\nPearl: Hi.\nInterviewer: And you?\nPearl: Tea.\nMaud: No thanks."
    )
    assert list(reading.people["participant"]) == ["Pearl", "Maud"]
    assert set(reading.names) == {"Pearl", "Maud"}


def test_who_asks_the_questions_is_taken_for_the_interviewer_and_it_is_said() -> None:
    reading = _read(
        "Imo: Ready?\nHodan: Yes.\nImo: What would help?\nHodan: Heat. You know?\nImo: Why?\n"
        "Hodan: Cold."
    )
    assert list(reading.people["participant"]) == ["Hodan"]
    assert any("first to speak is the interviewer" in note for note in reading.notes)
    assert not any("Imo" in note for note in reading.notes)


def test_a_meeting_without_a_clear_interviewer_keeps_everybody() -> None:
    reading = _read(
        "Ann: Hello.\nBo: Is it on?\nCy: Hi.\nAnn: Can you see?\nBo: Yes.\nCy: Who is that?"
    )
    assert len(reading.people) == 3
    assert set(reading.people["kind"]) == {"focus_group"}
    assert any("No interviewer was clear among 3 speakers" in note for note in reading.notes)


def test_the_manifest_decides_who_interviews_and_says_who_people_are() -> None:
    reading = _read(
        "Ann: I like it.\nBo: Do you? Why?\nAnn: The canal.\nBo: Why?",
        {"speaker": "Ann", "participant_id": "interviewer"},
        {"speaker": "bo", "participant_id": "P7", "kind": "interview", "place": "Quayside",
         "consent": "quotation",
         "date": "2026-03-02", "officer": "Sade O.", "attr:tenure": "owner"},
    )  # fmt: skip
    person = reading.people.iloc[0]
    assert (person["participant"], person["programme_id"]) == ("Bo", "P7")
    assert (person["place"], person["consent"]) == ("Quayside", "quotation")
    assert person["attributes"] == {"tenure": "owner"}
    assert {"Ann", "Bo", "Sade O."} <= set(reading.names)
    assert list(reading.turns["role"]) == ["interviewer", "participant"] * 2


def test_a_speaker_whom_the_manifest_misspells_is_said() -> None:
    reading = _read(
        "Int: Well?\nHodan: Cold.\nInt: Ok.",
        {"speaker": "Int", "participant_id": "interviewer"},
        {"speaker": "Hoden", "participant_id": "P1", "consent": "quotation"},
    )
    assert reading.people.iloc[0]["consent"] == ""
    assert reading.rejects[0].what == "1 row of the manifest"
    assert "Hoden" not in str(reading.rejects)
    assert any("1 speaker is not in the manifest" in note for note in reading.notes)


def test_what_the_manifest_says_of_a_meeting_holds_for_all_who_speak() -> None:
    reading = _read(
        "Int: Well?\nAnn: Cold.\nBo: Damp.\nInt: Ok.",
        {"speaker": "Int", "participant_id": "interviewer", "place": "Quayside"},
        {"speaker": "Ann", "participant_id": "P1", "kind": "focus_group", "consent": "quotation"},
    )
    assert list(reading.people["place"]) == ["Quayside"] * 2
    assert list(reading.people["kind"]) == ["focus_group"] * 2
    assert list(reading.people["consent"]) == ["quotation", ""]
    assert list(reading.people["programme_id"]) == ["P1", ""]


def test_a_row_on_the_whole_file_describes_notes_without_speakers() -> None:
    reading = _read(
        "# Baby clinic, 21 May\n\nShe said the lift is out.\n\n"
        "She asked who mends it? Nobody?\n\nWhy? she said. Why?",
        {"participant_id": "C3", "voice": "paraphrase", "consent": "analysis", "kind": "interview"},
        name="talk.md",
    )
    assert len(reading.people) == 1
    assert reading.people.iloc[0]["programme_id"] == "C3"
    assert set(reading.turns["voice"]) == {"paraphrase"}
    assert set(reading.turns["role"]) == {"participant"}
    assert reading.turns.iloc[0]["text"] == "She said the lift is out."


def test_a_street_note_is_an_officers_words_unless_it_says_otherwise() -> None:
    reading = _read("Two mums. Rent up.\n\nWants a bench.", {"kind": "street", "people": "2"})
    assert set(reading.turns["voice"]) == {"paraphrase"}
    assert reading.people.iloc[0]["people"] == 2


def test_an_observation_is_nobodys_words() -> None:
    reading = _read(
        "Parent: He said the rent is up.\nObservation: He held his sleeve.\nParent: He said sorry."
    )
    assert list(reading.turns["role"]) == ["participant", "interviewer", "participant"]
    assert list(reading.turns["voice"]) == ["verbatim", "observation", "verbatim"]


def test_a_heading_is_kept_out_of_the_turns_and_gives_names_and_date_away() -> None:
    reading = _read(
        "Listening project: transcript\nDate: 18 March 2026\nPlace: the café\n"
        "Interviewed by: Imogen Tarn\n"
        "Interviewer: Sade Orme\n\nInterviewer: What would help?\nResident: Less noise.\n"
        "Interviewer: Ok."
    )
    assert _said(reading)[0] == ("", "What would help?")
    assert reading.people.iloc[0]["date"] == "2026-03-18"
    assert {"Imogen Tarn", "Sade Orme"} <= set(reading.names)


def test_an_interview_without_labels_is_told_apart_by_questions_and_turns() -> None:
    text = (
        "INTERVIEW NO. 9\t\tDATE OF INTERVIEW: 3/4/92\r\n\r\nMRS. JOAN MARLOW\r\n"
        "4 HIGH STREET,\r\nMARSH END. 2750.\r\n\r\n"
        "0.23\tMy name is Joan Marlow and I have lived here for years with my children.\r\n\r\n"
        "1.01\tSo what kind of work did your father do?\r\n\r\n"
        "\tHe was a baker, and we lived over the shop, which I loved.\r\n\r\n"
        "\tOh, right.\r\n\r\n\tAnd my mother did the books for him at night.\r\n\r\n"
        "2.19\tAnd did you help?\r\n\r\n\tYes.\r\n\r\n\tWere there many shops?\r\n\r\n"
        "\tNot many.\r\n\r\nEND OF TAPE.\r\n\r\n17\r\n"
    )
    reading = _read(text)
    assert list(reading.turns["role"]) == ["participant", "interviewer"] * 4 + ["participant"]
    assert reading.turns.iloc[0]["text"].startswith("My name is")
    assert reading.turns.iloc[-1]["text"] == "Not many."
    assert reading.people.iloc[0]["date"] == "1992-04-03"
    assert "Joan Marlow" in reading.names
    assert any("is a guess" in note for note in reading.notes)


@given(
    st.lists(
        st.sampled_from(
            ["Why was that?", "I liked it.", "Oh, right.", "Yes.", "We lived there for years."]
        ),
        min_size=1,
        max_size=30,
    )
)
def test_no_paragraph_is_lost_or_doubled_by_the_guess(texts: list[str]) -> None:
    lines = [
        line
        for row, text in enumerate(texts)
        for line in (Line(2 * row + 1, text), Line(2 * row + 2, ""))
    ]
    spoken = without_labels(lines, one_voice=False)
    assert [utterance.text for utterance in spoken.utterances] == texts


def test_a_word_file_is_read_in_order_with_tables_and_tracked_changes() -> None:
    document = Document()
    document.add_paragraph("Interviewer: What would help?")
    changed = document.add_paragraph("Resident: A ")
    changed._p.append(
        parse_xml(f'<w:ins {_W} w:id="1"><w:r><w:t xml:space="preserve">dry </w:t></w:r></w:ins>')
    )
    changed._p.append(
        parse_xml(f'<w:del {_W} w:id="2"><w:r><w:delText>damp </w:delText></w:r></w:del>')
    )
    changed.add_run("room.")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(
        table.rows,
        [("00:01", "Interviewer", "And then?"), ("00:02", "Resident:", "A lift.")],
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    reading = read("talk.docx", _saved(document), ReadOptions(), None)
    assert _said(reading) == [
        ("", "What would help?"),
        ("Resident", "A dry room."),
        ("", "And then?"),
        ("Resident", "A lift."),
    ]


def test_a_word_file_of_notes_needs_no_labels() -> None:
    reading = read(
        "note.docx",
        _docx("She said the lift is out.", "", "She said it is cold."),
        ReadOptions(),
        None,
    )
    assert _said(reading) == [
        ("the resident", "She said the lift is out."),
        ("the resident", "She said it is cold."),
    ]


def test_subtitles_of_one_speaker_are_joined_to_turns() -> None:
    vtt = (
        "WEBVTT\r\n\r\n1\r\n00:00:03.210 --> 00:00:06.227\r\nBea Marsh: What would\r\n\r\n"
        "2\r\n00:00:07.027 --> 00:00:09.285\r\nBea Marsh: help you?\r\n\r\n"
        "3\r\n00:00:10.075 --> 00:00:15.409\r\nJan M: Heat &amp; light.\r\n\r\n"
        "4\r\n00:00:16.075 --> 00:00:17.409\r\nAnd a lift.\r\n\r\n"
        "5\r\n00:00:18.075 --> 00:00:19.409\r\nBea Marsh: Anything else?\r\n"
    )
    reading = _read(vtt, name="talk.vtt")
    assert _said(reading) == [
        ("", "What would help you?"),
        ("Jan M", "Heat & light. And a lift."),
        ("", "Anything else?"),
    ]
    assert list(reading.turns["row"]) == [1, 3, 5]


def test_voice_tags_of_teams_name_the_speakers() -> None:
    vtt = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Bea Marsh>Shall we <i>start</i>?</v>\n\n"
        "00:00:03.000 --> 00:00:04.000\n<v Jan>Yes.</v>\n<v Bea Marsh>What helps?</v>\n"
    )
    assert _said(_read(vtt, name="talk.vtt")) == [
        ("", "Shall we start?"),
        ("Jan", "Yes."),
        ("", "What helps?"),
    ]


def test_a_chat_is_read_message_by_message() -> None:
    text = (
        "00:21:14\tKit Marlow:\tHello all\r\n00:21:35\tFrom Jo Dean to Everyone:\n"
        "\tMore buses\r\n00:22:01\tKit Marlow:\tThanks\r\n"
    )
    assert _said(_read(text)) == [
        ("Kit Marlow", "Hello all"),
        ("Jo Dean", "More buses"),
        ("Kit Marlow", "Thanks"),
    ]


def test_a_file_in_which_only_the_interviewer_speaks_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="Only the interviewer speaks"):
        _read("Interviewer: Hello?\nInterviewer: Anybody?")


def test_a_file_of_page_numbers_holds_no_words() -> None:
    with pytest.raises(UnreadableFile, match="holds no words"):
        _read("1\n\n2\n\n- 3 -\n")
