"""briefing.docx and evidence.xlsx: what Word and Excel ask of files that anybody can read."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl import load_workbook

from benchmarks.evidence_share import released
from listening.errors import UnreadableFile
from listening.report.release.briefing import briefing
from listening.report.release.evidence import evidence


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    told = {**released(), "release": "0123456789abcdef", "number": 1, "programme": "Mill Town"}
    told["priorities"][0]["name"] = "=cmd|' /C calc'!A0"
    return told


@pytest.fixture(scope="module")
def word(document: dict[str, Any]) -> Any:
    return Document(io.BytesIO(briefing(document)))


def template(without: tuple[str, ...] = ()) -> bytes:
    """An organisation's template: its own margins, letters, header and footer."""
    made: Any = Document()
    made.add_paragraph("What stood here before")
    made.sections[0].left_margin = Cm(4)
    made.sections[0].header.paragraphs[0].text = "Mill Town Council"
    made.sections[0].footer.paragraphs[0].text = "millton.example"
    made.styles["Heading 1"].font.name = "Georgia"
    for name in without:
        style = made.styles[name].element
        style.getparent().remove(style)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_headings_are_in_order_and_the_first_is_the_title(word: Any) -> None:
    names = [one.style.name for one in word.paragraphs]
    assert names.count("Title") == 1
    levels = [int(name[-1]) for name in names if name.startswith("Heading")]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))


def test_the_document_says_its_title_and_its_language(word: Any) -> None:
    assert word.core_properties.title == "Mill Town: briefing"
    told = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert told == {"en-GB"}


def test_the_picture_says_in_words_what_it_shows(word: Any, document: dict[str, Any]) -> None:
    (shape,) = word.inline_shapes
    said = shape._inline.docPr.get("descr")
    assert said.startswith("Chart: share of people who raised it")
    shown = [one for one in document["priorities"] if one["interval"]]
    assert all(one["name"] in said for one in shown)


def test_every_table_has_a_heading_row_and_no_row_is_cut(word: Any) -> None:
    assert len(word.tables) == 3
    for table in word.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text for cell in first.cells)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))


def test_the_status_and_the_release_are_what_it_says_first(word: Any) -> None:
    first, second, *_ = [one.text for one in word.paragraphs]
    assert first.startswith("REVIEWED")
    assert second.startswith("RELEASE 0123456789abcdef")
    assert word.sections[0].footer.paragraphs[0].text == second


def test_an_organisations_template_gives_its_look_and_none_of_its_words(
    document: dict[str, Any],
) -> None:
    made: Any = Document(io.BytesIO(briefing(document, template())))
    texts = "\n".join(one.text for one in made.paragraphs)
    assert "What stood here before" not in texts
    assert "What matters most" in texts
    section = made.sections[0]
    assert round(section.left_margin.cm, 1) == 4.0
    assert section.header.paragraphs[0].text == "Mill Town Council"
    footer = [one.text for one in section.footer.paragraphs]
    assert footer[0] == "millton.example"
    assert footer[1].startswith("RELEASE")
    assert made.styles["Heading 1"].font.name == "Georgia"


def test_styles_that_a_template_lacks_give_way_to_others(document: dict[str, Any]) -> None:
    own = template(without=("Quote", "Caption", "List Bullet", "Title"))
    made: Any = Document(io.BytesIO(briefing(document, own)))
    used = {one.style.name for one in made.paragraphs}
    assert used.isdisjoint({"Quote", "Caption", "List Bullet", "Title"})
    assert {"Heading 1", "List Paragraph"} <= used


def test_a_template_that_is_no_word_document_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(UnreadableFile, match="no Word document"):
        briefing(document, b"PK no")


def test_the_workbook_has_a_sheet_for_each_table_with_filters_and_no_formula(
    document: dict[str, Any],
) -> None:
    book = load_workbook(io.BytesIO(evidence(document)))
    assert book.sheetnames[0] == "About"
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "'=cmd|' /C calc'!A0" in {cell.value for cell in cells}


def test_the_workbook_names_attributes_and_sources_as_people_read_them(
    document: dict[str, Any],
) -> None:
    first, *others = document["priorities"]
    groups = [{**one, "attribute": "age_band"} for one in first["groups"]]
    told = {**document, "priorities": [{**first, "groups": groups}, *others]}
    book = load_workbook(io.BytesIO(evidence(told)))
    assert groups
    assert {row[1].value for row in book["Groups"].iter_rows(2, 1 + len(groups))} == {"age band"}
    sources = {row[0].value for row in book["Who was heard"].iter_rows(2)}
    assert sources.isdisjoint(document["sources"])
    assert len(sources) == len(document["sources"])
