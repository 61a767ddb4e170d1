"""Exports of survey tools by their shape: what is an answer, and what is about the form."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence

import openpyxl
import pytest

from listening.errors import UnreadableFile
from listening.records import Reading, ReadOptions
from listening.sources import read

_ANSWERS = [
    "A home that is dry and warm for all of us.",
    "More buses after ten at night, please.",
    "Somebody to talk to on long Sundays.",
    "A bench or two beside the school gate.",
]
_QUESTION = "What would help you to thrive here?"


def _csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode()


def _xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _read(content: bytes, name: str = "export.csv", **options: tuple[str, ...]) -> Reading:
    return read(name, content, ReadOptions(**options), None)


def _attributes(reading: Reading) -> set[str]:
    return {name for attributes in reading.people["attributes"] for name in attributes}


_QUALTRICS_IDS = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished",
    "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail",
    "ExternalReference", "LocationLatitude", "LocationLongitude", "DistributionChannel",
    "UserLanguage", "Q1", "Q2", "Q3_4_TEXT",
]  # fmt: skip
_QUALTRICS_WORDS = [
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)",
    "Finished", "Recorded Date", "Response ID", "Recipient Last Name", "Recipient First Name",
    "Recipient Email", "External Data Reference", "Location Latitude", "Location Longitude",
    "Distribution Channel", "User Language", _QUESTION, "What is your age group?",
    "Who helps you? - Other - Text",
]  # fmt: skip


def _qualtrics(*, import_ids: bool = True) -> list[list[object]]:
    rows: list[list[object]] = [_QUALTRICS_IDS, _QUALTRICS_WORDS]
    if import_ids:
        rows.append([f'{{"ImportId":"{name}"}}' for name in _QUALTRICS_IDS])
    for number in range(8):
        status = "Survey Preview" if number == 0 else "IP Address"
        rows.append([
            "2026-03-02 10:15:00", "2026-03-02 10:19:00", status, f"10.0.0.{number}",
            "100" if number % 2 else "60", "240", "True" if number % 2 else "False",
            f"2026-03-0{number + 1} 10:19:01", f"R_{number}", "Quill" if number == 3 else "",
            "Dara" if number == 3 else "", "", "", "53.8", "-1.5",
            "anonymous" if number % 2 else "email", "EN", f"{_ANSWERS[number % 4]} ({number})",
            "25-34" if number % 2 else "65+", "",
        ])  # fmt: skip
    return rows


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", _csv(_qualtrics())),
        ("a.xlsx", _xlsx(_qualtrics(import_ids=False))),
    ],
)
def test_a_qualtrics_export_gives_questions_in_full_and_nothing_about_the_form(
    name: str, content: bytes
) -> None:
    reading = _read(content, name)
    assert set(reading.turns["question"]) == {_QUESTION}
    assert reading.people["participant"].tolist() == [f"R_{n}" for n in range(1, 8)]
    assert reading.people["date"].tolist()[0] == "2026-03-02"
    assert _attributes(reading) == {"What is your age group?"}
    assert {"Quill", "Dara"} <= set(reading.names)
    assert any("Qualtrics" in note for note in reading.notes)
    assert any("3 rows are of people who did not finish" in note for note in reading.notes)


def test_an_answer_typed_in_to_try_the_form_is_set_aside_and_said() -> None:
    reading = _read(_csv(_qualtrics()))
    assert [(r.row, "preview" in r.why) for r in reading.rejects] == [("4", True)]


def test_a_question_is_known_by_its_id_as_well() -> None:
    reading = _read(_csv(_qualtrics()), text=("Q1",), drop=(("Finished", "False"),))
    assert len(reading.turns) == 4
    assert set(reading.turns["question"]) == {_QUESTION}


def test_a_surveymonkey_export_keeps_options_apart_from_what_people_wrote() -> None:
    rows: list[list[object]] = [
        ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address",
         "First Name", "Last Name", _QUESTION, "How do you get about?", "", "",
         "How good are they?", "", "Your age group"],
        ["", "", "", "", "", "", "", "", "Open-Ended Response", "Bus", "On foot",
         "Other (please specify)", "Buses", "Parks", "Response"],
    ]  # fmt: skip
    for n in range(8):
        rows.append([
            f"1100{n}", "77", "03/02/2026 10:15:00", "03/13/2026 10:20:00", "10.0.0.1",
            f"dara.quill{n}@example.org", "Dara", "Quill", _ANSWERS[n % 4] + str(n), "Bus", "",
            "By barge, mostly" if n == 2 else "", "Good" if n % 2 else "Poor",
            "Poor" if n % 2 else "Good", "25-34" if n % 2 else "65+",
        ])  # fmt: skip
    reading = _read(_csv(rows))
    assert len(reading.people) == 8
    assert set(reading.turns["question"]) == {
        _QUESTION,
        "How do you get about?: Other (please specify)",
    }
    assert _attributes(reading) == {"Your age group"}
    assert set(reading.names) == {"Dara", "Quill", "Dara Quill"}
    assert reading.people["date"].tolist()[0] == "2026-03-13"


def _forms(email: str, name: str) -> list[list[object]]:
    start = datetime.datetime(2026, 3, 2, 10, 15, 30)
    rows: list[list[object]] = [
        ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", _QUESTION,
         "What is your age group?"]
    ]  # fmt: skip
    for n in range(8):
        rows.append([n + 1, start, start + datetime.timedelta(minutes=4), email.format(n=n),
                     name.format(n="Abcdefgh"[n]), None, _ANSWERS[n % 4] + str(n),
                     "25-34" if n % 2 else "65+"])  # fmt: skip
    return rows


def test_a_microsoft_forms_export_hands_names_to_the_pseudonymiser_alone() -> None:
    reading = _read(
        _xlsx(_forms("dara.quill@{n}.example.org", "Dara {n}wren")), "Answers(1-8).xlsx"
    )
    assert _attributes(reading) == {"What is your age group?"}
    assert set(reading.turns["question"]) == {_QUESTION}
    assert len(reading.people) == 8
    assert reading.people["date"].tolist() == ["2026-03-02"] * 8
    assert {"Dara Quill", "Dara Awren"} <= set(reading.names)
    assert not any("@" in name for name in reading.names)


def test_anonymous_answers_to_microsoft_forms_are_not_one_person() -> None:
    reading = _read(_xlsx(_forms("anonymous", "")), "Answers.xlsx")
    assert reading.people["participant"].tolist() == [str(n) for n in range(1, 9)]
    assert "anonymous" not in reading.names


def test_a_google_forms_export_tells_people_apart_by_their_address() -> None:
    rows: list[list[object]] = [["Timestamp", "Email Address", _QUESTION, "Your area"]]
    for n in range(8):
        rows.append([f"2026/03/02 10:15:3{n} am GMT", f"kit.wren{n % 7}@example.org",
                     _ANSWERS[n % 4] + str(n), "North" if n % 7 % 2 else "South"])  # fmt: skip
    reading = _read(_csv(rows))
    assert (len(reading.people), len(reading.turns)) == (7, 8)
    assert _attributes(reading) == {"Your area"}
    assert set(reading.names) == {"Kit Wren"}
    assert reading.people["date"].tolist()[0] == "2026-03-02"


def _kobo(*, labels: bool) -> list[list[object]]:
    group = "About you" if labels else "about_you"
    rows: list[list[object]] = [
        ["start", "end", "today", "username",
         f"{group}/{'Your age group' if labels else 'age_group'}",
         f"{group}/{'Do you care for anybody?' if labels else 'carer'}",
         "Services" if labels else "services", f"{'Services' if labels else 'services'}/library",
         f"{'Services' if labels else 'services'}/clinic",
         f"{group}/{_QUESTION if labels else 'what_would_help'}", "_gps_latitude", "_gps_longitude",
         "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_index"]
    ]  # fmt: skip
    for n in range(8):
        rows.append([
            "2026-03-02T10:15:30.000+00:00", "2026-03-02T10:25:30.000+00:00", "2026-03-02", "cdo_1",
            "25-34" if n % 2 else "65+", "yes" if n % 2 else "no", "library", "1", "0",
            _ANSWERS[n % 4] + str(n), "53.8", "-1.5", 9000 + n, f"uuid-{n}", "2026-03-02T11:00:00",
            "validation_status_not_approved" if n == 7 else "", "", "submitted_via_web", n + 1,
        ])  # fmt: skip
    return rows


@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_kobo_export_is_read_with_labels_or_with_names(labels: bool, delimiter: str) -> None:
    reading = _read(_csv(_kobo(labels=labels), delimiter))
    question = _QUESTION if labels else "what_would_help"
    assert set(reading.turns["question"]) == {question}
    assert reading.people["participant"].tolist() == [str(9000 + n) for n in range(7)]
    assert set(reading.people["date"]) == {"2026-03-02"}
    age = "Your age group" if labels else "age_group"
    carer = "Do you care for anybody?" if labels else "carer"
    assert _attributes(reading) == {age, carer}
    assert ["not approved" in reject.why for reject in reading.rejects] == [True]


def test_a_kobo_question_is_known_by_its_group_as_well() -> None:
    reading = _read(_csv(_kobo(labels=False)), text=("about_you/what_would_help",))
    assert len(reading.turns) == 7


def test_a_question_called_like_a_tools_own_column_stays_a_question_elsewhere() -> None:
    rows = [["id", "notes", "status"], *[[n, _ANSWERS[n % 4] + str(n), "tenant"] for n in range(6)]]
    reading = _read(_csv(rows))
    assert set(reading.turns["question"]) == {"notes"}
    assert not any("export of" in note for note in reading.notes)


def test_a_list_of_who_took_part_in_a_meeting_is_told_from_answers() -> None:
    rows = [
        ["Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"],
        *[[f"Dara {name}", f"{name}@example.org", "60", "No"] for name in ("Quill", "Wren")],
    ]
    with pytest.raises(UnreadableFile, match="who took part in a meeting"):
        _read(_csv(rows))


def test_counts_of_who_agrees_are_no_consent() -> None:
    rows = [["comment", "agrees"], *[[_ANSWERS[n % 4] + str(n), n * 3] for n in range(6)]]
    assert not any("consent" in note for note in _read(_csv(rows)).notes)


def test_an_export_with_boxes_to_tick_alone_says_that_nobody_wrote_anything() -> None:
    rows = [
        ["Respondent ID", "Which do you use?", "", "Are you well?"],
        ["", "Bus", "Park", "Response"],
        *[[f"11{n}", "Bus", "", "Yes" if n % 2 else "No"] for n in range(6)],
    ]
    with pytest.raises(UnreadableFile, match="own words"):
        _read(_csv(rows))
