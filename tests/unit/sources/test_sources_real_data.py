"""The readers on real files, by counts alone: no name and no sentence of theirs stands here."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from listening.records import Reading, ReadOptions
from listening.sources import find_files, read

_DATA = Path(__file__).parents[3] / "../shared/data"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not _DATA.is_dir(), reason="needs ../shared/data, which is never part of the repository"
    ),
]


def _read(path: str, options: ReadOptions | None = None) -> Reading:
    return read(path, (_DATA / path).read_bytes(), options or ReadOptions(), None)


def test_twelve_interviews_in_one_table_are_twelve_people() -> None:
    reading = _read("heal_michigan/source.csv")
    assert (len(reading.people), len(reading.turns), len(reading.names)) == (12, 128, 12)


def test_health_service_comments_keep_their_questions_and_lose_their_codes() -> None:
    reading = _read("nhs_fft/nhs_fft_dev.csv")
    assert len(reading.turns) == 4_521
    assert reading.turns["question"].nunique() == 5
    assert set(reading.people.iloc[0]["attributes"]) <= {
        "Trust",
        "Service type 1",
        "Service type 2",
    }
    assert any("295 rows without an answer" in note for note in reading.notes)


@pytest.mark.parametrize(
    "path", sorted(_DATA.glob("polis/*/comments.csv")), ids=lambda p: p.parent.name
)
def test_public_conversations_are_read_without_what_moderators_rejected(path: Path) -> None:
    reading = _read(str(path.relative_to(_DATA)), ReadOptions(drop=(("moderated", "-1"),)))
    assert 1 < len(reading.people) < len(reading.turns)
    assert all(attributes == {} for attributes in reading.people["attributes"])
    assert (reading.people["date"] != "").all()


@pytest.mark.parametrize(
    "path", sorted(_DATA.glob("western_sydney/*.txt")), ids=lambda p: p.stem[:4]
)
def test_interviews_without_labels_alternate_and_lose_their_furniture(path: Path) -> None:
    reading = _read(str(path.relative_to(_DATA)))
    roles, texts = reading.turns["role"], reading.turns["text"]
    assert 0.4 < (roles == "interviewer").mean() < 0.55
    words = texts.str.split().str.len()
    assert words[roles == "participant"].sum() > 1.5 * words[roles == "interviewer"].sum()
    assert not texts.str.contains(r"^\d+[.,]\d\d\t|END OF TAPE|INTERVIEW NO").any()
    assert not texts.str.contains("\ufffd").any()
    assert len(reading.names) == 1
    # One date is misread by OCR (a letter for a figure) and stays empty rather than guessed.
    assert reading.people.iloc[0]["date"][:3] in ("", "199")


def test_meetings_are_read_with_all_their_speakers() -> None:
    reading = _read("zoom_vtt/meeting001_transcript.vtt")
    assert (len(reading.people), set(reading.people["kind"])) == (5, {"focus_group"})
    assert len(_read("zoom_vtt/meeting001_chat.txt").turns) == 10


@pytest.mark.parametrize("number", [0, 1])
def test_an_interview_as_pdf_is_read_like_the_same_interview_as_text(number: int) -> None:
    pdf = sorted((_DATA / "western_sydney").glob("*.pdf"))[number]
    who = pdf.stem.rpartition("_")[2].upper()
    text = next((_DATA / "western_sydney").glob(f"{who}_*.txt"))
    readings = [_read(str(path.relative_to(_DATA))) for path in (pdf, text)]
    said = [" ".join(reading.turns["text"]).split() for reading in readings]
    assert difflib.SequenceMatcher(None, *said, autojunk=False).ratio() > 0.999
    turns = [len(reading.turns) for reading in readings]
    assert abs(turns[0] - turns[1]) <= 0.02 * turns[1]


@pytest.mark.parametrize(
    "path", sorted(_DATA.glob("western_sydney/*.txt")), ids=lambda p: p.stem[:4]
)
def test_no_accent_and_no_quotation_mark_of_windows_is_lost(path: Path) -> None:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    said = "".join(_read(str(path.relative_to(_DATA))).turns["text"])
    marks = {char: text.count(char) for char in text if ord(char) > 160}
    assert {char: said.count(char) for char in marks} == marks


def test_everybody_who_speaks_in_a_meeting_is_on_the_list_of_who_took_part() -> None:
    lines = (_DATA / "zoom_vtt/meeting001_participants.csv").read_text("utf-8-sig").splitlines()
    listed = [re.sub(r"\s*\(.*?\)", "", line.split(",")[0]) for line in lines[4:]]
    heard = _read("zoom_vtt/meeting001_transcript.vtt").people["participant"]
    assert set(heard) <= set(listed)


def test_two_header_rows_with_odd_bytes_are_read() -> None:
    column = "Which character shot first?"
    reading = _read("surveymonkey/StarWars.csv", ReadOptions(text=(column,)))
    assert (len(reading.turns), set(reading.turns["question"])) == (828, {column})
    assert {"Gender", "Age"} <= {name for row in reading.people["attributes"] for name in row}
    assert not any("Han Solo" in name for row in reading.people["attributes"] for name in row)


def test_a_project_without_its_sources_and_one_without_its_zip_are_refused() -> None:
    found = find_files([_DATA / "refi_qda"])
    assert found.files == ()
    assert {reject.file: ".qdpx" in reject.what_to_do for reject in found.rejects} == {
        "Project.qde": True,
        "TestProject.qdpx": True,
    }


def test_a_hospitals_upload_sheet_is_read() -> None:
    reading = _read("nhs_fft/trust_upload_template.xlsx")
    assert (len(reading.people), len(reading.turns)) == (2, 4)
