"""Transcripts as meeting programs write them: Teams, Zoom, Otter, Word's own transcription."""

from __future__ import annotations

import io

import pysubs2
import pytest
from docx import Document

from listening.errors import UnreadableFile
from listening.records import Reading, ReadOptions
from listening.sources import read

_SPOKEN = [
    ("Facilitator Wren", "What would help around here?"),
    ("Dara Quill", "A dry room. For the children, mostly."),
    ("Facilitator Wren", "Why there?"),
    ("maria k", "The school is near."),
    ("Dara Quill", "And benches."),
    ("maria k", "Yes, benches."),
    ("maria k", "In the shade: that matters."),
]
_RESIDENTS = ["Dara Quill", "maria k"]


def _read(name: str, content: bytes | str) -> Reading:
    return read(
        name, content.encode() if isinstance(content, str) else content, ReadOptions(), None
    )


def _said_by(reading: Reading, who: str) -> str:
    return " ".join(reading.turns[reading.turns["participant"] == who]["text"])


def _docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        added = document.add_paragraph()
        for place, line in enumerate(paragraph.split("\n")):
            run = added.add_run(line)
            run.bold = place == 0
            if place < paragraph.count("\n"):
                run.add_break()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _check(reading: Reading) -> None:
    assert list(reading.people["participant"]) == _RESIDENTS
    assert _said_by(reading, "Dara Quill") == "A dry room. For the children, mostly. And benches."
    assert _said_by(reading, "maria k").startswith("The school is near. Yes, benches.")
    assert (reading.turns["role"] == "interviewer").sum() == 2


def test_voice_tags_of_teams_name_speakers_however_they_are_spelt() -> None:
    cues = [
        f"0cb31f2e/{n}-0\n00:00:{n:02d}.000 --> 00:00:{n:02d}.900\n<v {who}>{words}</v>"
        for n, (who, words) in enumerate(_SPOKEN, start=1)
    ]
    reading = _read("teams.vtt", "WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    _check(reading)
    assert "In the shade: that matters." in _said_by(reading, "maria k")


def test_a_voice_tag_may_hold_a_surname_first_and_an_organisation() -> None:
    cues = [
        "00:00:01.000 --> 00:00:02.000\n<v Wren, Ash (North Council)>What would help?</v>",
        "00:00:03.000 --> 00:00:04.000\n<v Quill, Dara (Guest)>A bench, please.</v>",
        "00:00:05.000 --> 00:00:06.000\n<v Wren, Ash (North Council)>Where to?</v>",
    ]
    reading = _read("teams.vtt", "WEBVTT\n\n" + "\n\n".join(cues))
    assert list(reading.people["participant"]) == ["Quill, Dara (Guest)"]
    assert set(reading.names) == {"Wren, Ash", "Quill, Dara"}


def test_the_word_transcript_of_newer_teams_has_name_and_time_above_the_words() -> None:
    paragraphs = [f"{who}   0:{n:02d}\n{words}" for n, (who, words) in enumerate(_SPOKEN, 3)]
    content = _docx(
        "Meeting in the hall-20260311_140000-Meeting Recording",
        "March 11, 2026, 2:00PM",
        "17m 21s",
        "Dara Quill started transcription",
        *paragraphs,
        "Dara Quill stopped transcription",
    )
    reading = _read("teams.docx", content)
    _check(reading)
    assert not reading.turns["text"].str.contains("transcription|Recording").any()


def test_the_word_transcript_of_older_teams_has_times_name_and_words_under_each_other() -> None:
    spoken = [("Maria K" if who == "maria k" else who, words) for who, words in _SPOKEN]
    content = _docx(
        *(
            f"0:0:{n}.0 --> 0:0:{n}.970\n{who}\n{words}"
            for n, (who, words) in enumerate(spoken, start=1)
        )
    )
    reading = _read("teams.docx", content)
    assert list(reading.people["participant"]) == ["Dara Quill", "Maria K"]
    assert _said_by(reading, "Maria K").startswith("The school is near. Yes, benches.")
    assert not reading.turns["text"].str.contains("-->").any()


@pytest.mark.parametrize(
    "line",
    ["{who}  0:{n:02d}  ", "[{who}] 10:32:{n:02d}", "00:00:{n:02d} {who}", "{who} (0:{n:02d})"],
)
@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_a_line_of_name_and_time_begins_a_turn(line: str, suffix: str) -> None:
    blocks = [
        line.format(who=who, n=n) + "\n" + words for n, (who, words) in enumerate(_SPOKEN, start=3)
    ]
    blocks.append("Transcribed by https://otter.ai")
    content = _docx(*blocks) if suffix == ".docx" else "\n\n".join(blocks).encode()
    reading = _read(f"otter{suffix}", content)
    assert "otter.ai" not in " ".join(reading.turns["text"])
    if line.startswith(("{who}  ", "[")):
        assert "maria k" in reading.people["participant"].tolist()
    assert "Dara Quill" in reading.people["participant"].tolist()
    assert _said_by(reading, "Dara Quill") == "A dry room. For the children, mostly. And benches."


def test_what_somebody_says_about_a_recording_stays() -> None:
    reading = _read("a.txt", "Officer: And then?\nResident: It went on.\nHe stopped recording.\n")
    assert reading.turns["text"].tolist()[1] == "It went on. He stopped recording."


def test_times_and_places_above_street_notes_are_no_speakers() -> None:
    text = "".join(
        f"{hour}:30 Market Hall\nA woman with a pram says that the bus is late, number {hour}.\n"
        for hour in range(9, 14)
    )
    assert _read("street.txt", text).names == ()


def test_what_otter_writes_above_the_first_speaker_is_no_evidence() -> None:
    text = (
        "Hall meeting\nWed, Mar 11, 2026 2:00PM • 17:21\nSUMMARY KEYWORDS\nbench, room\n"
        "SPEAKERS\nDara Quill, Facilitator Wren\n\n"
        "Facilitator Wren  0:03  \nWhat would help?\n\nDara Quill  0:09  \nA dry room.\n"
    )
    reading = _read("otter.txt", text)
    assert reading.turns["text"].tolist() == ["What would help?", "A dry room."]


def test_somebody_who_joined_zoom_under_a_number_keeps_their_own_words() -> None:
    spoken = [
        ("Wren", "What would help?"),
        ("+44 7700 900123", "The bus."),
        ("iPhone", "A bench."),
        ("Wren", "Why is that?"),
        ("+44 7700 900123", "It is far."),
        ("iPhone", "For the old ones."),
        ("+44 7700 900123", "Very far."),
        ("iPhone", "Yes."),
    ]
    cues = [
        f"{n}\n00:00:{n:02d}.000 --> 00:00:{n:02d}.900\n{who}: {words}"
        for n, (who, words) in enumerate(spoken, start=1)
    ]
    reading = _read("zoom.vtt", "WEBVTT\n\n" + "\n\n".join(cues))
    assert set(reading.people["participant"]) == {"+44 7700 900123", "iPhone"}
    assert _said_by(reading, "iPhone") == "A bench. For the old ones. Yes."


def test_subrip_subtitles_are_read_like_webvtt() -> None:
    subtitles = pysubs2.SSAFile()
    for n, (who, words) in enumerate(_SPOKEN):
        subtitles.append(
            pysubs2.SSAEvent(start=n * 2000, end=n * 2000 + 900, text=f"{who}: {words}")
        )
    reading = _read("zoom.srt", subtitles.to_string("srt"))
    _check(reading)


def test_tags_and_curly_brackets_in_subrip_are_taken_as_they_are_meant() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nOfficer: <i>What</i> would help?\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nResident: A room {dry},\nplease &amp; soon.\n"
    )
    reading = _read("a.srt", text)
    assert reading.turns["text"].tolist() == [
        "What would help?",
        "A room {dry}, please & soon.",
    ]


def test_subtitles_with_damaged_times_are_said_or_still_told_apart() -> None:
    cues = [
        "00:00:01{}000 --> 00:00:02{}000\nOfficer: What would help?\n",
        "00:00:0x{}000 --> 00:00:04{}000\nResident: A dry room.\n",
        "00:00:05{}000 --> 00:00:06{}000\nOfficer: And heat?\n",
        "00:00:07{}000 --> 00:00:08{}000\nResident: Yes.\n",
    ]
    numbered = "\n".join(f"{n}\n{cue.format(',', ',')}" for n, cue in enumerate(cues, start=1))
    reading = _read("a.srt", numbered)
    assert _said_by(reading, "Resident") == "A dry room. Yes."
    reading = _read("a.vtt", "WEBVTT\n\n" + "\n".join(cue.format(".", ".") for cue in cues))
    assert [reject.what for reject in reading.rejects] == ["1 subtitle"]


def test_a_file_called_srt_without_subtitles_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no subtitles"):
        _read("a.srt", "Dear diary, today was cold.")
