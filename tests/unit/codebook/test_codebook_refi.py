"""REFI-QDA there and back: what the format holds comes back, and what it cannot hold is said."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from pyrefiqda.models import CodeBook, Project
from xsdata_pydantic.bindings import XmlParser

from listening.codebook import Code, Codebook, merge
from listening.codebook.refi import as_qdc, as_qdpx, from_refi
from listening.errors import InvalidCodebook
from tests.unit.codebook.codebook_cases import DECISION, books, mill_town, some


def inside(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.namelist() == ["project.qde"]
        return package.read("project.qde")


def shape(book: Codebook) -> dict[str, Code]:
    """Codes by id: REFI-QDA nests them, so their order among other parents is not held."""
    return {code.id: replace(code, guid="") for code in book.codes}


def as_held(book: Codebook) -> dict[str, Code]:
    """What is read back: a code that has no definition yet comes back as a draft."""
    return {
        code.id: replace(code, guid="", definition=code.definition.strip("\n"))
        for code in book.codes
    }


@some
@given(book=books())
def test_a_codebook_comes_back_from_a_qdc_or_what_does_not_is_said(book: Codebook) -> None:
    done = as_qdc(book)
    back = from_refi("drawn.qdc", done.content).codebook
    said = next((note for note in done.notes if "can be read back" in note), "")
    for code_id, code in as_held(book).items():
        if code_id not in said:
            assert shape(back)[code_id] == code


@some
@given(book=books())
def test_a_project_holds_the_codebooks_name_and_version_as_well(book: Codebook) -> None:
    back = from_refi("drawn.qdpx", inside(as_qdpx(book).content)).codebook
    held = ("id", "name", "version", "language", "source")
    assert [getattr(back, key) for key in held] == [getattr(book, key) for key in held]
    assert len(back.codes) == len(book.codes)


def test_guids_and_colours_of_another_program_come_back_and_ours_stay_the_same() -> None:
    guid = "85D17F60-7BB0-481E-B742-B4861DD669DF"
    first = replace(mill_town().codes[0], guid=guid, colour="#F00082")
    book = replace(mill_town(), codes=(first, *mill_town().codes[1:]))
    back = from_refi("mill.qdc", as_qdc(book).content).codebook
    assert (back.codes[0].guid, back.codes[0].colour) == (guid, "#F00082")
    assert as_qdc(back).content.count(b"guid=") == 3
    assert as_qdc(book).content == as_qdc(book).content
    assert as_qdpx(book).content == as_qdpx(book).content


def test_what_we_write_is_what_the_standards_own_schema_describes() -> None:
    book = XmlParser().from_bytes(as_qdc(mill_town()).content, CodeBook)
    housing, buses = book.codes.code
    assert (housing.name, [code.name for code in housing.code]) == ("Housing", ["Damp"])
    assert buses.description == (
        "Getting about.\n\nExamples:\n  - late\n"
        "Counter-examples:\n  - Damp in the bus (belongs to: damp)"
    )
    project = XmlParser().from_bytes(inside(as_qdpx(mill_town()).content), Project)
    assert project.name == "Mill Town"
    assert project.code_book is not None


def test_a_merged_code_comes_back_with_what_replaced_it() -> None:
    book = merge(mill_town(), ["damp"], "housing", DECISION)
    done = as_qdc(book)
    assert shape(from_refi("mill.qdc", done.content).codebook) == shape(book)
    assert "The trail of changes stays in the TOML file." in done.notes


def test_codes_of_another_program_get_ids_and_what_has_no_definition_is_a_draft() -> None:
    content = b"""<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="NVivo"><Codes>
      <Code guid="85D17F60-7BB0-481E-B742-B4861DD669DF" name="Where people live" isCodable="false">
        <Code guid="0F8A1907-7E42-4739-8610-A676B4D1B69F" name="Caf&#233;s &amp; pubs"
              isCodable="true"><Description>Places to meet.
  Include:   pubs</Description><NoteRef targetGUID="x"/></Code>
        <Code guid="0F8A1907-7E42-4739-8610-A676B4D1B69D" name="Damp" isCodable="true"/>
        <Code guid="0F8A1907-7E42-4739-8610-A676B4D1B69E" name="damp" isCodable="true"/>
      </Code>
      <Code guid="0F8A1907-7E42-4739-8610-A676B4D1B69A" name="Other" isCodable="true"/>
    </Codes><Sets><Set guid="x" name="Mine"/></Sets></CodeBook>"""
    done = from_refi("folder/our codes.qdc", content)
    told = [(c.id, c.name, c.parent, c.status, c.codable) for c in done.codebook.codes]
    assert told == [
        ("where-people-live", "Where people live", "", "active", False),
        ("cafes-pubs", "Cafés & pubs", "where-people-live", "active", True),
        ("damp", "Damp", "where-people-live", "draft", True),
        ("damp-2", "damp (2)", "where-people-live", "draft", True),
    ]
    assert done.codebook.codes[1].definition == "Places to meet.\n  Include:   pubs"
    assert (done.codebook.id, done.codebook.version) == ("our-codes", "0.1")
    assert len(done.notes) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<Codes/>",
        b"<CodeBook/>",
        b"<CodeBook><Codes/></CodeBook>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><CodeBook>&a;</CodeBook>',
        b"<CodeBook>" * 100_000,
        b"<CodeBook><Codes>"
        + b'<Code name="A">' * 3_000
        + b"</Code>" * 3_000
        + b"</Codes></CodeBook>",
        b'<CodeBook><Codes><Code name="A" guid="no guid"/></Codes></CodeBook>',
    ],
)
def test_what_is_no_codebook_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(InvalidCodebook) as caught:
        from_refi("codes.qdc", content)
    assert caught.value.what == "codes.qdc"


def test_a_definition_that_looks_like_our_own_headings_is_said_not_to_come_back() -> None:
    buses = replace(
        mill_town().codes[2],
        definition="Getting about.\nInclude:\n  trams",
        examples=(),
        counter_examples=(),
    )
    done = as_qdc(replace(mill_town(), codes=(*mill_town().codes[:2], buses)))
    assert any("buses" in note for note in done.notes)
