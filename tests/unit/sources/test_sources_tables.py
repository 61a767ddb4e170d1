"""Tables: which column is what, who is who, and that no answer is lost or doubled in silence."""

from __future__ import annotations

import csv
import io

import openpyxl
import pandas as pd
import pytest

from listening.errors import UnknownColumn, UnreadableFile
from listening.records import Reading, ReadOptions
from listening.sources import MANIFEST_COLUMNS, read

_ANSWERS = [
    "A home that is dry and warm.",
    "More buses after ten at night.",
    "Somebody to talk to on Sundays.",
    "Nothing, thank you very much.",
]


def _csv(header: list[str], *rows: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([header, *rows])
    return buffer.getvalue().encode()


def _read(
    content: bytes,
    options: ReadOptions | None = None,
    name: str = "survey.csv",
    manifest: pd.DataFrame | None = None,
) -> Reading:
    return read(name, content, options or ReadOptions(), manifest)


def _manifest(name: str, **row: str) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(MANIFEST_COLUMNS, "") | {"file": name} | row], dtype="str")


def _xlsx(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_survey_is_read_with_its_people_attributes_and_dates() -> None:
    reading = _read(
        _csv(
            [
                "Response ID",
                "Submitted",
                "What would it take to thrive?",
                "What one thing would you change?",
                "age_band",
                "place",
                "consent",
            ],
            [
                "R1",
                "02/03/2026",
                _ANSWERS[0],
                "The lift in our block",
                "16-24",
                "Quayside",
                "quotation",
            ],
            ["R2", "03/03/2026", _ANSWERS[1], "", "65+", "Lime Street", "analysis"],
            ["R3", "04/03/2026", _ANSWERS[2], "A bench by the shops", "65+", "Quayside", ""],
        )
    )
    assert list(reading.people["participant"]) == ["R1", "R2", "R3"]
    assert list(reading.people["date"]) == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert list(reading.people["consent"]) == ["quotation", "analysis", ""]
    assert reading.people.iloc[0]["attributes"] == {"age_band": "16-24"}
    assert set(reading.people["kind"]) == {"survey"}
    assert list(reading.turns["question"]).count("What one thing would you change?") == 2
    assert reading.names == ()


def test_forty_people_who_answer_alike_are_forty() -> None:
    reading = _read(_csv(["id", "answer"], *([str(n), "Housing"] for n in range(40))))
    assert (len(reading.turns), len(reading.people), reading.rejects) == (40, 40, ())


def test_a_row_without_an_id_is_one_person() -> None:
    reading = _read(_csv(["answer"], ["Housing"], ["Housing"], ["The buses"]))
    assert list(reading.people["participant"]) == ["row 2", "row 3", "row 4"]


def test_only_the_same_person_question_and_text_is_a_repeat() -> None:
    reading = _read(
        _csv(
            ["respondent id", "question", "answer"],
            ["a", "Why?", "Rent"],
            ["a", "Why?", "Rent"],
            ["a", "How?", "Rent"],
            ["b", "Why?", "Rent"],
            ["b", "How?", "Rent "],
            ["b", "How?", "Rent"],
        )
    )
    assert len(reading.turns) == 4
    assert [reject.row for reject in reading.rejects] == ["3", "7"]
    assert "Rent" not in str(reading.rejects)


def test_none_and_nan_are_words() -> None:
    reading = _read(_csv(["answer"], ["None"], ["N/A"], ["nan"], [""], ["NULL"]))
    assert list(reading.turns["text"]) == ["None", "N/A", "nan", "NULL"]
    assert reading.rejects == ()


def test_blank_answers_are_counted_in_a_note_and_not_refused() -> None:
    reading = _read(
        _csv(["id", "comment", "age"], ["1", _ANSWERS[0], "20"], ["2", " ", "30"], ["3", "", "40"])
    )
    assert len(reading.people) == 1
    assert "2 rows without an answer." in reading.notes
    assert reading.rejects == ()


def test_names_tell_people_apart_and_are_passed_on_to_be_removed() -> None:
    reading = _read(
        _csv(
            ["interview", "comment", "id"],
            ["Ann Marlow", _ANSWERS[0], "0"],
            ["Ann Marlow", _ANSWERS[1], "1"],
            ["Bo Dean", _ANSWERS[2], "2"],
        )
    )
    assert list(reading.people["participant"]) == ["Ann Marlow", "Bo Dean"]
    assert reading.names == ("Ann Marlow", "Bo Dean")
    assert not any("Marlow" in note for note in reading.notes)


def test_first_names_do_not_tell_people_apart_but_are_removed() -> None:
    reading = _read(_csv(["Name", "Comment"], ["Jo", _ANSWERS[0]], ["Jo", _ANSWERS[1]]))
    assert len(reading.people) == 2
    assert reading.names == ("Jo",)


def test_codes_numbers_and_addresses_never_become_attributes() -> None:
    rows = [
        [
            f"p{n}",
            _ANSWERS[n % 4] + f" {n}",
            str(n % 2),
            str(n % 5),
            f"r{n % 3}@example.org",
            ["North", "South"][n % 2],
            str(20 + n % 3),
        ]
        for n in range(12)
    ]
    reading = _read(
        _csv(["author-id", "comment-body", "Parking", "score", "email", "team", "age"], *rows)
    )
    assert set(reading.people.iloc[0]["attributes"]) == {"team", "age"}


def test_a_guessed_attribute_that_varies_within_a_person_is_none() -> None:
    rows = [
        [
            f"p{n // 2}",
            _ANSWERS[n % 4] + f" {n}",
            ["North", "South"][n % 2],
            ["woman", "man"][n // 6],
        ]
        for n in range(12)
    ]
    reading = _read(_csv(["participant", "comment", "section", "gender"], *rows))
    assert set(reading.people.iloc[0]["attributes"]) == {"gender"}


def test_declared_attributes_are_kept_as_named() -> None:
    content = _csv(
        ["comment", "attr:Home", "x1"], [_ANSWERS[0], "boat", "7"], [_ANSWERS[1], "flat", "8"]
    )
    assert _read(content).people.iloc[0]["attributes"] == {"Home": "boat"}
    named = _read(content, ReadOptions(attributes=("x1",)))
    assert named.people.iloc[0]["attributes"] == {"Home": "boat", "x1": "7"}


def test_what_the_user_names_wins_over_what_is_recognised() -> None:
    content = _csv(
        ["comment", "code", "theme", "who"],
        ["Said at length what she needed here.", "aa", "Lift", "7"],
        ["He would not say what he needed.", "bb", "Rent", "7"],
    )
    reading = _read(content, ReadOptions(text=("Code",), participant="who", question="theme"))
    assert list(reading.turns["text"]) == ["aa", "bb"]
    assert list(reading.turns["question"]) == ["Lift", "Rent"]
    assert list(reading.people["participant"]) == ["7"]


def test_rows_to_drop_are_dropped_and_counted() -> None:
    content = _csv(
        ["author-id", "moderated", "comment-body"],
        ["1", "1", _ANSWERS[0]],
        ["2", "-1", _ANSWERS[1]],
        ["3", "-1.0", _ANSWERS[2]],
    )
    reading = _read(content, ReadOptions(drop=(("moderated", "-1"),)))
    assert list(reading.people["participant"]) == ["1"]
    assert "2 rows left out as you asked." in reading.notes


@pytest.mark.parametrize(
    "options",
    [
        ReadOptions(text=("Coment",)),
        ReadOptions(participant="coment"),
        ReadOptions(drop=(("coment", "x"),)),
        ReadOptions(attributes=("coment",)),
    ],
)
def test_a_column_that_does_not_exist_is_named_with_the_nearest(options: ReadOptions) -> None:
    with pytest.raises(UnknownColumn) as caught:
        _read(_csv(["id", "Comment"], ["1", _ANSWERS[0]]), options)
    assert "“id”, “Comment”" in caught.value.why
    assert "Did you mean “Comment”?" in caught.value.what_to_do


def test_a_manifest_row_covers_every_row_and_the_rows_own_columns_win() -> None:
    content = _csv(
        ["note_id", "place", "people", "voice", "note", "consent", "date"],
        ["S1", "Quayside", "2", "paraphrase", _ANSWERS[0], "none", "2026-04-18"],
        ["S2", "", "", "verbatim", _ANSWERS[1], "", ""],
        ["S3", "", "0", "observation", _ANSWERS[2], "analysis", ""],
    )
    manifest = _manifest(
        "street.csv",
        kind="street",
        place="Marsh Lane",
        consent="quotation",
        participant_id="X",
        date="2026-04-01",
        **{"attr:tenure": "owner"},
    )
    reading = _read(content, name="notes/street.csv", manifest=manifest)
    people = reading.people
    assert list(people["kind"]) == ["street"] * 3
    assert list(people["place"]) == ["Quayside", "Marsh Lane", "Marsh Lane"]
    assert list(people["people"]) == [2, 1, 1]
    assert list(people["consent"]) == ["none", "quotation", "analysis"]
    assert list(people["date"]) == ["2026-04-18", "2026-04-01", "2026-04-01"]
    assert list(people["programme_id"]) == [""] * 3
    assert list(reading.turns["voice"]) == ["paraphrase", "verbatim", "observation"]
    assert people.iloc[0]["attributes"] == {"tenure": "owner"}


def test_a_refusal_in_the_manifest_is_not_overruled_by_a_row() -> None:
    content = _csv(["id", "comment", "consent"], ["1", _ANSWERS[0], "quotation"])
    assert list(
        _read(content, manifest=_manifest("survey.csv", consent="none")).people["consent"]
    ) == ["none"]


def test_street_notes_default_to_the_officers_words() -> None:
    content = _csv(["note"], [_ANSWERS[0]])
    assert list(_read(content, manifest=_manifest("survey.csv", kind="street")).turns["voice"]) == [
        "paraphrase"
    ]


def test_of_two_consents_of_one_person_the_narrower_stands() -> None:
    content = _csv(
        ["participant", "comment", "consent", "consent_until"],
        ["a", _ANSWERS[0], "quotation", "2027-01-01"],
        ["a", _ANSWERS[1], "analysis", "01/06/2026"],
    )
    person = _read(content).people.iloc[0]
    assert (person["consent"], person["consent_until"]) == ("analysis", "2026-06-01")


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("consent", "maybe", "consent is not one"),
        ("voice", "sung", "voice is not one"),
        ("people", "several", "number of people"),
        ("consent_until", "later", "cannot be read"),
    ],
)
def test_a_row_with_a_faulty_cell_is_set_aside_with_what_to_do(
    column: str, cell: str, why: str
) -> None:
    good = {
        "consent": "analysis",
        "voice": "verbatim",
        "people": "1",
        "consent_until": "2027-01-01",
    }[column]
    reading = _read(
        _csv(["id", "comment", column], ["1", _ANSWERS[0], good], ["2", _ANSWERS[1], cell])
    )
    assert len(reading.people) == 1
    (reject,) = reading.rejects
    assert why in reject.why
    assert reject.row == "3"
    assert reject.what_to_do


def test_a_consent_column_of_another_kind_is_not_used_and_it_is_said() -> None:
    reading = _read(
        _csv(
            ["comment", "consent"],
            [_ANSWERS[0], "I agree to the terms"],
            [_ANSWERS[1], "I agree to the terms"],
        )
    )
    assert len(reading.people) == 2
    assert any("“consent” was not used" in note for note in reading.notes)


def test_yes_and_no_are_read_narrowly() -> None:
    reading = _read(_csv(["comment", "consent"], [_ANSWERS[0], "Yes"], [_ANSWERS[1], "No"]))
    assert list(reading.people["consent"]) == ["analysis", "none"]


def test_a_table_without_answers_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFile, match="--text"):
        _read(_csv(["id", "score"], ["1", "5"], ["2", "4"]))
    with pytest.raises(UnreadableFile, match="Every answer"):
        _read(_csv(["id", "score", "x"], ["1", "5", ""], ["2", "4", ""]), ReadOptions(text=("x",)))
