"""The field kit: what officers print, in every language whose words are there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import InvalidProgramme
from listening.kit import ENGLISH, field_kit, new_code
from listening.kit.codes import ALPHABET
from listening.programme import Programme, load

ROOT = Path(__file__).parents[3]
EXAMPLE = load((ROOT / "examples" / "programme_tallow_wharf.toml").read_text(encoding="utf-8"))


def counting() -> Iterator[str]:
    yield from (f"AAAA-{n:04}" for n in range(1000))


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_kit_has_four_forms_in_word() -> None:
    kit = field_kit(EXAMPLE, 2, new_code)
    assert sorted(kit.files) == [
        "consent_forms_en.docx",
        "interview_guide_en.docx",
        "street_notes_en.docx",
        "upload_checklist_en.docx",
    ]
    assert not kit.missing


def test_every_consent_form_has_a_code_of_its_own_on_the_form_and_on_the_slip() -> None:
    codes = counting()
    text = words_of(field_kit(EXAMPLE, 3, lambda: next(codes)).files["consent_forms_en.docx"])
    assert re.findall(r"AAAA-\d{4}", text) == [f"AAAA-{n:04}" for n in (0, 0, 1, 1, 2, 2)]


def test_the_guide_asks_the_programmes_question_prompts_and_attributes() -> None:
    text = words_of(field_kit(EXAMPLE, 1, new_code).files["interview_guide_en.docx"])
    assert EXAMPLE.question in text
    assert all(prompt in text for prompt in EXAMPLE.prompts)
    assert "☐ 16-24" in text
    assert f"{EXAMPLE.attributes[1].question} ({ENGLISH['guide_need_not']})" in text
    assert EXAMPLE.safeguarding.line in text


def test_nothing_is_left_to_fill_in_that_the_programme_knows() -> None:
    for name, content in field_kit(EXAMPLE, 1, new_code).files.items():
        assert "{" not in words_of(content), name


def test_a_guardian_signs_only_where_the_programme_says_so() -> None:
    own = load('name = "N"\nquestion = "Q?"\n[consent]\nyoung = "own"\nown_from = 13\n')
    assert "Under 16: parent or guardian" in words_of(
        field_kit(EXAMPLE, 1, new_code).files["consent_forms_en.docx"]
    )
    text = words_of(field_kit(own, 1, new_code).files["consent_forms_en.docx"])
    assert "guardian" not in text
    assert "Under 13: I want to take part myself" in text


def test_a_language_with_all_its_words_is_printed_from_right_to_left_where_it_is_written_so() -> (
    None
):
    words = {name: f"<{text}>" for name, text in ENGLISH.items()}
    arabic = Programme("N", "Q?", languages=("ar",), words={"ar": words | {"asked": {"Q?": "؟س"}}})
    files = field_kit(arabic, 1, new_code).files
    document = Document(io.BytesIO(files["interview_guide_ar.docx"]))
    said = [p for p in document.paragraphs if p.text]
    assert all("w:bidi" in p._p.xml for p in said)
    assert "؟س" in [p.text for p in said]
    assert "<Before you start>" in [p.text for p in said]


def test_a_language_that_lacks_a_word_is_not_printed_half_in_english() -> None:
    words = {name: text for name, text in ENGLISH.items() if name != "street_how"}
    both = Programme("N", "Q?", languages=("en", "so"), words={"so": words})
    kit = field_kit(both, 1, new_code)
    assert kit.missing == {"so": ("street_how",)}
    assert all(name.endswith("_en.docx") for name in kit.files)


def test_a_code_has_no_letter_that_is_taken_for_another() -> None:
    codes = [new_code() for _ in range(200)]
    assert len(set(codes)) == 200
    assert all(re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code) for code in codes)
    assert not set("01258BILOSZ") & set(ALPHABET)


WRONG = {
    "no = [": "not written as TOML",
    'name = "N"': "no `question`",
    'question = "Q"': "no `name`",
    'name = "N"\nquestion = "Q"\nextra = 1': "unknown entry `extra`",
    'name = "N"\nquestion = 3': "`question` that is no text",
    'name = "N"\nquestion = "Q"\nprompts = "one"': "no list of texts",
    'name = "N"\nquestion = "Q"\n[consent]\nyoung = "nobody"': "unknown `young`",
    'name = "N"\nquestion = "Q"\n[consent]\nyears = 0': "no whole number",
    'name = "N"\nquestion = "Q"\n[[attributes]]\nquestion = "Age?"': "attribute without a name",
    'name = "N"\nquestion = "Q"\n[[attributes]]\nname="a"\n[[attributes]]\nname="a"': "two attrib",
    'name = "N"\nquestion = "Q"\n[[attributes]]\nname="a"\nsensitive="yes"': "neither yes nor no",
    'name = "N"\nquestion = "Q"\nattributes = 3': "are no list",
    'name = "N"\nquestion = "Q"\ncontact = "us"': "is no table",
    'name = "N"\nquestion = "Q"\nasked = 3': "`asked` that is no list",
    'name = "N"\nquestion = "Q"\n[[asked]]\nquestion = "Parks?"': "or without a code",
    'name = "N"\nquestion = "Q"\n[[asked]]\nprompted = ["parks"]': "without a question",
}


@pytest.mark.parametrize("content", WRONG, ids=list(WRONG.values()))
def test_a_fault_in_a_programmes_file_is_named_with_what_to_do(content: str) -> None:
    with pytest.raises(InvalidProgramme, match=WRONG[content]) as told:
        load(content, "ours.toml")
    assert "ours.toml" in str(told.value)
    assert "Then run again." in str(told.value)


@given(st.text(max_size=200))
def test_no_text_makes_a_programme_fall_over(content: str) -> None:
    with suppress(InvalidProgramme):
        assert load(content).name
