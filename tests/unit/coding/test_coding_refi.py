"""A REFI-QDA project of what was coded: read back by pyrefiqda and by our own readers."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrefiqda import RefiProject
from pyrefiqda.models import Project
from xsdata_pydantic.bindings import XmlParser

from listening.codebook.refi import from_refi
from listening.coding.refi import Material, project
from listening.records import DOCUMENTS, PARTICIPANTS, Table, table_of
from listening.sources import find_files
from tests.unit.codebook.codebook_cases import mill_town, some
from tests.unit.coding.stored_cases import codings

TEXT = "Well 👵🏽 I said:\nthe  walls are wet 🏠, and\n\nthe buses are late.\nمرحبا بكم\n"


def material(*texts: str, **person: Any) -> Material:
    documents = [
        {"document_id": f"d{at}", "kind": "interview", "place": "", "date": "", "language": "en",
         "method": "", "text": text}
        for at, text in enumerate(texts, start=1)
    ]  # fmt: skip
    one = {
        "participant_id": "P1", "source_kind": "interview", "place": "Mill Town", "language": "en",
        "consent": "analysis", "people": 1, "date": "2026-03", "cluster": "P1",
        "attributes": {"age": "65+"}, **person,
    }  # fmt: skip
    heard = [{"document_id": row["document_id"], "participant_id": "P1"} for row in documents]
    return Material(
        table_of(documents, DOCUMENTS), table_of([one], PARTICIPANTS), table_of_heard(heard)
    )


def table_of_heard(rows: list[dict[str, str]]) -> Table:
    import pandas as pd

    return pd.DataFrame(rows, columns=["document_id", "participant_id"])


def stretch(start: int, end: int, code: str = "damp", **about: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "code": code, "whole": False, **about}


def inside(content: bytes) -> tuple[Project, dict[str, str]]:
    """Return the project, and its sources' texts by the path that names them."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        texts = {
            f"internal://{name.removeprefix('sources/')}": package.read(name).decode()
            for name in package.namelist()
            if name.startswith("sources/")
        }
        return XmlParser().from_bytes(package.read("project.qde"), Project), texts


def codes_by_guid(found: Project) -> dict[str, str]:
    assert found.code_book is not None
    waiting, names = list(found.code_book.codes.code), {}
    while waiting:
        code = waiting.pop()
        names[code.guid] = code.name
        waiting += code.code
    return names


def told(content: bytes) -> list[tuple[str, str, str, str]]:
    """Return every coding as (words, code, coder, note), as another program reads them."""
    found, texts = inside(content)
    names = codes_by_guid(found)
    users = {user.guid: user.name for user in (found.users.user if found.users else ())}
    notes = {n.guid: n.plain_text_content for n in (found.notes.note if found.notes else ())}
    assert found.sources is not None
    return sorted(
        (
            texts[source.plain_text_path][one.start_position : one.end_position],
            names[coding.code_ref.target_guid],
            users[coding.creating_user],
            "".join(notes[ref.target_guid] for ref in coding.note_ref),
        )
        for source in found.sources.text_source
        for one in source.plain_text_selection
        for coding in one.coding
    )


def test_codings_come_back_with_their_words_coders_and_memos() -> None:
    wet, late = TEXT.index("the  walls"), TEXT.index("the buses")
    table = codings(
        stretch(wet, wet + 18, memo="a home 🏠"),
        stretch(wet, wet + 18, coder="bo"),
        stretch(wet + 5, wet + 14, "buses", severity=2),
        stretch(late, late + 9, "other", proposed="Waiting & standing"),
    )
    assert told(project("Town", material(TEXT), mill_town(), table)) == [
        ("the  walls are wet", "Damp", "ann", "a home 🏠"),
        ("the  walls are wet", "Damp", "bo", ""),
        ("the buses", "Other", "ann", "Proposed code: Waiting & standing"),
        ("walls are", "Buses", "ann", "Severity: 2"),
    ]


@some
@given(
    text=st.text(min_size=1, max_size=40).map(lambda one: one.replace("\r", "\n")),
    ends=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_any_stretch_of_any_text_comes_back(text: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(one, len(text)) for one in ends)
    content = project("Town", material(text), mill_town(), codings(stretch(start, end)))
    assert [one[0] for one in told(content)] == [text[start:end]]


def test_a_stretch_over_two_segments_is_one_selection_again() -> None:
    table = codings(
        stretch(5, 16, segment_id="s1", item="i", memo="both"),
        stretch(17, 35, segment_id="s2", item="i", memo="both"),
    )
    assert [one[0] for one in told(project("T", material(TEXT), mill_town(), table))] == [
        TEXT[5:35]
    ]


def test_people_are_cases_with_what_is_known_of_them_and_where_they_spoke() -> None:
    found, _ = inside(project("Town", material(TEXT, "Yes."), mill_town(), codings(stretch(5, 10))))
    assert found.cases is not None
    assert found.variables is not None
    assert found.sources is not None
    (case,) = found.cases.case
    names = {one.guid: one.name for one in found.variables.variable}
    assert {names[v.variable_ref.target_guid]: v.text_value for v in case.variable_value} == {
        "source_kind": "interview", "place": "Mill Town", "language": "en", "date": "2026-03",
        "may_be_quoted": "no", "age": "65+",
    }  # fmt: skip
    sources = found.sources.text_source
    assert [ref.target_guid for ref in case.source_ref] == [source.guid for source in sources]
    (selection,) = sources[0].plain_text_selection
    assert [ref.target_guid for ref in case.selection_ref] == [selection.guid]


def test_a_memo_where_no_code_applies_is_kept() -> None:
    found, _ = inside(
        project("T", material(TEXT), mill_town(), codings(stretch(0, 4, "", memo="hm")))
    )
    assert found.sources is not None
    assert found.notes is not None
    (selection,) = found.sources.text_source[0].plain_text_selection
    assert selection.coding == []
    assert [ref.target_guid for ref in selection.note_ref] == [found.notes.note[0].guid]
    assert found.notes.note[0].plain_text_content == "hm"


def test_codes_come_back_with_their_headings_colours_and_version_by_our_own_reader() -> None:
    content = project("Town", material(TEXT), mill_town(), codings(stretch(0, 4, "other")))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        book = from_refi("town.qdpx", package.read("project.qde")).codebook
    assert [(one.id, one.parent) for one in book.codes] == [
        (one.id, one.parent) for one in mill_town().codes
    ]
    assert book.label == mill_town().label


def test_sources_come_back_by_our_own_reader_and_by_pyrefiqda(tmp_path: Path) -> None:
    path = tmp_path / "town.qdpx"
    path.write_bytes(project("Town", material(TEXT, "Yes."), mill_town(), codings()))
    found = find_files([path])
    assert [one.name for one in found.files] == ["town.qdpx/d1.txt", "town.qdpx/d2.txt"]
    loaded = RefiProject.load(path, tmp_path / "out")
    read = [
        RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out").read_text("utf-8")
        for source in loaded.sources.text_source
    ]
    assert read == [TEXT, "Yes."]


def test_without_a_codebook_there_are_sources_and_people_alone() -> None:
    found, texts = inside(project("Town", material(TEXT), None, codings()))
    assert found.code_book is None
    assert found.users is None
    assert found.name == "Town"
    assert list(texts.values()) == [TEXT]


def test_of_nothing_there_is_still_a_project_and_the_same_twice_is_the_same_bytes() -> None:
    nothing = material()
    empty = Material(nothing.documents, nothing.participants.iloc[:0], nothing.heard)
    assert inside(project("Town", empty, None, codings()))[0].sources is None
    table = codings(stretch(0, 4), stretch(2, 9, memo="m"))
    one, other = (project("T", material(TEXT), mill_town(), table) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("code", ["gone-code"])
def test_a_code_that_the_codebook_has_not_is_left_out(code: str) -> None:
    assert told(project("T", material(TEXT), mill_town(), codings(stretch(0, 4, code)))) == []


def as_qualcoder(content: bytes) -> list[tuple[str, str, str, str]]:
    """Return (words, code, coder, memo) as QualCoder's importer takes them, by its source.

    Coder and memo are those of the selection; a code is known by its name, of two of one name the
    second is not there; a coding that the same coder has twice in a place is taken once.
    """
    found, texts = inside(content)
    assert found.sources is not None
    names: dict[str, str] = {}
    for guid, name in sorted(codes_by_guid(found).items()):
        assert name not in names.values()
        names[guid] = name
    users = {user.guid: user.name for user in (found.users.user if found.users else ())}
    annotated: set[tuple[object, ...]] = set()
    taken: dict[tuple[object, ...], tuple[str, str, str, str]] = {}
    for source in found.sources.text_source:
        text = texts[source.plain_text_path]
        for one in source.plain_text_selection:
            coder, memo = users[one.creating_user], one.description or ""
            words = text[one.start_position : one.end_position]
            place = (source.guid, one.start_position, one.end_position, coder)
            for coding in one.coding:
                code = names[coding.code_ref.target_guid]
                taken.setdefault((code, *place), (words, code, coder, memo))
            if not one.coding:
                assert place not in annotated  # it would stop the import
                assert memo
                annotated.add(place)
                taken[("", *place)] = (words, "", coder, memo)
    return sorted(taken.values())


def test_coders_and_memos_come_back_where_they_are_taken_from_the_selection_alone() -> None:
    wet = TEXT.index("the  walls")
    table = codings(
        stretch(wet, wet + 18, memo="a home 🏠"),
        stretch(wet, wet + 18, "buses", memo="a home 🏠"),
        stretch(wet, wet + 18, coder="bo", memo="not hers"),
        stretch(wet, wet + 18, "buses", coder="cy"),
        stretch(0, 4, "", memo="hm"),
        stretch(0, 4, "", memo="and once more", role="adjudication", item="j"),
        stretch(0, 4, "", coder="bo", memo="hm"),
    )
    content = project("Town", material(TEXT), mill_town(), table)
    assert as_qualcoder(content) == [
        ("Well", "", "ann", "hm\nand once more"),
        ("Well", "", "bo", "hm"),
        ("the  walls are wet", "Buses", "ann", "a home 🏠"),
        ("the  walls are wet", "Buses", "cy", ""),
        ("the  walls are wet", "Damp", "ann", "a home 🏠"),
        ("the  walls are wet", "Damp", "bo", "not hers"),
    ]


def test_codes_of_one_name_are_told_apart_by_their_ids_and_the_one_in_use_keeps_its_own() -> None:
    book = mill_town()
    first = next(one for one in book.codes if one.id == "damp")
    old = replace(first, id="damp-old", status="retired", replaced_by=("damp",))
    book = replace(book, codes=(old, *book.codes))
    table = codings(stretch(0, 4), stretch(5, 7, "damp-old", code_status="retired"))
    content = project("Town", material(TEXT), book, table)
    assert [(words, code) for words, code, _, _ in as_qualcoder(content)] == [
        ("Well", "Damp"), ("👵🏽", "Damp (damp-old)"),
    ]  # fmt: skip
