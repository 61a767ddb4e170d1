"""Codebooks from tables and to Taguette."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import Codebook, merge
from listening.codebook.checking import ID
from listening.codebook.making import slug
from listening.codebook.tabular import as_taguette, examples_in, fits, from_table
from listening.errors import InvalidCodebook
from tests.unit.codebook.codebook_cases import DECISION, books, mill_town, some, words


def of(text: str) -> Codebook:
    headers, *rows = csv.reader(io.StringIO(text))
    return from_table("codes.csv", headers, list(enumerate(rows, start=2))).codebook


def again(content: bytes) -> Codebook:
    return of(content.decode())


def test_a_table_of_names_definitions_and_examples_is_a_codebook() -> None:
    book = of(
        "Category,Sub-category,Sub-category description,Examples,Longer-Examples\n"
        "Staff,Manner,How staff are.,\"POSITIVE: 'Kind.', 'She didn't rush me'\n\nNEGATIVE: "
        "‘Rude’\",'Kind.'\n"
        "Staff,Numbers,How many there are.,,\n"
    )
    assert [(c.id, c.parent, c.codable) for c in book.codes] == [
        ("staff", "", False),
        ("manner", "staff", True),
        ("numbers", "staff", True),
    ]
    assert book.codes[1].examples == ("Kind.", "She didn't rush me", "Rude")
    assert book.codes[1].definition == "How staff are."


@pytest.mark.parametrize(
    ("cell", "examples"),
    [
        ("", []),
        ("late", ["late"]),
        ("late\n- full\n• dear", ["late", "full", "dear"]),
        ("“Too late”, “too full”", ["Too late", "too full"]),
        ("'patients' notes', 'all fine'", ["patients' notes", "all fine"]),
        ("'one', 'one'", ["one"]),
        ("--- ; ...", []),
    ],
)
def test_examples_are_found_in_quotation_marks_or_line_by_line(
    cell: str, examples: list[str]
) -> None:
    assert examples_in(cell) == examples


def test_rows_of_one_name_are_one_code_with_an_example_each() -> None:
    book = of("name,definition,example\nDamp,Wet homes,mould\nDamp,,leak\n")
    assert book.codes[0].examples == ("mould", "leak")
    assert len(book.codes) == 1


@pytest.mark.parametrize("column", ["tag", "name", "path"])
def test_what_taguette_exports_is_read_and_its_paths_are_parents(column: str) -> None:
    book = of(f"{column},description,number of highlights\nhome,x,1\nhome.damp,y,2\nA.B,,3\n")
    assert [(c.id, c.name, c.parent, c.status) for c in book.codes] == [
        ("home", "home", "", "active"),
        ("damp", "damp", "home", "active"),
        ("a-b", "A.B", "", "draft"),
    ]


def test_a_table_without_names_is_refused_with_what_to_call_them() -> None:
    assert fits(["question", "answer"]) == 0
    with pytest.raises(InvalidCodebook, match="no column for the names"):
        of("question,answer\nWhy?,Because\n")


def test_a_table_of_answers_is_no_codebook_and_is_refused_quickly() -> None:
    with pytest.raises(InvalidCodebook, match="more than 2,000 codes"):
        from_table("answers.csv", ["name"], [(n, [f"answer {n}"]) for n in range(3_000)])


@pytest.mark.parametrize("cell", ["'a " * 8_000, "“a " * 8_000, '"a' * 20_001, "'" * 50_000])
def test_a_cell_of_quotation_marks_that_never_close_is_read_quickly(cell: str) -> None:
    start = time.process_time()
    examples_in(cell)
    assert time.process_time() - start < 5


def test_other_is_left_out_at_the_top_alone() -> None:
    done = from_table(
        "c.csv",
        ["name", "definition", "parent"],
        [(2, ["Home", "x", ""]), (3, ["Other", "y", ""]), (4, ["Other", "z", "Home"])],
    )
    assert [(c.id, c.parent) for c in done.codebook.codes] == [("home", ""), ("other-3", "home")]
    assert done.notes == ("Left out, because it is always there: Other.",)


def test_a_row_without_a_name_is_told_by_its_number() -> None:
    done = from_table("c.csv", ["name", "definition"], [(2, ["Damp", "x"]), (3, [" ", "y"])])
    assert done.notes == ("Row 3 has no name and was left out.",)


def test_two_codes_that_name_each_other_as_parents_are_refused() -> None:
    with pytest.raises(InvalidCodebook, match="circle"):
        of("name,definition,parent\nA,x,B\nB,y,A\n")


@some
@given(book=books())
def test_a_codebook_comes_back_from_taguettes_shape_or_what_does_not_is_said(
    book: Codebook,
) -> None:
    done = as_taguette(book)
    said = next((note for note in done.notes if "can be read back" in note), "")
    back = {code.id: code for code in again(done.content).codes}
    for code in book.codes:
        if code.id not in said:
            held = ("name", "definition", "include", "exclude", "examples", "counter_examples",
                    "status", "parent")  # fmt: skip
            assert {k: getattr(back[code.id], k) for k in held} == {
                k: getattr(code, k) for k in held
            }


def test_a_retired_code_goes_to_taguette_and_back_with_what_replaced_it() -> None:
    book = merge(mill_town(), ["damp"], "housing", DECISION)
    assert again(as_taguette(book).content).codes == book.codes


@given(name=st.text(), taken=st.sets(words.map(slug)))
def test_every_name_has_an_id_that_is_not_taken(name: str, taken: set[str]) -> None:
    found = slug(name, taken)
    assert ID.fullmatch(found)
    assert found not in taken


def test_a_quotation_mark_before_thousands_of_spaces_is_read_at_once() -> None:
    began = time.process_time()
    assert examples_in("'" + " " * 3000 + "x") == ["' x"]
    assert time.process_time() - began < 5
